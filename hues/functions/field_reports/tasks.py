"""What the workers do each night: count the figures from the rows, whatever changed them."""

from procrastinate.contrib.django import app as queue

from hues.functions.field_reports import actions
from hues.kit import clock

# Half past two in the morning in Huế; the queue counts in UTC.
EACH_NIGHT = "30 19 * * *"


@queue.periodic(cron=EACH_NIGHT)
@queue.task(name="hues.field_reports.recount_all", queue="clocks", pass_context=False)
def recount_all(timestamp: int) -> None:
    """Count every month anew."""
    actions.recount_all(at=clock.now())
