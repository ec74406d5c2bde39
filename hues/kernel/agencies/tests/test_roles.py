"""Who may do what: roles come from open memberships and from nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from hues.kernel.agencies import actions, queries, testing
from hues.kernel.agencies.models import Agency, Membership
from hues.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from hues.kernel.journal.queries import entries_about
from hues.kernel.people.asker import CITY, STRANGER, Role
from hues.kernel.people.models import Person
from hues.kit.ids import new_id

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


def test_a_stranger_has_no_role() -> None:
    for asker in (queries.asker_for(None, NOON), queries.asker_for(new_id(), NOON)):
        assert asker == STRANGER
        assert not asker.signed_in
        assert asker.roles == frozenset()
        assert not asker.is_staff_of(None)


def test_a_citizen_is_a_citizen_and_no_more() -> None:
    lan = testing.lan()
    assert lan.signed_in
    assert lan.roles == {Role.CITIZEN}
    assert not lan.agencies
    assert not lan.in_ioc


def test_a_case_worker_works_for_one_agency_alone() -> None:
    minh, other = testing.minh(), testing.an_agency("so-xay-dung")
    assert minh.roles == {Role.CITIZEN, Role.CASE_WORKER}
    assert minh.is_staff_of(testing.an_agency().id)
    assert not minh.is_staff_of(other.id)


def test_an_operator_holds_city_wide_and_works_no_cases() -> None:
    assert testing.operator().in_ioc
    assert not testing.operator().agencies
    assert testing.duty_leader().in_ioc
    assert not testing.admin().in_ioc


def test_the_cast_is_the_same_people_each_time() -> None:
    for member in (testing.lan, testing.minh, testing.operator, testing.admin, testing.eve):
        assert member() == member()
    people = {testing.lan().person_id, testing.eve().person_id, testing.minh().person_id, testing.head().person_id}
    assert len(people) == 4
    assert testing.worker("so-xay-dung") != testing.worker("so-xay-dung", 2)
    assert testing.worker("so-xay-dung").agencies == {testing.an_agency("so-xay-dung").id}


def test_a_membership_that_ended_gives_no_role_from_that_instant_on() -> None:
    minh, agency = testing.minh(), testing.an_agency()
    assert minh.person_id
    actions.dismiss(person_id=minh.person_id, agency_id=agency.id, role=Role.CASE_WORKER, by=testing.admin(), at=NOON)
    assert queries.asker_for(minh.person_id, NOON - timedelta(seconds=1)).is_staff_of(agency.id)
    for at in (NOON, LATER):
        asker = queries.asker_for(minh.person_id, at)
        assert asker.roles == {Role.CITIZEN}
        assert not asker.agencies
    assert entry_names(minh.person_id)[-1] == "agencies.member.dismissed"
    with pytest.raises(WrongState):
        actions.dismiss(person_id=minh.person_id, agency_id=agency.id, role=Role.CASE_WORKER, at=LATER)


def test_a_membership_that_has_not_begun_gives_no_role_yet() -> None:
    lan, agency = testing.lan(), testing.an_agency()
    assert lan.person_id
    actions.appoint(person_id=lan.person_id, agency_id=agency.id, role=Role.CASE_WORKER, at=LATER)
    assert not queries.asker_for(lan.person_id, NOON).agencies
    assert queries.asker_for(lan.person_id, LATER).is_staff_of(agency.id)


def test_a_closed_account_and_a_closed_agency_give_no_role() -> None:
    minh = testing.minh()
    assert minh.person_id
    Agency.objects.filter(pk=testing.an_agency().id).update(is_active=False)
    assert queries.asker_for(minh.person_id, NOON).roles == {Role.CITIZEN}
    Person.objects.filter(pk=minh.person_id).update(is_active=False)
    assert queries.asker_for(minh.person_id, NOON) == STRANGER


def test_a_head_appoints_case_workers_of_that_agency_and_nothing_else() -> None:
    head, lan, here, there = testing.head(), testing.lan(), testing.an_agency(), testing.an_agency("so-xay-dung")
    assert lan.person_id
    actions.appoint(person_id=lan.person_id, agency_id=here.id, role=Role.CASE_WORKER, by=head, at=NOON)
    for agency, role in ((there, Role.CASE_WORKER), (here, Role.AGENCY_HEAD), (here, Role.ADMIN)):
        with pytest.raises(NotAllowed):
            actions.appoint(person_id=lan.person_id, agency_id=agency.id, role=role, by=head, at=NOON)


@pytest.mark.parametrize("who", [testing.lan, testing.minh, testing.operator, testing.auditor])
def test_nobody_else_appoints_anybody(who) -> None:  # type: ignore[no-untyped-def]
    asker, agency = who(), testing.an_agency()
    with pytest.raises(NotAllowed):
        actions.appoint(person_id=asker.person_id, agency_id=agency.id, role=Role.CASE_WORKER, by=asker, at=NOON)
    with pytest.raises(NotAllowed):
        actions.dismiss(person_id=asker.person_id, agency_id=agency.id, role=Role.CASE_WORKER, by=STRANGER, at=NOON)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.CASE_WORKER, Role.AGENCY_HEAD)])
def test_roles_that_hold_city_wide_belong_to_the_centre(role: Role) -> None:
    lan = testing.lan()
    assert lan.person_id
    with pytest.raises(Invalid):
        actions.appoint(person_id=lan.person_id, agency_id=testing.an_agency().id, role=role, by=CITY, at=NOON)


def test_an_appointment_needs_a_person_and_an_agency_and_counts_once() -> None:
    minh, agency = testing.minh(), testing.an_agency()
    assert minh.person_id
    with pytest.raises(NotFound):
        actions.appoint(person_id=new_id(), agency_id=agency.id, role=Role.CASE_WORKER, at=NOON)
    with pytest.raises(NotFound):
        actions.appoint(person_id=minh.person_id, agency_id=new_id(), role=Role.CASE_WORKER, at=NOON)
    before = len(entry_names(minh.person_id))
    actions.appoint(person_id=minh.person_id, agency_id=agency.id, role=Role.CASE_WORKER, at=NOON)
    assert len(entry_names(minh.person_id)) == before


def test_the_database_itself_refuses_memberships_that_can_not_be() -> None:
    minh, agency = testing.minh(), testing.an_agency()
    held = {"person_id": minh.person_id, "agency_id": agency.id, "role": Role.CASE_WORKER, "from_at": NOON}
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(**held)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(**{**held, "until_at": NOON})
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(pk=agency.id).update(parent=agency.id)


def test_the_people_of_an_agency_and_of_a_role_are_those_of_the_instant() -> None:
    minh, head, agency = testing.minh(), testing.head(), testing.an_agency()
    assert {m.person_id for m in queries.members_of(agency.id, NOON)} == {minh.person_id, head.person_id}
    assert queries.people_with(Role.CASE_WORKER, NOON, agency.id) == (minh.person_id,)
    assert queries.people_with(Role.CASE_WORKER, testing.BEFORE - timedelta(days=1)) == ()


def entry_names(person_id) -> list[str]:  # type: ignore[no-untyped-def]
    return [entry.event for entry in entries_about(person_id)]
