"""How often a stranger may take browsers off the list, or say that something was opened."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from hues.kernel.delivery.queries import is_subscribed
from hues.kernel.delivery.testing import a_receiver

pytestmark = pytest.mark.django_db
LIMITS = {"push": "100/m/ip", "push_elsewhere": "100/m/ip", "push_away": "4/m/ip,2/h/key", "push_opened": "3/m/ip"}


@pytest.fixture(autouse=True)
def few(settings: Any) -> Iterator[None]:
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = LIMITS
    yield
    cache.clear()


def ask(method: str, address: str, endpoint: str, **more: str) -> Any:
    said = {"endpoint": endpoint, **more}
    headers = {"Accept": "application/json"}
    return Client().generic(method, address, json.dumps(said), "application/json", headers=headers)


def away(number: int) -> Any:
    return ask("DELETE", "/push/subscriptions", f"https://push.example/{number}")


def test_addresses_can_not_be_tried_in_turn_and_an_answer_tells_nothing_of_them() -> None:
    known = a_receiver("https://push.example/1").json()
    Client().post("/push/subscriptions", known, content_type="application/json")
    gone, never = away(1), away(2)
    assert (gone.status_code, gone.content) == (never.status_code, never.content) == (204, b"")
    assert not is_subscribed("https://push.example/1")
    assert [away(n).status_code for n in (3, 4, 5, 6)] == [204, 204, 204, 429]


def test_one_address_is_taken_off_twice_in_an_hour_and_the_answer_says_why_not_again() -> None:
    assert [away(1).status_code for _ in range(2)] == [204, 204]
    refused = away(1)
    assert refused.status_code == 429
    assert "Bạn thử quá nhiều lần" in refused.json()["detail"]


def test_nobody_keeps_a_browser_from_leaving_by_guessing_others() -> None:
    known = a_receiver("https://push.example/7").json()
    for n in range(4):
        away(n)
    Client().post("/push/subscriptions", known, content_type="application/json")
    assert away(8).status_code == 429
    assert away(7).status_code == 204
    assert not is_subscribed("https://push.example/7")


def test_saying_what_was_opened_has_an_end_too() -> None:
    answers = [ask("POST", "/push/opened", f"https://push.example/{n}", url="/f/alerts/x/") for n in range(4)]
    assert [answer.status_code for answer in answers] == [204, 204, 204, 429]
