"""Agencies are merged, split and dissolved on a day: who may, what is refused, what their people keep."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hues.kernel.agencies import actions, changes, leaves, queries, testing
from hues.kernel.agencies.actions import changing
from hues.kernel.agencies.checking import Share, Wanted
from hues.kernel.agencies.models import Agency, Change, Succession
from hues.kernel.clocks.testing import let_it_be
from hues.kernel.errors import NotAllowed, WrongState
from hues.kernel.journal.queries import entries_about
from hues.kernel.people.asker import CITY, Asker, Role

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
TODAY, LATER = date(2026, 3, 2), date(2026, 7, 1)
MIDNIGHT = datetime(2026, 7, 1, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
OFFICE, KIM_LONG, THUAN_HOA = testing.WARD_OFFICE, "kinh-te-kim-long", "kinh-te-thuan-hoa"
NEW = Share(code="kinh-te-moi", name={"vi": "Phòng Kinh tế mới", "en": "New economy office"})


def want(*ends: str, into: Share | str, on: date = TODAY, **more: Share) -> Wanted:
    share = Share(code=into) if isinstance(into, str) else into
    return Wanted(ends=ends, shares=(*more.values(), share), on=on)


def plan(wanted: Wanted, *, by: Asker = CITY, at: datetime = NOON, dry_run: bool = False) -> changing.ChangeReport:
    testing.an_agency()
    return changing.plan(wanted=wanted, by=by, at=at, dry_run=dry_run)


def wrong(wanted: Wanted) -> list[tuple[str, int, str]]:
    return [(one.place, one.row, str(one.sentence)) for one in plan(wanted).mistakes]


def card(code: str) -> queries.AgencyCard:
    found = queries.agency_by_code(code)
    assert found is not None
    return found


def test_people_leaves_and_what_stood_below_go_to_the_heir_at_once_if_the_day_has_come() -> None:
    minh, head, there = testing.minh(), testing.head(), testing.worker(KIM_LONG)
    office = testing.an_agency().id
    assert head.person_id
    assert minh.person_id
    until = NOON + timedelta(days=9)
    actions.go_on_leave(agency_id=office, substitute=head.person_id, from_at=NOON, until_at=until, by=minh, at=NOON)
    Agency.objects.filter(code=THUAN_HOA).update(parent_id=office)
    soon = NOON + timedelta(hours=1)
    report = plan(want(OFFICE, into=KIM_LONG), at=soon)
    assert (report.done, report.counts["people"]) == (True, 2)
    gone, heir = card(OFFICE), card(KIM_LONG)
    assert (gone.is_active, gone.ended_on, gone.heirs[0].agency_id) == (False, TODAY, heir.id)
    after = soon + timedelta(minutes=1)
    assert {m.person_id: m.role for m in queries.members_of(heir.id, after)} == {
        minh.person_id: Role.CASE_WORKER,
        head.person_id: Role.AGENCY_HEAD,
        there.person_id: Role.CASE_WORKER,
    }
    assert list(queries.members_of(gone.id, after)) == []
    # They answer for what their old agency did, and so do their new colleagues.
    for who in (minh, there):
        assert queries.asker_for(who.person_id, after).agencies == {gone.id, heir.id}
    assert leaves.away(heir.id, after) == {minh.person_id: "Hoàng Thị Hạnh"}
    assert queries.agency(card(THUAN_HOA).id).parent_id == heir.id  # type: ignore[union-attr]
    names = [entry.event for entry in entries_about(gone.id)]
    assert names.count("agencies.agency.succeeded") == 1


def test_a_planned_change_happens_at_midnight_of_its_day_in_the_city() -> None:
    minh = testing.minh()
    report = plan(want(OFFICE, into=NEW, on=LATER))
    assert (report.done, report.counts) == (False, {})
    assert (card(OFFICE).is_active, card(NEW.code).is_active) == (True, False)
    assert let_it_be(MIDNIGHT - timedelta(seconds=1)) == 0
    assert card(OFFICE).is_active
    assert let_it_be(MIDNIGHT) == 1
    assert (card(OFFICE).is_active, card(NEW.code).is_active) == (False, True)
    assert queries.asker_for(minh.person_id, MIDNIGHT).is_staff_of(card(NEW.code).id)
    # Whoever says it once more changes nothing, neither does a clock that rings twice.
    assert report.change_id
    assert changing.carry_out(report.change_id, at=MIDNIGHT) == {}
    again = plan(want(OFFICE, into=NEW.code, on=LATER), at=MIDNIGHT)
    assert (again.already, again.done, again.change_id) == (True, True, report.change_id)


def test_a_dry_run_says_what_would_be_passed_on_and_leaves_no_trace() -> None:
    testing.minh()
    report = plan(want(OFFICE, into=NEW, on=LATER), dry_run=True)
    assert (report.mistakes, report.counts["people"]) == ((), 1)
    assert (changes.changes(), card(OFFICE).is_active, queries.agency_by_code(NEW.code)) == ((), True, None)
    assert let_it_be(MIDNIGHT) == 0


def test_a_planned_change_is_called_off_once_and_never_after_its_day() -> None:
    report = plan(want(OFFICE, into=NEW, on=LATER))
    assert report.change_id
    changing.call_off(change_id=report.change_id, at=NOON)
    with pytest.raises(WrongState):
        changing.call_off(change_id=report.change_id, at=NOON)
    assert let_it_be(MIDNIGHT) == 0
    assert card(OFFICE).is_active
    # It can be planned anew, with the agency that was to begin then.
    again = plan(want(OFFICE, into=NEW, on=LATER), at=MIDNIGHT)
    assert (again.done, card(NEW.code).is_active) == (True, True)
    assert again.change_id
    with pytest.raises(WrongState, match=r"."):
        changing.call_off(change_id=again.change_id, at=MIDNIGHT)


def test_what_can_not_be_is_refused_row_by_row_and_nothing_is_written() -> None:
    testing.an_agency()
    assert [w[:2] for w in wrong(want("gibts-nicht", "ioc", OFFICE, OFFICE, into=KIM_LONG))] == [
        ("ends", 1),
        ("ends", 2),
        ("ends", 4),
    ]
    assert [w[:2] for w in wrong(want(OFFICE, into=OFFICE))] == [("shares", 1)]
    assert [w[:2] for w in wrong(want(OFFICE, into="khong-co"))] == [("shares", 1)]
    assert [w[:2] for w in wrong(want(OFFICE, into=queries.ioc_code()))] == [("shares", 1)]
    assert [w[:2] for w in wrong(want(OFFICE, into=Share(code="Đây", name=NEW.name)))] == [("shares", 1)]
    assert [w[:2] for w in wrong(want(OFFICE, into=Share(code=KIM_LONG, name=NEW.name)))] == [("shares", 1)]
    assert [w[:2] for w in wrong(want(OFFICE, into=KIM_LONG, on=date(2036, 1, 1)))] == [("on", 0)]
    assert [w[:2] for w in wrong(want(into=KIM_LONG))] == [("ends", 0)]
    part = Share(code=THUAN_HOA, wards=("00000",))
    assert [w[:2] for w in wrong(want(OFFICE, into=KIM_LONG, first=part))] == [("shares", 1)]
    assert [w[:2] for w in wrong(want(OFFICE, into=part))] == [("shares", 0), ("shares", 1)]
    both = want(OFFICE, "ubnd-phu-xuan", into=KIM_LONG, first=Share(code=THUAN_HOA, categories=("light",)))
    assert [w[:2] for w in wrong(both)] == [("shares", 0)]
    assert changes.changes() == ()
    with pytest.raises(NotAllowed):
        plan(want(OFFICE, into=KIM_LONG), by=testing.operator())


def test_rings_second_changes_and_heirs_that_have_ended_are_refused() -> None:
    plan(want(OFFICE, into=KIM_LONG, on=LATER), by=testing.admin())
    assert [w[:2] for w in wrong(want(OFFICE, into=THUAN_HOA))] == [("ends", 1)]
    assert [w[:2] for w in wrong(want(KIM_LONG, into=OFFICE, on=date(2026, 8, 1)))] == [("shares", 1)]
    plan(want(KIM_LONG, into=THUAN_HOA, on=LATER))
    assert [w[:2] for w in wrong(want(THUAN_HOA, into=OFFICE))] == [("shares", 1)]
    let_it_be(MIDNIGHT)
    assert [w[:2] for w in wrong(want("ubnd-phu-xuan", into=OFFICE))] == [("shares", 1)]
    assert [w[:2] for w in wrong(want(OFFICE, into=THUAN_HOA))] == [("ends", 1)]


@pytest.mark.parametrize("turn", [1, -1])
def test_two_changes_of_one_day_follow_one_another_whichever_is_done_first(turn: int) -> None:
    minh = testing.minh()
    for wanted in [want(OFFICE, into=KIM_LONG, on=LATER), want(KIM_LONG, into=NEW, on=LATER)][::turn]:
        assert plan(wanted).mistakes == ()
    assert let_it_be(MIDNIGHT) == 2
    last = card(NEW.code).id
    for code in (OFFICE, KIM_LONG):
        assert queries.heir(card(code).id) == last
    assert [member.person_id for member in queries.members_of(last, MIDNIGHT)] == [minh.person_id]
    assert queries.asker_for(minh.person_id, MIDNIGHT).agencies == {card(c).id for c in (OFFICE, KIM_LONG, NEW.code)}


def test_a_link_agency_hands_its_address_on_where_nobody_signs_in() -> None:
    a, b = testing.an_agency(OFFICE), testing.an_agency(KIM_LONG)
    actions.send_links_to(agency_id=a.id, address="+84905111222", at=NOON)
    plan(want(OFFICE, into=NEW))
    assert (queries.link_to(a.id), queries.link_to(card(NEW.code).id)) == ("", "+84905111222")
    actions.send_links_to(agency_id=b.id, address="+84905111333", at=NOON)
    testing.worker(THUAN_HOA)
    plan(want(KIM_LONG, into=THUAN_HOA))
    assert queries.link_to(card(THUAN_HOA).id) == ""


def test_an_agency_does_not_end_before_it_has_taken_over_what_it_is_to_take_over() -> None:
    testing.an_agency()
    assert plan(want(OFFICE, into=NEW, on=LATER)).mistakes == ()
    assert plan(want(KIM_LONG, into=NEW)).done
    (place, line, sentence) = wrong(want(NEW.code, into=THUAN_HOA))[0]
    assert (place, line) == ("ends", 1)
    assert "Phòng Kinh tế mới" in sentence
    assert "01/07/2026" in sentence
    assert NEW.code not in sentence
    assert OFFICE not in sentence
    assert card(NEW.code).is_active
    # On that day or later it may: what comes to it then goes on to who follows it.
    assert plan(want(NEW.code, into=THUAN_HOA, on=LATER)).mistakes == ()


def test_an_agency_that_has_ended_never_begins_again() -> None:
    minh = testing.minh()
    plan(want(OFFICE, into=NEW, on=LATER))
    plan(want(KIM_LONG, into=NEW))
    new = card(NEW.code)
    # As it stood before such plans were refused.
    past = Change.objects.create(on_date=TODAY, at=NOON)
    Succession.objects.create(change=past, agency_id=new.id, heir_id=card(THUAN_HOA).id, order=0)
    changing.carry_out(past.pk, at=NOON)
    assert not card(NEW.code).is_active
    assert let_it_be(MIDNIGHT) == 1
    assert not card(NEW.code).is_active
    assert [m.person_id for m in queries.members_of(card(THUAN_HOA).id, MIDNIGHT)] == [minh.person_id]
    assert [e.event for e in entries_about(new.id)].count("agencies.agency.created") == 1


def test_a_plan_that_is_planned_anew_leaves_nothing_of_the_agency_it_named_before() -> None:
    testing.an_agency()
    first, other = Agency.objects.get(code=OFFICE), Agency.objects.get(code=queries.ioc_code())
    Agency.objects.filter(code=KIM_LONG).update(kind="company", parent=other, ward_code="19999")
    planned = plan(want(OFFICE, into=NEW, on=LATER)).change_id
    assert (card(NEW.code).kind, card(NEW.code).parent_id) == (first.kind, first.parent_id)

    def anew(wanted: Wanted) -> None:
        assert changing.plan(wanted=wanted, instead_of=planned, at=NOON).mistakes == ()

    anew(want(KIM_LONG, into=NEW, on=LATER))
    wanted = Agency.objects.get(code=NEW.code)
    assert (wanted.kind, wanted.parent_id, wanted.ward_code) == ("company", other.pk, "19999")
    anew(want(KIM_LONG, OFFICE, into=NEW, on=LATER))
    assert Agency.objects.get(code=NEW.code).ward_code == ""
    anew(want(KIM_LONG, into=THUAN_HOA, on=LATER))
    assert queries.agency_by_code(NEW.code) is None
    assert let_it_be(MIDNIGHT) == 1
    assert card(THUAN_HOA).is_active


def test_what_another_plan_founds_too_stays_as_that_one_has_it() -> None:
    kind = Agency.objects.get(pk=testing.an_agency().id).kind
    Agency.objects.filter(code=KIM_LONG).update(kind="company")
    plan(want(OFFICE, into=NEW, on=LATER))
    second = plan(want(KIM_LONG, into=NEW, on=LATER)).change_id
    assert card(NEW.code).kind == kind
    changing.plan(wanted=want(KIM_LONG, into=THUAN_HOA, on=LATER), instead_of=second, at=NOON)
    assert card(NEW.code).kind == kind
