"""Consent is for one purpose in the words that were read, and the ledger tells who looked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from hues.kernel.consent import actions, queries
from hues.kernel.consent.models import Consent
from hues.kernel.consent.tests import walks
from hues.kernel.consent.tests.walks.apps import WalksConfig
from hues.kernel.errors import NotFound, Stale
from hues.kernel.journal.models import Entry
from hues.kit.ids import new_id

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
POSITION = "walks.position"
LAN, EVE, IOC = new_id(), new_id(), new_id()


@pytest.fixture(autouse=True)
def _walks(monkeypatch: pytest.MonkeyPatch) -> None:
    function = WalksConfig(walks.__name__, walks)
    function.apps = apps
    function.import_models()
    monkeypatch.setitem(apps.app_configs, "walks", function)


def test_nobody_has_agreed_to_anything_by_default() -> None:
    assert not queries.has(LAN, POSITION)
    assert queries.consents_of(LAN) == ()


def test_consent_holds_until_it_is_withdrawn() -> None:
    actions.give(person_id=LAN, purpose=POSITION, version=2, at=NOON)
    assert queries.has(LAN, POSITION)
    assert not queries.has(EVE, POSITION)
    actions.withdraw(person_id=LAN, purpose=POSITION, at=NOON + HOUR)
    assert not queries.has(LAN, POSITION)
    (card,) = queries.consents_of(LAN)
    assert (card.given_at, card.withdrawn_at) == (NOON, NOON + HOUR)


def test_giving_or_withdrawing_twice_changes_nothing() -> None:
    for _ in range(2):
        actions.give(person_id=LAN, purpose=POSITION, version=2, at=NOON)
    assert Consent.objects.count() == 1
    for _ in range(2):
        actions.withdraw(person_id=LAN, purpose=POSITION, at=NOON)
    assert list(Entry.objects.order_by("id").values_list("event", flat=True)) == [
        "consent.consent.given",
        "consent.consent.withdrawn",
    ]


def test_consent_to_old_words_does_not_hold_for_new_ones() -> None:
    Consent.objects.create(person_id=LAN, purpose=POSITION, version=1, given_at=NOON)
    assert not queries.has(LAN, POSITION)
    assert [card.is_current for card in queries.consents_of(LAN)] == [False]
    actions.give(person_id=LAN, purpose=POSITION, version=2, at=NOON + HOUR)
    assert queries.has(LAN, POSITION)
    assert [(card.version, card.withdrawn_at) for card in queries.consents_of(LAN)] == [(2, None), (1, NOON + HOUR)]


def test_who_read_old_words_is_asked_to_read_again() -> None:
    with pytest.raises(Stale):
        actions.give(person_id=LAN, purpose=POSITION, version=1, at=NOON)
    assert not Consent.objects.exists()


def test_a_purpose_that_nobody_declares_cannot_be_agreed_to() -> None:
    with pytest.raises(NotFound):
        actions.give(person_id=LAN, purpose="walks.everything", version=1, at=NOON)


def test_the_database_holds_one_consent_in_force_for_a_purpose() -> None:
    actions.give(person_id=LAN, purpose=POSITION, version=2, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(person_id=LAN, purpose=POSITION, version=2, given_at=NOON)


def test_people_see_who_looked_and_what_for_newest_first() -> None:
    for n, what in enumerate(["cases:PA-2026-000001", "cases:PA-2026-000002"]):
        actions.note_access(subject=LAN, by=IOC, purpose="Gọi lại để hỏi địa chỉ", what=what, at=NOON + n * HOUR)
    actions.note_access(subject=EVE, by=IOC, purpose="x", what="cases:PA-2026-000003", at=NOON)
    seen = queries.accesses_of(LAN)
    assert [card.what for card in seen] == ["cases:PA-2026-000002", "cases:PA-2026-000001"]
    assert (seen[0].by, seen[0].purpose, seen[0].at) == (IOC, "Gọi lại để hỏi địa chỉ", NOON + HOUR)
    assert len(queries.accesses_by(IOC)) == 3


def test_the_journal_does_not_say_whom_the_access_was_about() -> None:
    actions.note_access(subject=LAN, by=IOC, purpose="Gọi lại", what="cases:PA-2026-000001", at=NOON)
    entry = Entry.objects.get()
    assert (entry.event, entry.by) == ("consent.access.noted", IOC)
    written = f"{entry.subject} {entry.facts}"
    assert str(LAN) not in written
    assert "Gọi" not in written


def test_what_the_ledger_says_cannot_be_changed_even_by_sql() -> None:
    actions.note_access(subject=LAN, by=IOC, purpose="Gọi lại", what="cases:PA-2026-000001", at=NOON)
    with pytest.raises(IntegrityError, match="not rewritten"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE consent_access SET purpose = 'nothing'")
    assert queries.accesses_of(LAN)[0].purpose == "Gọi lại"
