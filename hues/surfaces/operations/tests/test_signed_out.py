"""The session is over on pages beside a case: what was sent is there again after the sign-in, and nothing is done."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case, a_case_in
from hues.kernel.agencies import testing as cast
from hues.kernel.consent import queries as consent
from hues.kernel.media.covering import Box
from hues.kernel.media.testing import a_photo
from hues.kernel.people.asker import Asker
from hues.kit.clock import now
from hues.surfaces.desks.testing import at_desk, seen_on, sign_in, text_of

pytestmark = pytest.mark.django_db
WHY = "Đối chiếu địa chỉ theo công văn 12 của phường."
BACK = "Bạn đã bị đăng xuất"
NAMED = "Ông Nguyễn Văn Thuyết ở kiệt 42 đổ xà bần ra đường."
HALF = {"left": "0", "top": "0", "width": "50", "height": "100"}


def who_on(asker: Asker, page: str) -> str:
    found = re.search(r'name="who" value="([^"]+)"', text_of(at_desk(asker).get(page)))
    assert found, page
    return found[1]


def who_of(page: str) -> str:
    """Return for whom a page was drawn, and what that waited it shows."""
    return str(re.findall(r'name="who" value="([^"]+)"', page)[0])


def sent_late(
    asker: Asker, page: str, typed: Mapping[str, object], *, rest: str = "", query: str = ""
) -> tuple[Client, str]:
    """Send a form of a page in a browser where nobody is signed in any more; return where the sign-in leads back to."""
    browser = Client(headers={"accept-language": "vi"})
    answer: Any = browser.post(page + rest + query, {**typed, "who": who_on(asker, page)})
    assert answer.status_code == 303, text_of(answer)
    at = urlsplit(answer["Location"])
    assert at.path == "/login/"
    return browser, parse_qs(at.query)["next"][0]


def state_of(case: Known) -> State:
    return queries.ops_case(cast.operator(), case.number, at=now()).state


def looks() -> list[Any]:
    person = cast.lan().person_id
    assert person is not None
    return list(consent.accesses_of(person))


def sealed(outcome: str = "complaint") -> Known:
    case = a_case_in(State.RECEIVED)
    said = {"outcome": outcome, "passed_to": "Thanh tra", "text": "Đã chuyển Thanh tra.", "sure": "on"}
    assert at_desk(cast.operator()).post(f"/ops/{case.number}/seal/", said | {"seen": case.version}).status_code == 303
    return case


def test_many_that_were_chosen_are_shown_again_with_the_words_for_all_and_none_is_moved() -> None:
    cases = [a_case_in(State.RECEIVED) for _ in range(3)]
    typed = {"pick": [f"{c.number}.{c.version}" for c in cases], "sure": "1", "outcome": "out_of_scope", "text": WHY}
    browser = Client(headers={"accept-language": "vi"})
    answer = browser.post("/ops/together/refuse/?tab=all", {**typed, "who": who_on(cast.operator(), "/ops/")})
    back = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    assert back == "/ops/together/refuse/?tab=all"
    sign_in(browser, cast.operator())
    page = text_of(browser.get(back))
    assert BACK in page
    assert WHY in page
    assert page.count('name="pick"') == 3
    assert 'class="error"' not in page
    assert {state_of(case) for case in cases} == {State.RECEIVED}
    assert browser.post(back, {**typed, "who": who_of(page)}).status_code == 303
    assert {state_of(case) for case in cases} == {State.REFUSED}
    assert browser.get(back)["Location"] == "/ops/?tab=all"


def test_what_was_ticked_in_the_list_is_still_chosen_at_the_centre_and_at_an_agency() -> None:
    for asker, desk, code, state in (
        (cast.operator(), "/ops/", "accept", State.RECEIVED),
        (cast.minh(), "/desk/", "note", State.IN_PROGRESS),
    ):
        case, browser = a_case_in(state), Client()
        typed = {"pick": f"{case.number}.{case.version}", "who": who_on(asker, desk)}
        answer = browser.post(f"{desk}together/{code}/", typed)
        assert answer.status_code == 303
        sign_in(browser, asker)
        page = text_of(browser.get(f"{desk}together/{code}/"))
        assert f'value="{case.number}.{case.version}" checked' in page


def test_many_that_a_colleague_chose_are_shown_to_nobody_else() -> None:
    case, browser = a_case_in(State.RECEIVED), Client()
    typed = {"pick": f"{case.number}.{case.version}", "sure": "1", "text": WHY, "outcome": "out_of_scope"}
    browser.post("/ops/together/refuse/", {**typed, "who": who_on(cast.operator(), "/ops/")})
    for asker in (cast.duty_leader(), cast.operator()):
        sign_in(browser, asker)
        assert browser.get("/ops/together/refuse/").status_code == 303


def test_covered_words_wait_and_cover_nothing_by_themselves() -> None:
    case = a_case_in(State.ASSIGNED, text=NAMED)
    page = f"/ops/{case.number}/words/1/"
    seen = seen_on(text_of(at_desk(cast.operator()).get(page)))
    covered = NAMED.replace("Nguyễn Văn Thuyết", "[…]")
    browser, back = sent_late(cast.operator(), page, {"seen": seen, "text": covered}, query="?tab=all")
    assert back == f"{page}?tab=all"
    sign_in(browser, cast.operator())
    again = text_of(browser.get(back))
    assert BACK in again
    assert covered in again
    assert queries.ops_case(cast.operator(), case.number, at=now()).text == NAMED
    assert browser.post(back, {"seen": seen_on(again), "text": covered}).status_code == 302
    assert queries.ops_case(cast.operator(), case.number, at=now()).text == covered


@pytest.mark.parametrize(("rest", "typed"), [("original/", {"purpose": WHY}), ("uncover/", {"reason": WHY})])
@pytest.mark.parametrize("what", ["words", "photos"])
def test_a_purpose_to_look_behind_a_cover_and_a_reason_to_lift_it_wait(
    what: str, rest: str, typed: dict[str, str]
) -> None:
    photo = a_photo(by=cast.lan().person_id, at=MONDAY).id
    case = a_case(by=cast.lan(), photos=(photo,), text=NAMED)
    by = cast.operator()
    if what == "words":
        seen = queries.ops_case(by, case.number, at=MONDAY).version
        texts = {"text": "[…] đổ xà bần ra đường."}
        actions.cover_words(case_id=case.id, seq=1, texts=texts, by=by, seen=seen, at=MONDAY)
    else:
        half = [Box(left=0, top=0, width=50, height=100)]
        actions.cover_photo(case_id=case.id, photo_id=photo, boxes=half, by=by, at=MONDAY)
    page = f"/ops/{case.number}/{what}/{1 if what == 'words' else photo}/"
    browser, back = sent_late(by, page, typed, rest=rest)
    assert back == page
    sign_in(browser, by)
    again = text_of(browser.get(back))
    assert BACK in again
    assert WHY in again
    assert 'class="error"' not in again
    assert looks() == []
    assert WHY in text_of(browser.get(back))  # loaded again
    assert browser.post(page + rest, {**typed, "who": who_of(again)}).status_code in (200, 302)
    assert WHY not in text_of(browser.get(back))
    if rest == "original/":
        assert [one.purpose for one in looks()] == [WHY]


def test_boxes_wait_in_the_address_and_are_looked_at_once_more() -> None:
    photo = a_photo(by=cast.lan().person_id, at=MONDAY).id
    case = a_case(by=cast.lan(), photos=(photo,))
    page = f"/ops/{case.number}/photos/{photo}/"
    browser = Client(headers={"accept-language": "vi"})
    who = who_on(cast.operator(), page + "?left=0&top=0&width=50&height=100&look=1")
    answer = browser.post(page + "?tab=all", {**HALF, "who": who})
    back = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    sign_in(browser, cast.operator())
    again = text_of(browser.get(back))
    assert 'name="width" value="50.0"' in again
    assert "look.jpg" in again
    assert 'name="tab" value="all"' in again
    assert WHY not in again


def test_the_reporters_seal_is_opened_only_when_the_purpose_is_sent_again() -> None:
    case = a_case_in(State.RECEIVED)
    page = f"/ops/{case.number}/reporter/"
    browser, back = sent_late(cast.operator(), page, {"purpose": WHY})
    sign_in(browser, cast.operator())
    again = text_of(browser.get(back))
    assert BACK in again
    assert WHY in again
    assert "Trần Thị Lan" not in again
    assert looks() == []
    assert "Trần Thị Lan" in text_of(browser.post(back, {"purpose": WHY}))
    assert [one.purpose for one in looks()] == [WHY]


@pytest.mark.parametrize("rest", ["", "lift/"])
def test_a_sealed_report_stays_sealed_until_the_words_are_sent_again(rest: str) -> None:
    case, leader = sealed(), cast.duty_leader()
    page = f"/ops/{case.number}/sealed/"
    typed = {"purpose": WHY} if not rest else {"text": WHY, "seen": case.version + 1}
    browser, back = sent_late(leader, page, typed, rest=rest)
    assert back == page
    sign_in(browser, leader)
    again = text_of(browser.get(back))
    assert BACK in again
    assert WHY in again
    assert 'class="error"' not in again
    assert looks() == []
    assert queries.sealed_card(leader, case.number).number == case.number
    assert WHY in text_of(browser.get(back))  # loaded again
    browser.post(page + rest, {**typed, "who": who_of(again)})
    assert "/forget/" not in text_of(browser.get("/late/"))


@pytest.mark.parametrize("who", ["", "x", "\0"])
def test_a_page_that_says_for_nobody_leaves_nothing(who: str) -> None:
    case, browser = a_case_in(State.RECEIVED), Client()
    refused = browser.post(f"/ops/{case.number}/reporter/", {"purpose": WHY, "who": who})
    assert refused.status_code == 401
    sign_in(browser, cast.operator())
    assert WHY not in text_of(browser.get(f"/ops/{case.number}/reporter/"))
