"""An agency ends with forty cases in flight: all of them go on with their clocks, and old figures stay as they are."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from hues.engines.cases import actions, queries
from hues.engines.cases.actions import moving, succeeding
from hues.engines.cases.models import Case, Pass, Step
from hues.engines.cases.queries import CaseFilters, catalogue, tables, weekly
from hues.engines.cases.rules.workflow import State, Verb
from hues.engines.cases.testing import (
    MONDAY,
    Known,
    a_case,
    a_case_in,
    answered_part,
    part,
    routed,
    split,
    the_city,
)
from hues.kernel.agencies import actions as agencies
from hues.kernel.agencies import queries as known
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.actions import changing
from hues.kernel.agencies.checking import Share, Wanted
from hues.kernel.clocks.queries import timers_of
from hues.kernel.clocks.testing import let_it_be
from hues.kernel.delivery import queries as delivery
from hues.kernel.delivery.queries import texts_to
from hues.kernel.errors import Invalid, NotFound, Stale
from hues.kernel.journal.testing import drain
from hues.kernel.media.testing import a_photo
from hues.kernel.people.asker import STRANGER, Asker

pytestmark = pytest.mark.django_db
PICTURES = count(1)
OFFICE, OTHER, NEW = cast.WARD_OFFICE, "ubnd-phu-xuan", "kinh-te-moi"
TUESDAY, LONG_AFTER = MONDAY + timedelta(days=1), MONDAY + timedelta(days=21)
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


def now(case: Known) -> Known:
    return Known(id=case.id, number=case.number, version=Case.objects.get(pk=case.id).version)


def done(action: Any, case: Known, by: Asker, at: datetime = MONDAY, **given: Any) -> Known:
    moved = action(case_id=case.id, by=by, seen=now(case).version, at=at, **given)
    return Known(id=case.id, number=case.number, version=moved.version)


def answered(case: Known, at: datetime = MONDAY, **given: Any) -> Known:
    said = {"text": "Đã kiểm tra và xử lý.", "outcome": "not_ours"} | given
    return done(actions.answer_case, case, cast.minh(), at, **said)


def promised(at: datetime = MONDAY) -> Known:
    case = a_case_in(State.IN_PROGRESS, at=at)
    proof = [a_photo(by=cast.minh().person_id, at=at, seed=next(PICTURES)).id]
    answered(case, at, outcome="promised", promise_on=date(2026, 9, 1), proof=proof)
    return done(actions.publish, case, cast.operator(), at)


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
    whole = split(a_case())
    half = split(a_case())
    answered_part(half, 1, OFFICE, text="Đã vá ổ gà.")
    all_of_it = split(a_case())
    answered_part(all_of_it, 1, OFFICE, text="Đã vá ổ gà.")
    answered_part(all_of_it, 2, OTHER, text="Đã cắt cành.")
    again = a_case_in(State.PUBLISHED)
    done(actions.reopen, again, lan, TUESDAY, text="Vẫn còn.")
    held = routed(a_case())
    done(actions.assign, held, cast.head(), to=minh.person_id)
    urgent = routed(a_case(category="lights-out"))
    found += [asked, extended, returned, replied, given_back, joined, again, held, urgent, promised()]
    found += [part(whole, 1), part(half, 1), part(all_of_it, 1)]
    late_pause = a_case_in(State.IN_PROGRESS)
    done(actions.ask_citizen, late_pause, minh, MONDAY + timedelta(days=20), question="Ở đâu?")
    late_answer = a_case_in(State.IN_PROGRESS)
    answered(late_answer, MONDAY + timedelta(days=20))
    lost = a_case_in(State.IN_PROGRESS, at=MONDAY - timedelta(days=30))
    seed = next(PICTURES)
    doubted = a_case_in(State.IN_PROGRESS, photos=(a_photo(by=lan.person_id, at=MONDAY, seed=seed).id,))
    same = a_photo(by=minh.person_id, at=MONDAY, seed=seed).id
    answered(doubted, proof=[same], despite="Ảnh cũ, nhưng đúng chỗ này.")
    return [*found, late_pause, late_answer, lost, doubted]


def ends(
    *codes: str, into: str | tuple[Share, ...] = NEW, at: datetime = LONG_AFTER, by_routes: bool = False
) -> changing.ChangeReport:
    """Have agencies end now, into a new one or into others."""
    new = {"vi": "Phòng Kinh tế mới", "en": "New economy office"} if into == NEW else {}
    shares = (Share(code=into, name=new),) if isinstance(into, str) else into
    wanted = Wanted(ends=codes, shares=shares, on=at.date(), by_routes=by_routes)
    report = changing.plan(wanted=wanted, at=at)
    assert report.mistakes == ()
    assert report.done
    return report


def card(code: str) -> known.AgencyCard:
    found = known.agency_by_code(code)
    assert found is not None
    return found


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
        done(actions.answer_case, case, minh, after, text="Đã xong.", outcome="not_ours")
    # Sent back after the day it is the heir's to answer, and the heir's to be late with.
    done(actions.return_answer, back, cast.operator(), after, reason="Thiếu ảnh.")
    done(actions.answer_case, back, minh, after + timedelta(days=30), text="Đã xong.", outcome="not_ours")
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
    done(actions.reopen, case, cast.lan(), LONG_AFTER, text="Vẫn còn ổ gà.")
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
    assert told[0] == f"{case.number}: Phòng Kinh tế mới tiếp tục thực hiện lời hứa"
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
    actions.answer_case(case_id=cases[0].id, text="Đã xong.", outcome="not_ours", by=staff, seen=seen, at=at)
    last = Step.objects.filter(case_id=cases[0].id).order_by("-seq").first()
    assert last is not None
    assert (last.verb, last.agency_id) == (Verb.ANSWER, card(NEW).id)
    # Whoever asked in the very moment of the change comes too late, and is told so.
    with pytest.raises(Stale):
        actions.answer_case(case_id=cases[1].id, text="Đã xong.", outcome="not_ours", by=minh, seen=seen, at=at)
    with pytest.raises(NotFound):
        queries.desk_case(cast.worker("ubnd-kim-long"), cases[2].number, at=at)


def test_a_split_by_area_and_category_gives_each_case_to_one_heir() -> None:
    minh = cast.minh()
    pothole, light = a_case_in(State.IN_PROGRESS), routed(a_case(category="lights-out"))
    ward = Case.objects.get(pk=pothole.id).ward_code
    group = catalogue.category("lights-out")
    assert group is not None
    shares = (
        Share(code="kinh-te-kim-long", categories=(group.parent,), wards=(ward,)),
        Share(code="ubnd-kim-long", categories=("trees",)),
        Share(code="kinh-te-thuan-hoa"),
    )
    ends(OFFICE, into=shares)
    assert Case.objects.get(pk=light.id).agency_id == card("kinh-te-kim-long").id
    assert Case.objects.get(pk=pothole.id).agency_id == card("kinh-te-thuan-hoa").id
    # So do the rules of the city's files, which name the old one still.
    for category, code in (("lights-out", "kinh-te-kim-long"), ("roads-pothole", "kinh-te-thuan-hoa")):
        found = catalogue.heir_of(card(OFFICE).id, "report", category, ward)
        assert found == card(code).id
    after = known.asker_for(minh.person_id, LONG_AFTER + timedelta(minutes=1))
    assert {card(code).id for code in ("kinh-te-kim-long", "kinh-te-thuan-hoa")} <= after.agencies


def test_rules_that_name_an_agency_lead_to_its_heir_and_pickers_forget_it() -> None:
    case = a_case()
    row = Case.objects.get(pk=case.id)
    before = catalogue.suggested_agency("report", row.category, row.ward_code)
    assert before is not None
    code = next(one.code for one in known.agencies() if one.id == before)
    ends(code)
    assert catalogue.suggested_agency("report", row.category, row.ward_code) == card(NEW).id
    with pytest.raises(Invalid):
        actions.accept_and_route(case_id=case.id, agency_id=before, by=cast.operator(), seen=1, at=LONG_AFTER)
    assert Case.objects.get(pk=case.id).state == State.RECEIVED


def test_links_that_were_sent_still_open_or_lead_to_the_one_that_has_it() -> None:
    the_city()
    office = cast.an_agency()
    agencies.send_links_to(agency_id=office.id, address="+84905111222", at=MONDAY)
    case = routed(a_case())
    drain()
    token = texts_to("+84905111222")[0].body.split("/")[-2]
    ends(OFFICE, at=TUESDAY)
    drain()
    passed = queries.pass_of(token, at=TUESDAY)
    assert passed.standing == "open"
    moved = actions.take(case_id=case.id, by=passed.asker, seen=now(case).version, at=TUESDAY)
    assert len(texts_to("+84905111222")) == 1  # the link they have is good enough
    # Whose heir signs in has nothing to do by link any more.
    cast.worker("kinh-te-kim-long")
    ends(NEW, into="kinh-te-kim-long", at=TUESDAY + timedelta(hours=1))
    closed = queries.pass_of(token, at=TUESDAY + timedelta(hours=1))
    assert (closed.standing, closed.asker) == ("over", STRANGER)
    with pytest.raises(Stale):
        actions.answer_case(
            case_id=case.id, text="Xong.", outcome="not_ours", by=passed.asker, seen=moved.version + 1, at=LONG_AFTER
        )


def test_an_heir_with_another_address_gets_a_link_to_every_case() -> None:
    the_city()
    agencies.send_links_to(agency_id=cast.an_agency().id, address="+84905111222", at=MONDAY)
    agencies.send_links_to(agency_id=card("kinh-te-kim-long").id, address="+84905111333", at=MONDAY)
    cases = [routed(a_case()), routed(a_case())]
    drain()
    token = texts_to("+84905111222")[0].body.split("/")[-2]
    ends(OFFICE, into="kinh-te-kim-long", at=TUESDAY)
    drain()
    assert len(texts_to("+84905111333")) == 2
    assert queries.pass_of(token, at=TUESDAY).standing == "expired"
    assert set(Pass.objects.values_list("agency_id", flat=True)) == {card("kinh-te-kim-long").id}
    assert {Case.objects.get(pk=case.id).version for case in cases} == {3}


def test_merging_several_and_a_chain_of_one_day_leave_nobody_behind() -> None:
    mine, theirs = a_case_in(State.IN_PROGRESS), routed(a_case(), OTHER)
    ends(OFFICE, OTHER, into="kinh-te-kim-long")
    ends("kinh-te-kim-long", at=LONG_AFTER + timedelta(minutes=5))
    last = card(NEW).id
    assert {Case.objects.get(pk=case.id).agency_id for case in (mine, theirs)} == {last}
    # Late at the first change, it counts for the first one.
    assert {Case.objects.get(pk=c.id).counted_for for c in (mine, theirs)} == {card(OFFICE).id, card(OTHER).id}
    heirs: set[UUID] = {known.heir(card(code).id) for code in (OFFICE, OTHER, "kinh-te-kim-long")}
    assert heirs == {last}


def test_a_split_report_answered_before_the_day_is_published_for_the_old_agency_by_its_heir() -> None:
    whole = split(a_case())
    answered_part(whole, 1, OFFICE, text="Đã vá ổ gà.")
    answered_part(whole, 2, OTHER, text="Đã cắt cành.")
    ends(OFFICE, at=TUESDAY)
    done(actions.publish, whole, cast.operator(), TUESDAY)
    row = Case.objects.get(pk=whole.id)
    assert (row.agency_id, row.counted_for) == (card(NEW).id, card(OFFICE).id)
    assert {tally.key for tally in queries.public_figures("agency")} == {str(card(OFFICE).id)}


def test_a_part_that_is_answered_after_the_day_is_the_heirs() -> None:
    minh, whole = cast.minh(), split(a_case())
    answered_part(whole, 2, OTHER, text="Đã cắt cành.")
    ends(OFFICE, at=TUESDAY)
    staff, own = known.asker_for(minh.person_id, TUESDAY + timedelta(minutes=1)), part(whole, 1)
    done(actions.take, own, staff, TUESDAY + timedelta(minutes=1))
    done(actions.answer_case, own, staff, TUESDAY + timedelta(minutes=2), text="Đã vá.", outcome="not_ours")
    found = queries.ops_case(cast.operator(), whole.number, at=TUESDAY)
    assert found.state == State.ANSWERED
    assert "Phòng Kinh tế mới" in found.answer
    done(actions.publish, whole, cast.operator(), TUESDAY + timedelta(minutes=3))
    assert {tally.key for tally in queries.public_figures("agency")} == {str(card(NEW).id)}


def test_the_citys_routes_may_choose_among_the_heirs_before_wards_and_categories_do() -> None:
    pothole, light = a_case_in(State.IN_PROGRESS), routed(a_case(category="lights-out"))
    row = Case.objects.get(pk=light.id)
    meant = catalogue.suggested_agency("report", row.category, row.ward_code)
    code = next(one.code for one in known.agencies() if one.id == meant)
    assert code != OFFICE
    shares = (Share(code=code, categories=("trees",)), Share(code="kinh-te-thuan-hoa"))
    ends(OFFICE, into=shares, by_routes=True)
    assert Case.objects.get(pk=light.id).agency_id == meant
    # The routes name the old office for this one, so the shares decide.
    assert Case.objects.get(pk=pothole.id).agency_id == card("kinh-te-thuan-hoa").id


def test_news_that_were_on_their_way_and_clocks_that_ring_later_reach_the_heirs_people() -> None:
    minh, there = cast.minh(), cast.worker("kinh-te-kim-long")
    drain()
    case = routed(a_case())
    ends(OFFICE, into="kinh-te-kim-long", at=TUESDAY)
    drain()
    # Whoever was there already hears of the case; whoever came with it has heard that it is on the desk.
    assert f"{case.number}: a new case for you" in [one.title["en"] for one in delivery.inbox(there).rows]
    assert "has become" in delivery.inbox(minh).rows[0].title["en"]
    let_it_be(Case.objects.get(pk=case.id).due_at + timedelta(minutes=1))
    for who in (minh, there):
        assert f"{case.number}: overdue" in [one.title["en"] for one in delivery.inbox(who).rows]


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


@pytest.mark.parametrize("given_back", ["before", "after"])
def test_who_has_two_parts_after_a_merger_gets_back_the_one_that_was_given_back_by_mistake(given_back: str) -> None:
    operator, minh, heir = cast.operator(), cast.minh(), cast.worker(OTHER)
    case = split(a_case())

    def merged() -> None:
        changing.plan(wanted=Wanted(ends=(OFFICE,), shares=(Share(code=OTHER),), on=MONDAY.date()), at=TUESDAY)

    def returned(by: Asker) -> None:
        mine = part(case, 1)
        actions.give_back(case_id=mine.id, reason="Nhầm.", by=by, seen=mine.version, at=TUESDAY)

    if given_back == "before":
        returned(minh)
        merged()
    else:
        merged()
        returned(known.asker_for(heir.person_id, TUESDAY))
    mine, theirs = part(case, 1), cast.an_agency(OTHER).id
    actions.accept_and_route(case_id=mine.id, agency_id=theirs, by=operator, seen=mine.version, at=TUESDAY)
    held = Case.objects.filter(parent_id=case.id).values_list("agency_id", flat=True)
    assert list(held) == [theirs, theirs]
