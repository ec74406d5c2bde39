"""Single messages that are owed: a row for each, and a worker that is woken."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from hues.kernel.delivery.channels import Urgency, Way, Words
from hues.kernel.delivery.lanes import Kind
from hues.kernel.delivery.models import Parcel
from hues.kernel.owing import owe
from hues.kit.ids import new_id

DELIVER = "hues.delivery.deliver"
KEY = 240  # characters
UNTIL = "until"  # in the words of a letter that holds a secret


def of(words: Words, channel: Way, *, due_at: datetime, subscription: int | None = None, address: str = "") -> Parcel:
    """Return what is owed to a subscription or, without one, to an address; its key is the same each time."""
    return Parcel(
        id=new_id(),
        key=f"{words.key}:{subscription or address}"[:KEY],
        channel=channel,
        subscription_id=subscription,
        address=address,
        words=packed(words),
        at=words.at,
        due_at=due_at,
    )


def put(rows: Sequence[Parcel], *, at: datetime) -> None:
    """Keep parcels, each key once, and wake a worker of each kind when the first of them is due."""
    Parcel.objects.bulk_create(rows, batch_size=2_000, ignore_conflicts=True)
    due: dict[Kind, datetime] = {}
    for row in rows:
        due[kind_of(row)] = min(row.due_at, due.get(kind_of(row), row.due_at))
    for kind in filter(due.__contains__, Kind):
        wake(kind, due[kind], at=at)


def kind_of(row: Parcel) -> Kind:
    """Return with what a message is sent."""
    if row.channel in (Way.SIREN, Way.WEBHOOK):
        return Kind.SIRENS if row.channel == Way.SIREN else Kind.HOOKS
    return Kind.PUSHES if row.channel == Way.PUSH and row.broadcast_id else Kind.SINGLE


def wake(kind: Kind, due_at: datetime, *, at: datetime) -> None:
    """Let a worker look for what is owed of a kind, now or at an instant; one that finds nothing is done at once."""
    later = due_at if due_at > at else None
    owe(DELIVER, lane=kind.queue, priority=kind.priority, due_at=later, kind=kind.value)


def wake_all(*, at: datetime) -> None:
    """Let workers look for what is owed, those of sirens first."""
    for kind in Kind:
        wake(kind, at, at=at)


def packed(words: Words) -> dict[str, Any]:
    """Return words as they are kept in a row."""
    return {
        "key": words.key,
        "topic": words.topic,
        "urgency": words.urgency.value,
        "title": words.title,
        "body": words.body,
        "link": words.link,
        "at": words.at.isoformat(),
        "subject": words.subject,
        "ends_at": words.ends_at and words.ends_at.isoformat(),
    }


def unpacked(kept: dict[str, Any]) -> Words:
    """Return words as they were before they were kept."""
    at, end = datetime.fromisoformat(kept["at"]), kept.get("ends_at")
    said = {name: value for name, value in kept.items() if name != UNTIL}
    ends_at = datetime.fromisoformat(end) if end else None
    return Words(**{**said, "urgency": Urgency(kept["urgency"]), "at": at, "ends_at": ends_at})


def keep_until(row: Parcel, until: datetime) -> Parcel:
    """Mark a letter that holds a secret: its link is erased as soon as it is sent, the letter itself once too late."""
    row.words = row.words | {UNTIL: until.astimezone(UTC).isoformat()}
    return row


def without_secret(kept: dict[str, Any]) -> dict[str, Any]:
    """Return words as they are kept once they are sent."""
    return kept | {"link": "", "body": {}} if UNTIL in kept else kept
