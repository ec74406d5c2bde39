"""What was reported here already is shown to whoever is about to report it again, and no more of it than is public."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hues.engines.cases import actions, queries
from hues.engines.cases.queries import Near
from hues.engines.cases.rules.likeness import score
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import DAI_NOI, MONDAY, POTHOLE, a_case, a_case_in
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import queries as delivery
from hues.kernel.errors import NotFound, SignInNeeded
from hues.kernel.journal.testing import drain
from hues.kernel.people.asker import STRANGER, Asker

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEIGHBOURING = "roads-pavement"


def near(*, category: str = POTHOLE, text: str = "", lat: float = 0.0, days: int = 1) -> tuple[Near, ...]:
    """Return what is shown to somebody who writes near the Imperial City, `lat` degrees north of it."""
    place = replace(DAI_NOI, lat=DAI_NOI.lat + lat)
    return queries.near_duplicates(category=category, text=text, lat=place.lat, lng=place.lng, at=MONDAY + days * DAY)


def titles(by: Asker) -> list[str]:
    return [item.title["vi"] for item in reversed(delivery.inbox(by).rows)]


def test_what_is_at_work_here_is_shown_without_words_or_photos() -> None:
    case = a_case_in(State.IN_PROGRESS)
    (found,) = near()
    assert (found.number, found.state, found.text, found.photo_id, found.is_public) == (
        case.number,
        State.IN_PROGRESS,
        "",
        None,
        False,
    )


def test_what_is_published_is_shown_with_its_words() -> None:
    case = a_case_in(State.PUBLISHED)
    (found,) = near(lat=0.0003)
    assert (found.number, found.is_public, found.metres) == (case.number, True, 33)
    assert found.text.startswith("Ổ gà")


@pytest.mark.parametrize("state", [State.RECEIVED, State.REFUSED])
def test_what_nobody_has_looked_at_or_taken_on_is_not_shown(state: State) -> None:
    a_case_in(state)
    assert near() == ()


def test_what_is_far_long_ago_or_something_else_is_not_shown() -> None:
    a_case_in(State.PUBLISHED)
    assert near(lat=0.0009) == ()
    assert near(days=31) == ()
    assert near(category="lights-out", text="Ổ gà sâu ngay trước cổng") == ()


def test_a_neighbouring_category_is_shown_only_if_the_words_are_alike() -> None:
    a_case_in(State.PUBLISHED)
    assert near(category=NEIGHBOURING, text="mèo kêu") == ()
    assert len(near(category=NEIGHBOURING, text="O ga sau truoc cong, xe may tranh rat nguy hiem")) == 1


def test_words_that_are_not_public_are_not_compared() -> None:
    a_case_in(State.IN_PROGRESS)
    assert near(category=NEIGHBOURING, text="Ổ gà sâu ngay trước cổng, xe máy tránh rất nguy hiểm.") == ()


@pytest.mark.parametrize("words", ["Nước ngập trước nhà tôi, không ra khỏi cửa được.", "Ổ gà lớn, nha em ngay đó."])
def test_what_speaks_of_a_home_is_not_shown_before_somebody_has_decided_how_near(words: str) -> None:
    case = a_case_in(State.IN_PROGRESS, text=words)
    assert near() == ()
    inside = queries.near_duplicates(
        category=POTHOLE, text=words, lat=DAI_NOI.lat, lng=DAI_NOI.lng, asker=cast.operator(), at=MONDAY + DAY
    )
    assert [found.number for found in inside] == [case.number]


def test_how_far_it_is_tells_no_more_of_its_place_than_will_be_public() -> None:
    exact = replace(DAI_NOI, lat=16.469837, lng=107.577642)
    case = a_case_in(State.ANSWERED, place=exact)
    steps = range(-3, 4)
    before = [near(lat=n * 0.00003)[0].metres for n in steps]
    actions.publish(case_id=case.id, by=cast.operator(), seen=case.version, coarse=False, at=MONDAY)
    assert [near(lat=n * 0.00003)[0].metres for n in steps] == before


def test_the_look_costs_the_same_however_many_reports_there_are() -> None:
    a_case_in(State.PUBLISHED)
    near()
    with CaptureQueriesContext(connection) as few:
        near()
    for n in range(5):
        a_case_in(State.PUBLISHED, place=replace(DAI_NOI, lat=DAI_NOI.lat + n * 0.00002))
    with CaptureQueriesContext(connection) as many:
        assert len(near()) == 3
    assert len(many) == len(few)


def test_whoever_joins_is_counted_once_and_told_once() -> None:
    eve = cast.eve()
    case = a_case_in(State.ANSWERED)
    assert actions.support(number=case.number, by=eve, at=MONDAY) == 1
    assert actions.support(number=case.number, by=eve, at=MONDAY) == 1
    assert queries.follows(eve, case.number)
    drain()
    assert titles(eve) == []
    actions.publish(case_id=case.id, by=cast.operator(), seen=case.version, at=MONDAY)
    drain()
    drain()
    assert titles(eve) == [f"{case.number}: đã có trả lời"]


def test_nobody_joins_what_is_not_shown_or_as_a_stranger() -> None:
    received, shown = a_case(), a_case_in(State.IN_PROGRESS)
    with pytest.raises(NotFound):
        actions.support(number=received.number, by=cast.eve(), at=MONDAY)
    with pytest.raises(NotFound):
        queries.nearby_case(received.number)
    with pytest.raises(SignInNeeded):
        actions.support(number=shown.number, by=STRANGER, at=MONDAY)


def test_nearer_and_more_alike_comes_first() -> None:
    assert score(same_category=False, words=0.1, metres=0, reach=60) is None
    here, there = (score(same_category=True, words=0.2, metres=m, reach=60) for m in (0, 60))
    alike = score(same_category=True, words=0.9, metres=0, reach=60)
    assert here is not None
    assert there is not None
    assert alike is not None
    assert there < here < alike
