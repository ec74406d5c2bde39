"""The count by which a browser says what it has seen may be of any length: what is none removes nothing."""

import pytest

from hues.engines.cases.testing import MONDAY, the_city
from hues.functions.field_reports import actions
from hues.functions.field_reports.queries import keywords
from hues.kernel.agencies import testing as cast
from hues.surfaces.desks.testing import at_desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seen", ["9" * 5000, "²", "-1", ""])
def test_a_keyword_stays(seen: str) -> None:
    the_city()
    actions.add_keyword(words="ổ voi", category="roads-pothole", order=None, by=cast.duty_leader(), at=MONDAY)
    (known,) = keywords()
    answer = at_desk(cast.duty_leader()).post(f"/ops/field_reports/keywords/{known.id}/remove/", {"seen": seen})
    assert answer.status_code == 303
    assert keywords() == (known,)
