"""What is known by its address alone stands in the middle of its ward, which makes no two of them neighbours."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hues.engines.cases import queries
from hues.engines.cases.models import Case
from hues.engines.cases.queries import Near
from hues.engines.cases.queries.moderation import limits
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import DAI_NOI, MONDAY, POTHOLE, WORDS, a_case, a_case_in
from hues.kernel.agencies import testing as cast
from hues.kernel.journal.testing import drain
from hues.kernel.people.asker import STRANGER, Asker

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
IN_THE_WARD = replace(DAI_NOI, address="24 Nguyễn Huệ", source="address")
ELSEWHERE = replace(IN_THE_WARD, address="7 Điện Biên Phủ")
OTHER_WORDS = "Nắp cống bị mất, đêm tối không ai thấy đường mà tránh."


def near(text: str, source: str = "address", asker: Asker = STRANGER) -> tuple[Near, ...]:
    return queries.near_duplicates(
        category=POTHOLE, text=text, lat=DAI_NOI.lat, lng=DAI_NOI.lng, source=source, asker=asker, at=MONDAY + DAY
    )


def test_other_words_about_another_house_of_the_ward_are_no_duplicate() -> None:
    a_case_in(State.PUBLISHED, place=IN_THE_WARD)
    assert near(OTHER_WORDS) == ()
    assert near(OTHER_WORDS, source="map") == ()
    assert near(OTHER_WORDS, asker=cast.operator()) == ()


def test_like_words_are_shown_and_nobody_is_told_how_far_away_they_are() -> None:
    case = a_case_in(State.PUBLISHED, place=IN_THE_WARD)
    for source, asker in (("address", STRANGER), ("map", STRANGER), ("address", cast.operator())):
        (found,) = near(WORDS, source=source, asker=asker)
        assert (found.number, found.metres) == (case.number, None)


def chained(address: str) -> bool:
    a_case_in(State.PUBLISHED, place=replace(IN_THE_WARD, address="24 Nguyễn Huệ"))
    later = a_case(place=replace(IN_THE_WARD, address=address), at=MONDAY + 30 * DAY)
    drain()
    return Case.objects.get(pk=later.id).chain_id is not None


@pytest.mark.parametrize(
    ("address", "same"), [("24 nguyen hue", True), ("7 Điện Biên Phủ", False), ("Nguyễn Huệ", False), ("", False)]
)
def test_trouble_comes_back_to_the_same_address_and_not_to_another_of_the_ward(address: str, *, same: bool) -> None:
    assert chained(address) is same


def test_a_street_without_a_number_is_no_one_place() -> None:
    a_case_in(State.PUBLISHED, place=replace(IN_THE_WARD, address="Đường Lê Lợi"))
    later = a_case(place=replace(IN_THE_WARD, address="Đường Lê Lợi"), at=MONDAY + 30 * DAY)
    drain()
    assert Case.objects.get(pk=later.id).chain_id is None


def test_unproven_reports_are_counted_by_address_where_there_is_no_point() -> None:
    most = limits().reports
    who = [cast.lan(), cast.eve()]
    places = [replace(IN_THE_WARD, address=f"{n} Nguyễn Huệ") for n in range(most)]
    apart = [a_case(by=who[n % 2], place=place, at=MONDAY + n * DAY) for n, place in enumerate(places)]
    pointed = a_case(by=cast.eve(), place=DAI_NOI, at=MONDAY + (most - 1) * DAY)
    assert {look_of(case.number) for case in (*apart, pointed)} == {""}
    again = [a_case(by=who[n % 2], place=ELSEWHERE, at=MONDAY + n * DAY) for n in range(most)]
    assert [look_of(case.number) for case in again] == [""] * (most - 1) + ["unproven"]


def look_of(number: str) -> str:
    return queries.ops_case(cast.operator(), number, at=MONDAY).look
