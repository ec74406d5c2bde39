"""A report that an agency has already: passing it on again is called so, and waits quietly."""

import pytest

from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import a_case_in
from hues.kernel.agencies import testing as cast
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db


def test_what_an_agency_has_already_is_not_offered_as_if_it_had_just_come_in() -> None:
    browser = at_desk(cast.operator())
    new, there = a_case_in(State.RECEIVED), a_case_in(State.ASSIGNED)
    page = text_of(browser.get(f"/ops/{new.number}/"))
    assert '<details class="move primary" name="move" id="do-accept" open>' in page
    page = text_of(browser.get(f"/ops/{there.number}/"))
    assert '<details class="move secondary" name="move" id="do-accept">' in page
    assert "Chuyển cho cơ quan khác" in page
    assert "Tiếp nhận và chuyển xử lý" not in page[page.index('id="moves"') : page.index("</aside>")]
