"""Timers ring once, each on its own, and a failing one is tried again later."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from hues.kernel.clocks import actions, queries
from hues.kernel.clocks.actions import NewTimer
from hues.kernel.clocks.models import Timer
from hues.kit.ids import new_id

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
rung: list[tuple[str, UUID, datetime]] = []


@pytest.fixture(autouse=True)
def _silence() -> None:
    rung.clear()


@actions.on_timer("test.bell")
def bell(subject: UUID, now: datetime) -> None:
    rung.append(("bell", subject, now))


@actions.on_timer("test.broken")
def broken(subject: UUID, now: datetime) -> None:
    actions.set_timer(kind="test.bell", subject=subject, due_at=now + MINUTE, at=now)
    raise ZeroDivisionError


@actions.on_timer("test.broken_table")
def broken_table(subject: UUID, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


@actions.on_timer("test.snooze")
def snooze(subject: UUID, now: datetime) -> None:
    rung.append(("snooze", subject, now))
    actions.set_timer(kind="test.snooze", subject=subject, due_at=now + MINUTE, at=now)


def due_in(minutes: int, kind: str = "test.bell") -> UUID:
    subject = new_id()
    actions.set_timer(kind=kind, subject=subject, due_at=NOON + minutes * MINUTE, at=NOON)
    return subject


def test_a_timer_rings_once_and_not_before_it_is_due() -> None:
    subject = due_in(5)
    assert actions.tick(NOON + 4 * MINUTE) == 0
    assert actions.tick(NOON + 5 * MINUTE) == 1
    assert actions.tick(NOON + 6 * MINUTE) == 0
    assert rung == [("bell", subject, NOON + 5 * MINUTE)]


def test_what_is_due_first_rings_first() -> None:
    later, sooner = due_in(5), due_in(2)
    actions.tick(NOON + 9 * MINUTE)
    assert [subject for _, subject, _ in rung] == [sooner, later]


def test_a_cancelled_timer_stays_silent() -> None:
    kept, gone = due_in(1), due_in(1)
    actions.set_timer(kind="test.snooze", subject=kept, due_at=NOON, at=NOON)
    assert actions.cancel_timers(gone) == 1
    assert actions.cancel_timers(kept, "test.snooze") == 1
    actions.tick(NOON + MINUTE)
    assert [subject for _, subject, _ in rung] == [kept]


def test_setting_a_timer_again_moves_it() -> None:
    subject = due_in(1)
    actions.set_timer(kind="test.bell", subject=subject, due_at=NOON + 9 * MINUTE, at=NOON)
    assert actions.tick(NOON + 2 * MINUTE) == 0
    assert [card.due_at for card in queries.timers_of(subject)] == [NOON + 9 * MINUTE]


@pytest.mark.parametrize("kind", ["test.broken", "test.broken_table", "test.nobody_knows_this_one"])
def test_a_failing_timer_leaves_nothing_behind_blocks_nobody_and_is_tried_later(kind: str) -> None:
    bad, good = due_in(0, kind), due_in(1)
    assert actions.tick(NOON + MINUTE) == 1
    assert [subject for _, subject, _ in rung] == [good]
    assert [card.kind for card in queries.timers_of(bad)] == [kind]
    assert actions.tick(NOON + MINUTE) == 0
    actions.tick(NOON + 3 * MINUTE)
    assert [card.tries for card in queries.timers_of(bad)] == [2]


def test_a_timer_that_goes_on_failing_waits_longer_each_time_but_never_more_than_hours() -> None:
    bad = due_in(0, "test.broken")
    now = NOON
    for _ in range(20):
        actions.tick(now)
        waits = Timer.objects.get(subject=bad).next_at - now
        now += waits
    assert waits == timedelta(hours=6)
    assert queries.late_timers(now) == 1


def test_a_ring_may_set_its_own_timer_anew() -> None:
    subject = due_in(0, "test.snooze")
    for n in range(3):
        assert actions.tick(NOON + n * MINUTE) == 1
    assert [name for name, *_ in rung] == ["snooze"] * 3
    assert len(list(queries.timers_of(subject))) == 1


def test_many_timers_are_set_at_once_and_a_sweep_may_stop_early() -> None:
    timers = [NewTimer(kind="test.bell", subject=new_id(), due_at=NOON) for _ in range(500)]
    assert actions.set_timers(timers, at=NOON) == 500
    assert actions.tick(NOON, limit=200) == 200
    assert Timer.objects.count() == 300


def test_nobody_rings_for_a_kind_that_somebody_else_rings_for() -> None:
    def another(subject: UUID, now: datetime) -> None: ...

    with pytest.raises(LookupError, match=r"test\.bell"):
        actions.on_timer("test.bell")(another)


def test_the_database_itself_allows_one_timer_of_a_kind_and_subject() -> None:
    subject = due_in(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Timer.objects.create(kind="test.bell", subject=subject, due_at=NOON, next_at=NOON, set_at=NOON)


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_ring_each_timer_once() -> None:
    subjects = [due_in(0) for _ in range(40)]
    together = threading.Barrier(2)
    fired: list[int] = []

    def sweep() -> None:
        together.wait(30)
        try:
            fired.append(actions.tick(NOON))
        finally:
            connection.close()

    threads = [threading.Thread(target=sweep) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sum(fired) == 40
    assert sorted(subject for _, subject, _ in rung) == sorted(subjects)


@pytest.mark.django_db(transaction=True)
def test_a_timer_that_another_sweep_holds_is_skipped_and_the_next_one_rings() -> None:
    held, free = due_in(0), due_in(1)
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            list(Timer.objects.select_for_update().filter(subject=held))
            holding.set()
            done.wait(30)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert holding.wait(30)
    try:
        assert actions.tick(NOON + MINUTE) == 1
    finally:
        done.set()
        holder.join(30)
    assert [subject for _, subject, _ in rung] == [free]
    assert [card.kind for card in queries.timers_of(held)] == ["test.bell"]
