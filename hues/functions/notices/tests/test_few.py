"""Nobody reads from two numbers who belongs to a circle."""

import itertools
import random
import re
from datetime import timedelta

import pytest
from django.test import Client

from hues.engines.bulletins.testing import KIM_LONG, PHU_XUAN, notice_words, submitted_notice
from hues.kernel.agencies import testing as cast
from hues.kernel.areas import queries as areas
from hues.kernel.areas.testing import the_wards
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery import queries as delivered
from hues.kernel.delivery.queries import Board
from hues.kernel.delivery.queries.board import WardReach
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


def test_a_number_just_before_its_step_does_not_tell_of_one_more() -> None:
    parents(PHU_XUAN, 0, 14)
    before = reached(PHU_XUAN, KIM_LONG)
    parents(KIM_LONG, 14, 15)
    assert before == reached(PHU_XUAN, KIM_LONG) == reached(PHU_XUAN) == "≈ 10"


@pytest.mark.parametrize("seed", range(4))
def test_no_set_of_wards_tells_of_one_person_more_in_a_ward_of_few(seed: int) -> None:
    the_wards()
    drawn = random.Random(seed)
    every = sorted(ward.code for ward in areas.wards())
    wards, few = drawn.sample(every, 5), drawn.randrange(9)
    first = 0
    for ward in wards[1:]:
        parents(ward, first, first := first + drawn.choice([4, 5, 9, 14, 15, 24, 25]))
    parents(wards[0], first, first := first + few)
    sets = [combination for size in range(1, 6) for combination in itertools.combinations(wards, size)]
    before = [delivered.would_reach_roughly(one, "", "parents") for one in sets]
    parents(wards[0], first, first + 1)
    assert [delivered.would_reach_roughly(one, "", "parents") for one in sets] == before


def test_the_sum_of_a_board_of_a_circle_steps_by_ward_too() -> None:
    wards = (WardReach(ward=PHU_XUAN, told=14, opened=9), WardReach(ward=KIM_LONG, told=1, opened=1))
    board = Board(wards=wards, rough=True)
    assert (board.told, board.opened) == (10, 0)
    assert (Board(wards=wards).told, Board(wards=wards).opened) == (15, 10)
