"""Lanes: a thread or two of a process at once, and nothing that was asked for is missed."""

from collections import Counter
from threading import Event, Thread

from hues.kernel.delivery.lanes import Lane

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
