"""A message of two dangers becomes two drafts, and what changes it reaches each."""

import pytest

from hues.engines.bulletins import queries
from hues.engines.bulletins.models import Bulletin
from hues.engines.bulletins.testing import KIM_LONG, PHU_XUAN, a_message
from hues.engines.bulletins.tests.receiving import REFERS, issued_from, taken
from hues.kernel.agencies import testing as cast

pytestmark = pytest.mark.usefixtures("the_city")


def with_infos(*infos: tuple[str, str, str], identifier: str = "MET-1", **said: str) -> bytes:
    """Return a message with a block for each (language, headline, ward)."""
    blocks = "".join(
        f"<info><language>{code}</language><event>Lũ</event><severity>Severe</severity>"
        f"<expires>2026-03-02T20:00:00+07:00</expires><headline>{headline}</headline><description>x</description>"
        "<instruction>Avoid it. Tránh xa.</instruction>"
        f"<area><areaDesc>{ward}</areaDesc><geocode><valueName>VN:GSO</valueName><value>{ward}</value></geocode></area>"
        "</info>"
        for code, headline, ward in infos
    )
    whole = a_message(identifier=identifier, **said).decode()
    return f"{whole[: whole.index('<info>')]}{blocks}</alert>".encode()


TWO = (
    ("vi-VN", "A: sông Hương", PHU_XUAN),
    ("en-US", "A: Hương river", PHU_XUAN),
    ("vi-VN", "B: sông Bồ", KIM_LONG),
    ("en-US", "B: Bồ river", KIM_LONG),
)


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (0, 2, 1, 3)])
def test_a_message_of_two_dangers_becomes_two_drafts_each_with_its_words_and_wards(order: tuple[int, ...]) -> None:
    cards = taken(with_infos(*(TWO[number] for number in order)))
    assert [(card.outcome, card.headline) for card in cards] == [("drafted", TWO[0][1]), ("drafted", TWO[2][1])]
    for card, english, ward in ((cards[0], TWO[1][1], PHU_XUAN), (cards[1], TWO[3][1], KIM_LONG)):
        assert card.bulletin
        content = queries.desk_bulletin(cast.alert_writer(), card.bulletin).content
        assert (content.texts["en-US"].headline, content.wards) == (english, (ward,))
        assert [one.identifier for one in queries.incoming_about(cast.alert_writer(), card.bulletin)] == ["MET-1"]
    taken(with_infos(*TWO))
    assert Bulletin.objects.count() == 2


def test_a_cancellation_of_two_dangers_is_told_at_both_and_an_update_follows_each() -> None:
    drafts = {card.bulletin for card in taken(with_infos(*TWO))}
    over = [card for card in taken(a_message(msg_type="Cancel", **REFERS)) if card.identifier == "MET-2"]
    assert {(card.outcome, card.bulletin) for card in over} == {("marked", draft) for draft in drafts}


def test_an_update_of_two_dangers_changes_each_and_tells_where_it_says_nothing_any_more() -> None:
    first, second = (issued_from(card) for card in taken(with_infos(*TWO)))
    cards = taken(with_infos(*TWO, msg_type="Update", **REFERS))[2:]
    assert [card.outcome for card in cards] == ["update-drafted"] * 2
    found = [queries.desk_bulletin(cast.alert_writer(), card.bulletin) for card in cards if card.bulletin]
    assert [(one.follows, one.content.wards) for one in found] == [(first.id, (PHU_XUAN,)), (second.id, (KIM_LONG,))]
    third = {**REFERS, "identifier": "MET-3"}
    less = taken(with_infos(*TWO[:2], msg_type="Update", **third))[4:]
    assert {(card.outcome, card.bulletin) for card in less} == {("marked", first.id), ("marked", second.id)}
    more = taken(with_infos(*TWO, ("vi-VN", "C", PHU_XUAN), msg_type="Update", **{**REFERS, "identifier": "MET-4"}))[6:]
    assert {(card.outcome, card.headline) for card in more} == {
        ("unsure", "A: sông Hương"),
        ("marked", "A: sông Hương"),
        ("marked", "B: sông Bồ"),
        ("unsure", "C"),
    }
