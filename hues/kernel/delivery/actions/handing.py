"""Hand messages to their channel: not over a closed line, no faster than the city chose, no longer than a lease."""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from hues.kernel.delivery import push
from hues.kernel.delivery.actions import preparing
from hues.kernel.delivery.channels import Channel, Message, Outcome, Result, Way
from hues.kernel.delivery.choosing import chosen
from hues.kernel.delivery.models import Line

logger = logging.getLogger(__name__)
# Ways that hand over one after the other get so many at a time: each may take ten seconds, mails share a connection.
SLICES = {Way.MAIL: 20, Way.LETTER: 20, Way.SMS: 4, Way.WEBHOOK: 4, Way.ZALO: 4, Way.OA: 4, Way.FACEBOOK: 4}
IN_TIME = 25.0  # seconds after which no other slice is begun, so that all is written down before the lease ends
BURST = timedelta(seconds=3)  # a way that was silent may be so much ahead: we look each second or two


def hand_over(
    to: Callable[[Way, datetime], Channel],
    way: Way,
    messages: Sequence[Message],
    at: datetime,
    *,
    public: bool = False,
) -> list[Result]:
    """
    Hand messages over in their order; those that nothing is returned for were not reached, and wait for the next round.

    What is `public` may use what was prepared; a word to one person is worth a key pair of its own.
    """
    closed = dict(Line.objects.filter(closed_until__gt=at).values_list("name", "closed_until"))
    open_, results = list[Message](), list[Result]()
    for message in messages:
        line = line_of(way, message.address)
        if until := closed.get(line):
            wait = (until - at).total_seconds()
            results.append(Result(ref=message.ref, outcome=Outcome.HELD, line=line, said="closed", wait=wait))
        else:
            open_.append(message)
    open_ = open_[: _allowed(way, len(open_), at)]
    if public and way is Way.PUSH:
        open_ = preparing.equipped(open_)
    return results + (_in_time(to(way, at), open_, SLICES.get(way, len(open_)), at) if open_ else [])


def line_of(way: Way, address: str) -> str:
    """Return the name of whom we speak to: a push service by its host, else the channel."""
    return f"{way}:{push.origin_of(address)}" if way is Way.PUSH else str(way)


def _in_time(channel: Channel, messages: Sequence[Message], slice_: int, at: datetime) -> list[Result]:
    results, end = list[Result](), time.monotonic() + IN_TIME
    for start in range(0, len(messages), slice_):
        if start and time.monotonic() > end:
            break
        results += _handed(channel, messages[start : start + slice_], at)
    return results


def _handed(channel: Channel, messages: Sequence[Message], at: datetime) -> list[Result]:
    """Hand messages over; one that a channel cannot bear waits for its next try, and holds up nobody beside it."""
    try:
        return channel(messages, at=at)
    except Exception as unforeseen:
        logger.exception("a channel broke over %s messages", len(messages))
        if len(messages) > 1:  # some may have gone out: they go again under the same key
            return [result for message in messages for result in _handed(channel, [message], at)]
        (message,) = messages
        said = f"unfit: {type(unforeseen).__name__}"
        return [Result(ref=message.ref, outcome=Outcome.AGAIN, line="", said=said)]


@transaction.atomic
def _allowed(way: Way, wanted: int, at: datetime) -> int:
    """Return how many messages may go out now, and count them as gone: all workers share the city's rate."""
    rate = float(chosen().get("rates", {}).get(way, 0))
    if not rate or not wanted:
        return wanted
    Line.objects.get_or_create(pk=str(way), defaults={"at": at})
    line = Line.objects.select_for_update().get(pk=str(way))
    paid = max(line.busy_until or at - BURST, at - BURST)
    number = max(0, min(wanted, int((at - paid).total_seconds() * rate)))
    Line.objects.filter(pk=str(way)).update(busy_until=paid + timedelta(seconds=number / rate))
    return number
