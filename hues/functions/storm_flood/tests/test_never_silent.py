"""A call with life in danger is always told: alone in the first line; in the second each call is, by the minute."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as present

from hues.engines.rescue import actions, queries
from hues.engines.rescue.actions import Receipt
from hues.engines.rescue.rules.bounds import AGAIN, JUST_NOW, OF_ONE_ADDRESS
from hues.engines.rescue.rules.urgency import Need
from hues.engines.rescue.rules.workflow import Verb
from hues.engines.rescue.testing import MONDAY, a_call, asked
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks.actions import tick
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery.channels import Urgency
from hues.kernel.delivery.queries import inbox
from hues.kernel.delivery.testing import a_gateway
from hues.kernel.journal.testing import drain
from hues.surfaces.desks.testing import at_desk

pytestmark = pytest.mark.django_db
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def _told() -> list[str]:
    thao = cast.operator()
    drain()
    return [item.title["vi"] for item in inbox(thao).rows]


def _crowd(number: int, at: datetime = MONDAY) -> list[str]:
    places = [asked(phone=f"+8490177{n:04d}", lat=16.4 + n / 100, origin="operator") for n in range(number)]
    return [a_call(told, at=at + n * SECOND).code for n, told in enumerate(places)]


def test_a_network_that_fakes_fill_is_told_by_the_minute_and_not_call_by_call() -> None:
    cast.operator()
    _crowd(OF_ONE_ADDRESS)
    assert len(_told()) == OF_ONE_ADDRESS
    real = a_call(asked(phone="+84901888001", lat=16.6, origin="operator"), at=MONDAY + 20 * SECOND).code
    a_call(asked(phone="+84901888002", lat=16.7, origin="operator"), at=MONDAY + 40 * SECOND)
    assert queries.call(cast.operator(), real).behind
    assert len(_told()) == OF_ONE_ADDRESS
    tick(MONDAY + MINUTE)
    (item, *_others) = inbox(cast.operator()).rows
    assert item.title == {
        "vi": "Cứu hộ: thêm 2 yêu cầu nguy hiểm tính mạng",
        "en": "Rescue: 2 more calls with life in danger",
    }
    assert item.link == "/ops/storm_flood/rescue/?line=behind"
    a_call(asked(phone="+84901888003", lat=16.8, origin="operator"), at=MONDAY + 70 * SECOND)
    drain()
    tick(MONDAY + 2 * MINUTE)
    assert _told()[0] == "Cứu hộ: thêm 1 yêu cầu nguy hiểm tính mạng"
    assert len(_told()) == OF_ONE_ADDRESS + 2


def test_who_was_taken_within_the_minute_is_told_no_more() -> None:
    code = a_call(asked(foreign_page=True)).code
    drain()
    actions.move(verb=Verb.REACH, code=code, seen=1, by=cast.operator(), words="Đã gọi.", at=MONDAY + SECOND)
    tick(MONDAY + MINUTE)
    assert _told() == []


def test_one_of_the_same_minute_that_is_written_down_later_is_told_though_as_many_wait() -> None:
    thao, first = cast.operator(), a_call(asked(foreign_page=True)).code
    drain()
    tick(MONDAY + MINUTE)
    actions.move(verb=Verb.REACH, code=first, seen=1, by=thao, words="Đã gọi.", at=MONDAY + MINUTE)
    a_call(asked(phone="+84901888002", lat=16.7, foreign_page=True), at=MONDAY + 59 * SECOND)
    drain()
    tick(MONDAY + MINUTE + SECOND)
    assert _told() == ["Cứu hộ: thêm 1 yêu cầu nguy hiểm tính mạng"] * 2


@pytest.mark.parametrize("needs", [frozenset({Need.RISING}), frozenset({Need.FOOD})])
def test_who_calls_again_after_somebody_said_that_all_are_safe_is_told(needs: frozenset[Need]) -> None:
    code = a_call(asked(needs=needs, people=1)).code
    actions.say_safe(code=code, at=MONDAY + MINUTE)
    a_call(asked(needs=needs, people=1, words="Nước lên lại", origin="roof"), at=MONDAY + 2 * MINUTE)
    assert len(_told()) == 2


@pytest.mark.parametrize("moves", [(), (Verb.REACH,)])
def test_the_same_call_from_the_same_phone_after_safe_takes_that_back_and_is_told(moves: tuple[Verb, ...]) -> None:
    thao, same = cast.operator(), asked(sender="this browser")
    code = a_call(same).code
    for verb in moves:
        actions.move(verb=verb, code=code, seen=1, by=thao, words="Đã gọi.", at=MONDAY + SECOND)
    actions.say_safe(code=code, at=MONDAY + MINUTE)
    assert a_call(same, at=MONDAY + 2 * MINUTE) == Receipt(code=code, again=True)
    call = queries.call(thao, code)
    assert call.said_safe_at is None
    assert [line.verb for line in queries.log(thao, call.id)][-2:] == [Verb.SAY_SAFE, Verb.CALL_AGAIN]
    assert _told()[0] == "Cứu hộ: người dân gọi lại"


def test_one_press_too_many_is_not_told_and_who_still_waits_after_ten_minutes_is() -> None:
    thao, same = cast.operator(), asked(sender="this browser")
    code = a_call(same).code
    a_call(same, at=MONDAY + AGAIN - SECOND)
    assert (queries.call(thao, code).version, len(_told())) == (1, 1)
    a_call(same, at=MONDAY + AGAIN)
    assert (queries.call(thao, code).version, len(_told())) == (2, 2)


def test_safe_and_not_safe_in_turn_is_told_once_a_minute_and_never_of_what_has_ended() -> None:
    thao, code = cast.operator(), a_call(asked()).code
    for n in (1, 2, 3):
        actions.say_safe(code=code, at=MONDAY + n * 20 * SECOND)
        actions.call_again(code=code, at=MONDAY + n * 20 * SECOND + SECOND)
    assert len(_told()) == 2
    seen = queries.call(thao, code).version
    actions.move(verb=Verb.DISMISS, code=code, seen=seen, by=thao, words="Trẻ em nghịch.", at=MONDAY + 2 * MINUTE)
    actions.call_again(code=code, at=MONDAY + 5 * MINUTE)
    assert queries.call(thao, code).version == seen + 1
    assert len(_told()) == 2


def test_what_comes_into_the_second_line_is_told_together_with_how_many_are_in_danger_of_life() -> None:
    for n in range(3):
        a_call(asked(phone=f"+8490188{n:04d}", foreign_page=True, needs=frozenset({Need.FOOD}), people=1))
    a_call(asked(foreign_page=True))
    assert _told() == []
    tick(MONDAY + MINUTE)
    assert _told() == ["Cứu hộ: thêm 4 yêu cầu, 1 nguy hiểm tính mạng"]


def test_a_grave_call_behind_a_mobile_operator_is_told_though_nobody_is_in_danger_of_life() -> None:
    cast.operator()
    _crowd(OF_ONE_ADDRESS)
    before = len(_told())
    weak = frozenset({Need.BOAT, Need.ELDERLY, Need.CHILDREN, Need.DISABLED})
    family = asked(phone="+84901888001", lat=16.6, needs=weak, people=5, origin="operator")
    code = a_call(family, at=MONDAY + 20 * SECOND).code
    assert queries.call(cast.operator(), code).behind
    assert len(_told()) == before
    tick(MONDAY + MINUTE)
    (item, *_others) = inbox(cast.operator()).rows
    assert item.title == {"vi": "Cứu hộ: thêm 1 yêu cầu", "en": "Rescue: 1 more call"}
    assert item.link == "/ops/storm_flood/rescue/?line=behind"


@pytest.mark.parametrize(("needs", "texts"), [({Need.RISING}, 1), ({Need.BOAT, Need.CHILDREN}, 0)])
def test_the_second_line_wakes_for_danger_of_life_only(needs: set[Need], texts: int, settings: Any) -> None:
    thao, night = cast.operator(), MONDAY.replace(hour=18)  # one in the morning in Huế
    assert thao.person_id
    quiet = {"quiet_from": night.replace(hour=22).time(), "quiet_until": night.replace(hour=6).time()}
    with a_gateway() as company:
        settings.HUES = replace(present.HUES, sms_url=company.url)
        delivery.prefer(person_id=thao.person_id, least=Urgency.LOW, work_by_text=True, at=MONDAY, **quiet)
        a_call(asked(foreign_page=True, needs=frozenset(needs)), at=night)
        drain()
        tick(night + MINUTE)
        while delivery.send_owed(at=night + MINUTE):
            pass
    assert len(company.received) == texts
    assert len(_told()) == 1


@pytest.mark.parametrize("needs", [frozenset({Need.RISING}), frozenset({Need.FOOD})])
def test_the_same_words_of_another_phone_silence_nobody(needs: frozenset[Need]) -> None:
    fake = asked(needs=needs, people=1, lat=None, lng=None, address="Nhà ông Ba, thôn 2", origin="stranger")
    real = asked(
        needs=needs, people=1, phone="+84901777002", lat=None, lng=None, address="nhà ông ba, thôn 2", origin="roof"
    )
    a_call(fake)
    a_call(real, at=MONDAY + MINUTE)
    assert len(_told()) == 2


def test_danger_of_the_same_place_by_another_phone_and_of_the_same_phone_elsewhere_is_told() -> None:
    a_call()
    a_call(asked(phone="+84901777002"), at=MONDAY + MINUTE)
    a_call(asked(lat=16.6, address="Chợ Mai"), at=MONDAY + 2 * MINUTE)
    assert len(_told()) == 3


def test_the_same_number_and_place_is_told_once_in_ten_minutes_however_often_it_calls() -> None:
    for n in range(5):
        a_call(asked(people=n + 1, origin=str(n)), at=MONDAY + n * 4 * MINUTE)
    assert JUST_NOW == 10 * MINUTE
    assert len(_told()) == 2  # at the beginning and after twelve minutes


@pytest.mark.parametrize(("first", "address"), [(1, ""), (0, "?line=behind")])
def test_the_strip_counts_both_lines_and_leads_to_where_one_waits(first: int, address: str) -> None:
    the_desk = at_desk(cast.operator())
    _crowd(first)
    for n in range(2):
        a_call(asked(phone=f"+8490188{n:04d}", foreign_page=True))
    page = the_desk.get("/ops/").content.decode()
    assert f"{first + 2} yêu cầu cứu hộ đang chờ: nguy hiểm tính mạng" in page
    assert "Trong hàng thứ hai: 2." in page
    assert f'href="/ops/storm_flood/rescue/{address}"' in page
    assert f'<strong class="num">{first + 2}</strong>' in the_desk.get("/ops/storm_flood/rescue/").content.decode()
