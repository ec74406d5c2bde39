"""A form that is sent too late, or with the token of before, waits for its writer: nobody else reads it."""

import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from hues.engines.cases import queries
from hues.kernel.agencies import testing as cast
from hues.kernel.people.asker import Asker
from hues.surfaces.shell import late, writers
from hues.surfaces.shell.tests.login import code_to

pytestmark = pytest.mark.django_db

FORM = "/ops/templates/new/"
LATE = "/late/"
TYPED = {
    "title": "Trả lời về ổ gà",
    "outcome": "fixed",
    "text_vi": "Dạ, đội sửa đường\r\nsẽ đến <b>ngày mai</b>.",
}
KEPT = "Nội dung bạn nhập được giữ lại"
OURS = {"Origin": "http://testserver"}


def sign_in(browser: Client, asker: Asker) -> None:
    """Sign somebody in, in a browser that may have been somewhere before."""
    browser.force_login(get_user_model()._default_manager.get(pk=str(asker.person_id)))


def text_of(answer: Any) -> str:
    """Return a page as text."""
    return str(answer.content.decode())


def a_browser(asker: Asker, **more: Any) -> Client:
    """Return a browser in which somebody is signed in and has looked at a page."""
    browser = Client(**more)
    sign_in(browser, asker)
    assert browser.get("/me/").status_code == 200
    return browser


def out(browser: Client) -> Client:
    """End the session of a browser, as time does."""
    del browser.cookies[settings.SESSION_COOKIE_NAME]
    return browser


def token_on(browser: Client, page: str) -> str:
    """Return the token of the forms of a page."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(page).content.decode())
    assert found
    return found[1]


def offered(browser: Client) -> list[dict[str, str]]:
    """Return the forms that wait, as their buttons would send them."""
    page = browser.get(LATE).content.decode()
    forms = re.findall(r'<form class="stack" method="post" action="([^"]+)">(.*?)</form>', page, re.DOTALL)
    fields = r'type="hidden" name="([^"]+)" value="([^"]*)"'
    return [{"to": to, **{n: unescape(v) for n, v in re.findall(fields, body)}} for to, body in forms]


@pytest.fixture
def browser() -> Client:
    """Return a browser of the administrator whose session is over."""
    return out(a_browser(cast.admin()))


def titles() -> set[str]:
    return {card.template.title for card in queries.answer_templates()}


def test_a_form_that_comes_after_the_session_waits_and_is_sent_by_hand(browser: Client) -> None:
    answer = browser.post(f"{FORM}?a=1", {**TYPED, "code": "123456", "password": "x"})
    assert (answer.status_code, answer["Location"]) == (303, LATE)
    assert browser.get(LATE)["Location"] == "/login/?next=%2Flate%2F"
    sign_in(browser, cast.admin())
    assert 'href="/late/"' in text_of(browser.get("/me/"))
    for _reload in range(2):
        [form] = offered(browser)
        assert {name: form[name] for name in TYPED} == TYPED
    assert form["to"] == f"{FORM}?a=1"
    assert not {"code", "password"} & set(form)
    assert "&lt;b&gt;ngày mai&lt;/b&gt;" in text_of(browser.get(LATE))
    assert TYPED["title"] not in titles()
    assert browser.post(form.pop("to"), form).status_code == 303
    assert TYPED["title"] in titles()
    assert offered(browser) == []
    assert 'href="/late/"' not in text_of(browser.get("/me/"))


def test_the_real_door_leads_to_it(browser: Client, no_limits_of_other_tests: None) -> None:
    phone = phone_of(cast.admin())
    browser.post(FORM, TYPED)
    asked = browser.get(LATE)["Location"]
    assert KEPT in text_of(browser.get(asked))
    assert KEPT not in text_of(Client().get(asked))
    browser.post(asked, {"phone": phone, "next": LATE})
    answer = browser.post("/login/code/", {"code": code_to(phone), "next": LATE})
    assert answer["Location"] == LATE
    assert len(offered(browser)) == 1


def test_somebody_else_is_shown_nothing_and_it_is_forgotten(browser: Client) -> None:
    browser.post(FORM, TYPED)
    sign_in(browser, cast.duty_leader())
    assert offered(browser) == []
    assert TYPED["title"] not in text_of(browser.get(LATE))
    sign_in(browser, cast.admin())
    assert offered(browser) == []


def test_whoever_signed_out_leaves_nothing_and_finds_nothing() -> None:
    browser = a_browser(cast.admin())
    browser.post("/logout/")
    assert browser.post(FORM, TYPED).status_code == 401
    assert TYPED["title"] not in text_of(browser.get(FORM, follow=True))
    sign_in(browser, cast.admin())
    assert offered(browser) == []


def test_whoever_signed_out_elsewhere_is_told_so_and_given_their_words_to_copy() -> None:
    browser = a_browser(cast.admin())
    browser.post("/logout/")
    answer = browser.post(FORM, {**TYPED, "password": "mật khẩu của tôi"})
    page = unescape(text_of(answer))
    assert "không được giữ lại" in page
    assert TYPED["title"] in page
    assert TYPED["text_vi"].replace("\r", "") in page.replace("\r", "")
    assert "mật khẩu của tôi" not in page
    assert "<b>" not in text_of(answer)
    assert answer["Cache-Control"] == "no-store"
    assert "không được giữ lại" not in text_of(browser.post(FORM, {"seen": "1"}))


def test_a_cookie_that_was_made_up_names_nobody() -> None:
    browser = Client()
    browser.cookies[writers.COOKIE] = f"{cast.admin().person_id}:x:y"
    assert browser.post(FORM, TYPED).status_code == 401


@pytest.mark.parametrize(
    "headers", [{"HX-Request": "true"}, {"Accept": "application/json"}, {"Sec-Fetch-Mode": "cors"}], ids=str
)
def test_what_a_script_sends_is_not_kept(browser: Client, headers: dict[str, str]) -> None:
    assert browser.post(FORM, TYPED, headers=headers).status_code == 401
    sign_in(browser, cast.admin())
    assert offered(browser) == []


def test_nothing_of_the_door_is_kept(browser: Client) -> None:
    assert browser.post("/me/security/app/", {"name": "Máy của tôi", "code": "123456"}).status_code == 401
    sign_in(browser, cast.admin())
    assert offered(browser) == []


def test_a_few_wait_the_newest_first_each_until_it_is_thrown_away(browser: Client) -> None:
    for number in range(7):
        browser.post(FORM, {**TYPED, "title": f"Số {number}"})
    browser.post(FORM, {**TYPED, "title": "Số 6"})  # sent twice, it is one
    sign_in(browser, cast.admin())
    assert [form["title"] for form in offered(browser)] == [f"Số {number}" for number in (6, 5, 4, 3, 2)]
    browser.post(f"{LATE}{offered(browser)[1]['late']}/forget/")
    assert [form["title"] for form in offered(browser)] == [f"Số {number}" for number in (6, 4, 3, 2)]
    form = offered(browser)[0]
    browser.post(form.pop("to"), form)
    assert "/late/" in text_of(browser.get("/me/"))
    assert [form["title"] for form in offered(browser)] == [f"Số {number}" for number in (4, 3, 2)]


def test_characters_are_counted_not_their_bytes_and_what_is_over_is_told(browser: Client) -> None:
    assert browser.post(FORM, {"text_vi": "ộ" * 99_000}).status_code == 303
    told = browser.post(FORM, {"text_vi": "ộ" * 100_001})
    assert told.status_code == 413
    assert str(late.TooLong.sentence) in unescape(text_of(told))
    sign_in(browser, cast.admin())
    assert len(offered(browser)) == 1


def phone_of(asker: Asker) -> str:
    """Return the number that somebody signs in with."""
    return str(get_user_model()._default_manager.get(pk=str(asker.person_id)).phone)


def again(browser: Client, asker: Asker) -> None:
    """Sign in in another window, as a person does: the token of the forms is another one then."""
    phone = phone_of(asker)
    token = {"csrfmiddlewaretoken": token_on(browser, "/login/")}
    browser.post("/login/", {"phone": phone, **token}, headers=OURS)
    assert browser.post("/login/code/", {"code": code_to(phone), **token}, headers=OURS).status_code == 302


def test_a_form_of_before_the_sign_in_in_another_window_waits(no_limits_of_other_tests: None) -> None:
    browser = a_browser(cast.admin(), enforce_csrf_checks=True)
    typed = {**TYPED, "csrfmiddlewaretoken": token_on(browser, FORM)}
    again(out(browser), cast.admin())
    answer = browser.post(FORM, typed, headers=OURS)
    assert (answer.status_code, answer["Location"]) == (303, LATE)
    [form] = offered(browser)
    assert TYPED["title"] not in titles()
    form["csrfmiddlewaretoken"] = token_on(browser, LATE)
    assert browser.post(form.pop("to"), form, headers=OURS).status_code == 303
    assert TYPED["title"] in titles()
    assert offered(browser) == []


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {}],
    ids=str,
)
def test_a_foreign_page_leaves_nothing_even_with_a_token_of_ours(
    no_limits_of_other_tests: None, headers: dict[str, str]
) -> None:
    browser = a_browser(cast.admin(), enforce_csrf_checks=True)
    typed = {**TYPED, "csrfmiddlewaretoken": token_on(browser, FORM)}
    again(out(browser), cast.admin())
    assert browser.post(FORM, typed, headers=headers).status_code == 403
    assert offered(browser) == []


@pytest.mark.parametrize("token", ["", "x", "a" * 64, "ộ" * 64])
def test_a_token_that_was_never_ours_leaves_nothing(token: str) -> None:
    browser = a_browser(cast.admin(), enforce_csrf_checks=True)
    assert browser.post(FORM, {**TYPED, "csrfmiddlewaretoken": token}, headers=OURS).status_code == 403
    assert offered(browser) == []


def test_the_form_of_whoever_sat_here_before_is_shown_to_nobody(no_limits_of_other_tests: None) -> None:
    browser = a_browser(cast.admin(), enforce_csrf_checks=True)
    typed = {**TYPED, "csrfmiddlewaretoken": token_on(browser, FORM)}
    again(out(browser), cast.duty_leader())
    assert browser.post(FORM, typed, headers=OURS).status_code == 403
    assert offered(browser) == []


def test_nor_after_they_signed_out(no_limits_of_other_tests: None) -> None:
    browser = a_browser(cast.admin(), enforce_csrf_checks=True)
    typed = {**TYPED, "csrfmiddlewaretoken": token_on(browser, FORM)}
    browser.post("/logout/", {"csrfmiddlewaretoken": typed["csrfmiddlewaretoken"]}, headers=OURS)
    again(browser, cast.duty_leader())
    assert browser.post(FORM, typed, headers=OURS).status_code == 403
    assert offered(browser) == []


def test_what_a_stranger_began_is_theirs_after_they_signed_in(no_limits_of_other_tests: None) -> None:
    browser = Client(enforce_csrf_checks=True)
    typed = {**TYPED, "csrfmiddlewaretoken": token_on(browser, "/login/")}
    again(browser, cast.admin())
    assert browser.post(FORM, typed, headers=OURS)["Location"] == LATE
    assert len(offered(browser)) == 1
