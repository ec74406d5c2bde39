"""What people follow: subjects and wards, as of the instant something is told; the predicate against brute force."""

from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest

from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.queries import wishes
from hues.kernel.delivery.tests.test_broadcast import (
    DAY,
    MAY,
    A,
    B,
    C,
    broadcast_id,
    browser,
    counted,
    keys,
    somebody,
    tell,
    told,
)
from hues.kernel.people import actions as people
from hues.kernel.people.asker import Asker

pytestmark = pytest.mark.django_db
POWER, WATER = "notice:power", "notice:water"


def test_the_three_ways_to_ask_whom_it_reaches_find_the_set_that_brute_force_finds() -> None:
    town: dict[UUID, tuple[str, set[str], set[str]]] = {}
    browsers: dict[UUID, int] = {}
    for number in range(48):
        home = ("", A, B, C)[number % 4]
        asker = somebody(number, home=home, follows=(A,) if number & 4 else ())
        assert asker.person_id
        left = {subject for bit, subject in ((8, POWER), (16, WATER)) if number & bit}
        actions.unfollow(person_id=asker.person_id, subjects=left, at=MAY)
        town[asker.person_id] = (home, {home, A} if number & 4 else {home}, left)
        browsers[asker.person_id] = browser(f"s{number}", asker.person_id)
    for wards in ([A], [B, C], None):
        for subject in (POWER, WATER, ""):
            key = f"{wards} {subject}"
            tell(key, wards, MAY + DAY, subject=subject)
            wanted = {
                person
                for person, (_home, places, left) in town.items()
                if subject not in left and (wards is None or places & set(wards))
            }
            assert set(queries.reach.people_of(broadcast_id(key))) == wanted
            assert told(key) == {browsers[person] for person in wanted}
            assert queries.would_reach(wards, subject) == len(wanted)
            assert counted(key) == dict(Counter(town[person][0] for person in wanted))


def test_who_wants_only_the_own_places_hears_no_notice_for_the_whole_city_but_every_warning() -> None:
    town: dict[UUID, tuple[str, bool]] = {}
    browsers: dict[UUID, int] = {}
    for number in range(16):
        home, only = ("", A, B, C)[number % 4], bool(number & 4)
        asker = somebody(number, home=home)
        assert asker.person_id
        actions.only_my_places(person_id=asker.person_id, only=only, at=MAY)
        town[asker.person_id] = (home, only)
        browsers[asker.person_id] = browser(f"o{number}", asker.person_id)
    for wards in ([A], [A, B, C], None):
        for subject in (POWER, ""):
            key = f"{wards} {subject}"
            tell(key, wards, MAY + DAY, subject=subject)
            wanted = {
                person for person, (home, only) in town.items() if (home in wards if wards else not (only and subject))
            }
            assert set(queries.reach.people_of(broadcast_id(key))) == wanted, key
            assert {row for row in town if key in keys(Asker(person_id=row))} == wanted, key
            assert told(key) == {browsers[person] for person in wanted}, key
            assert queries.would_reach(wards, subject) == len(wanted), key
            assert counted(key) == dict(Counter(town[person][0] for person in wanted)), key


def test_the_switch_and_the_topics_leave_each_other_alone_and_what_was_told_is_followed_up() -> None:
    asker = somebody(1, home=A)
    assert asker.person_id
    tell("fest", None, MAY + DAY, subject=POWER)
    for _twice in range(2):
        actions.only_my_places(person_id=asker.person_id, only=True, at=MAY + 2 * DAY)
    actions.unfollow(person_id=asker.person_id, subjects=[WATER], at=MAY + 2 * DAY)
    found = wishes(asker.person_id)
    assert found.only_my_places
    assert set(found.unfollowed) == {WATER}
    tell("another", None, MAY + 3 * DAY, subject=POWER)
    tell("fest is off", [], MAY + 3 * DAY, subject=POWER, also=["fest"])
    assert keys(asker) == ["fest is off", "fest"]
    actions.only_my_places(person_id=asker.person_id, only=False, at=MAY + 4 * DAY)
    tell("again", None, MAY + 5 * DAY, subject=POWER)
    assert keys(asker)[0] == "again"
    assert wishes(asker.person_id).unfollowed == {WATER}


def test_a_circle_reaches_the_set_that_brute_force_finds_and_residents_are_who_lives_there() -> None:
    town: dict[UUID, tuple[str, set[str], set[str], bool]] = {}
    browsers: dict[UUID, int] = {}
    for number in range(48):
        home = ("", A, B, C)[number % 4]
        asker = somebody(number, home=home, follows=(A, C) if number & 4 else ())
        assert asker.person_id
        circles = {circle for bit, circle in ((8, "parents"), (16, "visitors")) if number & bit}
        actions.belong(person_id=asker.person_id, circles=circles, at=MAY)
        actions.unfollow(person_id=asker.person_id, subjects={POWER} if number & 32 else (), at=MAY)
        town[asker.person_id] = (home, {home, A, C} if number & 4 else {home}, circles, bool(number & 32))
        browsers[asker.person_id] = browser(f"c{number}", asker.person_id)
    stranger = browser("stranger", None)
    for wards in ([A], [B, C], None):
        for circle in ("parents", "visitors", "residents", ""):
            key = f"{wards} {circle}"
            tell(key, wards, MAY + DAY, subject=POWER, circle=circle)
            named = {A, B, C} if wards is None else set(wards)
            wanted = {
                person
                for person, (home, places, circles, left) in town.items()
                if not left
                and (wards is None or places & named)
                and (not circle or circle in circles or (circle == "residents" and home in named))
            }
            assert set(queries.reach.people_of(broadcast_id(key))) == wanted, key
            assert {row for row in town if key in keys(Asker(person_id=row))} == wanted, key
            strangers = {stranger} if wards is None and not circle else set()
            assert told(key) == {browsers[person] for person in wanted} | strangers, key
            assert queries.would_reach(wards, POWER, circle) == len(wanted), key
            assert counted(key) == dict(Counter(town[person][0] for person in wanted)), key


def test_who_leaves_a_circle_hears_the_end_of_what_was_told_and_who_joins_later_does_not() -> None:
    leaves, joins = somebody(1, home=A), somebody(2, home=A)
    assert leaves.person_id
    assert joins.person_id
    actions.belong(person_id=leaves.person_id, circles=["parents"], at=MAY)
    tell("school", [A], MAY + DAY, circle="parents")
    actions.belong(person_id=leaves.person_id, circles=[], at=MAY + 2 * DAY)
    actions.belong(person_id=joins.person_id, circles=["parents"], at=MAY + 2 * DAY)
    tell("over", [], MAY + 3 * DAY, also=["school"])
    tell("next", [A], MAY + 3 * DAY, circle="parents")
    assert (keys(leaves), keys(joins)) == (["over", "school"], ["next"])
    assert actions.repeat(key="school", at=MAY + 4 * DAY)
    actions.belong(person_id=leaves.person_id, circles=["parents"], at=MAY + 5 * DAY)
    assert wishes(leaves.person_id).circles == {"parents"}


def test_what_was_told_is_settled_when_it_is_told_and_what_follows_it_reaches_the_same_people() -> None:
    stays, leaves, comes = (somebody(number, home=A) for number in range(3))
    assert leaves.person_id
    assert comes.person_id
    actions.unfollow_one(person_id=comes.person_id, subject=POWER, at=MAY)
    tell("cut", [A], MAY + DAY, subject=POWER)
    actions.unfollow_one(person_id=leaves.person_id, subject=POWER, at=MAY + 2 * DAY)
    actions.unfollow(person_id=comes.person_id, subjects=(), at=MAY + 2 * DAY)
    tell("over", [], MAY + 3 * DAY, subject=POWER, also=["cut"])
    tell("next", [A], MAY + 3 * DAY, subject=POWER)
    assert keys(stays) == ["next", "over", "cut"]
    assert keys(leaves) == ["over", "cut"]
    assert keys(comes) == ["next"]
    assert wishes(leaves.person_id).unfollowed == {POWER}


def test_a_subject_is_left_and_followed_again_as_often_as_one_likes() -> None:
    asker = somebody(1, home=A)
    assert asker.person_id
    for day in range(1, 5):
        left = {POWER, WATER} if day % 2 else {WATER}
        actions.unfollow(person_id=asker.person_id, subjects=left, at=MAY + day * DAY)
        tell(f"power {day}", [A], MAY + day * DAY + timedelta(hours=1), subject=POWER)
        tell(f"water {day}", [A], MAY + day * DAY + timedelta(hours=1), subject=WATER)
    assert keys(asker) == ["power 4", "power 2"]


def test_guests_who_cannot_sign_in_are_counted_nowhere() -> None:
    somebody(1, home=A)
    people.open_guest(name="Khách", at=MAY)
    tell("city", None, MAY + DAY)
    assert counted("city") == {A: 1}
    assert len(queries.reach.people_of(broadcast_id("city"))) == 1
