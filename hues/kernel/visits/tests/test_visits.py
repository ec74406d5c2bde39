"""Visits are counted in memory and written as one number per function, day and audience."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection

from hues.kernel import visits
from hues.kernel.visits import actions, counting, queries
from hues.kernel.visits.models import DayVisits

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _from_zero() -> Iterator[None]:
    counting.take()
    yield
    counting.take()


def counted() -> dict[tuple[str, str], int]:
    return {(row.function, row.audience): row.visits for row in queries.visits(TODAY, TODAY)}


@pytest.mark.django_db
def test_visits_add_up_to_one_row_per_function_and_audience() -> None:
    for _ in range(3):
        visits.count("field_reports", "citizen")
    visits.count("field_reports", "visitor")
    assert actions.flush(NOON) == 4
    visits.count("field_reports", "citizen")
    assert actions.flush(NOON) == 1
    assert counted() == {("field_reports", "citizen"): 4, ("field_reports", "visitor"): 1}


@pytest.mark.django_db
def test_a_page_view_does_not_touch_the_database(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        visits.count("home", "citizen")
    with django_assert_num_queries(1):  # type: ignore[operator]
        actions.flush(NOON)
    with django_assert_num_queries(0):  # type: ignore[operator]
        actions.flush(NOON)


@pytest.mark.django_db
def test_the_day_is_the_day_of_the_city() -> None:
    visits.count("home", "citizen")
    actions.flush(datetime(2026, 3, 1, 17, 30, tzinfo=UTC))
    assert [row.day for row in queries.visits(date(2026, 3, 1), date(2026, 3, 3))] == [TODAY]


@pytest.mark.django_db
def test_what_could_not_be_written_is_written_later() -> None:
    visits.count("home", "citizen")
    with connection.execute_wrapper(_broken), pytest.raises(DatabaseError):
        actions.flush(NOON)
    visits.count("home", "citizen")
    actions.flush(NOON)
    assert counted() == {("home", "citizen"): 2}


def _broken(*_args: object) -> None:
    raise DatabaseError("the server is gone")


@pytest.mark.django_db
def test_the_table_does_not_grow_with_visits() -> None:
    for n in range(3_000):
        visits.count(f"function-{n % 3}", "citizen")
        if n % 100 == 0:
            actions.flush(NOON)
    actions.flush(NOON)
    assert DayVisits.objects.count() == 3
    assert queries.totals(TODAY, TODAY) == {f"function-{n}": 1_000 for n in range(3)}


@pytest.mark.django_db
def test_totals_are_in_the_order_of_use() -> None:
    for function, times in (("a", 1), ("b", 3), ("c", 2)):
        for _ in range(times):
            visits.count(function, "citizen")
    actions.flush(NOON)
    assert list(queries.totals(TODAY, TODAY).items()) == [("b", 3), ("c", 2), ("a", 1)]


def test_no_visit_is_lost_among_threads() -> None:
    together = threading.Barrier(4)

    def visit() -> None:
        together.wait(30)
        for _ in range(5_000):
            visits.count("home", "citizen")

    threads = [threading.Thread(target=visit) for _ in range(4)]
    for thread in threads:
        thread.start()
    taken = 0
    while any(thread.is_alive() for thread in threads):
        taken += sum(counting.take().values())
    for thread in threads:
        thread.join()
    assert taken + sum(counting.take().values()) == 20_000


@pytest.mark.django_db(transaction=True)
def test_two_processes_add_to_the_same_number() -> None:
    visits.count("home", "citizen")
    ours = counting.take()

    def other() -> None:
        visits.count("home", "citizen")
        actions.flush(NOON)
        connection.close()

    elsewhere = threading.Thread(target=other)
    elsewhere.start()
    elsewhere.join(30)
    counting.put_back(ours)
    actions.flush(NOON)
    assert counted() == {("home", "citizen"): 2}
