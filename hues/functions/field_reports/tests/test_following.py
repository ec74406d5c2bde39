"""What a reporter, and everybody else, sees of a report, and what the reporter may do."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, WORDS, Known, a_case, a_case_in, a_proof, routed
from hues.kernel.agencies.testing import eve, lan, minh, operator
from hues.kernel.media.testing import a_photo
from hues.kit import clock
from hues.surfaces.shell import telling


def page_of(case: Known) -> str:
    return f"/f/field_reports/{case.number}/"


@pytest.fixture
def as_eve() -> Client:
    browser = Client()
    browser.force_login(get_user_model().objects.get(pk=str(eve().person_id)))
    return browser


@pytest.fixture
def published() -> Known:
    return a_case_in(State.PUBLISHED, at=clock.now() - timedelta(days=1))


def answered_with_photos() -> Known:
    at = clock.now() - timedelta(days=1)
    before = a_photo(by=lan().person_id, at=at, seed=1)
    after = a_photo(by=minh().person_id, at=at, seed=2)
    case = actions.open_case(
        category="roads-pothole",
        text=WORDS,
        place=actions.Place(lat=16.4698, lng=107.5776),
        photos=[before.id],
        by=lan(),
        at=at,
    )
    agency: UUID = next(iter(minh().agencies))
    moved = actions.accept_and_route(case_id=case.id, agency_id=agency, by=operator(), seen=1, at=at)
    moved = actions.take(case_id=case.id, by=minh(), seen=moved.version, at=at)
    moved = actions.answer_case(
        case_id=case.id, text="Đã vá xong.", outcome="fixed", proof=[after.id], by=minh(), seen=moved.version, at=at
    )
    moved = actions.publish(case_id=case.id, by=operator(), seen=moved.version, at=at)
    return Known(id=case.id, number=case.number, version=moved.version)


@pytest.mark.parametrize("state", [State.RECEIVED, State.ASSIGNED, State.WAITING, State.ANSWERED, State.REFUSED])
def test_a_stranger_learns_nothing_from_the_number_of_a_report_that_is_not_public(state: State, as_eve: Client) -> None:
    case = a_case_in(state)
    for browser in (Client(), as_eve):
        answer = browser.get(page_of(case))
        assert answer.status_code == 404
        assert WORDS not in answer.content.decode()


def test_the_public_reads_the_answer_and_not_who_reported(published: Known) -> None:
    page = Client().get(page_of(published)).content.decode()
    answer = queries.public_case(published.number, at=clock.now()).answer
    assert answer
    assert answer in page
    assert "Lan" not in page
    assert "090" not in page


def test_the_public_page_shows_the_repair_beside_the_damage() -> None:
    case = answered_with_photos()
    page = Client().get(page_of(case)).content.decode()
    assert 'class="before-after"' in page
    assert page.count("/media/p/") == 5  # two before, two after, and the picture of the link
    assert "/media/s/" not in page


@pytest.mark.parametrize("state", list(State))
def test_lan_sees_her_own_report_in_every_state(state: State, as_lan: Client) -> None:
    case = a_case_in(state)
    answer = as_lan.get(page_of(case))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert WORDS in page
    assert 'id="seal-title"' in page


def test_lan_replies_to_the_question(as_lan: Client) -> None:
    case = a_case_in(State.WAITING)
    page = as_lan.get(page_of(case)).content.decode()
    assert "Chỗ hỏng ở trước số nhà nào?" in page
    answer = as_lan.post(f"{page_of(case)}reply/", {"text": "Trước số nhà 12.", "seen": case.version})
    assert answer.status_code == 303
    assert queries.my_case(lan(), case.number, at=clock.now()).state == State.IN_PROGRESS


def test_lan_rates_and_says_whether_it_is_fixed(as_lan: Client, published: Known) -> None:
    as_lan.post(
        f"{page_of(published)}rate/", {"stars": "2", "fixed": "no", "text": "Còn lún", "seen": published.version}
    )
    case = queries.my_case(lan(), published.number, at=clock.now())
    assert (case.rating, case.fixed) == (2, False)
    assert 'aria-label="2 trên 5 sao"' in as_lan.get(page_of(published)).content.decode()


def test_each_step_names_who_took_it(as_lan: Client, published: Known) -> None:
    as_lan.post(f"{page_of(published)}rate/", {"stars": "5", "fixed": "yes", "seen": published.version})
    shown = as_lan.get(page_of(published)).content.decode()
    steps = [" ".join(re.sub("<[^>]+>", " ", step).split()) for step in re.findall(r"<li[^>]*>.*?</li>", shown, re.S)]
    (rated,) = [step for step in steps if "Bạn đã đánh giá" in step]
    (passed,) = [step for step in steps if "kiểm tra và công bố" in step]
    assert "Phòng Kinh tế" not in rated
    assert "Trung tâm điều hành" in passed
    assert "Phòng Kinh tế" not in passed


def test_lan_reopens_within_ten_days_and_not_later(as_lan: Client, published: Known) -> None:
    old = a_case_in(State.PUBLISHED, at=clock.now() - timedelta(days=11))
    assert 'id="reopen"' not in as_lan.get(page_of(old)).content.decode()
    answer = as_lan.post(
        f"{page_of(published)}reopen/", {"text": "Đèn lại hỏng đúng chỗ đã sửa.", "seen": published.version}
    )
    assert answer.status_code == 303
    assert queries.my_case(lan(), published.number, at=clock.now()).state == State.ASSIGNED


def test_a_form_that_was_overtaken_keeps_the_words_and_says_so(as_lan: Client, published: Known) -> None:
    answer = as_lan.post(
        f"{page_of(published)}reopen/", {"text": "Đèn lại hỏng đúng chỗ đã sửa.", "seen": published.version - 1}
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Đèn lại hỏng đúng chỗ đã sửa." in page
    assert f'name="seen" value="{published.version}"' in page


def test_a_verdict_without_stars_is_refused_and_keeps_the_words(as_lan: Client, published: Known) -> None:
    answer = as_lan.post(f"{page_of(published)}rate/", {"text": "Tạm được", "seen": published.version})
    assert answer.status_code == 422
    assert "Tạm được" in answer.content.decode()


@pytest.mark.parametrize("verb", ["rate", "reopen", "reply"])
def test_eve_can_do_nothing_to_the_report_of_lan(verb: str, as_eve: Client, published: Known) -> None:
    answer = as_eve.post(f"{page_of(published)}{verb}/", {"text": "x" * 20, "stars": "1", "fixed": "no", "seen": "6"})
    assert answer.status_code == 404
    assert queries.my_case(lan(), published.number, at=clock.now()).version == published.version


def test_lan_reads_who_opened_the_seal(as_lan: Client) -> None:
    case = a_case_in(State.RECEIVED)
    actions.unseal(case_id=case.id, by=operator(), purpose="Gọi lại để hỏi địa chỉ", at=clock.now())
    assert "Gọi lại để hỏi địa chỉ" in as_lan.get(page_of(case)).content.decode()
    assert "Gọi lại để hỏi địa chỉ" in as_lan.get("/me/privacy/").content.decode()


def test_my_reports_are_mine_alone(as_lan: Client, as_eve: Client) -> None:
    case = a_case_in(State.ASSIGNED)
    assert case.number in as_lan.get("/f/field_reports/mine/").content.decode()
    assert case.number not in as_eve.get("/f/field_reports/mine/").content.decode()
    assert Client().get("/f/field_reports/mine/")["Location"].startswith("/login/")


def test_the_public_list_is_the_same_bytes_for_everybody(as_lan: Client, published: Known) -> None:
    mine, theirs = (browser.get("/f/field_reports/") for browser in (as_lan, Client()))
    assert mine.content == theirs.content
    assert mine["X-Hues-Offline-For"] == Client().get(f"/f/field_reports/{published.number}/")["X-Hues-Offline-For"]
    assert published.number in theirs.content.decode()
    assert "Set-Cookie" not in theirs
    assert "Cookie" not in theirs.get("Vary", "")


def test_the_list_is_narrowed_by_words_ward_category_and_ending(published: Known) -> None:
    def shown(query: dict[str, str]) -> bool:
        return published.number in Client().get("/f/field_reports/", query).content.decode()

    assert shown({"q": "o ga sau"})
    assert shown({"q": published.number})
    assert shown({"ward": "19753", "category": "roads"})
    assert not shown({"ward": "19777"})
    assert not shown({"category": "lights"})
    assert not shown({"outcome": "fixed"})
    assert not shown({"q": "den duong"})


@pytest.mark.parametrize("query", ["q=%00", "q=%FF%FE", "after=x_y", "ward=%00", "category=%27--", "outcome=drop"])
def test_odd_addresses_of_the_list_still_open(query: str) -> None:
    assert Client().get(f"/f/field_reports/?{query}").status_code == 200


def test_the_list_goes_on_page_by_page() -> None:
    start = clock.now() - timedelta(days=3)
    numbers = {a_case_in(State.PUBLISHED, at=start + timedelta(minutes=n)).number for n in range(22)}
    first = Client().get("/f/field_reports/")
    second = Client().get("/f/field_reports/", {"after": first.context["next"]})
    seen = [line.number for answer in (first, second) for line in answer.context["lines"]]
    assert set(seen) == numbers
    assert len(seen) == 22


def test_a_number_that_does_not_exist_is_not_found() -> None:
    assert Client().get("/f/field_reports/PA-2026-999999/").status_code == 404
    assert Client().get("/f/field_reports/PA-2026-1/").status_code == 404


def test_eve_met_it_too_once_and_takes_it_back(as_eve: Client, published: Known) -> None:
    address = f"{page_of(published)}support/"
    for _ in range(2):
        assert as_eve.post(address).status_code == 303
    assert queries.public_case(published.number, at=clock.now()).supports == 1
    assert 'aria-pressed="true"' in as_eve.get(address).content.decode()
    as_eve.post(address, {"back": "1"})
    assert queries.public_case(published.number, at=clock.now()).supports == 0


def test_a_stranger_is_asked_to_sign_in_before_being_counted(published: Known) -> None:
    address = f"{page_of(published)}support/"
    assert "/login/?next=" in Client().get(address).content.decode()
    assert Client().post(address).status_code == 401
    assert Client().get("/f/field_reports/PA-2026-999999/support/").status_code == 404


@pytest.mark.parametrize(("query", "opened"), [("q=PA-2026-000001", False), ("q=ho&ward=19753", True), ("", False)])
def test_the_other_filters_open_only_if_one_of_them_was_used(query: str, *, opened: bool) -> None:
    page = Client().get(f"/f/field_reports/?{query}").content.decode()
    assert ('<details class="more" open>' in page) is opened


def test_the_public_reads_when_it_was_due_and_how_many_days_it_took() -> None:
    case = routed(a_case(), at=MONDAY)
    at, by = MONDAY + timedelta(days=9), minh()
    moved = actions.take(case_id=case.id, by=by, seen=case.version, at=at)
    moved = actions.answer_case(
        case_id=case.id,
        text="Đã kiểm tra, nơi khác quản lý.",
        outcome="not_ours",
        proof=a_proof(by),
        by=by,
        seen=moved.version,
        at=at,
    )
    actions.publish(case_id=case.id, by=operator(), seen=moved.version, at=at)
    page = Client().get(page_of(case)).content.decode()
    due = queries.public_case(case.number, at=at).clock.due_at
    assert telling.instant_words(due) in page.partition("<dt>Hạn trả lời</dt>")[2].partition("</dd>")[0]
    assert "<dt>Trả lời sau</dt><dd>9 ngày theo lịch, trong đó 7 ngày làm việc</dd>" in page
