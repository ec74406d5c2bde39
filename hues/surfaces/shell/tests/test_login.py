"""The way in: a number, a code, and nothing that tells a stranger who lives here."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from hues.kernel.agencies.testing import lan, minh, operator
from hues.kernel.delivery.queries import texts_to
from hues.kernel.people.queries import person_by_phone
from hues.surfaces.shell.tests.login import LAN, NEW, answer, ask, code_to, sign_in

pytestmark = pytest.mark.usefixtures("no_limits_of_other_tests")
KEY = settings.SESSION_COOKIE_NAME


def test_a_new_number_signs_in_and_has_an_account_then(client: Client) -> None:
    assert client.get("/login/").status_code == 200
    asked = ask(client, "0901 234 567")
    assert (asked.status_code, asked["Location"]) == (303, "/login/code/")
    assert person_by_phone(NEW) is None
    assert client.get("/login/code/").status_code == 200
    entered = answer(client, code_to(NEW))
    assert (entered.status_code, entered["Location"]) == (302, "/")
    person = get_user_model().objects.get(phone=NEW)
    assert client.session["_auth_user_id"] == str(person.pk)
    assert person.phone_verified_at is not None


def test_the_session_has_another_id_after_sign_in(client: Client) -> None:
    ask(client)
    before = client.cookies[KEY].value
    answer(client, code_to(NEW))
    assert client.cookies[KEY].value != before
    stolen = Client()
    stolen.cookies[KEY] = before
    assert stolen.get("/login/").status_code == 200


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{1} {2}", "{1}-{2}"])
def test_a_code_may_be_typed_with_spaces(client: Client, typed: str) -> None:
    ask(client)
    code = code_to(NEW)
    assert answer(client, typed.format(code, code[:3], code[3:])).status_code == 302


def test_a_code_works_once(client: Client) -> None:
    ask(client)
    code = code_to(NEW)
    other = Client()
    other.cookies[KEY] = client.cookies[KEY].value
    assert answer(client, code).status_code == 302
    assert answer(other, code)["Location"].startswith("/login/?over=1")


def test_a_code_of_one_browser_is_worth_nothing_in_another(client: Client) -> None:
    ask(client)
    thief = Client()
    ask(thief, LAN)
    assert answer(thief, code_to(NEW)).status_code == 422
    assert "_auth_user_id" not in thief.session


@pytest.mark.parametrize("typed", ["", "113", "1022", "abc", "02343822222", "0" * 50])
def test_a_number_that_can_not_be_is_explained_in_the_form(client: Client, typed: str) -> None:
    refused = ask(client, typed)
    assert refused.status_code == 422
    assert b'aria-invalid="true"' in refused.content
    assert KEY not in client.cookies


def test_another_code_can_be_asked_for_after_a_while_and_replaces_the_first(client: Client) -> None:
    ask(client)
    first = code_to(NEW)
    assert client.post("/login/code/", {"action": "resend"}).status_code == 429
    for _ in range(3):
        let_time_pass(client, 31)
        assert client.post("/login/code/", {"action": "resend"}).status_code == 303
    let_time_pass(client, 31)
    assert client.post("/login/code/", {"action": "resend"}).status_code == 429
    assert len(texts_to(NEW)) == 4
    if first != code_to(NEW):
        assert answer(client, first).status_code == 422
    assert answer(client, code_to(NEW)).status_code == 302


def test_a_code_is_over_after_ten_minutes_and_the_way_on_is_kept(client: Client) -> None:
    ask(client, next="/me/")
    let_time_pass(client, 601)
    over = answer(client, code_to(NEW), next="/me/")
    assert over["Location"] == "/login/?over=1&next=%2Fme%2F"
    assert b'name="next" value="/me/"' in client.get(over["Location"]).content


def test_a_session_that_was_lost_leads_back_to_the_form(client: Client) -> None:
    ask(client, next="/f/field_reports/new/")
    code = code_to(NEW)
    client.cookies.clear()
    assert answer(client, code, next="/f/field_reports/new/")["Location"].startswith("/login/?over=1&next=%2Ff%2F")
    assert client.get("/login/code/")["Location"] == "/login/?over=1"


@pytest.mark.parametrize("wanted", ["/me/", "/f/field_reports/new/?step=2&a=b", "/en/me/"])
def test_one_comes_back_to_where_one_was(wanted: str) -> None:
    client = Client()
    client.get("/login/", {"next": wanted})
    assert ask(client, next=wanted)["Location"].startswith("/login/code/?next=%2F")
    assert answer(client, code_to(NEW), next=wanted)["Location"] == wanted
    assert client.get("/login/", {"next": wanted})["Location"] == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example/",
        "http:evil.example",
        "///evil.example",
        " //evil.example",
    ],
)
def test_nobody_is_sent_to_another_site(wanted: str) -> None:
    client = Client()
    assert wanted.encode() not in client.get("/login/", {"next": wanted}).content
    assert sign_in(client, next=wanted)["Location"] == "/"
    assert client.get("/login/", {"next": wanted})["Location"] == "/"


def test_everybody_begins_at_the_own_door() -> None:
    assert minh().agencies
    assert operator().in_ioc
    assert sign_in(Client(), LAN)["Location"] == "/"
    assert sign_in(Client(), "+84901000003")["Location"] == "/desk/"
    assert sign_in(Client(), "+84901000005")["Location"] == "/ops/"


def test_signing_in_is_possible_in_english_too(client: Client) -> None:
    page = client.get("/en/login/").content.decode()
    assert '<html lang="en">' in page
    assert "Send me a code" in page
    asked = client.post("/en/login/", {"phone": NEW})
    assert asked["Location"] == "/en/login/code/"
    assert "Never tell it to anybody" in texts_to(NEW)[0].body
    assert client.post("/en/login/code/", {"code": code_to(NEW)})["Location"] == "/en/"
    card = person_by_phone(NEW)
    assert card is not None
    assert card.language == "en"


def test_the_asker_of_a_request_is_who_signed_in(client: Client) -> None:
    asker = lan()
    assert not client.get("/login/").wsgi_request.asker.signed_in  # type: ignore[attr-defined]
    sign_in(client, LAN)
    request = client.get("/login/").wsgi_request
    assert request.asker.person_id == asker.person_id  # type: ignore[attr-defined]


def test_signing_out_takes_a_post(client: Client) -> None:
    sign_in(client)
    assert client.get("/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    left = client.post("/logout/")
    assert (left["Location"], left["Clear-Site-Data"]) == ("/", '"cache"')
    assert "_auth_user_id" not in client.session


def test_forms_of_other_sites_sign_nobody_in_or_out() -> None:
    client = Client(enforce_csrf_checks=True)
    assert ask(client).status_code == 403
    assert texts_to(NEW) == ()


def test_a_closed_account_does_not_come_in(client: Client) -> None:
    assert lan().signed_in
    get_user_model().objects.filter(phone=LAN).update(is_active=False)
    assert sign_in(client, LAN).status_code == 403
    assert "_auth_user_id" not in client.session


def test_a_session_ends_when_the_account_is_closed(client: Client) -> None:
    sign_in(client)
    get_user_model().objects.filter(phone=NEW).update(is_active=False)
    assert client.get("/login/").status_code == 200


def test_the_pages_of_the_way_in_are_kept_by_nobody(client: Client) -> None:
    ask(client)
    for path in ("/login/", "/login/code/", "/logout/"):
        assert "no-store" in client.get(path)["Cache-Control"]


def test_phones_know_how_to_fill_the_fields_in(client: Client) -> None:
    phone = client.get("/login/").content.decode()
    assert 'autocomplete="tel"' in phone
    assert 'type="tel"' in phone
    ask(client)
    code = client.get("/login/code/").content.decode()
    assert 'autocomplete="one-time-code"' in code
    assert 'inputmode="numeric"' in code


def test_the_message_is_in_the_readers_language_and_names_the_city() -> None:
    ask(Client())
    assert "Hue-S" in texts_to(NEW)[0].body


def let_time_pass(client: Client, seconds: int) -> None:
    session = client.session
    login = session["account_login"]
    state = login["state"]["stages"]["login_by_code"]["data"]
    state["at"] -= seconds
    state["sent_at"] -= seconds
    session["account_login"] = login
    session.save()
    client.cookies[KEY] = str(session.session_key)
