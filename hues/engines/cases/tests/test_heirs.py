"""Who has what of an agency that ended: by areas, categories, routes, links and parts."""

from datetime import timedelta
from uuid import UUID

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case, Pass
from hues.engines.cases.queries import catalogue
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import (
    MONDAY,
    a_case,
    a_case_in,
    a_proof,
    answered_part,
    part,
    routed,
    split,
    the_city,
)
from hues.engines.cases.tests.ending import LONG_AFTER, NEW, OFFICE, OTHER, TUESDAY, card, done, ends, now
from hues.kernel.agencies import actions as agencies
from hues.kernel.agencies import queries as known
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.actions import changing
from hues.kernel.agencies.checking import Share, Wanted
from hues.kernel.clocks.testing import let_it_be
from hues.kernel.delivery import queries as delivery
from hues.kernel.delivery.queries import texts_to
from hues.kernel.errors import Invalid, Stale
from hues.kernel.journal.testing import drain
from hues.kernel.people.asker import STRANGER, Asker

pytestmark = pytest.mark.django_db


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
            case_id=case.id,
            text="Xong.",
            outcome="not_ours",
            proof=a_proof(passed.asker),
            by=passed.asker,
            seen=moved.version + 1,
            at=LONG_AFTER,
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
    later = TUESDAY + timedelta(minutes=2)
    done(actions.answer_case, own, staff, later, text="Đã vá.", outcome="not_ours", proof=a_proof(staff))
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
