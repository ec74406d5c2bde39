"""What reporters say of answers is counted apart from what they leave unsaid, and raw days stand beside the clock."""

import csv
import io
import json
import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client

from hues.engines.cases import actions as cases
from hues.engines.cases import queries as engine
from hues.engines.cases.queries import CaseFilters
from hues.engines.cases.rules.deadlines import read
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case, a_case_in, a_proof, routed
from hues.functions.field_reports import queries
from hues.kernel.agencies import queries as agencies
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks import actions as clocks
from hues.kernel.journal import testing as journal

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=40)
# The same once more, written by hand.
SQL = """
    SELECT coalesce(sum(extract(epoch FROM answered_at - opened_at)), 0)::bigint,
           count(*) FILTER (WHERE fixed IS NOT NULL OR rating IS NOT NULL OR reopened > 0),
           count(*) FILTER (WHERE fixed OR (fixed IS NULL AND rating >= 4)),
           count(*) FILTER (WHERE NOT fixed OR (fixed IS NULL AND (rating <= 2 OR (rating IS NULL AND reopened > 0)))),
           count(*) FILTER (WHERE fixed IS NULL AND rating IS NULL AND reopened = 0 AND state = 'closed')
    FROM cases_case WHERE published_at IS NOT NULL AND kind = 'report' AND {} = %s
"""
COLUMNS = {"ward": "ward_code", "agency": "agency_id::text", "category": "category"}


def published(days: int = 1) -> Known:
    """Return a case that was answered and published after so many days."""
    case, then = routed(a_case()), MONDAY + timedelta(days=days)
    moved = cases.take(case_id=case.id, by=cast.minh(), seen=case.version, at=MONDAY)
    moved = cases.answer_case(
        case_id=case.id,
        text="Đã trả lời.",
        outcome="not_ours",
        proof=a_proof(cast.minh()),
        by=cast.minh(),
        seen=moved.version,
        at=then,
    )
    moved = cases.publish(case_id=case.id, by=cast.operator(), seen=moved.version, at=then)
    return Known(id=case.id, number=case.number, version=moved.version)


def rated(stars: int, *, fixed: bool | None = None) -> str:
    """Return the number of a report whose reporter said so."""
    case = published()
    then = MONDAY + timedelta(days=2)
    cases.rate(case_id=case.id, stars=stars, fixed=fixed, by=cast.lan(), seen=case.version, at=then)
    return case.number


def reopened(*, again: datetime | None = None, days: int = 1) -> str:
    """Return the number of a report that was reopened a day after its answer and, if so asked, answered anew."""
    case, then = published(days=days), MONDAY + timedelta(days=days + 1)
    moved = cases.reopen(
        case_id=case.id, text="Vẫn hỏng như cũ, chưa ai đến sửa.", by=cast.lan(), seen=case.version, at=then
    )
    if again:
        moved = cases.take(case_id=case.id, by=cast.minh(), seen=moved.version, at=again)
        moved = cases.answer_case(
            case_id=case.id,
            text="Đã sửa lại.",
            outcome="not_ours",
            proof=a_proof(cast.minh()),
            by=cast.minh(),
            seen=moved.version,
            at=again,
        )
        cases.publish(case_id=case.id, by=cast.operator(), seen=moved.version, at=again)
    return case.number


def everything_said() -> dict[str, set[str]]:
    """Bring about every verdict, and return the numbers by its word."""
    said = {
        "confirmed": {rated(5), rated(4, fixed=True), rated(1, fixed=True)},
        "contested": {rated(2), rated(5, fixed=False), reopened(), reopened(again=MONDAY + timedelta(days=9))},
        "": {rated(3)},
        "silent": {published().number, published(days=6).number},
    }
    a_case_in(State.ANSWERED)
    journal.drain()
    clocks.tick(LATER)
    journal.drain()
    clocks.tick(LATER + timedelta(minutes=5))
    return said


@pytest.mark.parametrize("grouping", sorted(COLUMNS))
def test_what_was_said_and_left_unsaid_is_that_of_the_rows(grouping: str) -> None:
    everything_said()
    found = queries.figures(grouping)
    assert found
    for one in found:
        with connection.cursor() as cursor:
            cursor.execute(SQL.format(COLUMNS[grouping]), [one.key])
            row = cursor.fetchone()
        assert row == (one.raw_seconds, one.spoke, one.confirmed, one.contested, one.silent)
    whole = queries.total()
    assert (whole.spoke, whole.confirmed, whole.contested, whole.silent) == (8, 3, 4, 2)
    assert whole.share("confirmed", "spoke") == pytest.approx(37.5, abs=0.05)


def test_a_filter_finds_each_word_and_files_say_it() -> None:
    said = everything_said()
    for word in ("confirmed", "contested", "silent"):
        rows = engine.public_cases(CaseFilters(verdict=word), at=LATER).rows
        assert {row.number for row in rows} == said[word]
    assert len(engine.public_cases(CaseFilters(verdict="spoke"), at=LATER).rows) == 8
    table = {row["number"]: row for row in csv.DictReader(io.StringIO(sent("reports.csv").decode("utf-8-sig")))}
    points = {one["properties"]["number"]: one["properties"] for one in json.loads(sent("reports.geojson"))["features"]}
    assert table.keys() == points.keys() == set().union(*said.values())
    for word, numbers in said.items():
        for number in numbers:
            assert table[number]["verdict"] == points[number]["verdict"] == word
            assert table[number]["days"] == ("" if points[number]["days"] is None else str(points[number]["days"]))
    assert {"1", "6", "9", ""} == {row["days"] for row in table.values()}


def test_silence_is_only_counted_when_the_days_to_reopen_are_over() -> None:
    published()
    journal.drain()
    clocks.tick(MONDAY + timedelta(days=2))
    assert (queries.total().opened, queries.total().silent, queries.total().spoke) == (1, 0, 0)
    clocks.tick(MONDAY + timedelta(days=12))
    journal.drain()
    clocks.tick(MONDAY + timedelta(days=12, minutes=5))
    assert (queries.total().silent, queries.total().spoke) == (1, 0)
    assert read({"close": {"days": 3}, "reopen": {"days": 10}}).silent_days == 10
    assert read({"close": {"days": 30}, "reopen": {"days": 10}}).silent_days == 30


@pytest.mark.parametrize("address", ["figures/?by=agency", "figures/?by=month", "agencies/ubnd-phu-xuan/"])
def test_every_number_leads_to_the_reports_it_counts(address: str) -> None:
    everything_said()
    if address.startswith("agencies/"):
        agency = engine.public_cases(CaseFilters(), at=LATER).rows[0].agency
        address = f"agencies/{_code_of(agency)}/"
    page = Client().get(f"/en/f/field_reports/{address}").content.decode()
    assert "10 days" in page
    numbers = re.findall(r'<a (?:class="big" )?href="(/en/f/field_reports/\?[^"]*)">(\d+)</a>', page)
    assert {"verdict=silent", "verdict=contested", "verdict=confirmed", "verdict=spoke"} <= {
        part for href, _ in numbers for part in unescape(href).partition("?")[2].split("&")
    }
    for href, number in numbers:
        assert len(Client().get(unescape(href)).context["lines"]) == int(number), href
    averages = re.findall(r'href="([^"]*clock=answered[^"]*)">(\d+\.\d)</a>', page)
    assert averages
    assert {float(days) for _, days in averages} == {2.4}
    assert len(Client().get(unescape(averages[0][0])).context["lines"]) == 9


def test_an_agency_without_a_report_shows_no_noughts() -> None:
    a_case()
    page = Client().get("/en/f/field_reports/agencies/ubnd-kim-long/").content.decode()
    assert "Days to an answer" not in page


def _code_of(agency: object) -> str:
    return next(card.code for card in agencies.agencies() if card.name == agency)


def sent(name: str) -> bytes:
    """Return a file as it arrives."""
    answer: StreamingHttpResponse = Client().get(f"/f/field_reports/{name}")  # type: ignore[assignment]
    return b"".join(answer)


def test_a_page_tells_that_an_earlier_answer_is_why_the_report_counts_as_late(client: Client) -> None:
    told = "came late: of all answers the one that kept its time worst counts"
    late, again = published(days=40).number, reopened(days=40, again=MONDAY + timedelta(days=42))
    pages = [client.get(f"/en/f/field_reports/{number}/").content.decode() for number in (late, again)]
    assert ["Done late" in page for page in pages] == [True, True]
    assert [told in page for page in pages] == [False, True]
