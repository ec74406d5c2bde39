"""A file of words for answers is counted before it is read, what is in use is read once, and apostrophes come back."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hues.engines.cases import actions, queries
from hues.engines.cases.actions.template_files import COLUMNS, LONGEST_FILE
from hues.engines.cases.rules.templates import Template
from hues.engines.cases.testing import MONDAY, the_city
from hues.kernel.agencies import testing as cast
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db
FILE, CSV = "/ops/templates/file/", "/ops/templates/templates.csv"


@pytest.fixture
def leader() -> Client:
    the_city()
    return at_desk(cast.duty_leader())


def row(title: str, text: str = "Đã sửa.") -> dict[str, str]:
    return {"id": "", "title": title, "title_en": "", "category": "", "outcome": "fixed", "text_vi": text}


def brought(count: int) -> tuple[actions.Brought, list[str]]:
    """Bring that many rows, and return what was asked of the database."""
    with CaptureQueriesContext(connection) as asked:
        found = actions.bring_templates([row(f"Mẫu {n}") for n in range(count)], dry=True, by=cast.admin(), at=MONDAY)
    return found, [one["sql"] for one in asked]


def tried(browser: Client, *rows: dict[str, str]) -> Any:
    file = io.StringIO()
    lines = csv.DictWriter(file, COLUMNS)
    lines.writeheader()
    lines.writerows(rows)
    return browser.post(FILE, {"file": SimpleUploadedFile("mau.csv", file.getvalue().encode(), "text/csv")})


def test_too_many_rows_are_told_before_one_is_read() -> None:
    the_city()
    found, asked = brought(LONGEST_FILE + 1)
    assert len(found.errors) == 1
    assert str(LONGEST_FILE) in found.errors[0]
    assert not [sql for sql in asked if "cases_answertemplate" in sql]


def test_what_is_in_use_is_read_once_however_many_rows_are_added() -> None:
    the_city()
    with CaptureQueriesContext(connection) as asked:
        queries.answer_templates()
    (whole,) = [one["sql"] for one in asked if "cases_answertemplate" in one["sql"]]
    found, sent = brought(5)
    assert len(found.added) == 5
    assert sent.count(whole) == 1


def test_one_that_is_changed_waits_for_its_turn_as_one_that_is_added_does() -> None:
    the_city()
    by, one = cast.admin(), Template(title="Mẫu", outcome="fixed", text={"vi": "Đã sửa."})
    id_ = actions.add_template(one, by=by, at=MONDAY)
    with CaptureQueriesContext(connection) as asked:
        actions.change_template(id_, one, seen=1, by=by, at=MONDAY)
    said = [entry["sql"] for entry in asked]
    turn = next(n for n, sql in enumerate(said) if "pg_advisory_xact_lock" in sql and "cases.templates" in sql)
    assert turn < next(n for n, sql in enumerate(said) if "FOR UPDATE" in sql)


def test_a_cell_that_is_too_long_is_told_by_its_line(leader: Client) -> None:
    answer = tried(leader, row("Mẫu", "x" * 200_000))
    assert answer.status_code == 422
    assert "Một ô ở dòng 2 quá dài." in text_of(answer)


@pytest.mark.parametrize("title", ["'=SUM(1)", "=SUM(1)", "''-x", "'thường"])
def test_an_apostrophe_that_was_there_before_comes_back(leader: Client, title: str) -> None:
    one = Template(title=title, outcome="fixed", text={"vi": "Đã sửa."})
    actions.add_template(one, by=cast.admin(), at=MONDAY)
    sent: Any = leader.get(CSV)
    text = b"".join(sent).decode("utf-8-sig")
    page = text_of(leader.post(FILE, {"text": text}))
    assert "Giữ nguyên: 1." in page
