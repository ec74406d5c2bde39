"""What is one person's alone is said in a browser only while that person is signed in there, and else hinted at."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from hues.kernel.delivery.channels import Outcome, Result, Way, Words
from hues.kernel.delivery.models import Parcel, Subscription
from hues.kernel.languages import in_each

SOMETHING: Final = _("You have a new message")
SIGN_IN: Final = _("You are signed out here. Sign in to read it.")
INBOX: Final = "/me/inbox/"


def stay(*, address: str, person_id: UUID, session: str) -> None:
    """Note by which session a browser is signed in now, if it is told as that person already."""
    Subscription.objects.filter(channel=Way.PUSH, address=address, person=person_id).update(session=session)


def move(*, before: str, now: str) -> None:
    """Note that a session has another key from now on."""
    Subscription.objects.filter(session=before).exclude(session="").update(session=now)


def signed_out(rows: Iterable[Parcel], *, at: datetime) -> set[UUID]:
    """
    Return which parcels are one person's alone and lead to where that person is signed in no more, or has not said so.

    Browsers that are signed in say so once a day.
    """
    own = [row for row in rows if _is_ones_own(row)]
    known = {row.subscription.session for row in own if row.subscription} - {""}
    held = Session.objects.filter(session_key__in=known, expire_date__gt=at) if known else Session.objects.none()
    alive = set(held.values_list("session_key", flat=True))
    return {row.pk for row in own if row.subscription and row.subscription.session not in alive}


def shut(rows: Iterable[Parcel]) -> set[UUID]:
    """Return which parcels are of somebody whose account is shut."""
    own = [(row.pk, row.subscription and row.subscription.person) for row in rows if _is_ones_own(row)]
    return {pk for pk, person in own if person and not person.is_active}


def without_words(words: Words) -> Words:
    """Return that there is something new, and nothing of what: whoever holds the phone may be anybody."""
    return replace(words, title=in_each(SOMETHING), body=in_each(SIGN_IN), link=INBOX)


def kept_back(ref: object) -> Result:
    """Return what came of a message that stays in the inbox alone."""
    return Result(ref=str(ref), outcome=Outcome.OVER, line="", said="the account is shut")


def _is_ones_own(row: Parcel) -> bool:
    return row.channel == Way.PUSH and row.broadcast_id is None and row.subscription is not None
