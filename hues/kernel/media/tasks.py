"""What the workers do each night: delete stored bytes that nobody knows any more."""

from procrastinate.contrib.django import app as queue

from hues.kernel.media import sweeping
from hues.kit import clock

# Half an hour after the rows whose time is over went.
EACH_NIGHT = "30 20 * * *"


@queue.periodic(cron=EACH_NIGHT)
@queue.task(name="hues.media.sweep_orphans", queue="clocks", pass_context=False)
def sweep_orphans(timestamp: int) -> None:
    """Delete stored bytes that no row knows."""
    sweeping.sweep_orphans(clock.now())
