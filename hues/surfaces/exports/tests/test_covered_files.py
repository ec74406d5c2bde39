"""A file that may hold what was covered since, or a case that went elsewhere, is handed out to nobody."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from hues.engines.cases import actions as cases
from hues.engines.cases import queries as known
from hues.engines.cases.rules.splitting import Share
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import Known, a_case_in
from hues.kernel.agencies import testing as cast
from hues.kernel.areas.queries import wards
from hues.kernel.clocks.testing import let_it_be
from hues.kernel.journal.testing import drain
from hues.surfaces.desks.testing import at_desk, text_of
from hues.surfaces.exports import actions
from hues.surfaces.exports.tests.lists import NOW, asked, fetched, lying, row, taken

pytestmark = pytest.mark.django_db


def covered(case: Known) -> None:
    text = "Ông […] ở số 5 để rác giữa đường, mùi rất nặng"
    cases.cover_words(case_id=case.id, seq=1, texts={"text": text}, by=cast.operator(), seen=case.version, at=NOW)


NAMED = "Ông Trần Văn Bảy ở số 5 để rác giữa đường, mùi rất nặng"


@pytest.mark.parametrize("told", ["by the reaction", "by the door"])
def test_a_file_from_before_words_were_covered_is_handed_out_to_nobody(told: str) -> None:
    case = a_case_in(State.IN_PROGRESS, text=NAMED)
    minh = cast.minh()
    file_id = asked(minh, space="agency", kind="csv")
    actions.write(file_id, NOW)
    drain()
    assert len(lying()) == 1
    covered(case)
    if told == "by the reaction":
        drain()
        assert (row(file_id).state, lying()) == ("stale", [])
    browser = at_desk(minh)
    answer = browser.post(f"/desk/files/{file_id}/fetch/")
    assert (answer.status_code, answer["Location"]) == (303, f"/desk/files/{file_id}/")
    assert (row(file_id).state, lying(), taken()) == ("stale", [], 0)
    page = text_of(browser.get(answer["Location"]))
    assert "Ghi lại" in page
    drain()
    assert "Tệp của bạn không còn đúng" in text_of(browser.get("/me/inbox/"))
    browser.post(f"/desk/files/{file_id}/again/")
    actions.write(file_id, NOW)
    again = fetched(browser, file_id, "desk").decode()
    assert case.number in again
    assert "Bảy" not in again
    assert "[…]" in again


@pytest.mark.parametrize("split", [False, True])
def test_covering_ends_the_files_that_may_hold_the_case_and_no_others(*, split: bool) -> None:
    """An agency that had it, or has a part of it, may have its words in a file; a list of another ward has not."""
    case, minh, other = a_case_in(State.RECEIVED, text=NAMED), cast.minh(), cast.worker("kinh-te-thuan-hoa")
    (ours,), (theirs,) = minh.agencies, other.agencies
    ward = known.ops_case(cast.operator(), case.number, at=NOW).ward_code
    elsewhere = next(card.code for card in wards() if card.code != ward)
    given: dict[str, Any] = {"case_id": case.id, "by": cast.operator(), "seen": case.version, "at": NOW}
    if split:
        shares = [Share(agency_id=ours, task="Dọn rác ở đó"), Share(agency_id=theirs, task="Nhắc người đổ rác")]
        cases.split(shares=shares, **given)
    else:
        cases.accept_and_route(agency_id=ours, **given)
    case = replace(case, version=known.ops_case(cast.operator(), case.number, at=NOW).version)
    file_ids = [
        asked(minh, space="agency"),
        asked(other, space="agency"),
        asked(cast.operator(), query=f"?tab=all&ward={ward}"),
        asked(cast.duty_leader(), query=f"?tab=all&ward={elsewhere}"),
        asked(cast.auditor()),
    ]
    for file_id in file_ids:
        actions.write(file_id, NOW)
    drain()
    covered(case)
    drain()
    states = ["stale", "stale" if split else "ready", "stale", "ready", "stale"]
    assert [row(one).state for one in file_ids] == states


def test_words_that_are_covered_while_the_file_is_written_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_case_in(State.RECEIVED, text=NAMED)
    file_id = asked(cast.operator(), kind="csv")
    finish = actions._finish

    def meanwhile(*given: Any) -> bool:
        covered(case)
        return finish(*given)

    monkeypatch.setattr(actions, "_finish", meanwhile)
    actions.write(file_id, NOW)
    assert at_desk(cast.operator()).post(f"/ops/files/{file_id}/fetch/").status_code == 303
    assert (row(file_id).state, lying()) == ("stale", [])


def test_what_was_searched_for_is_erased_with_a_file_that_is_out_of_date_given_up_or_gone() -> None:
    case = a_case_in(State.RECEIVED, text=NAMED)
    by = cast.operator()
    outdated = asked(by, query="?tab=all&q=bay")
    actions.write(outdated, NOW)
    covered(case)
    drain()
    given_up = asked(by, query="?tab=all&q=bay")
    actions.cancel(file_id=given_up, by=by, at=NOW)
    gone = asked(by, query="?tab=all&q=bay")
    actions.write(gone, NOW)
    let_it_be(NOW + timedelta(days=actions.days(), minutes=1))
    assert {row(one).query for one in (outdated, given_up, gone)} == {""}
    page = text_of(at_desk(by).get(f"/ops/files/{outdated}/"))
    assert "/again/" not in page


def test_a_case_that_left_an_agency_ends_the_agencys_files_and_no_others() -> None:
    case = a_case_in(State.IN_PROGRESS)
    minh = cast.minh()
    theirs, city = asked(minh, space="agency"), asked(cast.operator())
    elsewhere = asked(cast.worker("kinh-te-thuan-hoa"), space="agency")
    for file_id in (theirs, city, elsewhere):
        actions.write(file_id, NOW)
    drain()
    cases.give_back(case_id=case.id, reason="Không phải việc của chúng tôi", by=minh, seen=case.version, at=NOW)
    drain()
    assert [row(one).state for one in (theirs, city, elsewhere)] == ["stale", "ready", "ready"]
    assert lying() == sorted([f"{city}-1.xlsx", f"{elsewhere}-1.xlsx"])


def test_a_file_from_before_a_case_was_sealed_is_handed_out_to_nobody() -> None:
    case, by = a_case_in(State.RECEIVED, text=NAMED), cast.operator()
    file_id = asked(by, kind="csv")
    actions.write(file_id, NOW)
    said = {"outcome": "denunciation", "passed_to": "Thanh tra thành phố", "text": "Đã chuyển Thanh tra."}
    cases.seal_case(case_id=case.id, by=by, seen=case.version, at=NOW, **said)
    answer = at_desk(by).post(f"/ops/files/{file_id}/fetch/")
    assert (answer.status_code, answer["Location"]) == (303, f"/ops/files/{file_id}/")
    assert (row(file_id).state, lying()) == ("stale", [])
