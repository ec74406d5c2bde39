"""Due dates that the city really published, against the city's own calendar and deadlines."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from hues.engines.cases.rules.deadlines import answer_due, read
from hues.kernel.city import document
from hues.kernel.clocks.queries import calendar

HUE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("started", "due"),
    [
        # Sent on the National Day: counted from the next working day.
        ("2019-09-02 15:44", date(2019, 9, 12)),
        ("2024-11-07 08:22", date(2024, 11, 18)),
        ("2025-07-18 17:46", date(2025, 7, 29)),
        # Sent on a Saturday, with the National Day in between.
        ("2025-08-23 18:28", date(2025, 9, 5)),
        ("2025-11-21 10:53", date(2025, 12, 2)),
        ("2026-03-02 19:17", date(2026, 3, 11)),
        # Sent on 22 November 13:23 and on 8 March 22:51; both come out if they were taken on the day after.
        ("2022-11-23 08:00", date(2022, 12, 2)),
        ("2023-03-09 08:00", date(2023, 3, 20)),
    ],
)
def test_a_published_due_date_comes_out(started: str, due: date) -> None:
    start = datetime.fromisoformat(started).replace(tzinfo=HUE)
    found = answer_due(start, "normal", deadlines=read(document("deadlines.toml")), calendar=calendar())
    assert found.astimezone(HUE).date() == due
