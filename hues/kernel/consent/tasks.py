"""What the workers do each night: forget what has had its time."""

from procrastinate.contrib.django import app as queue

from hues.kernel.consent import actions
from hues.kit import clock

# Three in the morning in Huế; the queue counts in UTC.
EACH_NIGHT = "0 20 * * *"


@queue.periodic(cron=EACH_NIGHT)
@queue.task(name="hues.consent.sweep", queue="clocks", pass_context=False)
def sweep(timestamp: int) -> None:
    """Forget what has had its time."""
    actions.sweep(clock.now())
