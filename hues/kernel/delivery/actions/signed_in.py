"""What is one person's alone is said in a browser only while that person is signed in there, and else hinted at."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from hues.kernel.delivery.channels import Outcome, Result, Urgency, Way, Words
from hues.kernel.delivery.models import Parcel, Subscription
from hues.kernel.languages import in_each

SOMETHING: Final = _("You have a new message")
URGENT: Final = _("Something urgent needs you now")
SIGN_IN: Final = _("You are signed out here. Sign in to read it.")
INBOX: Final = "/me/inbox/"


def stay(*, address: str, person_id: UUID | None, session: str) -> None:
    """Note by which session a browser is signed in now: as whom it is told, as another (a guest), or as nobody."""
    here = Subscription.objects.filter(channel=Way.PUSH, address=address)
    mine = here.filter(person=person_id) if person_id else here.none()
    if not mine.update(session=session, guest=""):
        here.update(guest=session if person_id else "")


def move(*, before: str, now: str) -> None:
    """Note that a session has another key from now on."""
    Subscription.objects.filter(session=before).exclude(session="").update(session=now)
    Subscription.objects.filter(guest=before).exclude(guest="").update(guest=now)


def signed_out(rows: Iterable[Parcel], *, at: datetime) -> set[UUID]:
    """
    Return which parcels are one person's alone and lead to where that person is signed in no more, or has not said so.

    Browsers that are signed in say so once a day.
    """
    own = _ones_own(rows)
    alive = _alive({to.session for to in own.values()}, at)
    return {pk for pk, to in own.items() if to.session not in alive}


def kept_back(rows: Iterable[Parcel], *, at: datetime) -> dict[UUID, Result]:
    """Return what came of messages that stay in the inbox alone: the account is shut, or another is signed in there."""
    own = _ones_own(rows)
    alive = _alive({to.guest for to in own.values()}, at)
    shut = {pk: "the account is shut" for pk, to in own.items() if to.person and not to.person.is_active}
    others = {pk: "another person is signed in there" for pk, to in own.items() if to.guest in alive}
    return {pk: _kept_back(pk, said) for pk, said in (others | shut).items()}


def without_words(words: Words) -> Words:
    """Return that there is something new, how urgent, and nothing of what: whoever holds the phone may be anybody."""
    title = URGENT if words.urgency in (Urgency.HIGH, Urgency.EXTREME) else SOMETHING
    return replace(words, title=in_each(title), body=in_each(SIGN_IN), link=INBOX)


def _alive(sessions: set[str], at: datetime) -> frozenset[str]:
    known = sessions - {""}
    held = Session.objects.filter(session_key__in=known, expire_date__gt=at) if known else Session.objects.none()
    return frozenset(held.values_list("session_key", flat=True))


def _kept_back(ref: object, said: str) -> Result:
    return Result(ref=str(ref), outcome=Outcome.OVER, line="", said=said)


def _ones_own(rows: Iterable[Parcel]) -> dict[UUID, Subscription]:
    """Return where parcels go that are one person's alone."""
    own = ((row.pk, row.subscription) for row in rows if row.channel == Way.PUSH and row.broadcast_id is None)
    return {pk: to for pk, to in own if to is not None}
