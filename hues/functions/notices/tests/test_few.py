"""Nobody reads from two numbers who belongs to a circle."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from hues.engines.bulletins.testing import KIM_LONG, PHU_XUAN, notice_words, submitted_notice
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import actions as delivery
from hues.kernel.people import actions as people
from hues.kernel.people.testing import sign_in
from hues.kit import clock

pytestmark = pytest.mark.django_db


def parents(ward: str, first: int, last: int) -> None:
    at = clock.now() - timedelta(hours=1)
    for number in range(first, last):
        person = people.open_account(phone=f"+8490166{number:04}", at=at)
        people.set_home_ward(person_id=person, ward=ward, at=at)
        delivery.belong(person_id=person, circles=["parents"], at=at)


def reached(*wards: str) -> str:
    waiting = submitted_notice(notice_words(audience="parents", wards=wards))
    browser = Client()
    sign_in(browser, cast.alert_approver())
    page = browser.get(f"/ops/notices/{waiting.id}/").content.decode()
    found = re.search(r'Nhận được qua ứng dụng</dt><dd class="big num">([^<]*)</dd>', page)
    assert found, page[page.index('class="reach"') :][:900]
    return found[1]


def test_all_wards_less_all_but_one_do_not_tell_that_one_lives_there() -> None:
    parents(PHU_XUAN, 0, 11)
    parents(KIM_LONG, 11, 12)
    assert [reached(PHU_XUAN, KIM_LONG), reached(PHU_XUAN), reached(KIM_LONG)] == ["≈ 10", "≈ 10", "dưới 10"]
