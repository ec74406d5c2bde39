"""A case that is reopened keeps what its earlier rounds came to: how late they were, and what they promised."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case
from hues.engines.cases.queries import CaseFilters, PromiseTally
from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.promises import Kept
from hues.engines.cases.rules.rounds import VERDICTS
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case_in
from hues.engines.cases.tests.ending import answered, done
from hues.kernel.agencies import testing as cast
from hues.kernel.media.testing import a_photo

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PROMISED = (MONDAY + 3 * DAY).date()
PICTURES = count(700)


def published(case: Known, at: datetime = MONDAY, **given: Any) -> Known:
    return done(actions.publish, answered(case, at, **given), cast.operator(), at)


def again(case: Known, at: datetime = MONDAY) -> Known:
    """Reopen a case and have its agency begin anew."""
    reopened = done(actions.reopen, case, cast.lan(), at, text="Chưa xong đâu, đèn vẫn còn tắt.")
    return done(actions.take, reopened, cast.minh(), at)


def proof(at: datetime = MONDAY) -> list[UUID]:
    return [a_photo(by=cast.minh().person_id, at=at, seed=next(PICTURES)).id]


def due_of(case: Known) -> datetime:
    return Case.objects.get(pk=case.id).due_at


def standing(case: Known, at: datetime) -> Standing:
    return queries.public_case(case.number, at=at).clock.standing


def counts() -> dict[Standing, int]:
    (tally,) = queries.public_figures("ward")
    return {kept: getattr(tally, kept.value) for kept in VERDICTS}


@pytest.mark.parametrize(
    ("first", "second", "worst"),
    [(-1, -1, Standing.ON_TIME), (-1, 1, Standing.LATE), (1, -1, Standing.LATE), (1, 1, Standing.LATE)],
)
def test_the_worst_of_all_rounds_counts(first: int, second: int, worst: Standing) -> None:
    case = a_case_in(State.IN_PROGRESS)
    for days in (first, second, 0):
        at = due_of(case) + days * DAY
        case = published(case, at)
        kept, tallied = standing(case, at), counts()
        lists = {kept: queries.public_cases(CaseFilters(kept=kept.value), at=at).rows for kept in VERDICTS}
        case = again(case, at)
        assert sum(counts().values()) == 0  # while it is open again it is not answered
    assert kept == worst
    assert tallied == {verdict: int(verdict == worst) for verdict in VERDICTS}
    assert {verdict: [row.standing for row in rows] for verdict, rows in lists.items()} == {
        verdict: [worst] if verdict == worst else [] for verdict in VERDICTS
    }


def test_an_extension_of_an_earlier_round_is_not_forgotten() -> None:
    case = a_case_in(State.IN_PROGRESS)
    due = due_of(case)
    case = done(actions.ask_extension, case, cast.minh(), until=due + 10 * DAY, reason="Chờ vật tư.")
    case = done(actions.decide_extension, case, cast.operator(), granted=True)
    case = published(case, due + DAY)
    case = published(again(case, due + DAY), due + DAY)
    assert standing(case, due + DAY) == Standing.EXTENDED
    assert counts() == {Standing.ON_TIME: 0, Standing.EXTENDED: 1, Standing.LATE: 0}


def test_whoever_is_refused_after_a_reopening_has_ten_days_from_the_refusal() -> None:
    case, at = published(a_case_in(State.IN_PROGRESS)), MONDAY + 9 * DAY
    case = again(case, at)
    done(actions.give_back, case, cast.minh(), at, reason="Không phải việc của chúng tôi.")
    done(actions.refuse, case, cast.operator(), at + DAY, outcome="out_of_scope", text="Không thuộc thành phố.")
    last = at + 11 * DAY
    assert queries.my_case(cast.lan(), case.number, at=last).reopen_until == last
    done(actions.reopen, case, cast.lan(), last, text="Vẫn là đường của thành phố.")
    assert Case.objects.get(pk=case.id).state == State.RECEIVED


def a_promise(on: date = PROMISED) -> Known:
    return published(a_case_in(State.IN_PROGRESS), outcome="promised", promise_on=on, proof=proof())


def register(at: datetime) -> PromiseTally:
    """Return the tally of the only agency that promised anything; its rows are as many as it says."""
    (tally,) = queries.promise_tallies(at=at)
    for kept in Kept:
        rows = queries.promises(agency_id=tally.agency_id, standing=kept, at=at).rows
        assert [row.standing for row in rows] == [kept] * getattr(tally, kept.value)
    return tally


def test_a_broken_promise_stays_in_the_register_after_its_case_was_reopened() -> None:
    case, at = a_promise(), MONDAY + 5 * DAY
    assert (register(at).broken, register(at).total) == (1, 1)
    case = again(case, at)
    assert (register(at).broken, register(at).total) == (1, 1)
    (row,) = queries.promises(at=at).rows
    assert (row.number, row.promise_on, row.agency) == (case.number, PROMISED, register(at).agency)
    # Mended after all: the promise was kept late, and no more than that.
    published(case, at, outcome="fixed", proof=proof(at))
    assert (register(at).late, register(at).total) == (1, 1)


def test_an_open_promise_is_kept_by_the_next_answer_or_broken_on_its_day() -> None:
    early = MONDAY + DAY
    mended, left = again(a_promise(), early), again(a_promise(), early)
    assert register(early).open == 2
    published(mended, early, outcome="fixed", proof=proof(early))
    published(left, early)  # "not ours" mends nothing
    later = MONDAY + 5 * DAY
    assert (register(later).kept, register(later).broken, register(later).total) == (1, 1, 2)


def test_proof_that_nobody_had_looked_at_proves_nothing_once_the_case_is_reopened() -> None:
    at, later = MONDAY + 2 * DAY, MONDAY + 5 * DAY
    case = done(actions.keep_promise, a_promise(), cast.minh(), at, text="Đã làm xong.", proof=proof(at))
    again(case, at)
    assert (register(later).broken, register(later).total) == (1, 1)


def test_a_second_promise_that_is_kept_makes_the_first_one_good_too_late() -> None:
    at, then = MONDAY + 5 * DAY, MONDAY + 9 * DAY
    case = again(a_promise(), at)
    case = published(case, at, outcome="promised", promise_on=then.date(), proof=proof(at))
    assert (register(at).broken, register(at).open) == (1, 1)
    case = done(actions.keep_promise, case, cast.minh(), then, text="Đã làm xong.", proof=proof(then))
    done(actions.check_promise, case, cast.operator(), then, granted=True)
    assert (register(then).late, register(then).kept, register(then).total) == (1, 1, 2)


def test_the_register_is_paged_over_old_and_new_promises_without_a_gap() -> None:
    at = MONDAY + DAY
    cases = [a_promise(PROMISED + timedelta(days=n // 2)) for n in range(5)]
    for case in cases[:3]:
        again(case, at)
    numbers, after = list[str](), ""
    while True:
        page = queries.promises(limit=2, after=after, at=at)
        numbers += [row.number for row in page.rows]
        if page.next is None:
            break
        after = page.next
    assert sorted(numbers) == sorted(case.number for case in cases)


def test_a_promise_of_a_sealed_case_is_in_no_register() -> None:
    case = again(a_promise())
    words, authority = "Chuyển Thanh tra thành phố theo luật.", "Thanh tra thành phố"
    done(actions.seal_case, case, cast.operator(), outcome="complaint", text=words, passed_to=authority)
    assert queries.promise_tallies(at=MONDAY) == ()
    assert queries.promises(at=MONDAY).rows == ()
