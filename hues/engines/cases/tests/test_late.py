"""What an agency does by itself, in whatever order: a case that was late stays late."""

import random
from datetime import timedelta

import pytest
from django.db import transaction

from hues.engines.cases import queries
from hues.engines.cases.models import Case
from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.workflow import Side, State, Verb, moves_open_to, shape_of
from hues.engines.cases.testing import MONDAY, a_case_in, split
from hues.engines.cases.tests.test_moves import attempts
from hues.kernel.agencies import testing as cast
from hues.kernel.errors import Refusal

pytestmark = pytest.mark.django_db
OURS = {Side.AGENCY}
# Each may end the story: not before there is one.
ENDING = {Verb.ANSWER, Verb.GIVE_BACK}
# All that agencies and the centre can do among themselves, but for what makes it another case: time that the centre
# grants openly, another class, the end of the story. To give the whole back starts the centre's own clock.
BETWEEN_OFFICES = {
    Verb.ASK_EXTENSION,
    Verb.TAKE,
    Verb.ANSWER,
    Verb.RETURN,
    Verb.SPLIT,
    Verb.JOIN,
    Verb.EDIT,
    Verb.ACCEPT,
    Verb.NOTE,
}


@pytest.mark.parametrize("seed", range(12))
def test_no_moves_of_an_agency_alone_make_a_late_case_on_time(seed: int) -> None:
    chance, minh = random.Random(seed), cast.minh()
    case = a_case_in(chance.choice([State.ASSIGNED, State.IN_PROGRESS]))
    row = Case.objects.get(pk=case.id)
    at, made = row.due_at + timedelta(minutes=1), 0
    for _ in range(40):
        row = Case.objects.get(pk=case.id)
        verbs = [verb for verb in moves_open_to(State(row.state), OURS) if made > 6 or verb not in ENDING]
        if not verbs or State(row.state) is State.RECEIVED:
            break
        at += timedelta(minutes=chance.randrange(1, 3 * 24 * 60))
        try:
            with transaction.atomic():
                attempts(at)[chance.choice(verbs)](case.id, minh, row.version)
        except Refusal:
            continue
        made += 1
        found = queries.ops_case(cast.operator(), case.number, at=at)
        assert found.clock.due_at == row.due_at
        # Given back it waits for the centre, on the centre's own clock; with the agency it stays late.
        if found.state is not State.RECEIVED:
            assert found.clock.standing in (Standing.LATE, Standing.OVERDUE)
            late = queries.ops_queue(cast.operator(), queries.CaseFilters(overdue=True), "", 5, at=at).rows
            assert [row.number for row in late] == ([] if found.state is State.ANSWERED else [case.number])
            assert queries.counts(cast.operator(), at=at).overdue == len(late)
    assert made > 6


@pytest.mark.parametrize("seed", range(4))
def test_a_case_that_is_late_stays_so_however_it_is_split_joined_and_worked_on(seed: int) -> None:
    chance, workers = random.Random(seed), [cast.minh(), cast.worker("ubnd-phu-xuan")]
    case = a_case_in(State.IN_PROGRESS)
    due = Case.objects.get(pk=case.id).due_at
    # Some are split long before they are late, some when it is too late already.
    at = chance.choice([MONDAY, due + timedelta(days=2)])
    split(case, at=at)
    at, made = max(at, due) + timedelta(minutes=1), set[Verb]()
    for _ in range(40):
        at += timedelta(minutes=chance.randrange(1, 24 * 60))
        row = chance.choice(
            [Case.objects.get(pk=case.id), *Case.objects.filter(parent=case.id).exclude(state="closed")]
        )
        shape = shape_of(parts=row.parts, parent_id=row.parent_id)
        sides, by = (OURS, chance.choice(workers)) if chance.random() < 0.8 else ({Side.IOC}, cast.operator())
        verbs = [v for v in moves_open_to(State(row.state), sides, shape) if v in BETWEEN_OFFICES]
        if verbs:
            verb = chance.choice(verbs)
            try:
                with transaction.atomic():
                    attempts(at)[verb](row.pk, by, row.version)
            except Refusal:
                continue
            made.add(verb)
        found = queries.ops_case(cast.operator(), case.number, at=at)
        assert found.clock.due_at == due
        assert found.clock.standing in (Standing.LATE, Standing.OVERDUE)
        assert all(part.due_at <= due for part in found.parts)
        late = queries.ops_queue(cast.operator(), queries.CaseFilters(overdue=True, whole=True), "", 5, at=at).rows
        assert [row.number for row in late] == ([] if found.state is State.ANSWERED else [case.number])
    assert len(made) > 3
