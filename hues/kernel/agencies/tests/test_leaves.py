"""Leave: a colleague stands in while somebody is away, and it ends by itself."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from hues.kernel.agencies import actions, leaves, queries, testing
from hues.kernel.errors import Invalid, NotAllowed, WrongState
from hues.kernel.journal.queries import entries_about
from hues.kernel.people.asker import Asker, Role

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
DAY = timedelta(days=1)


def away(who: Asker, substitute: Asker, since: datetime = NOON, until: datetime = NOON + 7 * DAY) -> None:
    office = testing.an_agency().id
    actions.go_on_leave(agency_id=office, substitute=known(substitute), from_at=since, until_at=until, by=who, at=NOON)


def known(who: Asker) -> UUID:
    assert who.person_id
    return who.person_id


def told(who: Asker, at: datetime) -> list[UUID]:
    return leaves.with_substitutes([known(who)], testing.an_agency().id, at)


def test_whoever_stands_in_is_told_and_sees_to_it_from_the_first_day_until_the_last() -> None:
    minh, head = testing.minh(), testing.head()
    away(minh, head, NOON + DAY, NOON + 3 * DAY)
    for at, both in ((NOON, False), (NOON + DAY, True), (NOON + 2 * DAY, True), (NOON + 3 * DAY, False)):
        assert told(minh, at) == ([minh.person_id, head.person_id] if both else [minh.person_id])
        assert leaves.seen_to_by(head, at) == ([head.person_id, minh.person_id] if both else [head.person_id])
        assert leaves.seen_to_by(minh, at) == [minh.person_id]
    (own,), nobody = leaves.leaves_around(minh, NOON)
    assert (own.substitute_name, nobody) == ("Hoàng Thị Hạnh", ())
    assert [card.name for card in leaves.leaves_around(head, NOON + DAY)[1]] == ["Nguyễn Văn Minh"]
    for at in (NOON, NOON + 3 * DAY):
        assert leaves.leaves_around(head, at) == ((), ())


def test_a_substitute_who_is_away_too_has_one_of_their_own_even_in_a_circle() -> None:
    minh, head, other = testing.minh(), testing.head(), testing.worker(testing.WARD_OFFICE, 2)
    away(minh, head)
    away(head, other)
    away(other, minh)
    assert told(minh, NOON) == [minh.person_id, head.person_id, other.person_id]
    assert set(leaves.seen_to_by(other, NOON)) == {minh.person_id, head.person_id, other.person_id}


def test_a_new_leave_replaces_the_old_one_and_coming_back_ends_it() -> None:
    minh, head, other = testing.minh(), testing.head(), testing.worker(testing.WARD_OFFICE, 2)
    office = testing.an_agency().id
    away(minh, head)
    away(minh, other, NOON + DAY)
    assert told(minh, NOON) == [minh.person_id]
    assert told(minh, NOON + DAY) == [minh.person_id, other.person_id]
    actions.come_back(agency_id=office, by=minh, at=NOON + 2 * DAY)
    assert told(minh, NOON + 2 * DAY) == [minh.person_id]
    with pytest.raises(WrongState):
        actions.come_back(agency_id=office, by=minh, at=NOON + 2 * DAY)
    names = [entry.event for entry in entries_about(known(minh))]
    assert names[-3:] == ["agencies.leave.set", "agencies.leave.set", "agencies.leave.ended"]


def test_only_a_colleague_stands_in_and_only_for_days_to_come() -> None:
    minh, head = testing.minh(), testing.head()
    for stranger in (testing.lan(), testing.worker("ubnd-kim-long"), minh):
        with pytest.raises(Invalid):
            away(minh, stranger)
    for since, until in ((NOON + DAY, NOON + DAY), (NOON - 3 * DAY, NOON - DAY)):
        with pytest.raises(Invalid):
            away(minh, head, since, until)
    for by in (testing.lan(), testing.worker("ubnd-kim-long"), testing.admin()):
        with pytest.raises(NotAllowed):
            away(by, head)


def test_a_substitute_who_leaves_the_agency_stands_in_no_longer() -> None:
    minh, other = testing.minh(), testing.worker(testing.WARD_OFFICE, 2)
    away(minh, other)
    office = testing.an_agency().id
    actions.dismiss(person_id=known(other), agency_id=office, role=Role.CASE_WORKER, at=NOON + DAY)
    later = NOON + 2 * DAY
    assert told(minh, later) == [minh.person_id]
    assert leaves.seen_to_by(queries.asker_for(known(other), later), later) == [other.person_id]
