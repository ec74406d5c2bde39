"""The queue keeps itself clean, in the code that a real worker runs."""

import asyncio
from collections.abc import Iterator

import pytest
from django.db import connection
from procrastinate.contrib.django import app as queue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _empty_queue() -> Iterator[None]:
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def jobs() -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, status::text FROM procrastinate_jobs WHERE task_name = 'hues.journal.run_entry'")
        return dict(cursor.fetchall())


def put(status: str, worker: int | None = None, lock: str | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id, args, queueing_lock)"
            " VALUES ('reactions', 'hues.journal.run_entry', %s, %s, '{}', %s) RETURNING id",
            [status, worker, lock],
        )
        return int(cursor.fetchone()[0])


def age(job: int, hours: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at)"
            " SELECT id, CASE status WHEN 'failed' THEN 'failed' ELSE 'succeeded' END::procrastinate_job_event_type,"
            " now() - make_interval(hours => %s) FROM procrastinate_jobs WHERE id = %s",
            [hours, job],
        )


def a_dead_worker() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        )
        return int(cursor.fetchone()[0])


def tidy() -> None:
    queue.configure_task("hues.clocks.tidy_queue").defer(timestamp=0)

    async def work() -> None:
        async with queue.open_async():
            await queue.run_worker_async(queues=["clocks"], wait=False, install_signal_handlers=False)

    connector = queue.connector.get_worker_connector()  # type: ignore[attr-defined]
    with queue.replace_connector(connector):
        asyncio.run(work())


def test_the_jobs_of_a_dead_worker_are_given_to_the_living() -> None:
    stalled = put("doing", a_dead_worker())
    tidy()
    assert jobs() == {stalled: "todo"}


def test_a_job_of_the_dead_whose_like_waits_already_gives_way_and_holds_up_no_other() -> None:
    dead = a_dead_worker()
    put("doing", dead, lock="once")
    waiting, other = put("todo", lock="once"), put("doing", dead)
    tidy()
    assert jobs() == {waiting: "todo", other: "todo"}


def test_finished_jobs_are_deleted_and_failed_ones_kept_for_a_month() -> None:
    done, failed, long_failed = put("succeeded"), put("failed"), put("failed")
    age(done, 2)
    age(failed, 2)
    age(long_failed, 24 * 31)
    tidy()
    assert jobs() == {failed: "failed"}
