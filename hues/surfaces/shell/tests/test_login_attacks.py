"""What somebody who knows a number can do to its owner's signing in, and how often they may guess."""

import itertools
import time
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client, override_settings

from hues.kernel.delivery.queries import texts_to
from hues.surfaces.shell.tests.login import LAN, NEW, answer, ask, code_to, sign_in

pytestmark = pytest.mark.usefixtures("no_limits_of_other_tests")
A_DAY, GUESSES_A_CODE = 20, 5


def _signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def _wrong(phone: str = NEW) -> str:
    return f"{(int(code_to(phone)) + 1) % 1_000_000:06d}"


def _minutes_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each moment that limits look at the clock be a minute later than the one before."""
    minutes = itertools.count(time.time(), 61)
    clock = SimpleNamespace(time=lambda: next(minutes), monotonic=time.monotonic, sleep=time.sleep)
    monkeypatch.setattr("allauth.core.internal.ratelimit.time", clock)


def test_wrong_codes_of_strangers_do_not_refuse_the_right_one_of_its_session() -> None:
    owner = Client()
    ask(owner)
    right = code_to(NEW)
    for _ in range(4):
        stranger = Client()
        ask(stranger)
        wrong = f"{(int(right) + 1) % 1_000_000:06d}"
        assert [answer(stranger, wrong).status_code for _ in range(GUESSES_A_CODE)][-1] == 422
    assert answer(owner, right).status_code == 302
    assert _signed_in(owner)


def test_a_flood_from_the_same_address_refuses_no_right_code() -> None:
    limits = {**settings.ACCOUNT_RATE_LIMITS, "wrong_login_code": "2/m/ip"}
    with override_settings(ACCOUNT_RATE_LIMITS=limits):
        owner, stranger = Client(), Client()
        ask(owner)
        right = code_to(NEW)
        ask(stranger, LAN)
        told = [answer(stranger, _wrong(LAN)).content for _ in range(3)]
        assert [b'action="/login/code/"' in page for page in told] == [True, True, False]
        assert answer(owner, right).status_code == 302


def test_a_code_counts_in_the_session_that_asked_for_it_alone() -> None:
    owner, stranger = Client(), Client()
    ask(owner)
    right = code_to(NEW)
    ask(stranger)
    answer(stranger, right)
    assert not _signed_in(stranger)
    assert answer(owner, right).status_code == 302


def test_guesses_of_one_code_at_once_are_five_whatever_the_session_still_says() -> None:
    client = Client()
    ask(client)
    right, wrong, before = code_to(NEW), _wrong(), dict(client.session.items())
    for _ in range(GUESSES_A_CODE):
        session = client.session
        session.update(before)  # as a request that was read before the others were written
        session.save()
        answer(client, wrong)
    session = client.session
    session.update(before)
    session.save()
    answer(client, right)
    assert not _signed_in(client)


def test_a_stranger_gets_a_hundred_guesses_a_day_at_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    _minutes_pass(monkeypatch)
    guesses = 0
    for _ in range(A_DAY + 5):
        stranger = Client()
        if ask(stranger).status_code == 429:
            continue
        answers = [answer(stranger, _wrong()) for _ in range(GUESSES_A_CODE + 2)]
        guesses += sum(page.status_code == 422 for page in answers)
    assert guesses == A_DAY * GUESSES_A_CODE
    assert len(texts_to(NEW)) == A_DAY


def test_codes_asked_for_by_strangers_refuse_none_to_a_browser_that_held_the_number() -> None:
    home, other = Client(), Client()
    sign_in(home)
    home.post("/logout/")
    for _ in range(7):
        ask(Client())
    told = ask(other)
    assert told.status_code == 429
    assert "Máy đã từng đăng nhập" in told.content.decode()
    assert sign_in(home).status_code == 302
    assert _signed_in(home)


def test_nor_do_those_asked_for_from_its_address() -> None:
    home = Client()
    sign_in(home)
    home.post("/logout/")
    limits = {**settings.ACCOUNT_RATE_LIMITS, "request_login_code": "1/m/ip"}
    with override_settings(ACCOUNT_RATE_LIMITS=limits):
        cache.clear()
        assert [ask(Client(), LAN).status_code for _ in range(2)] == [303, 429]
        assert sign_in(home).status_code == 302


def test_a_browser_is_known_for_its_own_number_and_not_by_a_forged_cookie() -> None:
    home, name = Client(), settings.KNOWN_COOKIE_NAME
    sign_in(home, LAN)
    home.post("/logout/")
    assert LAN[3:] not in home.cookies[name].value
    forged = Client()
    forged.cookies[name] = home.cookies[name].value[:-2] + "xx"
    for _ in range(7):
        ask(Client())
        ask(Client(), LAN)
    assert ask(home).status_code == 429
    assert ask(forged, LAN).status_code == 429
    assert ask(home, LAN).status_code == 303


def test_all_text_messages_to_one_number_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {**settings.ACCOUNT_RATE_LIMITS, "request_known_code": "3/d/key", "request_known_codes": "4/d/key"}
    with override_settings(ACCOUNT_RATE_LIMITS=limits):
        browsers = [Client(), Client()]
        for home in browsers:
            sign_in(home)
            home.post("/logout/")
        first = len(texts_to(NEW))
        _minutes_pass(monkeypatch)
        for home in browsers:
            asked = [ask(home).status_code for _ in range(5)]
            assert asked.count(303) == (3 if home is browsers[0] else 1)
        assert len(texts_to(NEW)) == first + 4
