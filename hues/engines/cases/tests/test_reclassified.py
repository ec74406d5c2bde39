"""Another class, once the clock runs: more time is an extension with a reason, and never a new promise."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.actions.moving import Moved
from hues.engines.cases.models import Case
from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case_in
from hues.engines.cases.tests.ending import answered, done, now
from hues.kernel.agencies import testing as cast
from hues.kernel.errors import Invalid

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = "Phải chờ khảo sát nền đường."
SLOWER: dict[str, Any] = {"service_class": "complex", "plan_days": 30}


def rerouted(case: Known, at: datetime = MONDAY, **given: Any) -> Moved:
    asked: dict[str, Any] = {
        "case_id": case.id,
        "agency_id": cast.an_agency().id,
        "by": cast.operator(),
        "seen": now(case).version,
    }
    return actions.accept_and_route(**(asked | given), at=at)


def answered_again(case: Known, at: datetime) -> Standing:
    """Have the agency take and answer a case, and return how it stands then."""
    answered(done(actions.take, case, cast.minh(), at), at)
    return queries.ops_case(cast.operator(), case.number, at=at).clock.standing


@pytest.mark.parametrize("days", [-1, 1])
def test_more_time_by_another_class_needs_a_reason_and_counts_as_an_extension(days: int) -> None:
    case = a_case_in(State.IN_PROGRESS)
    before = Case.objects.get(pk=case.id)
    at = before.due_at + days * DAY
    with pytest.raises(Invalid) as refused:
        rerouted(case, at, **SLOWER, note=" ")
    assert set(refused.value.fields) == {"note"}
    assert Case.objects.get(pk=case.id).due_at == before.due_at
    rerouted(case, at, **SLOWER, note=WHY)
    after = Case.objects.get(pk=case.id)
    assert (after.first_due_at, after.service_class) == (before.first_due_at, before.service_class)
    assert after.extended_until == after.due_at > before.due_at + 20 * DAY
    assert answered_again(case, before.due_at + 5 * DAY) == Standing.EXTENDED


def test_an_extension_that_was_granted_hides_no_slower_class() -> None:
    case, minh = a_case_in(State.IN_PROGRESS), cast.minh()
    before = Case.objects.get(pk=case.id)
    until = before.due_at + 40 * DAY
    asked = done(actions.ask_extension, case, minh, until=until, reason="Chờ vật tư.")
    granted = done(actions.decide_extension, asked, cast.operator(), granted=True)
    rerouted(granted, service_class="complex", note=WHY)
    after = Case.objects.get(pk=case.id)
    assert (after.first_due_at, after.due_at) == (before.first_due_at, until)
    assert answered_again(case, before.due_at + DAY) == Standing.EXTENDED


def test_a_faster_class_holds_at_once_and_one_before_the_clock_runs_needs_no_reason() -> None:
    slow, late = a_case_in(State.RECEIVED), a_case_in(State.IN_PROGRESS)
    rerouted(slow, **SLOWER)
    row = Case.objects.get(pk=slow.id)
    assert (row.service_class, row.plan_days, row.extended_until) == ("complex", 30, None)
    due = Case.objects.get(pk=late.id).due_at
    rerouted(late, service_class="urgent")
    row = Case.objects.get(pk=late.id)
    assert (row.service_class, row.extended_until) == ("urgent", None)
    assert row.first_due_at == row.due_at < due
