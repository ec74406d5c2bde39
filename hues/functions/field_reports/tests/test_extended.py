"""An answer within more time that was granted: neither on time nor late, on its reporter's pages as in the figures."""

from datetime import timedelta

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.queries import MyCase
from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import a_case_in
from hues.engines.cases.tests.ending import answered, done
from hues.functions.field_reports.tests.lettering import at_desk
from hues.kernel.agencies import testing as cast
from hues.kit import clock

pytestmark = pytest.mark.django_db
CHIPS = {"on_time": "Đúng hạn", "extended": "Trong thời gian gia hạn", "late": "Xong trễ hạn"}


def mine(number: str) -> MyCase:
    return queries.my_case(cast.lan(), number, at=clock.now())


@pytest.mark.parametrize("address", ["/f/field_reports/{}/", "/f/field_reports/mine/"])
@pytest.mark.parametrize(("days", "kept"), [(-1, "on_time"), (5, "extended"), (30, "late")])
def test_the_reporter_reads_how_the_time_was_kept(address: str, days: int, kept: str) -> None:
    opened = clock.now() - timedelta(days=90)
    case = a_case_in(State.IN_PROGRESS, at=opened)
    due = mine(case.number).clock.due_at
    until = due + timedelta(days=10)
    asked = done(actions.ask_extension, case, cast.minh(), opened, until=until, reason="Chờ vật tư.")
    given = done(actions.decide_extension, asked, cast.operator(), opened, granted=True)
    answered(given, due + timedelta(days=days))
    assert mine(case.number).clock.standing == Standing(kept)
    page = at_desk(cast.lan()).get(address.format(case.number)).content.decode()
    assert [words for words in CHIPS.values() if f"{words}</span>" in page] == [CHIPS[kept]]
