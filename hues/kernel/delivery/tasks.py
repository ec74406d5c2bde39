"""The jobs that send what is owed."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue

from hues.kernel.delivery import actions
from hues.kernel.delivery.lanes import DELIVERY, SIRENS, Lane
from hues.kernel.owing import owe
from hues.kit import clock

LANES = {kind: Lane(partial(actions.send_all, kind, now=clock.now), threads=kind.threads) for kind in actions.Kind}
BETWEEN = timedelta(seconds=10)  # from one look for answers of sirens to the next


@queue.task(
    name=actions.SEND_TEXT,
    queue="texts",
    # 3, 9, 27 … seconds: a gateway that is away for half a day still gets what is worth sending.
    retry=RetryStrategy(max_attempts=10, exponential_wait=3),
    pass_context=False,
)
def send_text(text_id: str) -> None:
    """Send one text message of the outbox."""
    actions.send_text(UUID(text_id), url=settings.HUES.sms_url, at=clock.now())


@queue.task(name=actions.DELIVER, queue=DELIVERY, pass_context=False)
def deliver(kind: str = "") -> None:
    """Send what is owed of a kind until nothing is due, as far as nobody in this process is at it; without one, all."""
    if kind:
        LANES[actions.Kind(kind)].enter()
    else:
        actions.wake_all(at=clock.now())


@queue.periodic(cron="* * * * *")
@queue.task(name="hues.delivery.sweep", queue=DELIVERY, queueing_lock="hues.delivery.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Send what a dead worker has left, and what waited; forget what was secret, hear what is still to be heard."""
    actions.wake_all(at=clock.now())
    actions.erase_secrets(at=clock.now())
    actions.hear(at=clock.now())


@queue.periodic(cron="* * * * * */5")
@queue.task(
    name="hues.delivery.sirens",
    queue=SIRENS,
    queueing_lock="hues.delivery.sirens",
    priority=actions.Kind.SIRENS.priority,
    pass_context=False,
)
def sound(timestamp: int) -> None:
    """Tell sirens, every few seconds, what a dead worker has left, and somebody of those that were not told at all."""
    actions.say_untold(at=clock.now())
    LANES[actions.Kind.SIRENS].enter()


@queue.task(name=actions.HEAR, queue=DELIVERY, pass_context=False)
def hear() -> None:
    """Hear what sirens say that were just told to sound, every few seconds until all of them have."""
    at = clock.now()
    if actions.hear(at=at):
        owe(actions.HEAR, lane=DELIVERY, due_at=at + BETWEEN)


@queue.periodic(cron="* * * * *")
@queue.task(
    name="hues.delivery.prepare",
    queue="housekeeping",
    queueing_lock="hues.delivery.prepare",
    priority=-10,
    pass_context=False,
)
def prepare(timestamp: int) -> None:
    """Agree with browsers while nothing is to be sent."""
    actions.prepare()


@queue.periodic(cron="7 */6 * * *")
@queue.task(
    name="hues.delivery.keep_passes",
    queue="housekeeping",
    queueing_lock="hues.delivery.keep_passes",
    # 6, 36, 216 … seconds: what fails to the end stands before the duty leader, on a day without an alert.
    retry=RetryStrategy(max_attempts=5, exponential_wait=6),
    pass_context=False,
)
def keep_passes(timestamp: int) -> None:
    """Keep the city's tokens at other sides good."""
    actions.keep_passes(at=clock.now())
