"""What the journal promises: written with the change, never changed, run at least once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import ClassVar

import pytest
from django.db import IntegrityError, connection, transaction

from hues.kernel.journal import actions, queries
from hues.kernel.journal.events import Event
from hues.kernel.journal.models import Entry
from hues.kernel.journal.testing import drain
from hues.kit.ids import new_id

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class StoneThrown(Event):
    name: ClassVar[str] = "test.stone.thrown"
    stones: int


heard: list[StoneThrown] = []


@actions.reacts_to(StoneThrown)
def hear(event: StoneThrown) -> None:
    heard.append(event)


def test_a_reaction_gets_the_event_as_it_was_recorded() -> None:
    heard.clear()
    event = StoneThrown(at=NOON, by=new_id(), subject=new_id(), stones=3)
    actions.record(event)
    assert heard == []
    assert drain() == 1
    assert heard == [event]


def test_a_change_that_fails_leaves_neither_entry_nor_job() -> None:
    heard.clear()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.record(StoneThrown(at=NOON, stones=1))
        _ = 1 / 0
    assert drain() == 0
    assert not Entry.objects.exists()


@pytest.mark.parametrize("sql", ["UPDATE journal_entry SET event = 'x'", "DELETE FROM journal_entry"])
def test_not_even_sql_changes_an_entry(sql: str) -> None:
    actions.record(StoneThrown(at=NOON, stones=1))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Entry.objects.count() == 1


def seal_all(wanted: int) -> None:
    """
    Seal until `wanted` entries are sealed.

    The oldest open transaction counts for the whole server, and other tests' transactions come and go on it.
    """
    sealed, end = 0, monotonic() + 120
    while sealed < wanted and monotonic() < end:
        sealed += actions.seal(at=NOON)
    assert sealed == wanted


@pytest.mark.django_db(transaction=True)
def test_seals_cover_every_entry_once_and_show_what_was_altered() -> None:
    for stones in (1, 2):
        actions.record(StoneThrown(at=NOON, stones=stones))
    seal_all(2)
    assert actions.seal(at=NOON) == 0
    actions.record(StoneThrown(at=NOON, stones=3))
    seal_all(1)
    assert queries.broken_seals() == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_append_only")
        cursor.execute("UPDATE journal_entry SET facts = '{}' WHERE facts->>'stones' = '2'")
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER journal_entry_append_only")
    assert queries.broken_seals() != []


@pytest.mark.django_db(transaction=True)
def test_an_entry_of_an_open_transaction_waits_for_the_next_seal() -> None:
    with ThreadPoolExecutor(1) as elsewhere, transaction.atomic():
        actions.record(StoneThrown(at=NOON, stones=1))
        assert elsewhere.submit(_record_and_seal).result() == 0
    seal_all(2)


def _record_and_seal() -> int:
    try:
        actions.record(StoneThrown(at=NOON, stones=2))
        return actions.seal(at=NOON)
    finally:
        connection.close()
