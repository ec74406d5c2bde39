"""Write down what came of messages: sent, gone, tried again later, or given up."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from hues.kernel.delivery import sirens
from hues.kernel.delivery.actions import failing, insisting, naming, parcels
from hues.kernel.delivery.actions.counting import tally
from hues.kernel.delivery.channels import Outcome, Result, Way, Words
from hues.kernel.delivery.lanes import DELIVERY, Kind
from hues.kernel.delivery.models import Chunk, Line, Parcel, Subscription
from hues.kernel.owing import owe
from hues.kit.ids import new_id

HEAR = "hues.delivery.hear"
SOON = timedelta(seconds=3)
TRIES = 12
FIRST_WAIT, LONGEST_WAIT = 5.0, 3_600.0
TOO_MANY_FAILURES = 20  # in a row, and nobody speaks to that side for a while
CLOSED = timedelta(minutes=1)
PAUSE = timedelta(seconds=1)
LONGEST_NAME = 200  # letters of a line's name, and of its last error
SETTLED = ("last_error", "tries", "handed", "sent_at", "due_at", "failed_at")
type Settled = tuple[tuple[str, Any], ...]


@transaction.atomic
def settle_chunk(
    chunk: Chunk,
    lease: UUID,
    results: Sequence[Result],
    later: Mapping[int, datetime],
    words: Words,
    *,
    rest: int | None = None,
    goes_on: bool = False,
    at: datetime,
) -> bool:
    """
    Finish a chunk, unless its lease ran out and it is another worker's now; return which it was.

    What begins with the subscription `rest` was not reached in time: so much of the chunk stays, for the next round,
    or for the same worker, if it `goes_on`. Whom an earlier worker may have told (`handed`) is marked in what is owed.
    """
    mine = Chunk.objects.filter(pk=chunk.pk, lease=lease, done_at__isnull=True)
    put_back = {} if goes_on else {"due_at": at + PAUSE, "leased_until": None}
    now = {"done_at": at} if rest is None else {"low": rest, **put_back}
    unsure = chunk.handed if rest is not None and chunk.handed is not None and chunk.handed >= rest else None
    if not mine.update(handed=unsure, **now):
        return False
    if rest is not None:
        if not goes_on:
            parcels.wake(Kind.PUSHES if chunk.channel == Way.PUSH else Kind.PARTS, at + PAUSE, at=at)
        results = [result for result in results if int(result.ref) < rest]
    owed = {pk: due for pk, due in later.items() if rest is None or pk < rest}
    for result in results:
        if result.outcome in (Outcome.AGAIN, Outcome.HELD):
            owed[int(result.ref)] = at + timedelta(seconds=result.wait or FIRST_WAIT)
    _owe_later(chunk, owed, words, at)
    _bury(chunk, [result for result in results if result.outcome is Outcome.REFUSED], words, at)
    failing.of_chunk(chunk.broadcast_id, chunk.channel, results, at)
    naming.keep(chunk.broadcast, {int(result.ref): result.name for result in results if result.name}, at=at)
    _forget(int(result.ref) for result in results if result.outcome is Outcome.GONE)
    tally(chunk.broadcast, chunk.channel, _ends(chunk, results), at)
    _judge(results, at)
    return True


@transaction.atomic
def settle_parcels(lease: UUID, results: Sequence[Result], *, unsure: bool = False, at: datetime) -> None:
    """
    Finish parcels; those to be tried again wait longer each time, and after the last try they are dead letters.

    They are `unsure` if an earlier worker may have said them: until they are sent that is not forgotten.
    """
    refs = [UUID(result.ref) for result in results]
    held = Parcel.objects.select_for_update(of=("self",)).filter(pk__in=refs, lease=lease).select_related("broadcast")
    rows = {str(row.pk): row for row in held.order_by("pk")}
    gone: list[int] = []
    waits: list[datetime] = []
    alike: dict[Settled, list[UUID]] = {}
    ended: list[tuple[Parcel, Result]] = []
    for result in results:
        row = rows.get(result.ref)
        if row is None:
            continue
        row.handed = unsure and result.outcome is not Outcome.SENT
        alike.setdefault(_settle(row, result, at), []).append(row.pk)
        if row.failed_at is None and row.sent_at is None:
            waits.append(row.due_at)
        if row.channel == Way.SIREN:
            _of_siren(row, result, at)
        if result.outcome is Outcome.GONE and row.subscription_id:
            gone.append(row.subscription_id)
        ended.append((row, result))
    _keep(alike)
    _count(ended, at, unsure=unsure)
    _forget(gone)
    _judge(results, at)
    if waits:
        parcels.wake(parcels.kind_of(next(iter(rows.values()))), min(waits), at=at)  # all are of one


@transaction.atomic
def put_back(lease: UUID, kind: Kind, *, at: datetime) -> None:
    """Leave parcels that were leased and not reached in time to the next round."""
    due = at + PAUSE
    if Parcel.objects.filter(lease=lease).update(lease=None, leased_until=None, due_at=due, tries=F("tries") - 1):
        parcels.wake(kind, due, at=at)


def _settle(row: Parcel, result: Result, at: datetime) -> Settled:
    """Settle a row, and return how: what ends alike is written down together."""
    row.last_error = result.said[:200]
    if result.outcome in (Outcome.SENT, Outcome.REPLACED, Outcome.OVER):
        row.sent_at = at
        if (words := parcels.without_secret(row.words)) != row.words:
            row.words = words
            row.save(update_fields=["words"])
    elif result.outcome is Outcome.HELD:
        row.tries, row.due_at = row.tries - 1, at + timedelta(seconds=result.wait)
    elif result.outcome is Outcome.AGAIN and _is_in_time(row, at):
        longest = insisting.LONGEST_WAIT if row.channel == Way.SIREN else LONGEST_WAIT
        row.due_at = at + timedelta(seconds=result.wait or min(longest, FIRST_WAIT * 3 ** min(row.tries - 1, TRIES)))
    else:
        row.failed_at = at
    return tuple((name, getattr(row, name)) for name in SETTLED)


def _keep(alike: Mapping[Settled, Sequence[UUID]]) -> None:
    for settled, rows in alike.items():
        Parcel.objects.filter(pk__in=rows).update(lease=None, leased_until=None, **dict(settled))


def _is_in_time(row: Parcel, at: datetime) -> bool:
    return insisting.is_in_time(row, at) if row.channel == Way.SIREN else row.tries < TRIES


def _count(ended: Iterable[tuple[Parcel, Result]], at: datetime, *, unsure: bool) -> None:
    """Count what came of messages of broadcasts, in one order: two that count at once do not wait in a circle."""
    tried = [(row, row.broadcast, result) for row, result in ended if result.outcome is not Outcome.HELD]
    ends: dict[tuple[UUID, str], Counter[Outcome]] = {}
    said = {broadcast.pk: broadcast for _row, broadcast, _result in tried if broadcast}
    for row, broadcast, result in tried:
        if broadcast and row.subscription_id and result.name:
            naming.keep(broadcast, {row.subscription_id: result.name}, at=at)
        if broadcast:
            twice = [Outcome.TWICE] if unsure and result.outcome is Outcome.SENT else []
            ends.setdefault((broadcast.pk, row.channel), Counter()).update([_end(row, result), *twice])
    failing.of_parcels([(row, result.outcome, result.said) for row, _broadcast, result in tried], at)
    for (broadcast_id, channel), counted in sorted(ends.items(), key=lambda one: one[0]):
        tally(said[broadcast_id], channel, counted, at)


def _of_siren(row: Parcel, result: Result, at: datetime) -> None:
    insisting.note(row, result, at)
    if result.outcome is Outcome.SENT and sirens.patience() and not sirens.is_stop(row.address):
        owe(HEAR, lane=DELIVERY, due_at=at + SOON)


def _end(row: Parcel, result: Result) -> Outcome:
    return Outcome.REFUSED if row.failed_at and result.outcome is Outcome.AGAIN else result.outcome


def _ends(chunk: Chunk, results: Sequence[Result]) -> Counter[Outcome]:
    ends = Counter(one.outcome for one in results if one.outcome != Outcome.HELD)
    twice = sum(one.outcome is Outcome.SENT and int(one.ref) == chunk.handed for one in results)
    return ends + Counter({Outcome.TWICE: twice})


def _owe_later(chunk: Chunk, owed: Mapping[int, datetime], words: Words, at: datetime) -> None:
    parcels.put([_parcel(chunk, pk, words, at=at, due_at=due) for pk, due in sorted(owed.items())], at=at)


def _bury(chunk: Chunk, refused: Sequence[Result], words: Words, at: datetime) -> None:
    """Keep as dead letters what will never be taken as it is: somebody may mend what is wrong and send it again."""
    ended = {"tries": 1, "failed_at": at, "due_at": at}
    rows = [_parcel(chunk, int(one.ref), words, at=at, last_error=one.said[:200], **ended) for one in refused]
    Parcel.objects.bulk_create(rows, batch_size=2_000, ignore_conflicts=True)


def _parcel(chunk: Chunk, subscription: int, words: Words, **more: Any) -> Parcel:
    return Parcel(
        id=new_id(),
        key=f"{words.key}:{subscription}",
        channel=chunk.channel,
        subscription_id=subscription,
        broadcast_id=chunk.broadcast_id,
        handed=subscription == chunk.handed,
        words=parcels.packed(words),
        **more,
    )


def _forget(subscriptions: object) -> None:
    Subscription.objects.filter(pk__in=[*subscriptions]).delete()  # type: ignore[misc]


def _judge(results: Sequence[Result], at: datetime) -> None:
    """Count a side's failures in a row and close its line when they are too many; one success opens it."""
    by_line: dict[str, list[Result]] = {}
    for result in results:
        if result.line and result.outcome not in (Outcome.HELD, Outcome.REPLACED, Outcome.OVER):
            by_line.setdefault(result.line[:LONGEST_NAME], []).append(result)
    for name, said in sorted(by_line.items()):
        failed = [result for result in said if result.outcome is Outcome.AGAIN]
        if len(failed) < len(said):
            Line.objects.filter(pk=name, failures__gt=0).update(failures=0, closed_until=None, at=at)
            continue
        line, _made = Line.objects.get_or_create(pk=name, defaults={"at": at})
        Line.objects.filter(pk=name).update(
            failures=F("failures") + len(failed), last_error=failed[-1].said[:LONGEST_NAME], at=at
        )
        if line.failures + len(failed) >= TOO_MANY_FAILURES and name != sirens.LINE:  # those are always worth a try
            Line.objects.filter(pk=name).update(closed_until=at + CLOSED)
