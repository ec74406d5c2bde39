"""Owe a job in the caller's transaction, wherever that runs."""

from datetime import datetime
from typing import Final

from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager
from procrastinate.types import JSONValue

# A worker replaces the queue's connector by one of its own, whose connections know nothing of a reaction's transaction:
# what it owed by that was seen before it was written, and stayed owed when it was taken back.
OURS: Final = JobManager(DjangoConnector())


def owe(
    task: str,
    *,
    lane: str,
    priority: int = 0,
    lock: str | None = None,
    due_at: datetime | None = None,
    **arguments: JSONValue,
) -> int:
    """
    Have a worker run `task` with these arguments once the caller's transaction has committed, and return the job's id.

    `lane` is the queue it stands in; a higher `priority` comes first; of jobs with one `lock` one runs at a time.
    """
    asked = queue.configure_task(task, queue=lane, priority=priority, lock=lock, schedule_at=due_at)
    return JobDeferrer(job_manager=OURS, job=asked.job).defer(**arguments)
