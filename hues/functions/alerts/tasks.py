"""What the workers do every two minutes: look at what others warn of."""

from procrastinate.contrib.django import app as queue

from hues.functions.alerts.listening import listen
from hues.kit import clock


@queue.periodic(cron="*/2 * * * *")
@queue.task(
    name="hues.alerts.listen",
    queue="housekeeping",
    queueing_lock="hues.alerts.listen",
    lock="hues.alerts.listen",
    pass_context=False,
)
def look_at_sources(timestamp: int) -> None:
    """Look at every source once."""
    listen(clock.now())
