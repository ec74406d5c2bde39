"""A draft of which nobody knows what it goes on with goes nowhere before somebody has said it."""

import pytest

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.models import Bulletin
from hues.engines.bulletins.rules.states import MsgType, State
from hues.engines.bulletins.tests.issuing import LATER
from hues.engines.bulletins.tests.test_changing import FLOOD, RAIN, in_force, ours, said
from hues.kernel.agencies import testing as cast
from hues.kernel.errors import Invalid, NotAllowed, WrongState
from hues.kernel.journal.queries import entries_about

pytestmark = pytest.mark.django_db


def _unsure() -> Bulletin:
    in_force(*said(FLOOD, identifier="M1", kind="Alert"))
    _told, unsure = said(RAIN)
    return ours(unsure.bulletin)


def _submitted(row: Bulletin, seen: int) -> None:
    actions.submit(bulletin_id=row.pk, by=cast.alert_writer(), seen=seen, at=LATER)
    row.refresh_from_db()


def test_what_may_be_an_update_of_ours_is_not_submitted_as_a_fresh_alert_without_a_word() -> None:
    row = _unsure()
    with pytest.raises(Invalid):
        _submitted(row, row.version)
    row.refresh_from_db()
    assert row.state == State.DRAFT


def test_about_nothing_of_ours_needs_a_reason_and_then_it_is_an_alert_of_its_own() -> None:
    row, writer = _unsure(), cast.alert_writer()
    with pytest.raises(Invalid) as refused:
        actions.set_apart(bulletin_id=row.pk, because=" ", by=writer, seen=row.version, at=LATER)
    assert "own_because" in refused.value.fields
    with pytest.raises(NotAllowed):
        actions.set_apart(bulletin_id=row.pk, because="Mưa khác.", by=cast.duty_leader(), seen=row.version, at=LATER)
    said_so = actions.set_apart(bulletin_id=row.pk, because="Mưa khác.", by=writer, seen=row.version, at=LATER)
    _submitted(row, said_so.version)
    assert (row.state, row.msg_type, row.own_because) == (State.SUBMITTED, MsgType.ALERT, "Mưa khác.")
    assert writer.person_id in row.writers
    assert "bulletins.bulletin.set_apart" in [entry.event for entry in entries_about(row.pk)]


def test_an_update_of_ours_is_submitted_as_one_and_a_choice_can_be_made_anew() -> None:
    row, writer = _unsure(), cast.alert_writer()
    apart = actions.set_apart(bulletin_id=row.pk, because="Mưa khác.", by=writer, seen=row.version, at=LATER)
    with pytest.raises(WrongState):
        actions.set_apart(bulletin_id=row.pk, because="Nữa", by=writer, seen=apart.version, at=LATER)
    (ours,) = queries.targets(writer, row.pk).choices
    follows = actions.follow(bulletin_id=row.pk, onto=ours.id, by=writer, seen=apart.version, at=LATER)
    _submitted(row, follows.version)
    assert (row.msg_type, row.follows_id, row.own_because) == (MsgType.UPDATE, ours.id, "")


def test_a_draft_of_our_own_is_set_apart_from_nothing() -> None:
    (card,) = said(FLOOD, identifier="M1", kind="Alert")
    row = ours(card.bulletin)
    with pytest.raises(WrongState):
        actions.set_apart(bulletin_id=row.pk, because="x", by=cast.alert_writer(), seen=row.version, at=LATER)
    _submitted(row, row.version)
    assert row.state == State.SUBMITTED
