"""What others warn of becomes drafts, never a word to the public; and what they change is told where it matters."""

from datetime import timedelta
from typing import Any
from unicodedata import normalize

import pytest

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.models import Bulletin
from hues.engines.bulletins.rules import incoming
from hues.engines.bulletins.rules.incoming import LARGEST, Unreadable
from hues.engines.bulletins.rules.shapes import Circle, Polygon
from hues.engines.bulletins.rules.states import MsgType, State
from hues.engines.bulletins.testing import MONDAY, PHU_XUAN, a_message, received
from hues.engines.bulletins.tests.receiving import REFERS, issued_from, taken
from hues.kernel.agencies import testing as cast
from hues.kernel.journal.queries import entries_about

pytestmark = pytest.mark.usefixtures("the_city")


def test_an_alert_becomes_a_draft_with_its_words_areas_and_time() -> None:
    card = received()
    assert (card.outcome, card.msg_type) == ("drafted", "Alert")
    assert card.bulletin
    found = queries.desk_bulletin(cast.alert_writer(), card.bulletin)
    assert (found.state, found.msg_type, found.content.event, found.content.risk) == (
        State.DRAFT,
        MsgType.ALERT,
        "flood",
        3,
    )
    assert found.content.texts["vi-VN"].headline == "Cảnh báo lũ trên sông Hương, sông Bồ"
    assert found.content.texts["en-US"].headline == "Flood warning: Hương and Bồ rivers"
    assert [type(one) for one in found.content.shapes] == [Polygon, Circle]
    assert found.content.wards == (PHU_XUAN,)
    assert found.content.expires_at == MONDAY + timedelta(hours=10)
    assert found.writers == ()
    assert queries.in_force(MONDAY) == ()
    assert [entry.event for entry in entries_about(card.bulletin)][-1] == "bulletins.message.received"


def test_the_draft_is_written_on_and_approved_by_two_people_like_any_other() -> None:
    alert = issued_from(received())
    (in_force,) = queries.in_force(MONDAY)
    assert in_force.identifier == alert.identifier


def test_the_same_message_again_makes_no_second_draft() -> None:
    received()
    actions.receive(source="met", link="https://met.example/elsewhere.xml", body=a_message(), at=MONDAY)
    received()
    assert Bulletin.objects.count() == 1
    assert len(queries.incoming(cast.alert_writer())) == 1


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"status": "Test"}, "not-actual"),
        ({"status": "Draft"}, "not-actual"),
        ({"scope": "Restricted"}, "not-public"),
        ({"msg_type": "Ack"}, "no-warning"),
        ({"expires": "2026-03-02T09:59:00+07:00"}, "over"),
        ({"areas": "<area><areaDesc>Hà Nội</areaDesc><circle>21.03,105.85 20</circle></area>"}, "elsewhere"),
        ({"msg_type": "Update", "references": "met@example,NEVER-SEEN,2026-03-02T08:00:00+07:00"}, "unknown"),
        ({"msg_type": "Cancel", "references": "met@example,NEVER-SEEN,2026-03-02T08:00:00+07:00"}, "unknown"),
        ({"msg_type": "Cancel"}, "unknown"),
    ],
)
def test_what_warns_nobody_here_is_only_noted(said: dict[str, str], reason: str) -> None:
    card = received(**said)  # type: ignore[arg-type]
    assert (card.outcome, card.reason, card.bulletin) == ("noted", reason, None)
    assert Bulletin.objects.count() == 0


def test_words_of_others_are_composed_and_hide_nothing() -> None:
    shown = "Cảnh báo lũ trên sông Hương, sông Bồ"
    hidden = normalize("NFD", shown).replace("sông Bồ", "\u202esông\u200b Bồ\u2066")
    (card,) = taken(a_message().replace(shown.encode(), hidden.encode()))
    assert (card.headline, card.outcome) == (shown, "drafted")
    assert card.bulletin
    assert queries.desk_bulletin(cast.alert_writer(), card.bulletin).content.texts["vi-VN"].headline == shown


def test_an_exercise_of_theirs_is_one_of_ours() -> None:
    card = received(status="Exercise")
    assert card.bulletin
    assert queries.desk_bulletin(cast.alert_writer(), card.bulletin).content.training


@pytest.mark.parametrize("msg_type", ["Update", "Cancel"])
def test_a_change_of_what_is_not_issued_yet_is_told_at_the_draft(msg_type: str) -> None:
    first = received()
    card = received(identifier="MET-2", msg_type=msg_type, references="met@example,MET-1,2026-03-02T09:00:00+07:00")
    assert (card.outcome, card.bulletin) == ("marked", first.bulletin)
    assert first.bulletin
    assert [one.identifier for one in queries.incoming_about(cast.alert_writer(), first.bulletin)] == ["MET-1", "MET-2"]
    assert Bulletin.objects.count() == 1


def test_an_update_of_what_is_in_force_becomes_the_draft_of_our_update() -> None:
    alert = issued_from(received())
    card = received(
        identifier="MET-2",
        msg_type="Update",
        references="met@example,MET-1,2026-03-02T09:00:00+07:00",
        severity="Extreme",
    )
    assert card.outcome == "update-drafted"
    assert card.bulletin
    found = queries.desk_bulletin(cast.alert_writer(), card.bulletin)
    assert (found.state, found.msg_type, found.follows, found.content.risk) == (
        State.DRAFT,
        MsgType.UPDATE,
        alert.id,
        4,
    )
    again = received(identifier="MET-3", msg_type="Update", references="met@example,MET-2,2026-03-02T09:00:00+07:00")
    assert (again.outcome, again.bulletin) == ("marked", alert.id)


def test_a_cancellation_of_what_is_in_force_proposes_and_cancels_nothing() -> None:
    alert = issued_from(received())
    reference = "met@example,MET-1,2026-03-02T09:00:00+07:00"
    card = received(identifier="MET-2", msg_type="Cancel", references=reference)
    assert (card.outcome, card.bulletin) == ("marked", alert.id)
    assert queries.in_force(MONDAY)[0].identifier == alert.identifier
    assert Bulletin.objects.count() == 1


def test_a_change_of_what_has_ended_is_only_noted() -> None:
    first = received()
    assert first.bulletin
    writer = cast.alert_writer()
    actions.discard(bulletin_id=first.bulletin, by=writer, seen=1, at=MONDAY)
    card = received(identifier="MET-2", msg_type="Update", references="met@example,MET-1,2026-03-02T09:00:00+07:00")
    assert (card.outcome, card.reason) == ("noted", "ended")


def test_shapes_that_cannot_be_taken_are_counted_and_the_rest_stays() -> None:
    crossed = "16.4,107.5 16.5,107.6 16.4,107.6 16.5,107.5 16.4,107.5"
    areas = f"<area><areaDesc>Huế</areaDesc><polygon>{crossed}</polygon><circle>16.46,107.59 5</circle></area>"
    card = received(areas=areas)
    assert (card.outcome, card.lost, card.places) == ("drafted", 1, "Huế")


BAD = {
    "xml": b"<alert",
    "no-cap": b"<html><body>503</body></html>",
    "doctype": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + a_message().split(b"?>", 1)[1],
    "lacks": a_message().replace(b"<identifier>MET-1</identifier>", b""),
    "instant": a_message(expires="tomorrow"),
    "instant ": a_message(expires="9999-12-31T23:59:59-07:00"),
    "large": b" " * (LARGEST + 1),
}


@pytest.mark.parametrize("code", BAD)
def test_what_cannot_be_read_is_told_once_and_gives_way_to_what_can(code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        incoming.read(BAD[code])
    assert refused.value.code == code.strip()
    for _ in range(2):
        said = actions.receive(source="met", link="https://met.example/1.xml", body=BAD[code], at=MONDAY)
        assert said == code.strip()
    (card,) = queries.incoming(cast.alert_writer())
    assert (card.outcome, card.reason, card.bulletin) == ("unread", code.strip(), None)
    assert Bulletin.objects.count() == 0
    assert received().outcome == "drafted"
    assert len(queries.incoming(cast.alert_writer())) == 1


@pytest.mark.parametrize(
    ("called", "event"),
    [
        ("Lũ quét, sạt lở đất", "flash-flood"),
        ("TIN BÃO KHẨN CẤP", "storm"),
        ("Áp thấp nhiệt đới gần bờ", "storm"),
        ("Severe Thunderstorm Warning", "thunderstorm"),
        ("Mưa lớn cục bộ", "heavy-rain"),
        ("Volcanic ash", ""),
    ],
)
def test_an_event_is_known_by_what_others_call_it(called: str, event: str) -> None:
    card = received(event=called)
    assert card.bulletin
    assert queries.desk_bulletin(cast.alert_writer(), card.bulletin).content.event == event


def test_feeds_name_their_messages() -> None:
    atom = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="a.html"/>'
        b'<link href="/a.xml" type="application/cap+xml"/></entry><entry><link rel="self" href="b.xml"/></entry></feed>'
    )
    assert incoming.links(atom) == ("/a.xml",)
    assert incoming.links(b"<rss><channel><item><link> /c.xml </link></item><item/></channel></rss>") == ("/c.xml",)
    assert incoming.links(a_message()) is None


@pytest.mark.parametrize("kind", ["Update", "Cancel"])
def test_an_exercise_of_theirs_touches_no_real_alert_of_ours(kind: str) -> None:
    issued_from(received())
    card = received(
        identifier="MET-2", msg_type=kind, status="Exercise", references="met@example,MET-1,2026-03-02T08:00:00+07:00"
    )
    assert (card.outcome, card.reason, card.bulletin) == ("noted", "not-actual", None)
    assert Bulletin.objects.count() == 1


FAR_AWAY = "<area><areaDesc>Tokyo</areaDesc><circle>35.68,139.76 5</circle></area>"
RISK = "<parameter><valueName>VN:RiskLevel</valueName><value>{}</value></parameter>"
RING = '<area><areaDesc>x</areaDesc><polygon>{{"type": "Polygon", "coordinates": [[[{}, 1]]]}}</polygon></area>'


@pytest.mark.parametrize("odd", [RISK.format("9" * 5000), RING.format("1" + "0" * 400)])
def test_a_number_that_no_message_has_is_told_and_stops_nobody(odd: str) -> None:
    card = received(areas=odd)
    assert card.outcome in ("unread", "drafted", "noted")
    received(identifier="MET-2")
    assert "drafted" in [one.outcome for one in queries.incoming(cast.alert_writer())]


@pytest.mark.parametrize(
    ("said", "reason"),
    [({"expires": "2026-03-02T08:00:00+07:00"}, "over"), ({"areas": FAR_AWAY}, "elsewhere")],
)
def test_an_update_by_which_the_danger_moved_away_is_told_at_our_alert(said: dict[str, Any], reason: str) -> None:
    alert = issued_from(received())
    reference = "met@example,MET-1,2026-03-02T09:00:00+07:00"
    card = received(identifier="MET-2", msg_type="Update", references=reference, **said)
    assert (card.outcome, card.reason, card.bulletin) == ("marked", reason, alert.id)
    assert queries.in_force(MONDAY)[0].identifier == alert.identifier


def test_no_source_takes_over_the_messages_of_another() -> None:
    alert = issued_from(taken(a_message(), source="met")[0])
    for kind in ("Cancel", "Update"):
        body = a_message(msg_type=kind, **{**REFERS, "identifier": f"EVIL-{kind}"})
        (card,) = (card for card in taken(body, source="other") if card.identifier == f"EVIL-{kind}")
        assert (card.outcome, card.reason, card.bulletin) == ("noted", "unknown", None)
    taken(a_message(identifier="MET-9", status="Test"), source="other")
    cards = taken(a_message(identifier="MET-9"), source="met")
    assert [(card.source, card.outcome) for card in cards if card.identifier == "MET-9"].count(("met", "drafted")) == 1
    assert queries.incoming_about(cast.alert_writer(), alert.id)[0].source == "met"
