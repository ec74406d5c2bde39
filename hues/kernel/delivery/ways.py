"""Which ways out of the house this city has."""

from django.conf import settings

from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.choosing import chosen


def ways_out() -> tuple[Way, ...]:
    """Return the ways to single addresses that work as the server was told: push always, the others by their URL."""
    ways = [Way.PUSH]
    if settings.HUES.mail_url:
        ways.append(Way.MAIL)
    if settings.HUES.sms_url:
        ways.append(Way.SMS)
    if settings.HUES.zalo_url:
        ways.append(Way.ZALO)
        # Warnings too, once the city has told where its account is and can hear who joins.
        if settings.HUES.zalo_page and settings.HUES.zalo_secret:
            ways.append(Way.OA)
    if settings.HUES.facebook_url:
        ways.append(Way.FACEBOOK)
    if settings.HUES.mail_url and settings.HUES.letters_address:
        ways.append(Way.LETTER)
    return tuple(ways)


def texts_work() -> bool:
    """Test if staff may be told of their work by text message: there is a gateway, and the city pays for it."""
    return Way.SMS in ways_out() and bool(chosen().get("sms", {}).get("work"))
