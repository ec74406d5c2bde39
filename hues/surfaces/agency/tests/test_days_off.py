"""More time until a day on which the city does not work."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest

from hues.engines.cases import queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import a_case_in
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks.queries import calendar
from hues.kit.clock import now
from hues.surfaces.desks.testing import at_desk, seen_on, text_of

pytestmark = pytest.mark.django_db


def test_a_sunday_becomes_monday_and_the_field_and_the_history_say_so() -> None:
    case, minh = a_case_in(State.IN_PROGRESS, at=now()), at_desk(cast.minh())
    hours, due = calendar(), queries.ops_case(cast.operator(), case.number, at=now()).clock.due_at
    sunday = next(
        day for n in range(1, 15) if (day := due.astimezone(hours.zone).date() + timedelta(days=n)).weekday() == 6
    )
    counts = next(day for n in range(1, 15) if hours.works_on(day := sunday + timedelta(days=n)))
    page = text_of(minh.get(f"/desk/{case.number}/"))
    told = re.search(r'data-falls="([^"]+)"', page)
    assert told
    falls = json.loads(unescape(told[1]))
    assert f"{counts:%d/%m/%Y}" in falls[sunday.isoformat()]
    assert counts.isoformat() not in falls
    sent = {"seen": seen_on(page), "until": sunday.isoformat(), "text": "Chờ vật tư."}
    assert minh.post(f"/desk/{case.number}/extend/", sent).status_code == 303
    after = text_of(minh.get(f"/desk/{case.number}/"))
    asked = queries.ops_case(cast.operator(), case.number, at=now()).clock.extension_asked_until
    assert asked
    assert asked.astimezone(hours.zone).date() == counts
    assert f"Ngày đã chọn là Chủ Nhật, {sunday:%d/%m/%Y}" in after


def test_a_day_on_which_the_city_works_is_told_as_it_is() -> None:
    case, minh = a_case_in(State.IN_PROGRESS, at=now()), at_desk(cast.minh())
    hours, due = calendar(), queries.ops_case(cast.operator(), case.number, at=now()).clock.due_at
    day = next(
        day for n in range(1, 15) if hours.works_on(day := due.astimezone(hours.zone).date() + timedelta(days=n))
    )
    page = text_of(minh.get(f"/desk/{case.number}/"))
    sent = {"seen": seen_on(page), "until": day.isoformat(), "text": "Chờ vật tư."}
    assert minh.post(f"/desk/{case.number}/extend/", sent).status_code == 303
    assert "Ngày đã chọn" not in text_of(minh.get(f"/desk/{case.number}/"))
