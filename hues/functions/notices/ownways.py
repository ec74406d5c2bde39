"""The ways by which the city itself writes, as the server was told, for the list of official channels."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from hues.kernel.delivery import sirens
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.choosing import chosen
from hues.kernel.delivery.messengers import parts
from hues.kernel.delivery.ways import ways_out


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnWay:
    """One of them: its name, whom a message is from, and where that leads, if anywhere."""

    icon: str
    name: str
    sender: str = ""
    href: str = ""


def own_ways() -> list[OwnWay]:
    """Return the ways that work here, and none that does not."""
    ways, told = ways_out(), settings.HUES
    found = []
    if Way.SMS in ways:
        found.append(OwnWay(icon="phone", name=_("Text messages"), sender=chosen().get("sms", {}).get("sender", "")))
    if Way.MAIL in ways:
        senders = [
            f"no-reply@{urlsplit(told.origin).hostname}",
            *([told.letters_address] if Way.LETTER in ways else []),
        ]
        found += [OwnWay(icon="inbox", name=_("E-mail"), sender=sender) for sender in senders]
    if Way.ZALO in ways:
        found.append(
            OwnWay(icon="message-check", name=_("The city's Zalo account"), sender=told.zalo_page, href=told.zalo_page)
        )
    if Way.FACEBOOK in ways:
        page = parts(told.facebook_url)[1]
        href = f"https://www.facebook.com/{page}" if page not in ("", "page") else ""
        found.append(OwnWay(icon="message-check", name=_("The city's Facebook page"), sender=href, href=href))
    if sirens.are_there():
        found.append(OwnWay(icon="bell-ringing", name=_("Sirens and loudspeakers in the wards")))
    return found
