"""What is nobody's fault has no colour of alarm on the wall."""

import pytest
from django.test import Client

from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import a_case_in
from hues.surfaces.desks.testing import text_of
from hues.surfaces.operations.wall import BOARDS

pytestmark = pytest.mark.django_db


def test_nothing_late_is_no_alarm_and_something_late_is_one(thao: Client) -> None:
    BOARDS.forget()
    assert 'class="figure bad"' not in text_of(thao.get("/ops/wall/now/"))
    a_case_in(State.RECEIVED)
    BOARDS.forget()
    assert 'class="figure bad"' in text_of(thao.get("/ops/wall/now/"))
