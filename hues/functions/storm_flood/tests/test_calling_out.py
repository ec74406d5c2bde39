"""A call for rescue reaches those who can send help: the menu, a strip, inboxes and telephones."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as present
from django.test import Client

from hues.engines.rescue import actions
from hues.engines.rescue.rules.urgency import Need
from hues.engines.rescue.rules.workflow import Verb
from hues.engines.rescue.testing import MONDAY, a_call, asked
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery.channels import Urgency
from hues.kernel.delivery.queries import inbox
from hues.kernel.delivery.testing import a_gateway
from hues.kernel.journal.testing import drain
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
FOOD = frozenset({Need.FOOD})


def _at(who: Asker) -> Client:
    browser = Client()
    sign_in(browser, who)
    return browser


def _told(who: Asker) -> list[str]:
    return [item.title["vi"] for item in inbox(who).rows]


def test_operators_and_duty_leaders_are_told_once_of_each_call_and_nobody_else() -> None:
    people = (cast.operator(), cast.duty_leader(), cast.leader(), cast.minh())
    code = a_call().code
    drain()
    assert [len(_told(who)) for who in people] == [1, 1, 0, 0]
    (item,) = inbox(people[0]).rows
    assert item.title["vi"] == "Cứu hộ: nguy hiểm tính mạng"
    assert "Phường Phú Xuân" in item.body["vi"]
    assert item.link == f"/ops/storm_flood/rescue/{code}/"
    kept = f"{item.title} {item.body}"
    assert "901777001" not in kept
    assert "Đặng Thái Thân" not in kept


def test_who_chose_text_messages_gets_one_in_the_middle_of_the_night(settings: Any) -> None:
    thao = cast.operator()
    assert thao.person_id
    night = MONDAY.replace(hour=18)  # one in the morning in Huế
    quiet = {"quiet_from": night.replace(hour=22).time(), "quiet_until": night.replace(hour=6).time()}
    with a_gateway() as company:
        settings.HUES = replace(present.HUES, sms_url=company.url)
        delivery.prefer(person_id=thao.person_id, least=Urgency.LOW, work_by_text=True, at=MONDAY, **quiet)
        a_call(at=night)
        drain()
        while delivery.send_owed(at=night):
            pass
    (text,) = company.received
    assert text["body"].startswith("Cuu ho: nguy hiem tinh mang")


def test_calls_of_the_same_phone_or_place_tell_nobody_over_and_over_but_a_graver_one_does() -> None:
    thao = cast.operator()
    a_call(asked(needs=FOOD, people=1))
    a_call(asked(needs=FOOD, people=2), at=MONDAY + MINUTE)  # the same phone
    a_call(asked(needs=FOOD, people=3, phone="+84901777002"), at=MONDAY + 2 * MINUTE)  # the same place
    drain()
    assert len(_told(thao)) == 1
    a_call(asked(people=4), at=MONDAY + 3 * MINUTE)
    drain()
    assert len(_told(thao)) == 2
    elsewhere = asked(phone="+84901777003", lat=16.48, lng=107.6, address="Chợ Mai, Thuận An")
    a_call(elsewhere, at=MONDAY + 4 * MINUTE)
    drain()
    assert len(_told(thao)) == 3


def test_whoever_calls_in_somebodys_name_silences_no_call_of_theirs() -> None:
    thao = cast.operator()
    a_call(asked(lat=16.5, lng=107.5, address="Một chỗ bịa ra", origin="203.0.113.7"))
    a_call(asked(origin="198.51.100.9"), at=MONDAY + MINUTE)
    drain()
    assert len(_told(thao)) == 2


def test_a_form_on_another_site_wakes_nobody() -> None:
    thao = cast.operator()
    a_call(asked(foreign_page=True))
    drain()
    assert _told(thao) == []


def test_every_page_of_the_centre_counts_the_calls_that_nobody_took() -> None:
    thao = _at(cast.operator())
    code = a_call().code
    counted = 'Yêu cầu cứu hộ</span><span class="count">1</span>'
    for page in ("/ops/", "/ops/agencies/", "/ops/storm_flood/levels/"):
        assert counted in thao.get(page).content.decode().replace("\n", "")
    actions.move(verb=Verb.REACH, code=code, seen=1, by=cast.operator(), words="Đã gọi.", at=MONDAY)
    assert "Yêu cầu cứu hộ</span></a>" in thao.get("/ops/").content.decode()


@pytest.mark.parametrize("page", ["/ops/", "/ops/urgent/", "/ops/wall/", "/ops/wall/now/"])
def test_a_strip_stands_while_somebody_waits_in_danger_of_life(page: str) -> None:
    thao, leader = _at(cast.operator()), _at(cast.leader())
    said = "yêu cầu cứu hộ đang chờ: nguy hiểm tính mạng"
    a_call(asked(needs=FOOD, people=1, phone="+84901777009"))
    assert said not in thao.get(page).content.decode()
    code = a_call().code
    assert f"1 {said}" in thao.get(page).content.decode()
    assert said not in leader.get(page).content.decode()
    actions.move(verb=Verb.REACH, code=code, seen=1, by=cast.operator(), words="Đã gọi.", at=MONDAY)
    assert said not in thao.get(page).content.decode()


def test_the_form_learns_the_phone_of_whoever_is_signed_in_and_stays_the_same_for_everybody() -> None:
    form, phone = "/f/storm_flood/sos/", "/f/storm_flood/sos/phone/"
    lan = _at(cast.lan())
    told = lan.get(phone)
    assert told.json() == {"phone": "0901 000 001"}
    assert "no-store" in told.headers["Cache-Control"]
    assert Client().get(phone).json() == {"phone": ""}
    page = lan.get(form).content.decode()
    assert page == Client().get(form).content.decode()
    assert f'data-phone="{phone}"' in page
    assert page.count("Ở đâu?") == 1
