"""Jobs that nobody runs, though the queue says so."""

from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager


async def give_on(jobs: JobManager, job: Job) -> None:
    """
    Let any worker run this job again; if its like waits already, it gives way.

    :raises ConnectorException: if the queue does not answer, or the job ended meanwhile
    """
    try:
        await jobs.retry_job(job)
    except UniqueViolation:  # the same work waits already, and nothing of it may wait twice
        await jobs.finish_job(job, Status.FAILED, delete_job=True)
