"""Lanes: a thread or two of a process at once, and nothing that was asked for is missed."""

from collections import Counter
from threading import Event, Thread

import pytest
from django.db import connection

from hues.kernel.agencies.testing import lan
from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.actions import leasing
from hues.kernel.delivery.channels import Urgency
from hues.kernel.delivery.lanes import Kind, Lane
from hues.kernel.delivery.models import Parcel
from hues.kernel.delivery.testing import PushService
from hues.kernel.delivery.testing.mosquitto import MISSING, MOSQUITTO, Siren
from hues.kernel.delivery.tests.sounding import SITES, sound
from hues.kernel.delivery.tests.telling import MINUTE, NOON, SAID, heard, opened, subscribed, tell, tell_one

LONG = 10.0


def test_whoever_comes_while_another_is_at_it_leaves_at_once_and_the_work_is_looked_at_again() -> None:
    began, may_end, done = Event(), Event(), []

    def work() -> None:
        began.set()
        assert may_end.wait(LONG)
        done.append(1)

    lane = Lane(work)
    first = Thread(target=lane.enter)
    first.start()
    assert began.wait(LONG)
    for _ in range(3):
        lane.enter()  # would wait for ever if it took a turn
    assert done == []
    may_end.set()
    first.join(LONG)
    assert done == [1, 1]


def test_nothing_that_was_owed_before_somebody_came_is_left() -> None:
    owed, sent = Counter[str](), Counter[str]()
    lane = Lane(lambda: sent.update(**{key: n - sent[key] for key, n in owed.items()}), threads=1)

    def owe(name: str) -> None:
        for _ in range(500):
            owed[name] += 1
            lane.enter()

    threads = [Thread(target=owe, args=[name]) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)
    assert sent == owed


def test_a_failure_leaves_the_lane_open() -> None:
    turns = iter([ZeroDivisionError, None])

    def work() -> None:
        if wrong := next(turns):
            raise wrong

    lane = Lane(work)
    for expected in (True, False):
        try:
            lane.enter()
        except ZeroDivisionError:
            assert expected
        else:
            assert not expected


def jobs() -> list[tuple[str, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'kind', queue_name, priority FROM procrastinate_jobs WHERE task_name = %s ORDER BY id",
            [actions.DELIVER],
        )
        return [*cursor.fetchall()]


@pytest.mark.django_db
@pytest.mark.usefixtures("broker")
@pytest.mark.skipif(not MOSQUITTO, reason=MISSING)
def test_each_kind_has_a_job_of_its_own_and_sirens_the_first_in_a_queue_of_theirs(service: PushService) -> None:
    subscribed(service, "lan")
    actions.add_hook(label="x", url="http://127.0.0.1:9/", at=NOON)
    before = len(jobs())
    sound()
    assert jobs()[before:] == [("sirens", "sirens", 10), ("hooks", "delivery", 5), ("pushes", "delivery", 5)]
    actions.wake_all(at=NOON)
    assert {kind for kind, _queue, _priority in jobs()[before + 3 :]} == set(Kind)


@pytest.mark.django_db
def test_a_word_to_one_person_waits_for_no_system_that_is_told_of_a_warning(service: PushService) -> None:
    ours = subscribed(service, "lan", lan())
    actions.add_hook(label="x", url="http://127.0.0.1:9/", at=NOON)
    tell()
    tell_one(lan())
    assert actions.send_all(Kind.SINGLE, now=lambda: NOON) == 1
    assert heard(service, ours) == [SAID]
    assert queries.owing().parcels == 1
    actions.send_all(Kind.HOOKS, now=lambda: NOON)
    (reach,) = queries.reached()
    assert reach.ends == (("webhook", "again", 1),)


@pytest.mark.django_db
@pytest.mark.skipif(not MOSQUITTO, reason=MISSING)
def test_sirens_are_told_while_all_else_is_still_owed(service: PushService, town: dict[str, Siren]) -> None:
    subscribed(service, "lan")
    actions.add_hook(label="x", url="http://127.0.0.1:9/", at=NOON)
    sound()
    assert actions.send_all(Kind.SIRENS, now=lambda: NOON) == len(SITES)
    for siren in town.values():
        siren.was_told(1)
    assert (service.received, queries.owing().chunks, queries.owing().parcels) == ([], 1, 1)


@pytest.mark.django_db
def test_pushes_that_were_put_off_go_with_pushes_and_hold_up_no_single_message(service: PushService) -> None:
    subscribed(service, "lan")
    service.answers["/lan"] = [(429, "60")]
    sound()
    actions.send_all(Kind.PUSHES, now=lambda: NOON)
    assert jobs()[-1][0] == "pushes"
    (row,) = Parcel.objects.all()
    assert actions.send_all(Kind.SINGLE, now=lambda: row.due_at) == 0
    assert actions.send_all(Kind.PUSHES, now=lambda: row.due_at) == 1
    assert len(service.received) == 2


@pytest.mark.django_db
def test_of_what_is_pushed_again_the_gravest_goes_first_though_it_fell_due_later(
    service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = subscribed(service, "lan")
    service.answers["/lan"] = [(429, "10"), (429, "60")]
    tell("notice", urgency=Urgency.LOW)
    actions.send_all(Kind.PUSHES, now=lambda: NOON)
    sound()
    actions.send_all(Kind.PUSHES, now=lambda: NOON)
    monkeypatch.setattr(leasing, "BATCH", 1)
    actions.send_all(Kind.PUSHES, now=lambda: NOON + MINUTE)
    assert [opened(ours, pushed)["urgent"] for pushed in service.received] == [False, True, True, False]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PARTS])
def test_what_is_owed_of_a_kind_is_found_without_looking_at_what_is_owed_of_the_others(kind: Kind) -> None:
    asked = {"at": NOON, "until": NOON, "lease": None, "most": 1, "urgency": "low"}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("DROP INDEX parcel_owed")  # in an empty table one is as good as another
        cursor.execute("EXPLAIN " + leasing._PARCELS.format(theirs=leasing._THEIRS[kind]), asked)
        assert f"parcel_owed_{kind}" in str(cursor.fetchall())
