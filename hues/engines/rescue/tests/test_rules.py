"""What is urgent, what may be done from where."""

import pytest

from hues.engines.rescue.rules.bounds import OF_ONE_ADDRESS, OPEN_OF_ONE_PHONE, stands_behind
from hues.engines.rescue.rules.urgency import CRITICAL, HIGH, MANY, NORMAL, Need, urgency
from hues.engines.rescue.rules.workflow import ENDED, MOVES, OPEN, State, Verb, possible


@pytest.mark.parametrize(
    ("needs", "people", "battery_low", "expected"),
    [
        ({Need.MEDICAL, Need.FOOD}, 1, False, CRITICAL),
        ({Need.RISING}, 1, False, CRITICAL),
        ({Need.BOAT}, 1, False, HIGH),
        ({Need.ELDERLY, Need.FOOD}, 1, False, HIGH),
        ({Need.FOOD}, 1, False, NORMAL),
        ({Need.FOOD}, MANY, False, HIGH),
        ({Need.FOOD}, 1, True, HIGH),
        (set(), 1, False, HIGH),
    ],
)
def test_urgency_is_told_by_what_people_need(
    needs: set[Need],
    people: int,
    battery_low: bool,  # noqa: FBT001
    expected: int,
) -> None:
    assert urgency(needs, people=people, battery_low=battery_low) == expected


def test_nobody_is_given_up_who_was_not_rung_twice_or_looked_for() -> None:
    assert Verb.GIVE_UP not in possible(State.RECEIVED, tries=1)
    assert Verb.GIVE_UP in possible(State.RECEIVED, tries=2)
    assert Verb.GIVE_UP in possible(State.SENT, tries=0)


def test_nobody_is_called_safe_whom_nobody_has_spoken_to_or_sent_for() -> None:
    assert Verb.SAVE not in possible(State.RECEIVED, tries=0)


def test_every_open_state_can_end_and_every_ended_one_can_be_opened_again() -> None:
    for state in OPEN:
        ends = {MOVES[verb].steps[state] for verb in possible(state, tries=2)}
        assert ends & ENDED
    assert all(Verb.RETURN in possible(state, tries=0) for state in ENDED)


def test_the_callers_own_word_is_no_move_of_the_centre() -> None:
    assert all(Verb.SAY_SAFE not in possible(state, tries=9) for state in State)


def _behind(recent: int = 0, *, of_phone: int = 0, here: int = 0, foreign: bool = False) -> bool:
    return stands_behind(recent, of_phone=of_phone, of_phone_here=here, foreign_page=foreign)


def test_a_crowd_of_one_address_or_of_one_phone_stands_behind_and_others_answer_for_none_of_it() -> None:
    assert not _behind(OF_ONE_ADDRESS - 1)
    assert _behind(OF_ONE_ADDRESS)
    assert _behind(foreign=True)
    assert not _behind(of_phone=OPEN_OF_ONE_PHONE - 1, here=OPEN_OF_ONE_PHONE - 1)
    assert _behind(of_phone=OPEN_OF_ONE_PHONE, here=1)
    assert not _behind(of_phone=1000 * OPEN_OF_ONE_PHONE, here=0)
