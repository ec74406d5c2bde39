"""One move on many cases: each made or refused by itself, and nothing before it is confirmed."""

from typing import Any

import pytest
from django.test import Client

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import DAI_NOI, MONDAY, POTHOLE, Known, a_case_in
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.queries import agencies
from hues.kernel.errors import NotFound
from hues.kit.clock import now
from hues.surfaces.desks import together
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db

WORDS = "Không thuộc thẩm quyền: xin gửi tới điện lực."


@pytest.fixture
def thao() -> Client:
    """Return the operator's browser."""
    return at_desk(cast.operator())


def shown(*cases: Known) -> list[str]:
    """Return what the rows of the queue send for these cases."""
    return [f"{case.number}.{case.version}" for case in cases]


def state_of(case: Known) -> State:
    return queries.ops_case(cast.operator(), case.number, at=now()).state


def accepted_by_another(case: Known) -> None:
    """Accept a case as a colleague would, a moment earlier."""
    found = queries.ops_case(cast.operator(), case.number, at=now())
    agency = queries.suggested_agency("report", found.category, found.ward_code)
    assert agency is not None
    actions.accept_and_route(
        case_id=case.id, agency_id=agency, by=cast.duty_leader(), seen=case.version, note="", at=now()
    )


def send(browser: Client, code: str, picks: list[str], desk: str = "/ops/", **typed: Any) -> Any:
    return browser.post(f"{desk}together/{code}/", {"pick": picks, "sure": "1", **typed})


def test_a_row_can_be_chosen_as_it_is_shown_by_those_who_may_move_it(thao: Client) -> None:
    case = a_case_in(State.RECEIVED)
    mark = f'name="pick" value="{case.number}.{case.version}"'
    assert mark in text_of(thao.get("/ops/"))
    assert 'name="pick"' not in text_of(at_desk(cast.leader()).get("/ops/"))


def test_many_are_accepted_for_the_agency_suggested_for_each(thao: Client) -> None:
    cases = [a_case_in(State.RECEIVED) for _ in range(3)]
    asked = thao.post("/ops/together/accept/", {"pick": shown(*cases)})
    assert asked.status_code == 200
    assert "Đơn vị được gợi ý cho từng phản ánh" in text_of(asked)
    first = queries.ops_case(cast.operator(), cases[0].number, at=now())
    agency = queries.suggested_agency("report", first.category, first.ward_code)
    names = [card.name["vi"] for card in agencies() if card.id == agency]
    assert text_of(asked).count(f"Gợi ý: {names[0]}") == len(cases)
    assert {state_of(case) for case in cases} == {State.RECEIVED}
    answer = send(thao, "accept", shown(*cases), agency_id="", note="")
    assert answer.status_code == 303
    assert answer["Location"] == "/ops/"
    for case in cases:
        found = queries.ops_case(cast.operator(), case.number, at=now())
        suggested = queries.suggested_agency("report", found.category, found.ward_code)
        assert (found.state, found.agency_id) == (State.ASSIGNED, suggested)
    assert "3 phản ánh: Đã chuyển" in text_of(thao.get("/ops/"))


def test_what_is_accepted_together_is_read_by_nobody_outside_before_it_is_published(thao: Client) -> None:
    case = a_case_in(State.RECEIVED, text="Rác trước nhà bà Hoa 24 Lê Lợi, gọi 0905 111 222.")
    assert send(thao, "accept", shown(case), agency_id="", note="").status_code == 303
    assert state_of(case) == State.ASSIGNED
    near = queries.near_duplicates(category=POTHOLE, lat=DAI_NOI.lat, lng=DAI_NOI.lng, at=MONDAY)
    assert [(one.number, one.text) for one in near] == [(case.number, "")]
    assert queries.open_requests([case.number]) == ()
    assert queries.public_cases(at=now()).rows == ()
    with pytest.raises(NotFound):
        queries.public_case(case.number, at=now())


def test_what_was_taken_out_stays_out_when_a_case_is_accepted_together_again(thao: Client) -> None:
    case, minh = a_case_in(State.ANSWERED, text="Rác trước nhà bà Hoa 24 Lê Lợi."), cast.minh()
    operator, lan, words = cast.operator(), cast.lan(), "Rác trước một nhà."
    moved = actions.publish(case_id=case.id, public_text=words, by=operator, seen=case.version, at=MONDAY)
    moved = actions.reopen(
        case_id=case.id, text="Rác vẫn còn nguyên ở đó, gọi 0905 111 222.", by=lan, seen=moved.version, at=MONDAY
    )
    moved = actions.give_back(case_id=case.id, reason="Nhầm.", by=minh, seen=moved.version, at=MONDAY)
    again = Known(id=case.id, number=case.number, version=moved.version)
    send(thao, "accept", shown(again), agency_id="", note="Gọi 0905 111 222")
    assert state_of(again) == State.ASSIGNED
    page = queries.public_case(case.number, at=now())
    assert page.text == words
    assert "0905" not in repr(page)


def test_who_was_faster_keeps_a_case_and_the_others_go_on(thao: Client) -> None:
    first, second, third = (a_case_in(State.RECEIVED) for _ in range(3))
    picks = shown(first, second, third)
    accepted_by_another(second)
    answer = text_of(send(thao, "refuse", picks, outcome="out_of_scope", text=WORDS))
    assert [state_of(case) for case in (first, second, third)] == [State.REFUSED, State.ASSIGNED, State.REFUSED]
    assert "2 phản ánh: Đã từ chối tiếp nhận" in answer
    assert "1 phản ánh được giữ nguyên" in answer
    assert answer.count(second.number) > 0
    assert first.number not in answer
    assert WORDS in answer


def test_the_page_asks_what_has_changed_to_be_looked_at_by_itself(thao: Client) -> None:
    still, moved = a_case_in(State.RECEIVED), a_case_in(State.RECEIVED)
    picks = shown(still, moved)
    accepted_by_another(moved)
    page = text_of(thao.post("/ops/together/accept/", {"pick": picks}))
    assert f'value="{picks[0]}" checked' in page
    assert f'value="{picks[1]}">' in page


def test_sent_twice_it_is_made_once(thao: Client) -> None:
    case = a_case_in(State.RECEIVED)
    picks = shown(case)
    assert send(thao, "refuse", picks * 2, outcome="out_of_scope", text=WORDS).status_code == 303
    again = send(thao, "refuse", picks, outcome="out_of_scope", text="Lần hai.")
    told = text_of(again)
    assert again.status_code == 409
    assert "1 phản ánh được giữ nguyên" in told
    assert "0 phản ánh" not in told
    said = [step.text for step in queries.ops_case(cast.operator(), case.number, at=now()).timeline]
    assert WORDS in said
    assert "Lần hai." not in said


def test_what_is_missing_is_said_and_what_was_typed_stays(thao: Client) -> None:
    case = a_case_in(State.RECEIVED)
    answer = send(thao, "refuse", shown(case), outcome="", text=WORDS)
    assert answer.status_code == 422
    assert WORDS in text_of(answer)
    assert shown(case)[0] in text_of(answer)
    assert state_of(case) == State.RECEIVED


def test_none_too_many_and_broken_ones_are_refused_in_words(thao: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "MOST", 2)
    cases = [a_case_in(State.RECEIVED) for _ in range(3)]
    broken = [
        "PA",
        "PA-2026-000001.x",
        "PA-2026-000001.²",
        "../people.1",
        "PA-2026-000001\0.1",
        f"{cases[0].number}.{10**30}",
    ]
    for picks in ([], broken, shown(*cases)):
        assert send(thao, "accept", picks, agency_id="", note="").headers["Location"] == "/ops/"
        assert "Hãy chọn từ 1 đến 2 phản ánh." in text_of(thao.get("/ops/"))
    assert {state_of(case) for case in cases} == {State.RECEIVED}


def test_an_agency_takes_its_own_and_learns_nothing_of_others() -> None:
    minh, ours, others = at_desk(cast.minh()), a_case_in(State.ASSIGNED), a_case_in(State.RECEIVED)
    answer = text_of(send(minh, "take", shown(ours, others), "/desk/"))
    assert state_of(ours) == State.IN_PROGRESS
    assert state_of(others) == State.RECEIVED
    assert others.number in answer
    assert "1 phản ánh được giữ nguyên" in answer


@pytest.mark.parametrize("code", ["publish", "answer", "nothing"])
def test_only_some_moves_are_made_together(thao: Client, code: str) -> None:
    assert send(thao, code, shown(a_case_in(State.ANSWERED))).status_code == 404


def test_who_only_watches_moves_nothing() -> None:
    case = a_case_in(State.RECEIVED)
    assert send(at_desk(cast.leader()), "accept", shown(case)).status_code == 403
    assert send(at_desk(cast.minh()), "accept", shown(case)).status_code == 403
    assert state_of(case) == State.RECEIVED
