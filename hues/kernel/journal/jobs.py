"""Jobs that were tried to the end and given up: which they are, and put them back once the cause is mended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from hues.kernel.journal import actions as journal
from hues.kernel.journal.events import JobsPutBack

# Of jobs that exclude one another only one may wait.
_PUT_BACK = """
  UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = %(at)s WHERE id IN (
    SELECT DISTINCT ON (coalesce(f.queueing_lock, f.id::text)) f.id FROM procrastinate_jobs f
    WHERE f.status = 'failed' AND f.id = ANY(%(ids)s) AND NOT EXISTS (
      SELECT 1 FROM procrastinate_jobs j WHERE j.queueing_lock = f.queueing_lock AND j.status = 'todo'))
  RETURNING id
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class FailedJob:
    """A job that was given up; `attempts` is how often it was tried."""

    id: int
    task: str
    attempts: int


def failed_jobs(limit: int = 50) -> tuple[FailedJob, ...]:
    """Return the jobs given up last."""
    rows = ProcrastinateJob.objects.filter(status="failed").order_by("-id").values_list("id", "task_name", "attempts")
    return tuple(FailedJob(id=pk, task=task, attempts=attempts) for pk, task, attempts in rows[:limit])


@transaction.atomic
def put_back(ids: Iterable[int] | None, *, by: UUID | None, at: datetime) -> int:
    """
    Let given-up jobs (None: all) run again with all their tries, and return how many.

    A job whose like waits already stays as it is: what it would do is owed.
    """
    wanted = list(ids) if ids is not None else [job.id for job in failed_jobs(limit=100_000)]
    with connection.cursor() as cursor:
        cursor.execute(_PUT_BACK, {"at": at, "ids": wanted})
        n = len(cursor.fetchall())
    if n:
        journal.record(JobsPutBack(at=at, by=by, number=n))
    return n
