"""What is one person's alone goes to a browser only while that person is signed in there."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib.sessions.models import Session

from hues.kernel.delivery.channels import Outcome, Result, Way
from hues.kernel.delivery.models import Parcel, Subscription


def stay(*, address: str, person_id: UUID, session: str) -> None:
    """Note by which session a browser is signed in now, if it is told as that person already."""
    Subscription.objects.filter(channel=Way.PUSH, address=address, person=person_id).update(session=session)


def move(*, before: str, now: str) -> None:
    """Note that a session has another key from now on."""
    Subscription.objects.filter(session=before).exclude(session="").update(session=now)


def strangers(rows: Iterable[Parcel], *, at: datetime) -> set[UUID]:
    """Return which parcels are one person's alone and lead to where that person is signed in no more."""
    own = [row for row in rows if row.channel == Way.PUSH and row.broadcast_id is None and row.subscription]
    known = {row.subscription.session for row in own if row.subscription} - {""}
    held = Session.objects.filter(session_key__in=known, expire_date__gt=at) if known else Session.objects.none()
    alive = {"", *held.values_list("session_key", flat=True)}
    return {row.pk for row in own if row.subscription and not _is_there(row.subscription, alive)}


def kept_back(ref: object) -> Result:
    """Return what came of a message that stays in the inbox alone."""
    return Result(ref=str(ref), outcome=Outcome.OVER, line="", said="signed in there no more")


def _is_there(there: Subscription, alive: set[str]) -> bool:
    return there.session in alive and (there.person is None or there.person.is_active)
