"""Whatever anybody tries, in whatever order: no open case is without somebody who has it, a due time and a record."""

import random
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from hues.engines.cases.models import Case, Step
from hues.engines.cases.rules.workflow import (
    AT_AGENCY,
    ENDED,
    MOVES,
    OPEN,
    Shape,
    Side,
    State,
    Verb,
    moves_open_to,
    shape_of,
)
from hues.engines.cases.testing import MONDAY, a_case, split
from hues.engines.cases.tests.test_moves import attempts
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks import queries as clocks
from hues.kernel.errors import Refusal
from hues.kernel.journal import queries as journal
from hues.kernel.people.asker import CITY

pytestmark = pytest.mark.django_db
TRIES = 2 * 300
# Nobody does these: they follow from what is done to the parts of a case, or to the case they are parts of.
FOLLOW = {Verb.GATHER, Verb.AWAIT, Verb.CALL_OFF, Verb.END, Verb.SUCCEED}


@pytest.mark.parametrize("seed", range(6))
def test_no_open_case_is_ever_nobodys(seed: int) -> None:
    chance = random.Random(seed)
    people = [cast.lan(), cast.minh(), cast.worker("ubnd-phu-xuan"), cast.operator(), cast.eve(), CITY]
    case, at, done = a_case(), MONDAY, 0
    if seed % 2:
        split(case)
    for _ in range(TRIES):
        at += timedelta(minutes=chance.randrange(600))
        whole, parts = Case.every.get(pk=case.id), Case.every.filter(parent=case.id).exclude(state=State.CLOSED)
        row = chance.choice([whole, *parts])
        likely = moves_open_to(State(row.state), Side, shape_of(parts=row.parts, parent_id=row.parent_id))
        verb = chance.choice(likely if likely and chance.random() < 0.7 else sorted(MOVES))
        if verb in FOLLOW:
            continue
        seen = row.version - chance.choice([0, 0, 0, 0, 1])
        try:
            with transaction.atomic():
                attempts(at)[verb](row.pk, chance.choice(people), seen)
        except Refusal:
            pass
        else:
            done += 1
            hangs_together(case.id)
    assert done > 10
    assert not seed % 2 or Step.objects.filter(case_id=case.id, verb__in=[Verb.GATHER, Verb.JOIN]).exists()


def hangs_together(case_id: UUID) -> None:
    """Check a case and its parts, each by itself and how they go together."""
    stands(case_id)
    whole = Case.every.get(pk=case_id)
    parts = list(Case.every.filter(parent=case_id))
    for part in parts:
        stands(part.pk)
        assert part.published_at is None
        assert part.due_at <= (part.latest_due_at or part.due_at)
    standing = [State(part.state) for part in parts if part.state not in (State.CLOSED, State.SEALED)]
    if whole.state == State.SPLIT:
        assert len(standing) == whole.parts
        assert any(state != State.ANSWERED for state in standing)
    elif whole.state == State.ANSWERED and whole.parts:
        assert standing == [State.ANSWERED] * whole.parts
    else:
        assert standing == []


def stands(case_id: UUID) -> None:
    """Check that a case is somebody's, has its times, and that everything is written down."""
    case = Case.every.get(pk=case_id)
    state, shape = State(case.state), shape_of(parts=case.parts, parent_id=case.parent_id)
    assert case.due_at >= case.first_due_at > case.opened_at
    assert case.accept_due_at > case.opened_at
    if state in OPEN:
        of_one = shape != Shape.SPLIT
        assert (case.agency_id is not None) == (of_one and state in AT_AGENCY | {State.ANSWERED})
        assert case.closed_at is None
    if state in ENDED:
        assert case.closed_at is not None
    if state in (State.RECEIVED, State.PUBLISHED) or (state in AT_AGENCY and case.warn_at > case.opened_at):
        assert state != State.RECEIVED or case.accepted_at is None
    steps = Step.objects.filter(case_id=case_id)
    assert steps.count() == case.version == len(list(journal.entries_about(case_id)))
    if state == State.WAITING:
        assert [timer.kind for timer in clocks.timers_of(case_id)][-1:] == ["cases.resume"]
