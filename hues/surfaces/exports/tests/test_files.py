"""A long list as a file: asked for, written by a worker that may die, fetched by the asker alone."""

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import a_case_in
from hues.kernel.agencies import actions as agencies
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.queries import asker_for
from hues.kernel.clocks.testing import let_it_be
from hues.kernel.errors import WrongState
from hues.kernel.journal.testing import drain
from hues.kernel.people.asker import Role
from hues.surfaces.desks.testing import at_desk, text_of
from hues.surfaces.exports import actions, writing
from hues.surfaces.exports.models import ListFile
from hues.surfaces.exports.tests.lists import NOW, asked, fetched, lying, row, taken

pytestmark = pytest.mark.django_db
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(content: bytes) -> Iterator[list[tuple[str, str]]]:
    """Yield the kind and the words of each cell of the one sheet."""
    with zipfile.ZipFile(BytesIO(content)) as book, book.open("xl/worksheets/sheet1.xml") as sheet:
        for _event, line in etree.iterparse(sheet, tag=f"{SHEET}row"):
            yield [(cell.get("t", "n"), "".join(cell.itertext())) for cell in line]
            line.clear()


def test_a_filtered_list_becomes_a_spreadsheet_with_real_dates_and_words_that_run_nowhere() -> None:
    case = a_case_in(State.RECEIVED, text="=1+2 đèn đường tắt cả tuyến phố này")
    a_case_in(State.RECEIVED, text="Ổ gà rất sâu ở giữa đường, xe tránh nhau")
    thao = at_desk(cast.operator())
    sent = thao.post("/ops/files/?q=den+duong", {"kind": "xlsx"})
    assert sent.status_code == 303
    page = text_of(thao.get(sent["Location"]))
    assert 'data-hx-trigger="every 2s"' in page
    file_id = ListFile.objects.get().pk
    actions.write(file_id, NOW)
    drain()
    assert "fetch/" in text_of(thao.get(sent["Location"]))
    content = fetched(thao, file_id)
    head, line = list(cells(content))
    titles = [words for _kind, words in head]
    assert titles[0] == "Mã phản ánh"
    told = dict(zip(titles, line, strict=False))
    assert told["Mã phản ánh"] == ("inlineStr", case.number)
    # A day of 2026 as spreadsheets count days, not words.
    assert told["Nhận lúc"][0] == "n"
    assert 46_000 < float(told["Nhận lúc"][1]) < 46_400
    assert ("inlineStr", "'=1+2 đèn đường tắt cả tuyến phố này") in line
    assert b"<f>" not in zipfile.ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert not any("Lan" in words or "901000001" in words for _kind, words in line)
    assert taken() == 1


def test_a_table_speaks_to_its_reader_on_the_citys_clock_and_points_to_programs() -> None:
    a_case_in(State.RECEIVED)
    by = cast.operator()
    table = asked(by, kind="csv")
    actions.write(table, NOW)
    heads, line = fetched(at_desk(by), table).decode("utf-8-sig").splitlines()[:2]
    assert heads.startswith("Mã phản ánh,")
    assert "+07:00" in line
    assert ",Thường," in line
    points = asked(by, kind="geojson")
    actions.write(points, NOW)
    (feature,) = json.loads(fetched(at_desk(by), points))["features"]
    assert feature["properties"]["opened_at"].endswith("+07:00")


def test_its_name_has_the_day_that_the_calendar_here_showed() -> None:
    evening = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)  # half past one of the third, in Huế
    a_case_in(State.RECEIVED)
    by = cast.operator()
    file_id = actions.ask(space="operations", query="?tab=all", kind="csv", language="vi", by=by, at=evening)
    actions.write(file_id, evening)
    answer = at_desk(by).post(f"/ops/files/{file_id}/fetch/")
    assert answer["Content-Disposition"] == 'attachment; filename="operations-all-2026-03-03.csv"'


def test_the_asker_is_told_in_the_inbox_with_the_way_to_the_file() -> None:
    a_case_in(State.IN_PROGRESS)
    minh = cast.minh()
    file_id = asked(minh, space="agency")
    actions.write(file_id, NOW)
    drain()
    inbox = text_of(at_desk(minh).get("/me/inbox/"))
    assert f"/desk/files/{file_id}/" in inbox


@pytest.mark.parametrize("kind", ["csv", "geojson", "xlsx"])
def test_an_agency_gets_its_own_cases_only_in_every_kind(kind: str) -> None:
    ours = a_case_in(State.IN_PROGRESS)
    for asker, holds in ((cast.minh(), True), (cast.worker("kinh-te-thuan-hoa"), False)):
        file_id = asked(asker, space="agency", kind=kind)
        actions.write(file_id, NOW)
        content = fetched(at_desk(asker), file_id, "desk")
        if kind == "xlsx":
            content = zipfile.ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")
        assert (ours.number.encode() in content) is holds


def test_nobody_but_the_asker_sees_or_fetches_it() -> None:
    a_case_in(State.RECEIVED)
    file_id = asked(cast.operator())
    actions.write(file_id, NOW)
    other = at_desk(cast.duty_leader())
    assert other.get(f"/ops/files/{file_id}/").status_code == 404
    assert other.post(f"/ops/files/{file_id}/fetch/").status_code == 404
    assert other.post(f"/ops/files/{file_id}/cancel/").status_code == 404
    assert at_desk(cast.operator()).get(f"/ops/files/{file_id}/fetch/").status_code == 405
    assert Client().post(f"/ops/files/{file_id}/fetch/").status_code == 401
    assert taken() == 0


def test_who_lost_the_role_can_neither_fetch_nor_have_it_written() -> None:
    a_case_in(State.IN_PROGRESS)
    minh = cast.minh()
    ready = asked(minh, space="agency")
    actions.write(ready, NOW)
    waiting = asked(minh, space="agency")
    agency = next(iter(minh.agencies))
    elsewhere = cast.an_agency("kinh-te-thuan-hoa")
    assert minh.person_id
    agencies.dismiss(person_id=minh.person_id, agency_id=agency, role=Role.CASE_WORKER, at=NOW)
    agencies.appoint(person_id=minh.person_id, agency_id=elsewhere.id, role=Role.CASE_WORKER, at=NOW)
    assert asker_for(minh.person_id, NOW).agencies == {elsewhere.id}
    assert at_desk(minh).post(f"/desk/files/{ready}/fetch/").status_code == 403
    actions.write(waiting, NOW)
    assert row(waiting).state == "failed"
    assert taken() == 0


def test_one_at_a_time_for_each_person_with_a_sentence() -> None:
    a_case_in(State.RECEIVED)
    thao = at_desk(cast.operator())
    first = asked(cast.operator())
    answer = thao.post("/ops/files/", {"kind": "csv"})
    assert answer.status_code == 409
    assert "Một tệp của bạn đang được ghi" in text_of(answer)
    asked(cast.duty_leader())
    thao.post(f"/ops/files/{first}/cancel/")
    assert thao.post("/ops/files/", {"kind": "csv"}).status_code == 303
    assert thao.post("/ops/files/", {"kind": "exe"}).status_code in (409, 422)


def test_an_unknown_kind_is_refused_with_a_sentence() -> None:
    a_case_in(State.RECEIVED)
    answer = at_desk(cast.operator()).post("/ops/files/", {"kind": "exe"})
    assert answer.status_code == 422
    assert not ListFile.objects.exists()


def test_a_worker_that_dies_leaves_no_half_file_and_the_next_one_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        a_case_in(State.RECEIVED)
    monkeypatch.setattr(writing, "EACH", 2)
    file_id = asked(cast.operator(), kind="csv")

    def killed(row: ListFile, done: int) -> None:
        tell(row, done)
        if done == 2:
            raise SystemExit

    tell = actions._tell
    with monkeypatch.context() as patch:
        patch.setattr(actions, "_tell", killed)
        with pytest.raises(SystemExit):
            actions.write(file_id, NOW)
    assert (row(file_id).state, row(file_id).done, lying()) == ("running", 2, [])
    left = writing.draft_of(f"{file_id}-1.csv")  # a worker that is killed cleans nothing up
    left.mkdir(parents=True)
    actions.write(file_id, NOW)
    assert (row(file_id).state, row(file_id).done, row(file_id).tries) == ("ready", 5, 2)
    assert not list(left.parent.iterdir())
    assert fetched(at_desk(cast.operator()), file_id).count(b"PA-") == 5
    assert len(lying()) == 1


def test_a_worker_that_was_thought_dead_stops_when_another_one_has_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        a_case_in(State.RECEIVED)
    monkeypatch.setattr(writing, "EACH", 2)
    file_id = asked(cast.operator(), kind="csv")
    tell = actions._tell

    def overtaken(row: ListFile, done: int) -> None:
        if row.tries == 1:
            actions.write(file_id, NOW)
        tell(row, done)

    monkeypatch.setattr(actions, "_tell", overtaken)
    actions.write(file_id, NOW)
    assert (row(file_id).state, row(file_id).tries) == ("ready", 2)
    assert lying() == [f"{file_id}-2.csv"]


def test_workers_that_die_over_it_are_not_sent_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    a_case_in(State.RECEIVED)
    file_id = asked(cast.operator())

    def dies(*_args: Any, **_named: Any) -> int:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(writing, "write", dies)
        for _ in range(actions.MOST_TRIES):
            with pytest.raises(SystemExit):
                actions.write(file_id, NOW)
    actions.write(file_id, NOW)
    assert row(file_id).state == "failed"
    thao = at_desk(cast.operator())
    assert "/again/" in text_of(thao.get(f"/ops/files/{file_id}/"))
    thao.post(f"/ops/files/{file_id}/again/")
    actions.write(file_id, NOW)
    assert row(file_id).state == "ready"


def test_a_file_that_was_given_up_stops_the_worker_and_is_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        a_case_in(State.RECEIVED)
    monkeypatch.setattr(writing, "EACH", 2)
    file_id = asked(cast.operator())
    tell = actions._tell

    def cancelled(row: ListFile, done: int) -> None:
        if done == 2:
            actions.cancel(file_id=file_id, by=cast.operator(), at=NOW)
        tell(row, done)

    monkeypatch.setattr(actions, "_tell", cancelled)
    actions.write(file_id, NOW)
    assert (row(file_id).state, lying()) == ("cancelled", [])
    assert not list(writing.draft_of("any").parent.iterdir())
    with pytest.raises(WrongState):
        actions.cancel(file_id=file_id, by=cast.operator(), at=NOW)


def test_its_days_end_by_a_timer_and_its_bytes_go(settings: Any) -> None:
    a_case_in(State.RECEIVED)
    file_id = asked(cast.operator())
    actions.write(file_id, NOW)
    let_it_be(NOW + timedelta(days=actions.days(), minutes=-1))
    assert len(lying()) == 1
    let_it_be(NOW + timedelta(days=actions.days(), minutes=1))
    assert (row(file_id).state, lying()) == ("gone", [])
    assert at_desk(cast.operator()).post(f"/ops/files/{file_id}/fetch/").status_code == 404
