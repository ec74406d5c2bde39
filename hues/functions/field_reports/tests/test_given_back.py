"""A report whose agency was late and gave it back: its reporter is told that it is late, and since when."""

from datetime import timedelta

import pytest
from django.test import Client

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import a_case_in
from hues.functions.field_reports.tests.lettering import at_desk
from hues.kernel.agencies import testing as cast
from hues.kit import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/f/field_reports/{}/", "/f/field_reports/mine/"])
def test_the_page_and_the_list_of_its_reporter_say_that_it_is_late(address: str) -> None:
    now = clock.now()
    case = a_case_in(State.IN_PROGRESS, at=now - timedelta(days=60))
    reason = "Không thuộc trách nhiệm của phòng."
    actions.give_back(case_id=case.id, reason=reason, by=cast.minh(), seen=case.version, at=now)
    assert queries.my_case(cast.lan(), case.number, at=now).clock.accept_due_at > now
    browser: Client = at_desk(cast.lan())
    page = browser.get(address.format(case.number)).content.decode()
    assert case.number in page
    assert "quá hạn" in page
    assert "còn " not in page
