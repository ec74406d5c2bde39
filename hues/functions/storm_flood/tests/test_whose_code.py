"""The code of a call says that everybody is safe: only the browser that sent it is handed it, and nobody guesses it."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from hues.engines.rescue import queries
from hues.functions.storm_flood.tests.test_sos import FAMILY, SOS
from hues.kernel.agencies import testing as cast
from hues.kernel.areas.testing import the_wards
from hues.surfaces.desks.testing import at_desk

pytestmark = pytest.mark.django_db
KEY = "0b9a6a5e-57c6-4a3f-9d0d-3d8f5b1a2c44"


@pytest.fixture(autouse=True)
def city(db: None) -> None:
    """Load the wards, and forget what other tests counted."""
    the_wards()
    cache.clear()


def _code(browser: Client, **headers: Any) -> str:
    answer = browser.post(SOS, FAMILY, headers=headers)
    assert answer.status_code == 303
    return re.fullmatch(r".*/([A-Z0-9]{8})/", answer.headers["Location"])[1]  # type: ignore[index]


def _call(code: str) -> queries.RescueCall:
    return queries.call(cast.operator(), code)


def test_whoever_tells_the_same_from_another_browser_gets_a_code_of_their_own_and_ends_nothing() -> None:
    family, stranger = Client(), Client()
    own, other = _code(family), _code(stranger)
    assert own != other
    stranger.post(f"{SOS}{other}/safe/")
    assert _call(own).said_safe_at is None
    assert _code(family) == own


def test_without_a_key_or_a_cookie_a_call_is_its_own() -> None:
    assert _code(Client()) != _code(Client())
    assert _code(Client(), **{"Idempotency-Key": "1"}) != _code(Client(), **{"Idempotency-Key": "1"})


def test_a_call_that_a_browser_kept_brings_its_code_back_though_the_first_answer_was_lost() -> None:
    headers = {"Idempotency-Key": KEY}
    lost = Client()
    first = _code(lost, **headers)
    assert _code(Client(), **headers) == first  # no cookie came
    assert _code(lost, **headers) == first  # it came, without the page
    assert len(list(queries.everything(cast.operator()))) == 1


def test_the_cookie_is_sealed_from_scripts_and_other_sites() -> None:
    (cookie,) = Client().post(SOS, FAMILY).cookies.values()
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")


def test_the_desk_sees_that_two_calls_tell_the_same() -> None:
    first, again = _code(Client()), _code(Client())
    assert (_call(first).same_as, _call(again).same_as) == ("", first)
    thao = at_desk(cast.operator())
    page = thao.get(f"/ops/storm_flood/rescue/{again}/").content.decode()
    assert f'<a href="/ops/storm_flood/rescue/{first}/">{first}</a>' in page
    assert f"trùng với {first}" in thao.get("/ops/storm_flood/rescue/").content.decode()


def test_who_said_safe_by_mistake_takes_it_back_on_the_page_of_the_code() -> None:
    caller = Client()
    code = _code(caller)
    caller.post(f"{SOS}{code}/safe/")
    page = caller.get(f"{SOS}{code}/").content.decode()
    assert f'action="{SOS}{code}/again/"' in page
    assert caller.post(f"{SOS}{code}/again/").headers["Location"] == f"{SOS}{code}/"
    assert _call(code).said_safe_at is None
    assert f'action="{SOS}{code}/safe/"' in caller.get(f"{SOS}{code}/").content.decode()


@pytest.mark.parametrize(("tail", "answered"), [("", 200), ("safe/", 303), ("again/", 303)])
def test_wrong_codes_are_refused_and_lock_no_caller_of_that_network_out(tail: str, answered: int) -> None:
    code, guesser = _code(Client()), Client(REMOTE_ADDR="203.0.113.9")
    ask = guesser.post if tail else guesser.get
    seen = [ask(f"{SOS}AAAA{n:04d}/{tail}").status_code for n in range(61)]
    assert seen == [404] * 60 + [429]
    caller = Client(REMOTE_ADDR="203.0.113.9")
    assert (caller.post if tail else caller.get)(f"{SOS}{code}/{tail}").status_code == answered
    assert (_call(code).said_safe_at is not None) == (tail == "safe/")
    refused = ask(f"{SOS}AAAA0061/{tail}")
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 60
    assert Client().get(f"{SOS}AAAA0061/").status_code == 404
