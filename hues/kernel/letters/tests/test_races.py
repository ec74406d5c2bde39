"""The same message twice at once is one letter, and of two people who see to it one wins."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from hues.kernel.agencies import testing as cast
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.models import Subscription
from hues.kernel.errors import WrongState
from hues.kernel.letters import actions, queries
from hues.kernel.letters.testing import a_letter

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2036, 3, 2, 5, tzinfo=UTC)


def at_once(*acts: Callable[[], object]) -> list[object]:
    start, found = Barrier(len(acts), timeout=30), list[object]([None] * len(acts))

    def run(place: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            found[place] = act() or "done"
        except WrongState as refusal:
            found[place] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=[place, act]) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_a_message_that_is_handed_over_twice_at_once_is_one_letter_of_one_sender() -> None:
    operator = cast.operator()
    at_once(*(lambda: a_letter(at=NOON) for _ in range(4)))
    (thread,) = queries.waiting(operator)
    assert len(thread.letters) == 1
    assert Subscription.objects.filter(channel=Way.ZALO).count() == 1


def test_two_operators_put_the_same_letter_aside_and_one_is_told() -> None:
    letter = a_letter(at=NOON)
    assert letter
    people = [cast.operator(), cast.duty_leader()]
    found = at_once(
        *(lambda by=by: actions.set_aside(letter_ids=[letter], reason="Không phải.", by=by, at=NOON) for by in people)
    )
    assert sorted(type(one).__name__ for one in found) == ["WrongState", "str"]
