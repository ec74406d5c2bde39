"""The one job of the journal: run what an entry owes."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue

from hues.kernel.journal import actions
from hues.kit import clock


@queue.task(
    name=actions.RUN_ENTRY,
    queue="reactions",
    retry=RetryStrategy(max_attempts=20, exponential_wait=3),
    pass_context=False,
)
def run_entry(entry_id: int) -> None:
    """Run the reactions to one entry."""
    actions.run_entry(entry_id)


@queue.periodic(cron="* * * * *")
@queue.task(name="hues.journal.seal", queue="housekeeping", queueing_lock="hues.journal.seal")
def seal(timestamp: int) -> None:
    """Seal the entries of the last minute."""
    actions.seal(at=clock.now())
