"""What the workers do by the clock: count the figures from the rows, and fold the counts of the map."""

from procrastinate.contrib.django import app as queue

from hues.engines.cases import actions as cases
from hues.functions.field_reports import actions
from hues.kit import clock

# Half past two in the morning in Huế; the queue counts in UTC.
EACH_NIGHT = "30 19 * * *"


@queue.periodic(cron=EACH_NIGHT)
@queue.task(name="hues.field_reports.recount_all", queue="clocks", pass_context=False)
def recount_all(timestamp: int) -> None:
    """Count every month anew."""
    actions.recount_all(at=clock.now())


@queue.periodic(cron="*/5 * * * *")
@queue.task(
    name="hues.field_reports.fold_map",
    queue="housekeeping",
    queueing_lock="hues.field_reports.fold_map",
    priority=-10,
    pass_context=False,
)
def fold_map(timestamp: int) -> None:
    """Keep one row a place of what the map counts ahead."""
    cases.fold_map()
