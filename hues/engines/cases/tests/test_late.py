"""What an agency does by itself, in whatever order: a case that was late stays late."""

import random
from datetime import timedelta

import pytest
from django.db import transaction

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case
from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.workflow import Side, State, Verb, moves_open_to, shape_of
from hues.engines.cases.testing import MONDAY, a_case, a_case_in, split
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
        assert found.clock.standing in (Standing.LATE, Standing.OVERDUE)
        for late_ones in ({"overdue": True}, {"answer_late": True}):
            late = queries.ops_queue(cast.operator(), queries.CaseFilters(**late_ones), "", 5, at=at).rows  # type: ignore[arg-type]
            assert [row.number for row in late] == ([] if found.state is State.ANSWERED else [case.number])
        counted = queries.counts(cast.operator(), at=at)
        assert (counted.overdue, counted.answers_late) == (len(late), len(late))
    assert made > 6


def test_a_late_case_that_is_given_back_is_late_for_its_reporter_and_in_every_list() -> None:
    case, lan, operator = a_case_in(State.IN_PROGRESS), cast.lan(), cast.operator()
    due = Case.objects.get(pk=case.id).due_at
    late = due + timedelta(days=1)
    actions.give_back(case_id=case.id, reason="Không phải của chúng tôi.", by=cast.minh(), seen=case.version, at=late)
    clock = queries.my_case(lan, case.number, at=late).clock
    assert clock.accept_due_at > late
    assert (clock.standing, clock.due_now) == (Standing.OVERDUE, due)
    (mine,) = queries.my_cases(lan, at=late).rows
    assert (mine.standing, mine.due_now) == (Standing.OVERDUE, due)
    counted = queries.counts(operator, at=late)
    assert (counted.overdue, counted.answers_late, counted.unaccepted) == (1, 1, 0)


def test_a_case_given_back_in_time_is_late_once_its_answer_is() -> None:
    case, operator = a_case_in(State.IN_PROGRESS), cast.operator()
    due = Case.objects.get(pk=case.id).due_at
    just = due - timedelta(minutes=1)
    actions.give_back(case_id=case.id, reason="Không phải của chúng tôi.", by=cast.minh(), seen=case.version, at=just)
    stands = [
        queries.ops_case(operator, case.number, at=at).clock.standing for at in (just, due, due + timedelta(seconds=1))
    ]
    assert stands == [Standing.RUNNING, Standing.RUNNING, Standing.OVERDUE]


def test_what_the_centre_has_not_accepted_stands_by_the_clock_of_the_centre_alone() -> None:
    case, operator = a_case(category="power-danger"), cast.operator()
    row = Case.objects.get(pk=case.id)
    clock = queries.ops_case(operator, case.number, at=row.accept_due_at).clock
    assert (clock.standing, clock.due_now) == (Standing.RUNNING, row.accept_due_at)
    long_after = row.due_at + timedelta(days=30)
    counted = queries.counts(operator, at=long_after)
    assert (counted.overdue, counted.unaccepted, counted.answers_late) == (1, 1, 0)


def test_a_part_that_is_given_back_too_late_leaves_its_whole_counted_once() -> None:
    case, operator = split(a_case()), cast.operator()
    row = Case.objects.filter(parent=case.id).order_by("number")[0]
    at = Case.objects.get(pk=case.id).due_at + timedelta(days=1)
    actions.give_back(case_id=row.pk, reason="Không phải phần của chúng tôi.", by=cast.minh(), seen=row.version, at=at)
    late = queries.ops_queue(operator, queries.CaseFilters(answer_late=True, whole=True), at=at).rows
    assert [found.number for found in late] == [case.number]
    assert queries.counts(operator, at=at).answers_late == 1
    (part, _other) = queries.ops_case(operator, case.number, at=at).parts
    assert (part.standing, part.due_now) == (Standing.OVERDUE, row.due_at)


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
