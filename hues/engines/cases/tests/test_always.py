"""Whatever anybody tries, in whatever order: no open case is without somebody who has it, a due time and a record."""

import random
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from hues.engines.cases.models import Case, Step
from hues.engines.cases.rules.workflow import AT_AGENCY, ENDED, MOVES, OPEN, Side, State, moves_open_to
from hues.engines.cases.testing import MONDAY, a_case
from hues.engines.cases.tests.test_moves import attempts
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks import queries as clocks
from hues.kernel.errors import Refusal
from hues.kernel.journal import queries as journal
from hues.kernel.people.asker import CITY

pytestmark = pytest.mark.django_db
TRIES = 400


@pytest.mark.parametrize("seed", range(6))
def test_no_open_case_is_ever_nobodys(seed: int) -> None:
    chance = random.Random(seed)
    people = [cast.lan(), cast.minh(), cast.worker("ubnd-phu-xuan"), cast.operator(), cast.eve(), CITY]
    case, at, done = a_case(), MONDAY, 0
    for _ in range(TRIES):
        at += timedelta(minutes=chance.randrange(600))
        row = Case.objects.get(pk=case.id)
        likely = moves_open_to(State(row.state), Side)
        verb = chance.choice(likely if chance.random() < 0.7 else sorted(MOVES))
        seen = row.version - chance.choice([0, 0, 0, 0, 1])
        try:
            with transaction.atomic():
                attempts(at)[verb](case.id, chance.choice(people), seen)
        except Refusal:
            pass
        else:
            done += 1
        stands(case.id)
    assert done > 10


def stands(case_id: UUID) -> None:
    """Check that a case is somebody's, has its times, and that everything is written down."""
    case = Case.objects.get(pk=case_id)
    state = State(case.state)
    assert case.due_at >= case.first_due_at > case.opened_at
    assert case.accept_due_at > case.opened_at
    if state in OPEN:
        assert (case.agency_id is not None) == (state in AT_AGENCY or state == State.ANSWERED)
        assert case.closed_at is None
    if state in ENDED:
        assert case.closed_at is not None
    if state in (State.RECEIVED, State.PUBLISHED) or (state in AT_AGENCY and case.warn_at > case.opened_at):
        assert state != State.RECEIVED or case.accepted_at is None
    steps = Step.objects.filter(case_id=case_id)
    assert steps.count() == case.version == len(list(journal.entries_about(case_id)))
    if state == State.WAITING:
        assert [timer.kind for timer in clocks.timers_of(case_id)][-1:] == ["cases.resume"]
