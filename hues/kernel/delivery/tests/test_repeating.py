"""Said again: to the devices of whoever has not opened it, in no inbox twice, and not too often."""

from datetime import timedelta

import pytest

from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.models import Chunk, Parcel
from hues.kernel.delivery.tests.test_broadcast import DAY, MAY, A, B, browser, keys, somebody, tell
from hues.kit.ids import new_id

pytestmark = pytest.mark.django_db
TOLD, QUARTER = MAY + DAY, timedelta(minutes=15)


def again(key: str) -> set[int]:
    chunks = Chunk.objects.filter(broadcast__key=key).select_related("broadcast")
    found = [
        queries.reach.targets(one.broadcast_id, one.channel, one.low, one.high, one.broadcast.again_of_id)
        for one in chunks
    ]
    return {target.id for some in found for target in some}


def test_it_goes_to_those_it_was_for_who_have_neither_opened_nor_answered_it() -> None:
    opens, answers, sleeps, moves_in, elsewhere = people = [somebody(n, home=B if n > 2 else A) for n in range(5)]
    devices = [browser(f"d{n}", person.person_id) for n, person in enumerate(people)]
    tell("alert", [A], TOLD)
    actions.mark_read(by=opens, at=TOLD)
    assert answers.person_id
    assert moves_in.person_id
    actions.note_opened(key="alert", person_id=answers.person_id, at=TOLD)
    actions.live_in(person_id=moves_in.person_id, ward=A, at=TOLD + QUARTER / 2)
    owed = Parcel.objects.count()
    assert actions.repeat(key="alert", at=TOLD + QUARTER)
    assert again("alert:again:1") == {devices[2]}
    assert (keys(sleeps), keys(elsewhere), keys(moves_in)) == (["alert"], [], [])
    assert queries.unread_count(sleeps) == 1
    assert (queries.unread_count(answers), Parcel.objects.count()) == (0, owed)


def test_who_is_to_be_left_in_peace_is_and_counts_as_nobody_who_opened_it() -> None:
    safe, _other = people = [somebody(n, home=A) for n in range(2)]
    devices = [browser(f"d{n}", person.person_id) for n, person in enumerate(people)]
    tell("alert", [A], TOLD)
    assert safe.person_id
    assert actions.repeat(key="alert", spare=[safe.person_id, new_id()], at=TOLD + QUARTER)
    assert again("alert:again:1") == {devices[1]}
    assert {one.opened for one in queries.reached()} == {0}
    assert queries.unread_count(safe) == 1


def test_a_browser_without_an_account_that_opened_it_is_left_in_peace_and_counted() -> None:
    person = somebody(1, home=B)
    opens, sleeps = (browser(name, None) for name in ("o", "s"))
    browser("a", person.person_id)
    browser("x", None)  # was not told
    for pk in (opens, sleeps):
        actions.choose_wards(subscription=pk, wards=[A, B], at=MAY)
    tell("alert", [A, B], TOLD)
    Chunk.objects.update(tries=1, done_at=TOLD)
    for name, link in (("o", "/"), ("o", "/"), ("s", "/else/"), ("x", "/"), ("none", "/"), ("a", "/")):
        actions.note_opened_at(address=f"https://push.example/{name}", link=link, at=TOLD)
    board = queries.board(["alert"])
    assert (board.devices_opened, board.opened, queries.unread_count(person)) == (1, 1, 0)
    assert actions.repeat(key="alert", at=TOLD + QUARTER)
    assert again("alert:again:1") == {sleeps}


def test_it_is_not_said_again_within_a_quarter_of_an_hour_and_never_what_was_not_said() -> None:
    tell("alert", [A], TOLD)
    tell("exercise", [A], TOLD, training=True)
    browser("d", None)
    assert not actions.repeat(key="alert", at=TOLD + QUARTER / 2)
    assert actions.repeat(key="alert", at=TOLD + QUARTER)
    assert not actions.repeat(key="alert", at=TOLD + QUARTER)
    assert actions.repeat(key="alert", at=TOLD + 2 * QUARTER)
    for key in ("never", "exercise", "alert:again:1"):
        assert not actions.repeat(key=key, at=TOLD + DAY)
