"""Write to an address that is no account's: an office that reads its mail, or its telephone."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from hues.kernel.delivery.actions import parcels, texting
from hues.kernel.delivery.channels import Urgency, Way, Words
from hues.kit.text import Bilingual, pick

LANGUAGE = "vi"
LONGEST = 480  # characters of a text message


@transaction.atomic
def write(
    address: str,
    *,
    reason: str,
    title: Bilingual,
    body: Bilingual,
    link: str,
    useful_for: timedelta,
    at: datetime,
) -> None:
    """
    Owe a letter to an e-mail address, or a text message to an E.164 number, in the city's own language.

    The text message ends with the link, whole; words that are too long for it are cut before. The link is a secret:
    what is kept of the message loses it once it is sent, or after `useful_for`.
    """
    if "@" not in address:
        there = f" {settings.HUES.origin}{link}"
        said = f"{pick(title, LANGUAGE)}. {pick(body, LANGUAGE)}"
        texting.text(address, said[: LONGEST - len(there)] + there, useful_for=useful_for, at=at)
        return
    words = Words(key=reason, topic=reason, urgency=Urgency.NORMAL, title=title, body=body, link=link, at=at)
    parcel = parcels.of(words, Way.MAIL, address=address, due_at=at)
    parcels.put([parcels.keep_until(parcel, at + useful_for)], at=at)
