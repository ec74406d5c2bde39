"""What changes a foreign warning finds ours by event and area, never by its place; the rest a person decides."""

from datetime import timedelta
from uuid import UUID

import pytest

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.models import Bulletin
from hues.engines.bulletins.queries import IncomingCard
from hues.engines.bulletins.testing import AREAS, MONDAY, passed
from hues.kernel.agencies import testing as cast
from hues.kernel.areas.testing import the_wards

pytestmark = pytest.mark.django_db
FIRST, LATER = "2026-03-02T09:00:00+07:00", "2026-03-02T10:00:00+07:00"
FLOOD = (("vi-VN", "Lũ", "LŨ"), ("en-US", "Flood", "FLOOD"))
RAIN = (("vi-VN", "Mưa lớn", "MƯA"), ("en-US", "Heavy rain", "RAIN"))
REFERS = f"<references>met@example,M1,{FIRST}</references>"


def said(
    *dangers: tuple[tuple[str, str, str], ...], identifier: str = "M2", kind: str = "Update"
) -> list[IncomingCard]:
    """Take in what a source says, and return what became of its pieces."""
    the_wards()
    is_first = identifier == "M1" and kind == "Alert" and not queries.incoming(cast.alert_writer())
    infos = "".join(
        f"<info><language>{code}</language><category>Met</category><event>{event}</event><urgency>Expected</urgency>"
        "<severity>Severe</severity><certainty>Likely</certainty><expires>2026-03-02T20:00:00+07:00</expires>"
        f"<headline>{headline}</headline><description>x</description><instruction>Tránh xa. Avoid.</instruction>"
        f"{AREAS}</info>"
        for danger in dangers
        for code, event, headline in danger
    )
    body = (
        '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">'
        f"<identifier>{identifier}</identifier><sender>met@example</sender><sent>{FIRST if is_first else LATER}</sent>"
        f"<status>Actual</status><msgType>{kind}</msgType><scope>Public</scope>"
        f"{'' if kind == 'Alert' else REFERS}{infos}</alert>"
    )
    before = {card.id for card in queries.incoming(cast.alert_writer())}
    at = MONDAY if is_first else MONDAY + timedelta(minutes=10)
    assert actions.receive(source="met", link="https://met.example/1.xml", body=body.encode(), at=at) == ""
    return sorted(
        (card for card in queries.incoming(cast.alert_writer()) if card.id not in before),
        key=lambda card: (card.outcome, card.headline),
    )


def ours(bulletin_id: UUID | None) -> Bulletin:
    assert bulletin_id
    return Bulletin.objects.get(pk=bulletin_id)


def in_force(*cards: IncomingCard) -> list[Bulletin]:
    """Issue what was drafted, the flood first."""
    writer, found = cast.alert_writer(), []
    for card in sorted(cards, key=lambda card: card.headline):
        assert card.bulletin
        seen = queries.desk_bulletin(writer, card.bulletin).version
        passed(actions.submit(bulletin_id=card.bulletin, by=writer, seen=seen, at=MONDAY))
        found.append(ours(card.bulletin))
    return found


def test_an_update_in_another_order_goes_on_with_the_same_danger() -> None:
    flood, rain = in_force(*said(FLOOD, RAIN, identifier="M1", kind="Alert"))
    cards = said(RAIN, FLOOD)
    assert [card.outcome for card in cards] == ["update-drafted"] * 2
    made = {card.headline: ours(card.bulletin) for card in cards}
    assert (made["LŨ"].follows, made["MƯA"].follows) == (flood, rain)
    assert (made["LŨ"].event, made["MƯA"].event) == (flood.event, rain.event)


def test_a_danger_that_an_update_no_longer_names_is_told_at_our_alert() -> None:
    flood, rain = in_force(*said(FLOOD, RAIN, identifier="M1", kind="Alert"))
    gone, goes_on = said(RAIN)
    assert (gone.outcome, gone.bulletin) == ("marked", flood.pk)
    assert goes_on.outcome == "update-drafted"
    assert ours(goes_on.bulletin).follows == rain


def test_of_another_danger_a_person_says_what_it_goes_on_with() -> None:
    (flood,) = in_force(*said(FLOOD, identifier="M1", kind="Alert"))
    told, unsure = said(RAIN)
    assert (told.outcome, told.bulletin) == ("marked", flood.pk)
    assert unsure.outcome == "unsure"
    draft = ours(unsure.bulletin)
    assert (draft.state, draft.msg_type, draft.follows) == ("draft", "Alert", None)
    flood.refresh_from_db()
    assert flood.state == "issued"


@pytest.mark.parametrize("kind", ["Cancel", "Update", "Alert"])
def test_a_known_identifier_sent_later_is_the_newer_word(kind: str) -> None:
    (flood,) = in_force(*said(FLOOD, identifier="M1", kind="Alert"))
    newer = (("vi-VN", "Lũ", "LŨ LÊN"), ("en-US", "Flood", "FLOOD RISES"))
    (card,) = said(newer, identifier="M1", kind=kind)
    assert card.outcome == ("marked" if kind == "Cancel" else "update-drafted")
    assert card.bulletin == flood.pk or ours(card.bulletin).follows == flood
    assert said(newer, identifier="M1", kind=kind) == []


def test_the_same_words_sent_again_later_change_nothing() -> None:
    said(FLOOD, identifier="M1", kind="Alert")
    assert said(FLOOD, identifier="M1", kind="Alert") == []
    assert Bulletin.objects.count() == 1
