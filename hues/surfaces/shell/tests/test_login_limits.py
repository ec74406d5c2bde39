"""How often one may try: codes that are wrong, numbers, addresses, and what a stranger learns."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings

from hues.kernel.agencies.testing import lan
from hues.kernel.delivery.queries import texts_to
from hues.surfaces.shell.tests.login import LAN, NEW, answer, ask, code_to, sign_in

pytestmark = pytest.mark.usefixtures("no_limits_of_other_tests")


def wrong_code(phone: str) -> str:
    return f"{(int(code_to(phone)) + 1) % 1_000_000:06d}"


def test_wrong_codes_are_told_and_the_fifth_ends_the_try(client: Client) -> None:
    ask(client)
    right, wrong = code_to(NEW), wrong_code(NEW)
    for _ in range(4):
        assert answer(client, wrong).status_code == 422
    assert b'action="/login/"' in answer(client, wrong).content
    assert answer(client, right)["Location"].startswith("/login/")
    assert "_auth_user_id" not in client.session


def test_signing_in_rightly_many_times_locks_nobody() -> None:
    for _ in range(12):
        the_minute_passes()
        assert sign_in(Client()).status_code == 302


def test_a_number_gets_five_codes_a_minute_and_then_none() -> None:
    answers = [ask(Client()).status_code for _ in range(7)]
    assert answers == [303] * 5 + [429] * 2
    assert len(texts_to(NEW)) == 5
    assert ask(Client(), LAN).status_code == 303


def test_one_address_can_not_ask_for_codes_without_end() -> None:
    limits = {**settings.ACCOUNT_RATE_LIMITS, "request_login_code": "4/m/ip"}
    with override_settings(ACCOUNT_RATE_LIMITS=limits):
        answers = [ask(Client(), f"+8490200{n:04d}").status_code for n in range(6)]
        assert answers == [303] * 4 + [429] * 2
        assert Client(REMOTE_ADDR="10.0.0.9").post("/login/", {"phone": "+84902009999"}).status_code == 303


def test_behind_a_proxy_the_limit_is_of_the_address_it_speaks_for() -> None:
    limits = {**settings.ACCOUNT_RATE_LIMITS, "request_login_code": "1/m/ip"}
    with override_settings(ACCOUNT_RATE_LIMITS=limits, ALLAUTH_TRUSTED_PROXY_COUNT=1):
        for address, status in (("198.51.100.1", 303), ("198.51.100.2", 303), ("6.6.6.6, 198.51.100.2", 429)):
            visitor = Client(HTTP_X_FORWARDED_FOR=address)
            assert visitor.post("/login/", {"phone": "+84902009999"}).status_code == status


def test_nobody_learns_from_the_answers_whether_a_number_has_an_account() -> None:
    assert lan().person_id
    known, unknown = Client(), Client()
    for path, fields in (("/login/", {}), ("/login/code/", {"code": "000000"}), ("/login/code/", {"action": "resend"})):
        told = [
            client.post(path, {"phone": phone, **fields}, follow=True)
            for client, phone in ((known, LAN), (unknown, "+84901000099"))
        ]
        assert told[0].status_code == told[1].status_code
        assert bare(told[0].content) == bare(told[1].content)
    assert len(texts_to(LAN)) == len(texts_to("+84901000099")) == 1


def bare(page: bytes) -> bytes:
    """Return a page without what differs for everybody: its token, the number and the seconds."""
    return re.sub(rb'(name="csrfmiddlewaretoken" value=")[^"]+|[+\d][\d ]*', b"", page)


def the_minute_passes() -> None:
    """Forget who asked for codes, but not who guessed them."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM hues_cache WHERE cache_key LIKE '%request_login_code%'")


def test_whoever_asked_too_often_in_a_browser_of_theirs_is_told_how_long_to_wait() -> None:
    browser = Client()
    assert sign_in(browser).status_code == 302
    browser.post("/logout/")
    answers = [ask(browser) for _ in range(6)]
    slow = answers[-1]
    assert slow.status_code == 429
    assert 1 <= int(slow["Retry-After"]) <= 60
    assert f"Hãy thử lại sau {slow['Retry-After']} giây." in slow.content.decode()
    strange = [ask(Client(), LAN) for _ in range(6)][-1]
    assert (strange.status_code, "Retry-After" in strange) == (429, False)
