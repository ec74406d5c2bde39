"""An agency ends with forty cases in flight: all of them go on with their clocks, and old figures stay as they are."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from hues.engines.cases import actions, queries
from hues.engines.cases.actions import moving, succeeding
from hues.engines.cases.models import Case, Step
from hues.engines.cases.queries import CaseFilters, tables, weekly
from hues.engines.cases.rules.workflow import State, Verb
from hues.engines.cases.testing import (
    MONDAY,
    Known,
    a_case,
    a_case_in,
    a_proof,
    answered_part,
    part,
    routed,
    split,
)
from hues.engines.cases.tests.ending import (
    LONG_AFTER,
    NEW,
    OFFICE,
    OTHER,
    PICTURES,
    TUESDAY,
    answered,
    card,
    done,
    ends,
    now,
    promised,
)
from hues.kernel.agencies import queries as known
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.actions import changing
from hues.kernel.agencies.checking import Share, Wanted
from hues.kernel.clocks.queries import timers_of
from hues.kernel.clocks.testing import let_it_be
from hues.kernel.delivery import queries as delivery
from hues.kernel.errors import NotFound, Stale
from hues.kernel.journal.testing import drain
from hues.kernel.media.testing import a_photo

pytestmark = pytest.mark.django_db
CLOCK = (
    *(
        "state",
        "due_at",
        "first_due_at",
        "warn_at",
        "accept_due_at",
        "started_at",
        "accepted_at",
        "paused_at",
        "credit",
    ),
    *("extension_asked_until", "extended_until", "answered_at", "published_at", "promise_on", "assigned_to"),
    *("returned", "reopened", "parts", "parent_id", "latest_due_at", "outcome", "plan_days", "category"),
)


def parts_of_split_cases() -> list[Known]:
    """Return parts in flight at the office: of a case of which nobody, one agency or all have answered."""
    whole = split(a_case())
    half = split(a_case())
    answered_part(half, 1, OFFICE, text="Đã vá ổ gà.")
    all_of_it = split(a_case())
    answered_part(all_of_it, 1, OFFICE, text="Đã vá ổ gà.")
    answered_part(all_of_it, 2, OTHER, text="Đã cắt cành.")
    return [part(whole, 1), part(half, 1), part(all_of_it, 1)]


def late_or_doubted() -> list[Known]:
    """Return cases of the office that were late when it did something, are late, or answered by a photo in doubt."""
    minh, lan = cast.minh(), cast.lan()
    late_pause = a_case_in(State.IN_PROGRESS)
    done(actions.ask_citizen, late_pause, minh, MONDAY + timedelta(days=20), question="Ở đâu?")
    late_answer = a_case_in(State.IN_PROGRESS)
    answered(late_answer, MONDAY + timedelta(days=20))
    lost = a_case_in(State.IN_PROGRESS, at=MONDAY - timedelta(days=30))
    seed = next(PICTURES)
    doubted = a_case_in(State.IN_PROGRESS, photos=(a_photo(by=lan.person_id, at=MONDAY, seed=seed).id,))
    same = a_photo(by=minh.person_id, at=MONDAY, seed=seed).id
    answered(doubted, proof=[same], despite="Ảnh cũ, nhưng đúng chỗ này.")
    return [late_pause, late_answer, lost, doubted]


def kinds() -> list[Known]:
    """Return one case of each kind of standing, all of them in flight at the office."""
    minh, operator, lan = cast.minh(), cast.operator(), cast.lan()
    found = [a_case_in(state) for state in (State.ASSIGNED, State.IN_PROGRESS, State.WAITING, State.ANSWERED)]
    asked = a_case_in(State.IN_PROGRESS)
    done(actions.ask_extension, asked, minh, until=MONDAY + timedelta(days=20), reason="Chờ vật tư.")
    extended = a_case_in(State.IN_PROGRESS)
    done(actions.ask_extension, extended, minh, until=MONDAY + timedelta(days=40), reason="Chờ vật tư.")
    done(actions.decide_extension, extended, operator, granted=True)
    returned = a_case_in(State.ANSWERED)
    done(actions.return_answer, returned, operator, reason="Thiếu ảnh.")
    replied = a_case_in(State.WAITING)
    done(actions.reply, replied, lan, TUESDAY, text="Số 12.")
    given_back = routed(a_case())
    done(actions.give_back, given_back, minh, reason="Không phải chúng tôi.")
    done(actions.accept_and_route, given_back, operator, agency_id=cast.an_agency().id)
    joined = split(a_case())
    done(actions.join, joined, operator, agency_id=cast.an_agency().id)
    again = a_case_in(State.PUBLISHED)
    done(actions.reopen, again, lan, TUESDAY, text="Vẫn còn nguyên như trước, chưa ai sửa.")
    held = routed(a_case())
    done(actions.assign, held, cast.head(), to=minh.person_id)
    urgent = routed(a_case(category="lights-out"))
    found += [asked, extended, returned, replied, given_back, joined, again, held, urgent, promised()]
    return [*found, *parts_of_split_cases(), *late_or_doubted()]


def facts(case: Known) -> dict[str, Any]:
    return dict(Case.objects.values(*CLOCK).get(pk=case.id))


def clocks(case: Known) -> list[tuple[str, datetime]]:
    return [(timer.kind, timer.due_at) for timer in timers_of(case.id)]


def standings(numbers: list[str]) -> dict[str, Any]:
    return {number: queries.ops_case(cast.operator(), number, at=LONG_AFTER).clock.standing for number in numbers}


def test_more_than_forty_cases_in_flight_go_on_with_the_heir_and_no_clock_moves() -> None:
    flying = [*kinds(), *kinds()]
    assert len(flying) == 42
    assert len({facts(case)["state"] for case in flying}) >= 5
    past = [a_case_in(State.PUBLISHED), a_case_in(State.CLOSED), a_case_in(State.REFUSED), a_case_in(State.RECEIVED)]
    numbers = [case.number for case in (*flying, *past)]
    before = [(facts(case), clocks(case), now(case).version) for case in flying]
    untouched = [(facts(case), now(case).version, Case.objects.get(pk=case.id).agency_id) for case in past]
    standing, figures = standings(numbers), queries.public_figures("agency")
    report = ends(OFFICE)
    assert report.counts["cases"] == 42
    heir = card(NEW).id
    assert [(facts(case), clocks(case), now(case).version - 1) for case in flying] == before
    assert [(facts(c), now(c).version, Case.objects.get(pk=c.id).agency_id) for c in past] == untouched
    assert standings(numbers) == standing
    assert {Case.objects.get(pk=case.id).agency_id for case in flying} == {heir}
    steps = Step.objects.filter(verb=Verb.SUCCEED)
    assert (steps.count(), set(steps.values_list("agency_id", flat=True))) == (42, {heir})
    # What is public was answered by the old one, and stays its own to the last number.
    assert queries.public_figures("agency") == figures
    open_ones = Case.objects.filter(agency_id=card(OFFICE).id).exclude(state__in=["published", "closed"])
    assert not open_ones.exists()
    assert changing.plan(
        wanted=Wanted(ends=(OFFICE,), shares=(Share(code=NEW),), on=LONG_AFTER.date()), at=LONG_AFTER
    ).already
    assert Step.objects.filter(verb=Verb.SUCCEED).count() == 42


def test_nothing_is_moved_if_it_breaks_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    flying = [a_case_in(State.IN_PROGRESS) for _ in range(3)]
    moved, made = moving.move, Counter[str]()

    def breaks(*args: Any, **given: Any) -> Any:
        made["moves"] += 1
        if made["moves"] == 2:
            raise OSError("the power is gone")
        return moved(*args, **given)

    monkeypatch.setattr(succeeding, "move", breaks)
    with pytest.raises(OSError, match="power"), transaction.atomic():
        ends(OFFICE)
    assert card(OFFICE).is_active
    assert known.agency_by_code(NEW) is None
    assert {Case.objects.get(pk=case.id).agency_id for case in flying} == {card(OFFICE).id}
    assert not Step.objects.filter(verb=Verb.SUCCEED).exists()
    monkeypatch.undo()
    assert ends(OFFICE).counts["cases"] == 3


def test_what_was_late_or_answered_by_then_counts_for_the_old_one_and_the_rest_for_the_heir() -> None:
    minh = cast.minh()
    late, in_time = a_case_in(State.IN_PROGRESS), a_case_in(State.IN_PROGRESS, at=LONG_AFTER - timedelta(days=1))
    ready, back = a_case_in(State.ANSWERED), a_case_in(State.ANSWERED)
    ends(OFFICE)
    gone, heir, after = card(OFFICE), card(NEW), LONG_AFTER + timedelta(hours=2)
    minh = known.asker_for(minh.person_id, after)
    for case in (late, in_time):
        done(actions.answer_case, case, minh, after, text="Đã xong.", outcome="not_ours", proof=a_proof(minh))
    # Sent back after the day it is the heir's to answer, and the heir's to be late with.
    done(actions.return_answer, back, cast.operator(), after, reason="Thiếu ảnh.")
    again = after + timedelta(days=30)
    done(actions.answer_case, back, minh, again, text="Đã xong.", outcome="not_ours", proof=a_proof(minh))
    for case in (late, in_time, ready, back):
        done(actions.publish, case, cast.operator(), after + timedelta(days=31))
    tallies = {tally.key: (tally.opened, tally.late) for tally in queries.public_figures("agency")}
    assert tallies == {str(gone.id): (2, 1), str(heir.id): (2, 1)}
    at = after + timedelta(days=32)
    for agency, own in ((gone, {late, ready}), (heir, {in_time, back})):
        listed = queries.public_cases(CaseFilters(agency_id=agency.id), at=at).rows
        assert {row.number for row in listed} == {case.number for case in own}
        assert {row.agency["vi"] for row in listed} == {agency.name["vi"]}
        table = b"".join(tables.public_table(CaseFilters(agency_id=agency.id), language="vi", at=at)).decode()
        assert table.count(agency.name["vi"]) == 2
    # Answered late by the heir's people, it stays late, and nobody's clock was given anything.
    assert queries.public_case(late.number, at=at).clock.standing == "late"


def test_a_reopened_report_of_an_agency_that_ended_goes_to_its_heir() -> None:
    case, minh = a_case_in(State.PUBLISHED, at=LONG_AFTER - timedelta(hours=1)), cast.minh()
    ends(OFFICE)
    done(actions.reopen, case, cast.lan(), LONG_AFTER, text="Vẫn còn ổ gà, xe vẫn phải tránh.")
    row = Case.objects.get(pk=case.id)
    assert (row.agency_id, row.counted_for, row.state) == (card(NEW).id, None, State.ASSIGNED)
    drain()
    titles = [one.title["en"] for one in delivery.inbox(minh).rows]
    assert f"{case.number}: reopened by the reporter" in titles


def test_a_promise_is_kept_by_the_heir_and_stays_in_the_register_under_who_made_it() -> None:
    case, minh = promised(), cast.minh()
    drain()
    ends(OFFICE)
    drain()
    gone, heir = card(OFFICE), card(NEW)
    told = [one.title["vi"] for one in delivery.inbox(cast.lan()).rows]
    assert told[0] == f"{case.number}: Phòng Kinh tế mới tiếp tục thực hiện cam kết"
    (tally,) = queries.promise_tallies(at=LONG_AFTER)
    assert (tally.agency_id, tally.open) == (gone.id, 1)
    (row,) = queries.promises(agency_id=gone.id, at=LONG_AFTER).rows
    assert row.agency == gone.name
    staff = known.asker_for(minh.person_id, LONG_AFTER)
    assert Verb.KEEP_PROMISE in queries.desk_case(staff, case.number, at=LONG_AFTER).moves
    let_it_be(datetime(2026, 9, 3, 3, tzinfo=MONDAY.tzinfo))
    assert "the promised day went by" in delivery.inbox(staff).rows[0].title["en"]
    weeks = weekly.weeks(at=datetime(2026, 9, 3, 3, tzinfo=MONDAY.tzinfo))
    assert {agency: week.broken for agency, week in weeks.items()} == {heir.id: 1}


def test_staff_go_on_where_they_were_and_are_told_once() -> None:
    minh, head = cast.minh(), cast.head()
    cases = [a_case_in(State.IN_PROGRESS) for _ in range(3)]
    old = a_case_in(State.PUBLISHED)
    seen = now(cases[0]).version
    drain()
    had = len(delivery.inbox(minh).rows)
    ends(OFFICE)
    drain()
    news = delivery.inbox(minh).rows
    assert len(news) == had + 1
    assert news[0].title["vi"].endswith("nay là Phòng Kinh tế mới")
    assert delivery.inbox(head).rows[0].title == news[0].title
    at = LONG_AFTER + timedelta(hours=1)
    staff = known.asker_for(minh.person_id, at)
    mine = queries.desk_inbox(staff, CaseFilters(mine=True), at=at).rows
    assert {row.number for row in mine} == {case.number for case in cases}
    # Past work is found, and can be opened.
    assert queries.desk_case(staff, old.number, at=at).number == old.number
    # An answer that was being written overnight is taken, under the new name.
    actions.answer_case(
        case_id=cases[0].id, text="Đã xong.", outcome="not_ours", proof=a_proof(staff), by=staff, seen=seen, at=at
    )
    last = Step.objects.filter(case_id=cases[0].id).order_by("-seq").first()
    assert last is not None
    assert (last.verb, last.agency_id) == (Verb.ANSWER, card(NEW).id)
    # Whoever asked in the very moment of the change comes too late, and is told so.
    with pytest.raises(Stale):
        actions.answer_case(
            case_id=cases[1].id, text="Đã xong.", outcome="not_ours", proof=a_proof(minh), by=minh, seen=seen, at=at
        )
    with pytest.raises(NotFound):
        queries.desk_case(cast.worker("ubnd-kim-long"), cases[2].number, at=at)


def test_a_day_that_is_past_leaves_what_was_answered_meanwhile_under_the_old_name() -> None:
    day = LONG_AFTER.date() - timedelta(days=10)
    meanwhile = a_case_in(State.PUBLISHED, at=LONG_AFTER - timedelta(days=3))
    open_one = a_case_in(State.IN_PROGRESS, at=LONG_AFTER - timedelta(days=2))
    figures = queries.public_figures("agency")
    wanted = Wanted(ends=(OFFICE,), shares=(Share(code="kinh-te-kim-long"),), on=day)
    report = changing.plan(wanted=wanted, at=LONG_AFTER)
    assert (report.done, report.counts["cases"]) == (True, 1)
    assert card(OFFICE).ended_on == day
    assert Case.objects.get(pk=meanwhile.id).agency_id == card(OFFICE).id
    assert Case.objects.get(pk=open_one.id).agency_id == card("kinh-te-kim-long").id
    assert queries.public_figures("agency") == figures
    # What was done on a day is told with the instant it was done, not with the day that was named.
    assert Step.objects.get(verb=Verb.SUCCEED).at == LONG_AFTER
