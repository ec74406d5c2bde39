"""What needs a look is marked in the queue with why, and does not go on among many."""

import re

import pytest

from hues.engines.cases import queries
from hues.engines.cases.testing import MONDAY, WORDS, a_case
from hues.kernel.agencies import testing as cast
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db
WHY = "Có từ ngữ mà thành phố cần xem lại"


def agency_of(number: str) -> object:
    return queries.ops_case(cast.operator(), number, at=MONDAY).agency_id


def test_the_queue_and_the_page_say_why_a_report_needs_a_look() -> None:
    plain, sworn = a_case(), a_case(text=f"{WORDS} Đồ ngu!")
    operator = at_desk(cast.operator())
    listed = text_of(operator.get("/ops/?tab=look"))
    assert sworn.number in listed
    assert plain.number not in listed
    assert WHY in listed
    assert re.search(r'tab=look"[^>]*>Cần xem kỹ <span class="count quiet">1</span>', listed)
    assert WHY in text_of(operator.get(f"/ops/{sworn.number}/"))
    assert 'id="look"' not in text_of(operator.get(f"/ops/{plain.number}/"))


def test_of_many_accepted_together_those_that_need_a_look_stay_and_an_emergency_goes_on() -> None:
    plain, sworn = a_case(), a_case(text=f"{WORDS} Đồ ngu!")
    urgent = next(card for card in queries.categories() if card.emergency)
    danger = a_case(category=urgent.code, text=f"{WORDS} Đồ ngu!")
    picks = [f"{case.number}.1" for case in (plain, sworn, danger)]
    done = at_desk(cast.operator()).post("/ops/together/accept/", {"pick": picks, "sure": "1", "seen": "0"})
    assert "Cần được xem riêng trước khi chuyển tiếp." in text_of(done)
    assert agency_of(plain.number)
    assert agency_of(danger.number)
    assert agency_of(sworn.number) is None
