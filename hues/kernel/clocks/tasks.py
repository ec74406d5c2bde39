"""What the workers do each minute: sweep the timers, and keep their own queue clean."""

from procrastinate import JobContext
from procrastinate.contrib.django import app as queue

from hues.kernel.clocks import actions
from hues.kernel.clocks.stranded import give_on
from hues.kit import clock

KEEP_FINISHED_HOURS = 1
KEEP_FAILED_HOURS = 24 * 30
EVERY_MINUTE = "* * * * *"


@queue.periodic(cron=EVERY_MINUTE)
@queue.task(name="hues.clocks.sweep", queue="clocks", pass_context=False)
def sweep(timestamp: int) -> None:
    """Do all that is due."""
    actions.tick(clock.now())


@queue.periodic(cron=EVERY_MINUTE)
@queue.task(name="hues.clocks.tidy_queue", queue="clocks", pass_context=True)
async def tidy_queue(context: JobContext, timestamp: int) -> None:
    """Give the jobs of dead workers to living ones, and delete what is done."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        await give_on(jobs, job)
    await jobs.delete_old_jobs(nb_hours=KEEP_FINISHED_HOURS)
    await jobs.delete_old_jobs(nb_hours=KEEP_FAILED_HOURS, include_failed=True, include_cancelled=True)
