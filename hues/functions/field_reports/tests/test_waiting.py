"""A report that waited for a network: whole, in one request, and only once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from hues.engines.cases import queries as cases
from hues.functions.field_reports.tests.walking import CITADEL, NEW, WORDS, a_file
from hues.kernel.agencies.testing import lan
from hues.kit import clock

SEND = f"{NEW}offline/send/"


def deliver(browser: Client, key: str, **more: Any) -> Any:
    place = {"lat": CITADEL[0], "lng": CITADEL[1], "source": "gps"}
    said = {"category": "roads-pothole", "text": WORDS, **place, **more}
    headers = {"accept": "application/json", "idempotency-key": key}
    return browser.post(SEND, said, headers=headers)


def mine() -> list[str]:
    return [row.number for row in cases.my_cases(lan(), at=clock.now()).rows]


def test_it_comes_in_whole_and_only_once(as_lan: Client) -> None:
    key = str(uuid4())
    first = deliver(as_lan, key, photos=[a_file(), a_file()], address="Gần cổng Ngọ Môn", show_name="on")
    again = deliver(as_lan, key, photos=[a_file(), a_file()], address="Gần cổng Ngọ Môn", show_name="on")
    (number,) = mine()
    assert (first.status_code, first.json()["number"]) == (201, number)
    assert again.json() == first.json()
    case = cases.my_case(lan(), number, at=clock.now())
    assert (case.text, case.address, len(case.photos), case.show_name) == (WORDS, "Gần cổng Ngọ Môn", 2, True)
    assert as_lan.get(first.json()["link"]).status_code == 200
    assert deliver(as_lan, str(uuid4())).json()["number"] != number


def test_one_that_had_come_in_before_it_was_edited_is_told_so_and_its_words_open_another(as_lan: Client) -> None:
    key = str(uuid4())
    number = deliver(as_lan, key, photos=[a_file()]).json()["number"]
    for more in ({"text": "Đèn đường tắt ba đêm nay, nay thêm hai trụ nữa."}, {"photos": [a_file(), a_file(seed=2)]}):
        changed: dict[str, Any] = {"photos": [a_file()], **more}
        refused = deliver(as_lan, key, **changed)
        assert refused.status_code == 409
        assert number in refused.json()["detail"]
        assert mine() == [number]
    another = deliver(as_lan, str(uuid4()), photos=[a_file()], text="Đèn đường tắt ba đêm nay, nay thêm hai trụ nữa.")
    assert set(mine()) == {number, another.json()["number"]}


def test_where_nothing_is_said_the_photo_knows_the_place(as_lan: Client) -> None:
    answer = deliver(as_lan, str(uuid4()), lat="", lng="", source="", photos=[a_file(place=CITADEL)])
    assert cases.my_case(lan(), answer.json()["number"], at=clock.now()).ward_code == "19753"
    nowhere = deliver(as_lan, str(uuid4()), lat="", lng="", source="", photos=[a_file()])
    assert nowhere.status_code == 422
    assert set(nowhere.json()["errors"]) == {"address"}


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"category": "roads"}, {"category"}),
        ({"text": "ngắn"}, {"text"}),
        ({"text": "", "category": ""}, {"text", "category"}),
        ({"lat": 15.0, "lng": 100.0}, {"place"}),
        ({"photos": [a_file() for _ in range(6)]}, {"photos"}),
    ],
)
def test_what_must_be_corrected_is_said_by_field_and_nothing_is_opened(
    as_lan: Client, wrong: dict[str, Any], fields: set[str]
) -> None:
    answer = deliver(as_lan, str(uuid4()), **wrong)
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == fields
    assert mine() == []


def test_without_an_account_a_key_or_a_token_it_stays_where_it_is(as_lan: Client) -> None:
    assert deliver(Client(), str(uuid4())).status_code == 401
    assert deliver(as_lan, "chẳng phải mã").status_code == 422
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = as_lan.cookies
    assert deliver(strict, str(uuid4())).status_code == 403
    assert mine() == []


def test_the_page_is_the_same_for_everybody_and_asks_what_each_category_asks(as_lan: Client) -> None:
    page = as_lan.get(f"{NEW}offline/")
    assert page.content == Client().get(f"{NEW}offline/").content
    assert "s-maxage" in page.headers["Cache-Control"]
    text = page.content.decode()
    assert 'data-asked="lights-out" hidden disabled' in text
    assert "csrf" not in text


def test_a_token_is_told_with_a_mark_that_names_nobody(as_lan: Client) -> None:
    told = as_lan.get("/outbox/token/")
    assert told.headers["Cache-Control"] == "no-store"
    assert told.json()["me"]
    assert str(lan().person_id) not in told.content.decode()
    assert Client().get("/outbox/token/").json()["me"] == ""


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_send_it_at_the_same_instant_get_one_number(as_lan: Client) -> None:
    key, start = str(uuid4()), Barrier(2, timeout=30)

    def send(photo: Any) -> str:
        browser = Client()
        browser.cookies = as_lan.cookies
        start.wait()
        try:
            return str(deliver(browser, key, photos=[photo]).json()["number"])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        numbers = set(pool.map(send, [a_file(), a_file()]))
    assert sorted(numbers) == mine()
