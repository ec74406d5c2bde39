"""The public figures are those of the rows as soon as an import has ended, and soon after if it was killed."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from hues.config.chores.reports import taking
from hues.config.tests.test_reports import GOOD, files, run
from hues.engines.cases import testing
from hues.functions.field_reports import actions, months, queries
from hues.kernel.clocks.testing import let_it_be
from hues.kit import clock

pytestmark = pytest.mark.django_db
ROWS = [
    *GOOD,
    GOOD[1].replace("102,02/03/2026", "104,31/01/2026"),
    GOOD[1].replace("102,02/03/2026", "105,01/02/2026").replace("Xong", "Mới"),
    GOOD[1].replace("102,02/03/2026 09:00", "106,01/03/2026 00:30"),
]
OF_ROWS = """
SELECT to_char(opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM'), count(*) FROM cases_case
WHERE published_at IS NOT NULL GROUP BY 1 ORDER BY 1
"""


@pytest.fixture(autouse=True)
def _city(db: None) -> None:
    testing.the_city()


def of_rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(OF_ROWS)
        return dict(cursor.fetchall())


def of_figures() -> dict[str, int]:
    return {one.key: one.opened for one in queries.figures("month") if one.opened}  # a month may have what is overdue


def test_figures_are_those_of_the_rows_as_soon_as_the_import_has_ended(tmp_path: Path) -> None:
    actions.recount_all(at=clock.now())
    run(*files(tmp_path, *ROWS[:2]))
    assert of_figures() == of_rows() == {"2026-03": 1}
    run(*files(tmp_path, *ROWS))
    assert of_figures() == of_rows() == {"2026-01": 1, "2026-03": 2}
    answered = {one.key: one.answered for one in queries.figures("month") if one.answered}
    assert answered == of_rows()
    assert sum(one.opened for one in queries.figures("ward")) == 3


def test_what_a_killed_import_has_written_is_counted_within_six_minutes(tmp_path: Path) -> None:
    file, plan = files(tmp_path, *ROWS)

    def killed(rows: int) -> None:
        raise KeyboardInterrupt

    at = clock.now()
    with pytest.raises(KeyboardInterrupt):
        taking.take(file, plan, at=at, progress=killed)
    assert of_figures() == {} != of_rows()
    let_it_be(months.next_round(at, actions.AT_MOST_EVERY) + timedelta(seconds=1))
    assert of_figures() == of_rows()


def test_a_dry_run_counts_nothing(tmp_path: Path) -> None:
    run(*files(tmp_path, *ROWS), "--dry-run")
    assert of_figures() == of_rows() == {}
