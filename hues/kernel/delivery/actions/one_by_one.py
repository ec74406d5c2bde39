"""What goes by ways that take no key: one message after the other, so that a worker that dies leaves one in doubt."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from hues.kernel.delivery.actions import handing, settling
from hues.kernel.delivery.actions.broadcasting import words_of
from hues.kernel.delivery.channels import Channel, Message, Result, Way
from hues.kernel.delivery.models import Chunk, Parcel


@dataclass(frozen=True, slots=True)
class Apart:
    """What of a chunk is not handed over now: what has its end already, and what is owed later."""

    ended: Sequence[Result]
    later: Mapping[int, datetime]

    def between(self, low: int, high: int | None) -> tuple[list[Result], dict[int, datetime]]:
        """Return what concerns the subscriptions from `low` up to `high`."""
        fits = range(low, high).__contains__ if high is not None else low.__le__
        ended = [result for result in self.ended if fits(int(result.ref))]
        return ended, {pk: due for pk, due in self.later.items() if fits(pk)}


def send(
    chunk: Chunk,
    lease: UUID,
    to: Callable[[Way, datetime], Channel],
    messages: Sequence[Message],
    apart: Apart,
    *,
    at: datetime,
) -> None:
    """
    Hand messages over one by one: note whom it goes to, say it, write down what came of it.

    Who was noted by a worker that died may have been told: is told again, with a word that says so, and counted.
    """
    words, low, end = words_of(chunk.broadcast), chunk.low, time.monotonic() + handing.IN_TIME
    if not messages:
        settling.settle_chunk(chunk, lease, *apart.between(low, None), words, at=at)
        return
    first, *following = (int(message.ref) for message in messages)
    # Who is noted and not among them is told later, or no more: that is kept before another is noted.
    if chunk.handed is not None and chunk.handed < first:
        if not settling.settle_chunk(chunk, lease, *apart.between(low, first), words, rest=first, goes_on=True, at=at):
            return
        low = first
    for message, rest in zip(messages, [*following, None], strict=True):
        ref = int(message.ref)
        unsure = ref == chunk.handed
        if not Chunk.objects.filter(pk=chunk.pk, lease=lease, done_at=None).update(handed=ref):
            return
        said = handing.hand_over(to, Way(chunk.channel), [replace(message, unsure=unsure)], at)
        stops = not said or time.monotonic() > end
        rest = rest if said else ref
        ended, later = apart.between(low, rest)
        goes_on = not stops
        if not settling.settle_chunk(chunk, lease, [*ended, *said], later, words, rest=rest, goes_on=goes_on, at=at):
            return
        if stops:
            return
        low = rest if rest is not None else low


def send_parcels(
    lease: UUID,
    to: Callable[[Way, datetime], Channel],
    way: Way,
    messages: Sequence[Message],
    handed: Collection[str],
    *,
    at: datetime,
) -> None:
    """Hand single messages over in the same way; those `handed` before may have been said. The rest waits."""
    end = time.monotonic() + handing.IN_TIME
    for message in messages:
        unsure = message.ref in handed
        mine = Parcel.objects.filter(pk=message.ref, lease=lease)
        if time.monotonic() > end or not mine.update(handed=True):
            return
        said = handing.hand_over(to, way, [replace(message, unsure=unsure)], at)
        if not said:
            mine.update(handed=unsure)
            return
        settling.settle_parcels(lease, said, unsure=unsure, at=at)
