"""What lost against another follow-up of the same story goes on with what is in force, and is approved anew."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.models import Bulletin
from hues.engines.bulletins.rules.content import Content
from hues.engines.bulletins.rules.states import MsgType, State
from hues.engines.bulletins.testing import MONDAY, TEXTS, cancelled, issued, passed, received, updated, words
from hues.engines.bulletins.tests.receiving import REFERS, issued_from
from hues.engines.bulletins.tests.test_changing import FLOOD, RAIN, in_force, said
from hues.kernel.agencies import testing as cast
from hues.kernel.errors import Invalid, NotAllowed, Stale, WrongState

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(minutes=30)


def calmer() -> Content:
    receding = replace(TEXTS["vi-VN"], headline="Nước đang rút")
    return replace(words(at=LATER), texts={**TEXTS, "vi-VN": receding}, risk=2)


def test_a_cancellation_that_lost_cancels_what_won_in_one_press_and_two_people() -> None:
    alert, writer = issued(), cast.alert_writer()
    waiting = actions.cancel(bulletin_id=alert.id, by=writer, at=LATER)
    newer = updated(alert, calmer(), at=LATER)
    with pytest.raises(WrongState):
        passed(waiting, at=LATER)
    found = queries.targets(writer, waiting.id)
    assert (found.is_astray, [one.id for one in found.choices]) == (True, [newer.id])
    seen = Bulletin.objects.get(pk=waiting.id).version
    moved = actions.follow(bulletin_id=waiting.id, onto=newer.id, by=writer, seen=seen, at=LATER)
    row = Bulletin.objects.get(pk=waiting.id)
    assert (moved.state, row.msg_type, row.follows_id) == (State.SUBMITTED, MsgType.CANCEL, newer.id)
    assert (row.approved_by, row.risk) == (None, 2)
    assert row.texts["vi-VN"]["headline"] == "Không còn hiệu lực: Nước đang rút"
    passed(moved, risk=2, at=LATER)
    assert queries.in_force(LATER) == ()


def test_a_second_update_keeps_its_words_and_is_approved_anew() -> None:
    alert, writer = issued(), cast.alert_writer()
    second = actions.start_update(bulletin_id=alert.id, by=writer, at=LATER)
    waiting = actions.submit(bulletin_id=second.id, by=writer, seen=second.version, at=LATER)
    newer = updated(alert, calmer(), at=LATER)
    moved = actions.follow(bulletin_id=second.id, onto=None, by=writer, seen=waiting.version, at=LATER)
    row = Bulletin.objects.get(pk=second.id)
    assert (moved.state, row.follows_id, row.texts["vi-VN"]["headline"]) == (
        State.DRAFT,
        newer.id,
        TEXTS["vi-VN"].headline,
    )
    assert not queries.targets(writer, second.id).is_astray


def test_where_nothing_is_in_force_any_more_it_is_told_and_nothing_changes() -> None:
    alert, writer = issued(), cast.alert_writer()
    second = actions.start_update(bulletin_id=alert.id, by=writer, at=LATER)
    cancelled(alert, at=LATER)
    found = queries.targets(writer, second.id)
    assert (found.is_astray, found.choices) == (True, ())
    with pytest.raises(Invalid):
        actions.follow(bulletin_id=second.id, onto=None, by=writer, seen=second.version, at=LATER)
    assert Bulletin.objects.get(pk=second.id).version == second.version


def test_nothing_follows_another_story_and_nobody_else_chooses() -> None:
    alert, other, writer = issued(), issued(), cast.alert_writer()
    begun = actions.start_update(bulletin_id=alert.id, by=writer, at=LATER)
    second = actions.rewrite(bulletin_id=begun.id, content=calmer(), by=writer, seen=begun.version, at=LATER)
    updated(alert, calmer(), at=LATER)
    with pytest.raises(Invalid):
        actions.follow(bulletin_id=second.id, onto=other.id, by=writer, seen=second.version, at=LATER)
    with pytest.raises(Stale):
        actions.follow(bulletin_id=second.id, onto=None, by=writer, seen=second.version + 1, at=LATER)
    with pytest.raises(NotAllowed):
        actions.follow(bulletin_id=second.id, onto=None, by=cast.duty_leader(), seen=second.version, at=LATER)


def test_a_person_says_which_of_ours_another_danger_goes_on_with() -> None:
    (flood,) = in_force(*said(FLOOD, identifier="M1", kind="Alert"))
    _told, unsure = said(RAIN)
    assert unsure.bulletin
    writer = cast.alert_writer()
    found = queries.targets(writer, unsure.bulletin)
    assert (found.is_unsure, [one.id for one in found.choices]) == (True, [flood.pk])
    seen = queries.desk_bulletin(writer, unsure.bulletin).version
    actions.follow(bulletin_id=unsure.bulletin, onto=flood.pk, by=writer, seen=seen, at=LATER)
    row = Bulletin.objects.get(pk=unsure.bulletin)
    assert (row.msg_type, row.follows_id, row.chain, row.event) == (MsgType.UPDATE, flood.pk, flood.chain, "heavy-rain")


def test_an_update_whose_alert_is_over_goes_on_as_an_alert_of_its_own_with_the_same_words() -> None:
    alert, writer = issued(), cast.alert_writer()
    begun = actions.start_update(bulletin_id=alert.id, by=writer, at=LATER)
    begun = actions.rewrite(bulletin_id=begun.id, content=calmer(), by=writer, seen=begun.version, at=LATER)
    with pytest.raises(WrongState):
        actions.begin_anew(bulletin_id=begun.id, by=writer, seen=begun.version, at=LATER)
    waiting = actions.submit(bulletin_id=begun.id, by=writer, seen=begun.version, at=LATER)
    cancelled(alert, at=LATER)
    with pytest.raises(NotAllowed):
        actions.begin_anew(bulletin_id=begun.id, by=cast.alert_approver(), seen=waiting.version, at=LATER)
    fresh = actions.begin_anew(bulletin_id=begun.id, by=writer, seen=waiting.version, at=LATER)
    found = queries.desk_bulletin(writer, fresh.id)
    assert (found.state, found.msg_type, found.content) == (State.DRAFT, MsgType.ALERT, calmer())
    assert queries.desk_bulletin(writer, begun.id).state is State.DISCARDED
    submitted = actions.submit(bulletin_id=fresh.id, by=writer, seen=fresh.version, at=LATER)
    passed(submitted, risk=2, at=LATER)
    assert [card.headline["vi"] for card in queries.in_force(LATER)] == ["Nước đang rút"]


def test_what_others_cancel_is_told_at_the_alert_that_their_update_went_on_as() -> None:
    alert, writer = issued_from(received()), cast.alert_writer()
    update = received(msg_type="Update", **REFERS)  # type: ignore[arg-type]
    cancelled(alert, at=MONDAY)
    assert update.bulletin
    fresh = actions.begin_anew(bulletin_id=update.bulletin, by=writer, seen=1, at=MONDAY)
    over = received(msg_type="Cancel", identifier="MET-3", references="met@example,MET-2,2026-03-02T09:00:00+07:00")
    assert [card.identifier for card in queries.incoming_about(writer, fresh.id)] == ["MET-2", "MET-3"]
    assert (over.outcome, over.bulletin) == ("marked", fresh.id)
