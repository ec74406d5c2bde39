"""A call for rescue is sent by hand or by script, signed in or not, and followed by its code."""

import re
from typing import Any

import pytest
from django.test import Client

from hues.engines.rescue import queries
from hues.engines.rescue.rules.bounds import OF_ONE_ADDRESS, OPEN_OF_ONE_PHONE
from hues.engines.rescue.rules.workflow import State
from hues.kernel.agencies import testing as cast
from hues.kernel.areas.testing import the_wards

pytestmark = pytest.mark.django_db
SOS = "/f/storm_flood/sos/"
FAMILY = {
    "phone": "0901 777 001",
    "people": "4",
    "needs": ["rising", "children"],
    "address": "Kiệt 12 Đặng Thái Thân, Phú Xuân",
    "words": "Nước vào đến gác.",
}


@pytest.fixture(autouse=True)
def city(db: None) -> None:
    """Load the wards."""
    the_wards()


def _send(browser: Client | None = None, **other: Any) -> Any:
    # As strict as a real browser meets it: without a token.
    return (browser or Client(enforce_csrf_checks=True)).post(SOS, {**FAMILY, **other})


def _calls() -> int:
    return len(list(queries.everything(cast.operator())))


def _code(answer: Any) -> str:
    assert answer.status_code == 303
    found = re.fullmatch(r"/f/storm_flood/sos/([A-Z0-9]{8})/", answer.headers["Location"])
    assert found
    return found[1]


def test_a_stranger_without_script_calls_with_words_alone() -> None:
    code = _code(_send())
    call = queries.call(cast.operator(), code)
    assert (call.phone, call.people, call.urgency, call.ward_code) == ("+84901777001", 4, 3, "19753")
    assert (call.lat, call.source) == (None, "words")


def test_a_point_of_the_phone_is_taken_with_its_source() -> None:
    call = queries.call(cast.operator(), _code(_send(lat="16.4698", lng="107.5776", source="gps", address="")))
    assert (call.lat, call.lng, call.source, call.ward_code) == (16.4698, 107.5776, "gps", "19753")


def test_somebody_calls_for_another_from_a_fixed_line() -> None:
    call = queries.call(cast.operator(), _code(_send(phone="0234 3822 777", for_other="on", battery_low="on")))
    assert (call.phone, call.for_other, call.battery_low) == ("+842343822777", True, True)


@pytest.mark.parametrize(
    "typed",
    [
        "0901777001 / 0914 123 456",
        "0901 777 001-0914123456",
        "0901.777.001 (Hùng), 0914.123.456 (Lan)",
        "0901777001 chị Lan, nhà có người già không đi được",
        "113 không được, gọi 0901 777 001",
    ],
)
def test_a_number_amid_words_is_rung_and_what_stands_beside_it_is_kept(typed: str) -> None:
    call = queries.call(cast.operator(), _code(_send(phone=typed)))
    assert call.phone == "+84901777001"
    assert call.words == f"☎ {typed}\nNước vào đến gác."


def test_the_gaps_of_a_number_are_of_any_kind() -> None:
    call = queries.call(cast.operator(), _code(_send(phone="0901\u202f777\xa0001")))
    assert (call.phone, call.words) == ("+84901777001", "Nước vào đến gác.")


def test_a_double_press_gives_one_call() -> None:
    browser = Client()
    assert _code(_send(browser)) == _code(_send(browser))
    assert _calls() == 1


def test_without_a_place_the_page_asks_for_one_and_keeps_what_was_typed() -> None:
    answer = _send(address="")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "0901 777 001" in page
    assert "Hãy cho biết ở đâu" in page
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_point_outside_of_the_city_is_taken_and_the_caller_told_so() -> None:
    code = _code(_send(lat="21.03", lng="105.85", source="map"))
    assert "nằm ngoài thành phố" in Client().get(f"{SOS}{code}/").content.decode()
    asked = Client().post(f"{SOS}place/", {"lat": "21.03", "lng": "105.85"}).content.decode()
    assert "Chúng tôi vẫn nhận yêu cầu" in asked


@pytest.mark.parametrize(("lat", "lng"), [("1e999", "1"), ("abc", ""), ("200", "300"), ("16.4", "")])
def test_a_broken_point_refuses_no_call_that_has_words(lat: str, lng: str) -> None:
    assert _send(lat=lat, lng=lng).status_code == 303


def test_a_need_that_the_form_does_not_know_refuses_no_call_and_the_others_count() -> None:
    call = queries.call(cast.operator(), _code(_send(needs=["rising", "oxygen", "\0", "children"])))
    assert (set(call.needs), call.urgency) == ({"rising", "children"}, 3)
    alone = queries.call(cast.operator(), _code(_send(needs=["oxygen"], words="")))
    assert (alone.needs, alone.urgency) == ((), 2)


def test_a_long_address_goes_on_in_the_words_and_its_ward_is_found() -> None:
    long = f"{'Kiệt 12 sau lưng chợ ' * 20}, Phú Xuân"
    call = queries.call(cast.operator(), _code(_send(address=long)))
    assert (len(call.address) <= 300, call.ward_code) == (True, "19753")
    words, rest = call.words.split("\n… ")
    assert (words, f"{call.address} {rest}") == (FAMILY["words"], long)


def test_endless_words_are_kept_as_far_as_they_fit() -> None:
    call = queries.call(cast.operator(), _code(_send(words="Nước lên. " * 500, address="x" * 100_000)))
    assert call.address == "x" * 300
    assert call.words == ("Nước lên. " * 500)[:1000]
    odd = _send(address="Kiệt 1", source="a source that there is not\0", words="", lat="16.4698", lng="107.5776")
    assert queries.call(cast.operator(), _code(odd)).source == "map"


def test_a_short_number_is_explained() -> None:
    answer = _send(phone="113")
    assert answer.status_code == 422
    assert _calls() == 0


def test_the_page_of_a_code_tells_the_state_and_neither_phone_nor_place_nor_words() -> None:
    code = _code(_send())
    answer = Client().get(f"{SOS}{code.lower()}/")
    page = answer.content.decode()
    assert "Đã tiếp nhận" in page or "Đã nhận" in page
    for secret in ("901 777 001", "901777001", "Đặng Thái Thân", "Nước vào"):
        assert secret not in page
    assert answer.headers["X-Hues-Offline"] == "keep"
    assert "private" in answer.headers["Cache-Control"]


def test_an_unknown_code_is_not_found() -> None:
    assert Client().get(f"{SOS}AAAAAAAA/").status_code == 404


def test_the_caller_says_safe_and_the_centre_sees_it() -> None:
    code = _code(_send())
    assert Client(enforce_csrf_checks=True).post(f"{SOS}{code}/safe/").status_code == 303
    call = queries.call(cast.operator(), code)
    assert call.said_safe_at is not None
    assert call.state == State.RECEIVED
    assert "Bạn đã báo mọi người an toàn" in Client().get(f"{SOS}{code}/").content.decode()


def test_no_call_is_refused_for_its_number_and_the_owner_of_one_stands_in_front_of_fakes_in_its_name() -> None:
    for n in range(OPEN_OF_ONE_PHONE + 1):
        assert _send(address=f"{n} đường không có").status_code == 303
    assert queries.numbers(cast.operator()).behind == 1
    own = _send(
        Client(REMOTE_ADDR="198.51.100.7"), people="6", battery_low="on", lat="16.47", lng="107.57", source="gps"
    )
    assert not queries.call(cast.operator(), _code(own)).behind


def test_all_addresses_of_one_line_are_one_network() -> None:
    for n in range(OF_ONE_ADDRESS + 2):
        assert _send(Client(REMOTE_ADDR=f"2001:db8:1:2::{n:x}"), phone=f"0901 770 {n:03d}").status_code == 303
    assert _send(Client(REMOTE_ADDR="2001:db8:1:3::1"), phone="0901 771 001").status_code == 303
    assert queries.numbers(cast.operator()).behind == 2


def test_many_from_one_address_stand_behind_and_none_is_refused() -> None:
    for n in range(OF_ONE_ADDRESS + 2):
        assert _send(phone=f"0901 770 {n:03d}").status_code == 303
    assert queries.numbers(cast.operator()).behind == 2


def test_a_form_on_another_site_fills_the_second_line_only() -> None:
    browser = Client(headers={"Sec-Fetch-Site": "cross-site"})
    _code(_send(browser))
    assert len(queries.queue(cast.operator(), "behind")) == 1


def test_the_empty_form_is_the_same_for_everybody_and_is_kept_for_later() -> None:
    answer = Client().get(SOS)
    assert answer.headers["X-Hues-Offline"] == "keep"
    assert "public" in answer.headers["Cache-Control"]
    assert not answer.cookies


def test_a_call_that_waited_in_a_browser_comes_in_once_and_brings_its_code_back() -> None:
    browser = Client(enforce_csrf_checks=True, headers={"accept": "application/json"})
    first, again = _send(browser).json(), _send(browser).json()
    assert first == again == {"number": first["number"], "link": f"{SOS}{first['number']}/"}
    assert _calls() == 1
    wrong = _send(browser, phone="abc", people="0")
    assert wrong.status_code == 422
    assert {"phone", "people"} <= set(wrong.json()["errors"])
    assert _calls() == 1


def test_the_point_of_somebody_in_danger_is_told_in_words_and_stands_in_no_address() -> None:
    the_wards()
    point = {"lat": "16.4698", "lng": "107.5786"}
    assert "Phường Phú Xuân" in Client().post(f"{SOS}place/", point).content.decode()
    assert Client().get(f"{SOS}place/", point).status_code == 405
