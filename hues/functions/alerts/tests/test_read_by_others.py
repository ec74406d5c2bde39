"""What programs that we did not write make of our feeds and messages: feedparser, cap-tools, and libxmlsec1."""

from calendar import timegm
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import feedparser
import pytest
import xmlsec
from cap_tools.models import Alert, MsgType, Reference, Severity, Status
from django.test import Client
from lxml import etree
from xsdata.formats.dataclass.parsers import XmlParser

from hues.engines.bulletins import actions
from hues.engines.bulletins.rules.shapes import Circle, Polygon
from hues.engines.bulletins.testing import KIM_LONG, PHU_XUAN, TEXTS, cancelled, issued, updated, words
from hues.kernel.agencies import testing as cast
from hues.kernel.areas.testing import the_wards
from hues.kit import clock

pytestmark = pytest.mark.django_db
SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"
CORNERS = ((16.46, 107.56), (16.46, 107.58), (16.48, 107.58), (16.46, 107.56))
DRAWN = (Polygon(CORNERS), Circle(16.5, 107.6, 1.5))


def get(address: str) -> bytes:
    answer = Client().get(urlsplit(address).path)
    assert answer.status_code == 200
    return answer.content


def message(identifier: str) -> bytes:
    return get(f"/cap/alerts/{identifier}.xml")


def read(identifier: str) -> Alert:
    return XmlParser().from_bytes(message(identifier), Alert)


def verified(body: bytes, certificate: bytes) -> bool:
    """Test a signature by another program, with nothing taken from the message but the message."""
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(certificate, xmlsec.constants.KeyDataFormatCertPem)
    signature = etree.fromstring(body).find(SIGNATURE)
    assert signature is not None
    references = signature.findall(".//{*}Reference")
    assert [one.get("URI") for one in references] == [""]  # the whole message is under it
    try:
        context.verify(signature)
    except xmlsec.Error:
        return False
    return True


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_feedparser_finds_every_message_by_its_link_with_its_title_and_time(kind: str) -> None:
    the_wards()
    at = clock.now()
    first = issued(words(at=at), at=at)
    second = updated(first, words(wards=(KIM_LONG,), at=at), at=at + timedelta(minutes=5))
    found = feedparser.parse(get(f"/cap/feed.{kind}"))
    assert (bool(found.bozo), found.version) == (False, {"atom": "atom10", "rss": "rss20"}[kind])
    assert found.feed.title == "Cảnh báo của Thành phố Huế"
    links = [entry.link for entry in found.entries]
    assert [link.rpartition("/")[2] for link in links] == [f"{one.identifier}.xml" for one in (second, first)]
    for entry, sent in zip(found.entries, (at + timedelta(minutes=5), at), strict=True):
        assert entry.title == TEXTS["vi-VN"].headline
        assert entry.summary == TEXTS["vi-VN"].instruction
        assert datetime.fromtimestamp(timegm(entry.published_parsed), UTC) == sent.replace(microsecond=0)
        assert etree.fromstring(get(entry.link)).tag == "{urn:oasis:names:tc:emergency:cap:1.2}alert"
    assert feedparser.parse(get(f"/cap/feed.{kind}")).entries[0].id == links[0]


def test_cap_tools_reads_everything_that_a_message_says() -> None:
    the_wards()
    at = clock.now()
    said = words(wards=(PHU_XUAN,), shapes=DRAWN, at=at)
    alert = read(issued(said, at=at).identifier)
    assert (alert.status, alert.msg_type) == (Status.ACTUAL, MsgType.ALERT)
    assert {info.language for info in alert.infos} == {"vi-VN", "en-US"}
    for info in alert.infos:
        text = TEXTS[str(info.language)]
        assert (info.headline, info.instruction) == (text.headline, text.instruction)
        assert info.severity is Severity.SEVERE
        assert info.expires
        assert info.expires.to_datetime() == said.expires_at.replace(microsecond=0)
        polygons = [polygon for area in info.areas for polygon in area.polygons]
        circles = [circle for area in info.areas for circle in area.circles]
        codes = {geocode.value.value for area in info.areas for geocode in area.geocodes}
        (ring,) = [[tuple(map(float, corner.split(","))) for corner in one.split()] for one in polygons[-1:]]
        assert (set(ring), len(ring), ring[0]) == ({*CORNERS}, 4, ring[-1])
        assert [float(part) for part in circles[-1].replace(",", " ").split()] == [16.5, 107.6, 1.5]
        assert PHU_XUAN in codes


def test_who_keeps_a_list_of_what_is_in_force_by_our_references_follows_the_story() -> None:
    the_wards()
    at = clock.now()
    first = issued(words(at=at), at=at)
    other = issued(words(wards=(KIM_LONG,), at=at), at=at)
    second = updated(first, words(wards=(KIM_LONG,), at=at), at=at + timedelta(minutes=5))
    end = cancelled(second, at=at + timedelta(minutes=9))
    known: dict[Reference, str] = {}
    seen = []
    for one in (first, other, second, end):
        alert = read(one.identifier)
        referred = alert.references_to_list()
        # Each reference is, letter by letter, a message that they had before.
        assert bool(referred) is (alert.msg_type is not MsgType.ALERT)
        assert all(reference in known for reference in referred)
        for reference in referred:
            known[reference] = ""
        known[Reference.from_alert(alert)] = "" if alert.msg_type is MsgType.CANCEL else alert.identifier
        seen.append({identifier for identifier in known.values() if identifier})
    assert seen == [
        {first.identifier},
        {first.identifier, other.identifier},
        {second.identifier, other.identifier},
        {other.identifier},
    ]


def test_xmlsec_takes_our_signature_with_the_key_that_signed_and_no_other_and_sees_one_changed_letter() -> None:
    the_wards()
    at = clock.now()
    before = message(issued(words(at=at), at=at).identifier)
    old = get("/cap/certificates.pem")
    actions.rotate_key(by=cast.admin(), proved_at=at, at=at)
    after = message(issued(words(wards=(KIM_LONG,), at=at), at=at).identifier)
    end = b"-----END CERTIFICATE-----\n"
    new = get("/cap/certificates.pem").partition(end)[0] + end
    assert verified(before, old)
    assert verified(after, new)
    assert not verified(after, old)
    assert not verified(before, new)
    assert not verified(before.replace("vượt".encode(), "dưới".encode()), old)
