"""The wall says what came of the answers of the last weeks, in days by the calendar beside working days."""

from datetime import timedelta

import pytest
from django.test import Client

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import a_case_in
from hues.kernel.agencies import testing as cast
from hues.kit.clock import now
from hues.surfaces.desks.testing import text_of
from hues.surfaces.operations.wall import ANSWERS, BOARDS

pytestmark = pytest.mark.django_db


def cell(page: str, label: str) -> str:
    """Return what stands beside a label of the wall."""
    return page.split(f"<dt>{label}</dt>")[1].partition(">")[2].partition("<")[0].strip()


def test_the_wall_shows_what_the_rows_say(thao: Client) -> None:
    at = now() - timedelta(days=3)
    one, _two = (a_case_in(State.PUBLISHED, at=at) for _ in range(2))
    actions.rate(case_id=one.id, stars=1, fixed=False, by=cast.lan(), seen=one.version, at=now())
    BOARDS.forget()
    ANSWERS.forget()
    page = text_of(thao.get("/ops/wall/now/"))
    told = queries.answered_lately(cast.operator(), at=now())
    assert (told.answered, told.contested, told.confirmed, told.silent) == (2, 1, 0, 0)
    assert [cell(page, label) for label in ("Đã đăng", "Xác nhận đã xong", "Không đồng ý")] == ["2", "0", "1"]
    assert cell(page, "Số ngày theo lịch, trung bình") == str(told.days).replace(".", ",")
    assert cell(page, "Số ngày làm việc, trung bình") == str(told.working_days).replace(".", ",")


def test_where_nothing_was_answered_no_average_is_made_up(thao: Client) -> None:
    BOARDS.forget()
    ANSWERS.forget()
    page = text_of(thao.get("/en/ops/wall/now/"))
    assert cell(page, "Days by the calendar, on average") == "–"
    assert cell(page, "Published") == "0"
