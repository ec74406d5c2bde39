"""The duty leader changes how fast the city answers, through the door of the centre."""

import pytest

from hues.engines.cases import queries
from hues.engines.cases.testing import POTHOLE, the_city
from hues.kernel.agencies import testing as cast
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db
TIME, CATEGORY = "/ops/categories/times/normal/", f"/ops/categories/{POTHOLE}/"


def test_the_class_of_a_category_is_changed_on_its_page() -> None:
    the_city()
    leader = at_desk(cast.duty_leader())
    assert CATEGORY in text_of(leader.get("/ops/categories/"))
    assert leader.post(CATEGORY, {"service_class": "urgent"}).status_code == 302
    card = queries.category(POTHOLE)
    assert card is not None
    assert card.service_class == "urgent"
    assert "nhật ký" in text_of(leader.get("/ops/categories/"))


def test_the_time_of_a_class_is_changed_and_what_is_none_is_told() -> None:
    the_city()
    leader = at_desk(cast.duty_leader())
    refused = leader.post(TIME, {"hours": "2", "days": "3"})
    assert refused.status_code == 422
    assert "Hãy ghi số giờ hoặc số ngày làm việc" in text_of(refused)
    assert leader.post(TIME, {"days": "5"}).status_code == 302
    assert queries.deadlines().answers["normal"].days == 5
    assert "5 ngày làm việc" in text_of(leader.get("/ops/categories/"))


def test_operators_read_the_times_and_change_none() -> None:
    the_city()
    operator = at_desk(cast.operator())
    page = text_of(operator.get("/ops/categories/"))
    assert "7 ngày làm việc" in page
    assert CATEGORY not in page
    assert operator.get(CATEGORY).status_code == 403
    assert operator.post(TIME, {"days": "1"}).status_code == 403
