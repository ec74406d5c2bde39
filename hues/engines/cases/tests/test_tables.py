"""Lists as CSV by the database: the same clock as everywhere, whole over its pages, and no formula in it."""

import csv
import io
import random
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hues.engines.cases import queries
from hues.engines.cases.models import Case
from hues.engines.cases.queries import parts, tables
from hues.engines.cases.queries.choices import ALL
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, a_case_in
from hues.kernel.agencies import testing as cast
from hues.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db
CLOCKS = ("accept_due_at", "started_at", "first_due_at", "due_at", "warn_at", "paused_at", "answered_at")


def shifted(case: Case, chance: random.Random) -> bool:
    """Give a case other times, some of them just now; return whether the table allows such a case."""
    days = {name: chance.choice([-3, -1, 0, 0, 1, 3]) for name in CLOCKS}
    for name, value in days.items():
        setattr(case, name, MONDAY + timedelta(days=value))
    if chance.random() < 0.3:
        case.answered_at = None
    if chance.random() < 0.3:
        case.started_at = None
    case.kept_before = chance.choice(["", "on_time", "extended", "late"])
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError:
        return False
    return True


@pytest.mark.parametrize("seed", range(6))
def test_the_clock_in_a_table_is_the_clock_of_the_page(seed: int) -> None:
    chance = random.Random(seed)
    for state in State:
        a_case_in(state)
    changed = [shifted(case, chance) for case in Case.objects.all() for _ in range(4)]
    assert any(changed)
    columns = ("number", *parts.CLOCK_COLUMNS)
    told = {"kept": tables.standing(MONDAY), "runs": tables.due_now()}
    for row in Case.objects.annotate(**told).values(*columns, *told):
        assert row["kept"] == parts.standing_of(row, MONDAY), row
        assert row["runs"] == parts.due_now_of(row), row


def read(blocks: object) -> list[dict[str, str]]:
    """Return the rows of a file, by column."""
    return list(csv.DictReader(io.StringIO(b"".join(blocks).decode("utf-8-sig"), newline="")))  # type: ignore[arg-type]


@pytest.mark.parametrize("page", [1, 2, 3, 100])
def test_a_table_is_whole_however_many_pages_it_takes(page: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "PAGE", page)
    numbers = [a_case_in(State.PUBLISHED, at=MONDAY + timedelta(minutes=n // 2)).number for n in range(6)]
    public = read(queries.public_table(language="vi", at=MONDAY))
    assert sorted(row["number"] for row in public) == sorted(numbers)
    assert [row["published_at"] for row in public] == sorted((row["published_at"] for row in public), reverse=True)
    for place, number in enumerate(numbers):
        Case.objects.filter(number=number).update(supports=place // 2)
    for order in ("due", "opened", "newest", "answered", "met"):
        staff = read(tables.ops_table(cast.operator(), ALL, order=order, language="vi", at=MONDAY))
        listed = queries.ops_queue(cast.operator(), ALL, order=order, at=MONDAY).rows
        assert [row["number"] for row in staff] == [row.number for row in listed]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_spreadsheet_runs_what_a_citizen_wrote(sign: str) -> None:
    case = a_case_in(State.PUBLISHED)
    words = f'{sign}1+1, "trích"\nxuống dòng; ổ gà'
    Case.objects.filter(id=case.id).update(text=words, public_text=words, address=words, public_address=words)
    for rows in (
        read(queries.public_table(language="vi", at=MONDAY)),
        read(tables.ops_table(cast.operator(), ALL, order="due", language="vi", at=MONDAY)),
    ):
        assert [(row["text"], row["address"]) for row in rows] == [("'" + words, "'" + words)]


def test_a_category_that_the_city_no_longer_knows_stands_for_itself() -> None:
    case = a_case_in(State.PUBLISHED)
    Case.objects.filter(id=case.id).update(category="abolished")
    (row,) = read(queries.public_table(language="en", at=MONDAY))
    assert (row["category"], row["category_title"]) == ("abolished", "abolished")
    assert row["opened_at"] == MONDAY.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_nobody_takes_the_table_of_a_desk_that_is_not_theirs() -> None:
    for by in (cast.lan(), cast.minh()):
        with pytest.raises(NotAllowed):
            tables.ops_table(by, ALL, order="due", language="vi", at=MONDAY)
    with pytest.raises(NotAllowed):
        tables.desk_table(cast.lan(), ALL, order="due", language="vi", at=MONDAY)
