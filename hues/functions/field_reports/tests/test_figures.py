"""The figures page: equal to what one counts by hand in the public list, and every number leads to its reports."""

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client

from hues.engines.cases import actions as cases
from hues.engines.cases import queries as cases_queries
from hues.engines.cases.rules.promises import Kept
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case, a_case_in, a_proof, in_no_ward, offices_of, routed, split
from hues.functions.field_reports import actions, months, queries
from hues.functions.field_reports.views import promises
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks import actions as clocks
from hues.kernel.journal import testing as journal

PAGE = "/f/field_reports/figures/"
SQL = """
    SELECT count(*), count(answered_at),
           count(*) FILTER (WHERE answered_at <= first_due_at),
           count(*) FILTER (WHERE answered_at > first_due_at AND answered_at <= due_at),
           count(*) FILTER (WHERE answered_at > due_at),
           count(*) FILTER (WHERE reopened > 0), count(rating), count(*) FILTER (WHERE rating >= 4)
    FROM cases_case WHERE published_at IS NOT NULL AND kind = 'report' AND {}
"""


def answered(*, days: int, at: datetime = MONDAY, stars: int = 0, extended: bool = False) -> Known:
    """Return a published case whose answer took so many days."""
    case = routed(a_case(at=at), at=at)
    minh, operator, lan = cast.minh(), cast.operator(), cast.lan()
    moved = cases.take(case_id=case.id, by=minh, seen=case.version, at=at)
    if extended:
        until = at + timedelta(days=30)
        moved = cases.ask_extension(
            case_id=case.id, until=until, reason="Chờ vật tư.", by=minh, seen=moved.version, at=at
        )
        moved = cases.decide_extension(case_id=case.id, granted=True, by=operator, seen=moved.version, at=at)
    then = at + timedelta(days=days)
    moved = cases.answer_case(
        case_id=case.id,
        text="Đã trả lời.",
        outcome="not_ours",
        proof=a_proof(minh),
        by=minh,
        seen=moved.version,
        at=then,
    )
    moved = cases.publish(case_id=case.id, by=operator, seen=moved.version, at=then)
    if stars:
        moved = cases.rate(case_id=case.id, stars=stars, by=lan, seen=moved.version, at=then)
    return Known(id=case.id, number=case.number, version=moved.version)


def a_mixture() -> None:
    """Bring about reports of two months, two wards' agencies and every standing, some of them not public."""
    april = MONDAY + timedelta(days=35)
    answered(days=1, stars=5)
    answered(days=20, stars=2)
    answered(days=20, extended=True)
    answered(days=2, at=april, stars=4)
    a_case_in(State.PUBLISHED, category="roads-manhole", at=april)
    a_case_in(State.ANSWERED, at=april)
    a_case_in(State.REFUSED)
    journal.drain()
    clocks.tick(april + timedelta(days=2, minutes=5))
    journal.drain()  # of those that closed by themselves
    clocks.tick(april + timedelta(days=2, minutes=10))


@pytest.mark.parametrize("period", ["", "2026", "2026-03", "2026-04"])
@pytest.mark.parametrize(
    ("grouping", "column"), [("ward", "ward_code"), ("agency", "agency_id"), ("category", "category")]
)
def test_the_figures_are_those_of_the_rows(period: str, grouping: str, column: str) -> None:
    a_mixture()
    since, until = (
        months.bounds(period) if period else (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
    )
    found = queries.figures(grouping, period)
    assert found
    for one in found:
        with connection.cursor() as cursor:
            cursor.execute(
                SQL.format(f"{column}::text = %s AND opened_at >= %s AND opened_at < %s"), [one.key, since, until]
            )
            row = cursor.fetchone()
        assert row == (
            *(one.opened, one.answered, one.on_time, one.extended, one.late, one.reopened, one.rated, one.satisfied),
        )
    assert sum(one.opened for one in found) == queries.total(period).opened


@pytest.mark.parametrize("by", ["ward", "agency", "category", "month"])
def test_every_number_leads_to_as_many_reports_as_it_says(by: str) -> None:
    a_mixture()
    page = Client().get(PAGE, {"by": by}).content.decode()
    numbers = re.findall(r'<a (?:class="big" )?href="(/f/field_reports/\?[^"]*|/f/field_reports/)">(\d+)</a>', page)
    assert len(numbers) > 7
    for href, said in numbers:
        assert len(Client().get(unescape(href)).context["lines"]) == int(said)


@pytest.mark.parametrize("by", ["ward", "agency", "category", "month"])
def test_no_number_leads_to_the_list_of_another(by: str) -> None:
    for days, extended, many in ((1, False, 1), (20, True, 2), (20, False, 3)):
        for _ in range(many):
            answered(days=days, extended=extended)
    late = MONDAY + timedelta(days=20)
    actions.recount_all(at=late)
    (line,) = Client().get(PAGE, {"by": by}).context["lines"]
    said = {number.name: number for _words, number in line.numbers}
    lists = {name: len(Client().get(number.href).context["lines"]) for name, number in said.items() if number.href}
    assert (lists["on_time"], lists["extended"], lists["late"]) == (1, 2, 3)
    assert {name: said[name].value for name in lists} == lists


def test_what_lies_in_no_ward_has_a_list_of_its_own() -> None:
    nowhere = answered(days=1)
    answered(days=1)
    in_no_ward(nowhere.id)
    actions.recount_all(at=MONDAY)
    (line,) = [line for line in Client().get(PAGE, {"by": "ward"}).context["lines"] if line.title == "—"]
    assert line.opened.value == 1
    assert [shown.number for shown in Client().get(line.opened.href).context["lines"]] == [nowhere.number]


def test_what_nobody_answers_is_counted_wherever_it_lies() -> None:
    answered(days=1)
    a_case_in(State.IN_PROGRESS)  # with the agency
    a_case_in(State.RECEIVED)  # with the centre
    whole = split(a_case())
    reopened = answered(days=1)
    cases.reopen(
        case_id=reopened.id, text="Chỗ này lại hỏng như trước khi sửa.", by=cast.lan(), seen=reopened.version, at=MONDAY
    )
    offices = offices_of(whole.id)
    actions.recount_all(at=MONDAY)
    assert queries.total().overdue == 0
    actions.recount_all(at=MONDAY + timedelta(days=300))
    assert (queries.total().overdue, queries.total().answered) == (4, 1)
    assert sum(found.overdue for found in queries.figures("ward")) == 4
    by_agency = {found.key: found.overdue for found in queries.figures("agency")}
    assert by_agency.pop("") == 1
    ours = str(cast.an_agency().id)
    assert by_agency == offices | {ours: offices.get(ours, 0) + 2}
    page = Client().get(PAGE, {"by": "agency"}).content.decode()
    assert "Trung tâm điều hành" in page
    assert "ngoài ra 4 quá hạn chưa trả lời" in page
    assert re.search(r'data-label="Quá hạn">1</td>', page)


def test_a_month_of_which_nothing_is_public_is_counted_at_night_too() -> None:
    a_case_in(State.IN_PROGRESS)
    assert actions.recount_all(at=MONDAY + timedelta(days=300)) == 0
    assert (queries.total("2026-03").overdue, queries.counted_months()) == (1, ("2026-03",))


def test_a_change_is_counted_at_the_next_five_minutes_and_not_at_each_change() -> None:
    first = answered(days=1)
    journal.drain()
    assert queries.total().opened == 0
    then = months.next_round(MONDAY + timedelta(days=1), actions.AT_MOST_EVERY)
    clocks.tick(then)
    assert queries.total().opened == 1
    cases.reopen(case_id=first.id, text="Lại hỏng đúng chỗ đã sửa hôm qua.", by=cast.lan(), seen=first.version, at=then)
    journal.drain()
    assert queries.total().reopened == 0
    clocks.tick(then + actions.AT_MOST_EVERY)
    assert (queries.total().reopened, queries.total().answered) == (1, 0)


def test_what_no_event_told_of_is_counted_at_night() -> None:
    answered(days=1)
    assert actions.recount_all(at=MONDAY) == 1
    assert queries.counted_months() == ("2026-03",)
    assert queries.counted_at() == MONDAY


def test_a_view_reads_the_tallies_and_not_the_reports(django_assert_max_num_queries: object) -> None:
    a_mixture()
    Client().get(PAGE)
    with django_assert_max_num_queries(12) as asked:  # type: ignore[operator]
        Client().get(PAGE)
    assert not [query for query in asked.captured_queries if "cases_case" in query["sql"]]


def test_the_table_holds_every_public_report_and_nothing_that_runs() -> None:
    a_mixture()
    shown = a_case_in(State.PUBLISHED, text="=HYPERLINK(ổ gà sâu trước cổng)", at=MONDAY)
    body = sent("/f/field_reports/reports.csv").decode("utf-8-sig")
    rows = {row["number"]: row for row in csv.DictReader(io.StringIO(body))}
    assert len(rows) == 6
    assert rows[shown.number]["text"].startswith("'=HYPERLINK")
    late = sent("/f/field_reports/reports.csv", {"clock": "late"})
    assert late.count(b"PA-") == 1


def test_on_time_days_and_reopened_can_be_counted_again_from_either_file() -> None:
    a_mixture()
    late = answered(days=20)
    at = MONDAY + timedelta(days=21)
    again = cases.reopen(
        case_id=late.id, text="Chỗ này lại hỏng như trước khi sửa.", by=cast.lan(), seen=late.version, at=at
    )
    minh = cast.minh()
    taken = cases.take(case_id=late.id, by=minh, seen=again.version, at=at)
    done = cases.answer_case(
        case_id=late.id, text="Đã trả lời.", outcome="not_ours", proof=a_proof(minh), by=minh, seen=taken.version, at=at
    )
    cases.publish(case_id=late.id, by=cast.operator(), seen=done.version, at=at)
    text = sent("/f/field_reports/reports.csv").decode("utf-8-sig")
    table = {row["number"]: row for row in csv.DictReader(io.StringIO(text))}
    features = json.loads(sent("/f/field_reports/reports.geojson"))["features"]
    points = {one["properties"]["number"]: one["properties"] for one in features}
    assert table.keys() == points.keys()
    assert (table[late.number]["reopened"], table[late.number]["kept_before"]) == ("1", "late")
    assert {recounted(row) == row["clock"] for row in (*table.values(), *points.values())} == {True}
    assert {row["clock"] for row in table.values()} == {"on_time", "extended", "late"}
    for number, row in table.items():
        assert {name: str(points[number][name]) for name in ("reopened", "kept_before", "days")} == {
            name: row[name] for name in ("reopened", "kept_before", "days")
        }
        assert (instant(row, "answered_at") - instant(row, "opened_at")).days == int(row["days"])
        for name in ("opened_at", "answered_at", "first_due_at", "due_at"):
            assert instant(row, name) == instant(points[number], name)


def instant(row: dict[str, str], name: str) -> datetime:
    return datetime.fromisoformat(row[name])


def recounted(row: dict[str, str]) -> str:
    """Say how an answer kept its time, as the docs have it."""
    order = ["on_time", "extended", "late"]
    after = [instant(row, "answered_at") > instant(row, name) for name in ("first_due_at", "due_at")]
    return max(order[sum(after)], row["kept_before"] or "on_time", key=order.index)


def test_the_list_is_narrowed_by_each_word_that_a_published_report_can_have() -> None:
    case = answered(days=1)
    words = dict(Client().get("/f/field_reports/").context["outcomes"])
    assert set(words) == {
        *("fixed", "promised", "answered", "not_ours", "passed_on", "not_enough", "no_violation", "refused"),
    }
    assert words["not_ours"] == "Không thuộc thẩm quyền"
    for word in words:
        found = Client().get("/f/field_reports/", {"outcome": word}).context["lines"]
        assert [shown.number for shown in found] == ([case.number] if word == "not_ours" else [])


def test_the_points_are_the_places_everybody_may_know() -> None:
    coarse = a_case_in(State.PUBLISHED, category=coarse_category(), at=MONDAY)
    body = sent("/en/f/field_reports/reports.geojson")
    (feature,) = json.loads(body)["features"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT lng, lat, public_lng, public_lat FROM cases_case WHERE id = %s", [coarse.id])
        lng, lat, public_lng, public_lat = cursor.fetchone()
    assert feature["geometry"]["coordinates"] == [public_lng, public_lat] != [lng, lat]
    assert feature["properties"]["number"] == coarse.number


def sent(path: str, query: dict[str, str] | None = None) -> bytes:
    """Return a file as it arrives."""
    answer: StreamingHttpResponse = Client().get(path, query)  # type: ignore[assignment]
    return b"".join(answer)


def coarse_category() -> str:
    """Return a category whose exact places are not shown."""
    a_case()
    return next(card.code for card in cases_queries.categories("report") if card.coarse and card.parent)


def test_an_agency_that_does_not_exist_has_no_reports() -> None:
    answered(days=1)
    assert not Client().get("/f/field_reports/", {"agency": "nobody"}).context["lines"]


def test_the_register_calls_a_promise_kept_not_a_draft() -> None:
    assert str(promises.WORDS[Kept.KEPT]) == "Thực hiện đúng hạn"
