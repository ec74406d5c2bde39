"""What has had its time is deleted, by the rule of its model, and nothing else is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from hues.kernel import registry
from hues.kernel.consent import actions
from hues.kernel.consent.models import Access, Consent
from hues.kernel.journal.models import Entry
from hues.kit.ids import new_id

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
YEARS = timedelta(days=365)
LAN, IOC = new_id(), new_id()


def test_old_rows_go_and_young_ones_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    for n in range(5):
        actions.note_access(subject=LAN, by=IOC, purpose="x", what="old", at=NOON - 6 * YEARS - timedelta(days=n))
    actions.note_access(subject=LAN, by=IOC, purpose="x", what="young", at=NOON - 4 * YEARS)
    assert actions.sweep(NOON) == 5
    assert [row.what for row in Access.objects.all()] == ["young"]
    assert actions.sweep(NOON) == 0


def test_the_journal_knows_how_much_was_forgotten() -> None:
    actions.note_access(subject=LAN, by=IOC, purpose="x", what="old", at=NOON - 6 * YEARS)
    actions.sweep(NOON)
    (entry,) = Entry.objects.filter(event="consent.rows.forgotten")
    assert (entry.facts["model"], entry.facts["rows"]) == ("consent.Access", 1)


def test_a_row_whose_time_has_not_begun_stays() -> None:
    Consent.objects.create(person_id=LAN, purpose="a", version=1, given_at=NOON - 20 * YEARS)
    Consent.objects.create(
        person_id=LAN, purpose="b", version=1, given_at=NOON - 20 * YEARS, withdrawn_at=NOON - 19 * YEARS
    )
    assert actions.sweep(NOON) == 1
    assert [row.purpose for row in Consent.objects.all()] == ["a"]


def test_sessions_that_are_over_go_and_others_stay() -> None:
    for key, hours in (("over", -1), ("on", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=NOON + timedelta(hours=hours))
    assert actions.sweep(NOON) == 1
    assert [session.session_key for session in Session.objects.all()] == ["on"]


def test_every_rule_names_a_field_that_its_model_has() -> None:
    from_the_future = datetime(1970, 1, 1, tzinfo=UTC)
    assert actions.sweep(from_the_future) == 0
    assert any(rule.model == "consent.Access" for rule in registry.retentions())
