"""The feeds that machines read: Atom and RSS, each entry with the address of its signed message."""

from collections.abc import Sequence
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from lxml import etree

from hues.engines.bulletins.declare import DOUBT
from hues.engines.bulletins.queries import AlertCard, alert_settings
from hues.engines.bulletins.rules.cap import CONTENT_TYPE, moment
from hues.kernel.city import city
from hues.kernel.clocks.queries import calendar
from hues.kit.text import pick

ATOM = "http://www.w3.org/2005/Atom"
BARE: dict[Any, str] = {None: ATOM}
EMPTY_SINCE = "1970-01-01T00:00:00-00:00"


def message_address(identifier: str) -> str:
    """Return where the signed message of an alert is."""
    return f"{settings.HUES.origin}/cap/alerts/{identifier}.xml"


def atom(cards: Sequence[AlertCard]) -> bytes:
    """Return the Atom feed; the id of an entry is the address of its message, as aggregators take it."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap=BARE)
    origin, zone = settings.HUES.origin, calendar().zone
    _add(root, "id", f"{origin}/cap/feed.atom")
    _add(root, "title", _title())
    _add(root, "updated", moment(max(card.changed_at for card in cards), zone) if cards else EMPTY_SINCE)
    _add(etree.SubElement(root, f"{{{ATOM}}}author"), "name", pick(alert_settings().sender_name, "vi"))
    etree.SubElement(root, f"{{{ATOM}}}link", rel="self", href=f"{origin}/cap/feed.atom")
    for card in cards:
        entry = etree.SubElement(root, f"{{{ATOM}}}entry")
        address = message_address(card.identifier)
        _add(entry, "id", address)
        _add(entry, "title", pick(card.headline, "vi"))
        _add(entry, "updated", moment(card.changed_at, zone))
        _add(entry, "published", moment(card.sent_at, zone))
        etree.SubElement(entry, f"{{{ATOM}}}link", href=address, type=CONTENT_TYPE)
        _add(entry, "summary", _summary(card))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def rss(cards: Sequence[AlertCard]) -> bytes:
    """Return the RSS feed of the same alerts."""
    root = etree.Element("rss", version="2.0")
    channel = etree.SubElement(root, "channel")
    for name, words in (
        ("title", _title()),
        ("link", f"{settings.HUES.origin}/f/alerts/"),
        ("description", pick(alert_settings().sender_name, "vi")),
        ("language", "vi"),
    ):
        etree.SubElement(channel, name).text = words
    for card in cards:
        item = etree.SubElement(channel, "item")
        address = message_address(card.identifier)
        etree.SubElement(item, "title").text = pick(card.headline, "vi")
        etree.SubElement(item, "link").text = address
        etree.SubElement(item, "guid", isPermaLink="true").text = address
        etree.SubElement(item, "pubDate").text = format_datetime(card.sent_at)
        etree.SubElement(item, "description").text = _summary(card)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _title() -> str:
    return _("Alerts of %(city)s") % {"city": pick(city().name, "vi")}


def _summary(card: AlertCard) -> str:
    said = next((text.instruction or text.description for code, text in card.texts.items() if code[:2] == "vi"), "")
    return "\n\n".join(part for part in (str(DOUBT) if card.doubted else "", said) if part)


def _add(parent: etree._Element, name: str, words: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = words
