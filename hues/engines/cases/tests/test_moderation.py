"""What makes the centre look at a report by itself; nothing is kept out, and an emergency is never slowed."""

from datetime import timedelta

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.actions import CaseReceipt, Place
from hues.engines.cases.queries.moderation import limits
from hues.engines.cases.rules.moderation import Limits, Look, Seen, looks, says
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import DAI_NOI, MONDAY, WORDS, a_case, the_city
from hues.kernel.agencies import testing as cast
from hues.kernel.people.asker import Asker

LAW = Limits(per_hour=2, per_day=4, reports=3, days=7, words=("đồ ngu", "vcl"))


@pytest.mark.parametrize(
    ("seen", "emergency", "found"),
    [
        (Seen(in_hour=2, in_day=4, unproven=2), False, ()),
        (Seen(in_hour=3, in_day=3), False, (Look.OFTEN,)),
        (Seen(in_hour=1, in_day=5), False, (Look.OFTEN,)),
        (Seen(unproven=3), False, (Look.UNPROVEN,)),
        (Seen(in_hour=9, in_day=9, unproven=9), True, ()),
    ],
)
def test_too_many_and_unproven_need_a_look_but_no_emergency(
    seen: Seen,
    emergency: bool,  # noqa: FBT001
    found: tuple[Look, ...],
) -> None:
    assert looks(LAW, WORDS, seen, emergency=emergency) == found
    assert looks(Limits(), WORDS, seen, emergency=emergency) == ()


def test_words_are_found_whole_and_with_their_tone_marks() -> None:
    assert says(LAW.words, "Làm ăn như ĐỒ  NGU!")
    assert not says(LAW.words, "Đồ ngủ để trên vỉa hè")
    assert not says(LAW.words, "vclm")
    assert not says((), "vcl")


def look_of(case: CaseReceipt) -> str:
    return queries.ops_case(cast.operator(), case.number, at=MONDAY).look


def far(number: int) -> Place:
    return Place(lat=DAI_NOI.lat + number * 0.002, lng=DAI_NOI.lng, source="map")


@pytest.mark.django_db
def test_the_report_above_the_limit_of_the_hour_is_taken_and_marked() -> None:
    most = limits().per_hour
    sent = [a_case(place=far(n), at=MONDAY + timedelta(minutes=n)) for n in range(most + 1)]
    assert [look_of(case) for case in sent] == [""] * most + ["often"]
    assert queries.my_case(cast.lan(), sent[-1].number, at=MONDAY).state == State.RECEIVED
    later = a_case(place=far(0), at=MONDAY + timedelta(hours=2))
    other = a_case(place=far(0), by=cast.eve(), at=MONDAY + timedelta(minutes=9))
    assert (look_of(later), look_of(other)) == ("", "")


def call(by: Asker, minute: int) -> CaseReceipt:
    return actions.open_case(
        category="roads-pothole",
        text=WORDS,
        place=far(minute % 6),
        by=by,
        channel="phone",
        contact="0901",
        at=MONDAY + timedelta(minutes=minute),
    )


@pytest.mark.django_db
def test_calls_are_counted_against_nobody() -> None:
    the_city()
    assert {look_of(call(cast.operator(), n)) for n in range(limits().per_hour + 2)} == {""}


@pytest.mark.django_db
def test_every_door_of_citizens_and_programs_is_weighed() -> None:
    the_city()
    for channel in ("web", "offline", "open311"):
        text = f"{WORDS} Làm như đồ ngu."
        case = actions.open_case(
            category="roads-pothole", text=text, place=DAI_NOI, by=cast.eve(), channel=channel, at=MONDAY
        )
        assert "words" in look_of(case), channel


@pytest.mark.django_db
def test_many_reports_from_one_place_without_a_photo_need_a_look() -> None:
    who, most = [cast.lan(), cast.eve()], limits().reports
    sent = [a_case(by=who[n % 2], at=MONDAY + timedelta(days=n)) for n in range(most)]
    assert [look_of(case) for case in sent] == [""] * (most - 1) + ["unproven"]
    assert look_of(a_case(place=far(3), at=MONDAY + timedelta(days=most))) == ""
    assert look_of(a_case(at=MONDAY + timedelta(days=most + limits().days))) == ""


@pytest.mark.django_db
def test_a_word_never_keeps_an_emergency_out_and_no_limit_marks_one() -> None:
    the_city()
    urgent = next(card for card in queries.categories() if card.emergency)
    sent = [a_case(category=urgent.code, at=MONDAY + timedelta(minutes=n)) for n in range(limits().per_hour + 2)]
    assert {look_of(case) for case in sent} == {""}
    sworn = a_case(category=urgent.code, text=f"{WORDS} vcl, cứu với!")
    assert look_of(sworn) == "words"
    assert queries.my_case(cast.lan(), sworn.number, at=MONDAY).state == State.RECEIVED


@pytest.mark.django_db
def test_the_centre_finds_what_needs_a_look() -> None:
    plain, sworn = a_case(), a_case(by=cast.eve(), text=f"{WORDS} Đồ ngu!")
    found = queries.ops_queue(cast.operator(), queries.CaseFilters(looked_at=True), at=MONDAY).rows
    assert [row.number for row in found] == [sworn.number]
    assert plain.number != sworn.number
    assert queries.counts(cast.operator(), at=MONDAY).to_look_at == 1
