"""Calls are taken once, moved by one winner, sealed from everybody else, and forgotten."""

from datetime import timedelta
from uuid import UUID

import pytest

from hues.engines.rescue import actions, queries
from hues.engines.rescue.models import Call, Seal, Step
from hues.engines.rescue.rules.bounds import OF_ONE_ADDRESS, OPEN_OF_ONE_PHONE
from hues.engines.rescue.rules.urgency import Need
from hues.engines.rescue.rules.workflow import State, Verb
from hues.engines.rescue.testing import MONDAY, PHONE, a_call, asked
from hues.kernel.agencies import testing as cast
from hues.kernel.consent.actions import sweep
from hues.kernel.errors import Invalid, NotAllowed, Stale, WrongState
from hues.kernel.journal.queries import entries_about

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def _move(code: str, verb: Verb, seen: int, words: str = "Đã gọi") -> int:
    return actions.move(verb=verb, code=code, seen=seen, by=cast.operator(), words=words, at=MONDAY + seen * MINUTE)


def _facts_of(call_id: UUID) -> list[tuple[str, str]]:
    return [(entry.event, entry.facts["state"]) for entry in sorted(entries_about(call_id), key=lambda e: e.id)]


def test_a_call_goes_from_received_to_safe_with_every_step_in_log_and_journal() -> None:
    code = a_call().code
    _move(code, Verb.MISS, 1, words="")
    _move(code, Verb.REACH, 2, words="Bốn người, đang ở trên gác.")
    _move(code, Verb.SEND, 3, words="Ca nô đội 2.")
    _move(code, Verb.SAVE, 4, words="Đã đưa về trường Quốc Học.")
    call = queries.call(cast.operator(), code)
    assert (call.state, call.tries, call.ward_code) == (State.SAFE, 1, "19753")
    assert [line.verb for line in queries.log(cast.operator(), call.id)] == [
        Verb.OPEN,
        Verb.MISS,
        Verb.REACH,
        Verb.SEND,
        Verb.SAVE,
    ]
    assert _facts_of(call.id) == [
        ("rescue.call.opened", "received"),
        ("rescue.call.moved", "received"),
        ("rescue.call.moved", "called_back"),
        ("rescue.call.moved", "sent"),
        ("rescue.call.moved", "safe"),
    ]


def test_the_journal_holds_no_phone_no_place_and_no_words() -> None:
    code = a_call().code
    _move(code, Verb.REACH, 1, words="Chị Hoa nghe máy.")
    call = queries.call(cast.operator(), code)
    written = " ".join(str(entry) for entry in entries_about(call.id))
    assert "called_back" in written
    for secret in (PHONE[3:], "16.4698", "Đặng Thái Thân", "Chị Hoa", code):
        assert secret not in written


def test_the_same_call_sent_twice_is_one_and_a_different_one_is_two() -> None:
    first = a_call()
    again = a_call(asked(lat=16.46981), at=MONDAY + MINUTE)
    assert (again.code, again.again) == (first.code, True)
    assert a_call(asked(people=5)).code != first.code
    assert Call.objects.count() == 2


def test_the_same_call_after_its_end_is_a_new_one_and_the_old_one_can_still_be_opened_again() -> None:
    code = a_call().code
    _move(code, Verb.DISMISS, 1)
    fresh = a_call(at=MONDAY + 9 * MINUTE)
    assert fresh.code != code
    _move(code, Verb.RETURN, 2)
    assert {call.code for call in queries.queue(cast.operator())} == {code, fresh.code}


def test_what_is_more_than_one_phone_rings_for_is_taken_and_stands_behind_until_one_has_ended() -> None:
    codes = [a_call(asked(people=n + 1, origin="ward")).code for n in range(OPEN_OF_ONE_PHONE)]
    sixth = a_call(asked(people=99, origin="ward")).code
    assert [call.code for call in queries.queue(cast.operator(), "behind")] == [sixth]
    assert queries.numbers(cast.operator()).waiting == OPEN_OF_ONE_PHONE
    _move(codes[0], Verb.DISMISS, 1)
    _move(sixth, Verb.DISMISS, 1)
    assert not queries.call(cast.operator(), a_call(asked(people=98, origin="ward")).code).behind


def test_fakes_in_the_name_of_a_number_push_its_owner_nowhere() -> None:
    for n in range(OPEN_OF_ONE_PHONE + 4):
        a_call(asked(lat=None, lng=None, address=f"Kiệt {n} bịa đặt, Vỹ Dạ", origin="stranger"))
    own = a_call(asked(people=6, origin="roof")).code
    assert not queries.call(cast.operator(), own).behind
    assert own in [call.code for call in queries.queue(cast.operator())]


def test_a_flood_of_one_network_hides_nobody_else_of_the_second_line() -> None:
    for n in range(4 * OF_ONE_ADDRESS):
        a_call(asked(phone=f"+8490199{n:04d}", origin="flood", foreign_page=True), at=MONDAY + n * MINUTE)
    food = frozenset({Need.FOOD})
    real = a_call(asked(people=1, needs=food, origin="house", foreign_page=True), at=MONDAY + timedelta(hours=2)).code
    seen = [call.code for call in queries.queue(cast.operator(), "behind", limit=OF_ONE_ADDRESS + 1)]
    assert real in seen


def test_a_crowd_from_one_address_is_taken_whole_and_stands_behind() -> None:
    for n in range(OF_ONE_ADDRESS + 3):
        a_call(asked(phone=f"+8490177{n:04d}", origin="one"), at=MONDAY + n * MINUTE)
    a_call(asked(phone="+84901888001", origin="other"), at=MONDAY + timedelta(minutes=30))
    counted = queries.numbers(cast.operator())
    assert (counted.waiting, counted.behind) == (OF_ONE_ADDRESS + 1, 3)
    a_call(asked(phone="+84901888002", origin="one"), at=MONDAY + timedelta(hours=3))
    assert queries.numbers(cast.operator()).behind == 3


def test_a_form_that_another_site_sent_stands_behind() -> None:
    a_call(asked(foreign_page=True))
    assert len(queries.queue(cast.operator(), "behind")) == 1


def test_a_call_without_any_place_is_asked_for_one_and_one_with_words_alone_is_taken() -> None:
    with pytest.raises(Invalid) as refused:
        a_call(asked(lat=None, lng=None, address=""))
    assert "address" in refused.value.fields
    code = a_call(asked(lat=None, lng=None, address="Thôn 2, Vỹ Dạ")).code
    assert queries.call(cast.operator(), code).ward_code == "19777"


def test_a_point_outside_of_the_city_is_taken_and_marked() -> None:
    code = a_call(asked(lat=21.03, lng=105.85)).code
    call = queries.call(cast.operator(), code)
    assert (call.outside, call.ward_code, call.lat) == (True, "", 21.03)


def test_the_queue_stands_by_urgency_and_then_by_age() -> None:
    food = a_call(asked(phone="+84901777011", people=1, needs=frozenset({Need.FOOD}))).code
    boat = a_call(asked(phone="+84901777012", needs=frozenset({Need.BOAT})), at=MONDAY + MINUTE).code
    young = a_call(asked(phone="+84901777013"), at=MONDAY + 3 * MINUTE).code
    old = a_call(asked(phone="+84901777014"), at=MONDAY + 2 * MINUTE).code
    assert [call.code for call in queries.queue(cast.duty_leader())] == [old, young, boat, food]


def test_of_two_operators_one_wins() -> None:
    code = a_call().code
    _move(code, Verb.REACH, 1)
    with pytest.raises(Stale):
        actions.move(verb=Verb.DISMISS, code=code, seen=1, by=cast.duty_leader(), words="Giả", at=MONDAY)
    assert queries.call(cast.operator(), code).state == State.CALLED_BACK


def test_what_needs_words_is_refused_without_and_what_is_not_possible_too() -> None:
    code = a_call().code
    with pytest.raises(Invalid):
        _move(code, Verb.SEND, 1, words="  ")
    with pytest.raises(WrongState):
        _move(code, Verb.SAVE, 1)
    assert queries.call(cast.operator(), code).version == 1


@pytest.mark.parametrize("who", [cast.lan, cast.minh, cast.head, cast.leader, cast.auditor, cast.admin])
def test_nobody_but_the_rescuers_sees_a_call_or_moves_it(who: object) -> None:
    code, outsider = a_call().code, who()  # type: ignore[operator]
    for read in (queries.queue, queries.numbers, queries.everything):
        with pytest.raises(NotAllowed):
            read(outsider)
    with pytest.raises(NotAllowed):
        queries.call(outsider, code)
    with pytest.raises(NotAllowed):
        actions.move(verb=Verb.NOTE, code=code, seen=1, by=outsider, words="?", at=MONDAY)


def test_the_callers_word_is_noted_once_and_leaves_the_state_to_the_centre() -> None:
    code = a_call().code
    actions.say_safe(code=code, at=MONDAY + MINUTE)
    actions.say_safe(code=code, at=MONDAY + 2 * MINUTE)
    call = queries.call(cast.operator(), code)
    assert (call.state, call.version, call.said_safe_at) == (State.RECEIVED, 2, MONDAY + MINUTE)


def test_phone_place_and_log_are_forgotten_after_the_end_and_the_call_still_counts() -> None:
    over, still = a_call().code, a_call(asked(people=9)).code
    _move(over, Verb.DISMISS, 1)
    sweep(MONDAY + timedelta(days=89))
    assert Seal.objects.count() == 2
    sweep(MONDAY + timedelta(days=92))
    assert list(Seal.objects.values_list("call__code", flat=True)) == [still]
    call = queries.call(cast.operator(), over)
    assert (call.phone, call.lat, call.address, call.state) == ("", None, "", State.FALSE)
    assert not Step.objects.filter(seal_id=call.id).exists()
    assert _move(over, Verb.NOTE, 2) == 3
