"""CSV from a statement that is composed once: what its rows are, planned anew each time, and an error that is told."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F, IntegerField
from django.db.models.functions import Cast
from django.test.utils import CaptureQueriesContext
from psycopg import DataError

from hues.kernel.people.models import Person
from hues.kernel.statements import like, planned_anew

pytestmark = pytest.mark.django_db
NAMES = ("Lê Thị Bưởi", 'Nguyễn "Tý", 100%', "two\nlines", "", "%s", r"back\slash_")


@pytest.fixture
def people() -> list[str]:
    at = datetime(2026, 10, 5, tzinfo=UTC)
    made = [Person(phone=f"+8490700{n:04}", name=NAMES[n % len(NAMES)], created_at=at) for n in range(1500)]
    return [person.name for person in Person.objects.bulk_create(made)]


@planned_anew
def named(*, pattern: str) -> Any:
    return Person.objects.filter(like("name", pattern), phone__startswith="+8490700").order_by("phone").values("name")


def read(lines: bytes) -> list[str]:
    return [name for (name,) in csv.reader(io.StringIO(lines.decode(), newline=""))]


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("%", lambda _name: True),
        ("Lê%", lambda name: name.startswith("Lê")),
        ("%\\%%", lambda name: "%" in name),
        ("%s", lambda name: name.endswith("s")),
        ("%\\_", lambda name: name.endswith("_")),
        ("nobody", lambda _name: False),
    ],
)
def test_lines_are_the_rows(people: list[str], pattern: str, matches: Callable[[str], bool]) -> None:
    rows = [row["name"] for row in named(pattern=pattern)]
    assert read(named.as_csv(pattern=pattern)) == rows
    assert rows == [name for name in people if matches(name)]
    assert bool(rows) is (pattern != "nobody")


@pytest.mark.usefixtures("people")
def test_it_is_written_with_its_values_so_that_it_is_planned_with_them() -> None:
    with CaptureQueriesContext(connection) as asked:
        named(pattern="L%")
        named(pattern="N%")
    assert [f"LIKE '{letter}%'" in query["sql"] for query, letter in zip(asked, "LN", strict=False)] == [True, True]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%LIKE%people_person%'")
        assert cursor.fetchone() == (0,)


def test_what_can_never_be_is_no_line() -> None:
    @planned_anew
    def nobody(*, name: str) -> Any:
        return Person.objects.filter(name=name, pk__in=()).values("name")

    assert nobody.as_csv(name="Lan") == b""


@pytest.mark.usefixtures("people")
def test_a_failure_in_the_middle_is_told_and_the_connection_goes_on() -> None:
    @planned_anew
    def numbers(*, phone: str) -> Any:
        found = Person.objects.filter(phone__gte=phone).order_by("phone")
        return found.annotate(number=Cast(F("name"), IntegerField())).values_list("number")

    with pytest.raises(DataError), transaction.atomic():
        numbers.as_csv(phone="+8490700")
    assert len(read(named.as_csv(pattern="%"))) == 1500
