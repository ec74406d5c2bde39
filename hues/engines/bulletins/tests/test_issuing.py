"""From a draft to what everybody reads, and what nobody may change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from lxml import etree

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.models import Bulletin, PublicBulletin, SignedMessage
from hues.engines.bulletins.rules.states import State
from hues.engines.bulletins.testing import (
    KIM_LONG,
    MONDAY,
    PHU_XUAN,
    cancelled,
    issued,
    passed,
    submitted,
    updated,
    words,
)
from hues.engines.bulletins.tests.issuing import CAP, LATER, refused
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks import actions as clocks
from hues.kernel.clocks import queries as timers
from hues.kernel.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from hues.kernel.people.asker import Role

pytestmark = pytest.mark.django_db


def test_an_issued_alert_is_in_force_and_in_the_feed() -> None:
    alert = issued()
    (card,) = queries.in_force(MONDAY)
    assert card.identifier == alert.identifier == "VN-HUE-2026-000001"
    assert [one.identifier for one in queries.feed(MONDAY)] == [alert.identifier]


def test_who_wrote_it_cannot_approve_it_even_with_both_roles() -> None:
    writer = cast.alert_writer()
    both = replace(writer, roles=writer.roles | {Role.ALERT_APPROVER})
    waiting = submitted()
    with pytest.raises(NotAllowed):
        actions.approve(bulletin_id=waiting.id, level=3, by=both, seen=waiting.version, proved_at=MONDAY, at=MONDAY)


def test_the_database_itself_refuses_a_writer_as_approver() -> None:
    waiting = submitted()
    said = refused("UPDATE bulletins_bulletin SET approved_by = writers[1] WHERE id = %s", waiting.id)
    assert "bulletins_two_people" in said


def test_an_operator_neither_writes_nor_approves() -> None:
    waiting = submitted()
    with pytest.raises(NotAllowed):
        actions.draft(content=words(), by=cast.operator(), at=MONDAY)
    with pytest.raises(NotAllowed):
        actions.approve(
            bulletin_id=waiting.id, level=3, by=cast.operator(), seen=waiting.version, proved_at=MONDAY, at=MONDAY
        )
    with pytest.raises(NotAllowed):
        queries.desk_bulletin(cast.lan(), waiting.id)


def test_the_approver_types_the_level_again() -> None:
    waiting, approver = submitted(), cast.alert_approver()
    with pytest.raises(Invalid) as wrong:
        actions.approve(bulletin_id=waiting.id, level=4, by=approver, seen=waiting.version, proved_at=MONDAY, at=MONDAY)
    assert "level" in wrong.value.fields


def test_what_was_not_approved_is_not_issued() -> None:
    waiting = submitted()
    with pytest.raises(WrongState):
        actions.issue(bulletin_id=waiting.id, by=cast.alert_approver(), seen=waiting.version, at=MONDAY)


def test_an_approval_of_an_older_version_is_stale() -> None:
    waiting, approver = submitted(), cast.alert_approver()
    with pytest.raises(Stale):
        actions.approve(
            bulletin_id=waiting.id, level=3, by=approver, seen=waiting.version - 1, proved_at=MONDAY, at=MONDAY
        )


def test_what_is_given_back_is_a_draft_that_says_why() -> None:
    waiting, approver = submitted(), cast.alert_approver()
    back = actions.return_to_writer(
        bulletin_id=waiting.id, because="Thiếu đường tránh.", by=approver, seen=waiting.version, at=MONDAY
    )
    found = queries.desk_bulletin(approver, waiting.id)
    assert (back.state, found.returned_because) == (State.DRAFT, "Thiếu đường tránh.")


def test_an_alert_whose_time_ran_out_is_not_issued() -> None:
    waiting, approver = submitted(), cast.alert_approver()
    approved = actions.approve(
        bulletin_id=waiting.id, level=3, by=approver, seen=waiting.version, proved_at=MONDAY, at=MONDAY
    )
    late = MONDAY + timedelta(hours=12)
    with pytest.raises(Invalid):
        actions.issue(bulletin_id=waiting.id, by=approver, seen=approved.version, at=late)
    assert queries.feed(MONDAY) == ()


def test_an_update_takes_the_place_of_the_alert_and_refers_to_it() -> None:
    alert = issued()
    change = updated(alert, words(wards=(KIM_LONG,), at=LATER), at=LATER)
    root = etree.fromstring(queries.proof(change.identifier).body)
    assert root.findtext(f"{CAP}references") == f"ioc.hue-s,{alert.identifier},2026-03-02T10:00:00+07:00"
    assert queries.alert(alert.identifier).state is State.UPDATED
    assert queries.alert(alert.identifier).next == change.identifier
    assert [card.identifier for card in queries.in_force(LATER)] == [change.identifier]


def test_a_cancellation_warns_of_nothing_and_stays_in_the_feed_with_its_story() -> None:
    alert = issued()
    end = cancelled(alert, at=LATER)
    assert queries.in_force(LATER) == ()
    assert [card.identifier for card in queries.feed(LATER)] == [end.identifier, alert.identifier]
    assert queries.alert(alert.identifier).state is State.CANCELLED
    root = etree.fromstring(queries.proof(end.identifier).body)
    assert {info.findtext(f"{CAP}responseType") for info in root.findall(f"{CAP}info")} == {"AllClear"}


def test_what_begins_in_days_and_ends_later_still_can_be_cancelled_at_once() -> None:
    far = replace(words(at=MONDAY), onset_at=MONDAY + timedelta(days=3), expires_at=MONDAY + timedelta(days=12))
    end = cancelled(issued(far), at=LATER)
    assert queries.in_force(LATER) == ()
    assert queries.alert(end.identifier).expires_at == LATER + timedelta(days=10)


def test_cancelling_twice_waits_once() -> None:
    alert, writer = issued(), cast.alert_writer()
    first = actions.cancel(bulletin_id=alert.id, by=writer, at=LATER)
    again = actions.cancel(bulletin_id=alert.id, by=writer, at=LATER)
    assert first.id == again.id


def test_of_two_updates_only_the_first_is_issued() -> None:
    alert, writer = issued(), cast.alert_writer()
    waiting = []
    for _ in range(2):
        begun = actions.start_update(bulletin_id=alert.id, by=writer, at=LATER)
        waiting.append(actions.submit(bulletin_id=begun.id, by=writer, seen=begun.version, at=LATER))
    passed(waiting[0], at=LATER)
    with pytest.raises(WrongState):
        passed(waiting[1], at=LATER)


def test_what_is_over_expires_by_itself_and_leaves_the_feed() -> None:
    alert = issued()
    end = MONDAY + timedelta(hours=12)
    assert [timer.due_at for timer in timers.timers_of(alert.id)] == [end]
    assert clocks.tick(end) >= 1
    assert queries.alert(alert.identifier).state is State.EXPIRED
    assert queries.feed(end) == queries.in_force(end) == ()


def test_what_was_replaced_does_not_expire_later() -> None:
    alert = issued()
    updated(alert, words(at=LATER), at=LATER)
    clocks.tick(MONDAY + timedelta(hours=12, minutes=30))
    assert queries.alert(alert.identifier).state is State.UPDATED


def test_training_is_signed_as_an_exercise_and_shown_to_nobody() -> None:
    drill = issued(words(training=True))
    assert SignedMessage.objects.filter(bulletin=drill.id).exists()
    assert b"<status>Exercise</status>" in bytes(SignedMessage.objects.values_list("body", flat=True).get())
    assert queries.in_force(MONDAY) == queries.feed(MONDAY) == ()
    assert not PublicBulletin.objects.exists()
    with pytest.raises(NotFound):
        queries.proof(drill.identifier)


@pytest.mark.parametrize("training", ["true", "false"])
def test_no_sql_makes_a_training_bulletin_public(training: str) -> None:
    drill = issued(words(training=True))
    said = refused(
        "INSERT INTO bulletins_publicbulletin (bulletin_id, training, audience, everywhere, at)"
        f" VALUES (%s, {training}, '{{}}', false, now())",
        drill.id,
    )
    assert "bulletins_training_is_never_public" in said or "bulletins_public_of_the_same" in said


def test_no_sql_turns_a_training_bulletin_into_a_real_one() -> None:
    drill = issued(words(training=True))
    assert "does not change" in refused("UPDATE bulletins_bulletin SET training = false WHERE id = %s", drill.id)


def test_a_follow_up_of_training_stays_training() -> None:
    drill, writer = issued(words(training=True)), cast.alert_writer()
    begun = actions.start_update(bulletin_id=drill.id, by=writer, at=LATER)
    actions.rewrite(bulletin_id=begun.id, content=words(at=LATER), by=writer, seen=begun.version, at=LATER)
    assert Bulletin.objects.get(pk=begun.id).training is True


def test_a_failing_page_leaves_nothing_issued(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> Callable[..., None]:
        raise RuntimeError(name)

    monkeypatch.setattr("hues.engines.bulletins.actions.showing.import_string", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        issued()
    assert not Bulletin.objects.filter(sent_at__isnull=False).exists()
    assert not SignedMessage.objects.exists()


def test_a_draft_can_be_discarded_and_an_alert_cannot() -> None:
    writer, alert = cast.alert_writer(), issued()
    begun = actions.draft(content=words(), by=writer, at=MONDAY)
    gone = actions.discard(bulletin_id=begun.id, by=writer, seen=begun.version, at=MONDAY)
    assert gone.state is State.DISCARDED
    with pytest.raises(WrongState):
        actions.discard(bulletin_id=alert.id, by=writer, seen=alert.version, at=MONDAY)


def test_what_lacks_words_is_not_submitted() -> None:
    writer = cast.alert_writer()
    begun = actions.draft(content=replace(words(), texts={}, wards=()), by=writer, at=MONDAY)
    with pytest.raises(Invalid) as wrong:
        actions.submit(bulletin_id=begun.id, by=writer, seen=begun.version, at=MONDAY)
    assert {"headline_vi-VN", "instruction_en-US", "wards"} <= set(wrong.value.fields)


def test_numbers_begin_anew_each_year_of_the_city() -> None:
    # 17:30 UTC on 31 December is past midnight in Huế.
    eve = MONDAY.replace(month=12, day=31, hour=17, minute=30)
    assert issued(words(at=MONDAY)).identifier == "VN-HUE-2026-000001"
    assert issued(words(at=eve), at=eve).identifier == "VN-HUE-2027-000001"
    assert PHU_XUAN in queries.in_force(eve)[0].audience
