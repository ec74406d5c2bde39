"""Run what the journal owes at once, through the code that the workers run."""

from django.db import connection

from hues.kernel.journal import actions


def drain(*, limit: int = 1_000) -> int:
    """Run the owed reactions, those they cause included, in order; return how many jobs ran."""
    ran = 0
    while ran < limit and (job := _take()):
        job_id, entry_id = job
        actions.run_entry(entry_id)
        _forget(job_id)
        ran += 1
    return ran


def _take() -> tuple[int, int] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, (args->>'entry_id')::bigint FROM procrastinate_jobs"
            " WHERE status = 'todo' AND task_name = %s ORDER BY id LIMIT 1",
            [actions.RUN_ENTRY],
        )
        row: tuple[int, int] | None = cursor.fetchone()
        return row


def _forget(job_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job_id])
