"""What the database itself refuses of what was issued: moves that the table does not have, and emptying it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from hues.engines.bulletins.models import Bulletin
from hues.engines.bulletins.rules.notices import NOTICE_MOVES, NOTICE_UNSENT, NoticeState
from hues.engines.bulletins.rules.states import MOVES, UNSENT, State
from hues.engines.bulletins.testing import issued, published_notice
from hues.engines.bulletins.tests.issuing import refused

pytestmark = pytest.mark.django_db
KEPT = ("bulletins_bulletin", "bulletins_publicbulletin", "bulletins_signedmessage", "bulletins_notice")


@contextmanager
def guarded(table: str) -> Iterator[None]:
    """Empty tables as on a city's server: tests that commit empty theirs, and switch this guard off for it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_no_truncate")
        try:
            yield
        finally:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")


def _set(table: str, state: str, step: int = 1) -> bool:
    """Return whether the database let the one row of `table` come to `state` by raw SQL."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET state = %s, version = version + %s", [state, step])
    except IntegrityError:
        return False
    return True


def _comes_to(table: str, before: str, after: str) -> bool:
    """Return whether a row that was issued can come from one state to another; nothing of it stays."""
    with transaction.atomic():
        assert before == "issued" or _set(table, before)
        done = _set(table, after)
        transaction.set_rollback(True)
    return done


def test_an_issued_bulletin_makes_the_moves_of_the_table_and_no_other() -> None:
    issued()
    sent = [state for state in State if state not in UNSENT]
    table = {(state, move.after) for move in MOVES.values() for state in move.before if state != move.after}
    possible = {(a, b) for a in sent for b in State if a != b and _comes_to("bulletins_bulletin", a, b)}
    assert possible == {pair for pair in table if pair[0] in sent}


def test_an_issued_notice_makes_the_moves_of_the_table_and_no_other() -> None:
    published_notice()
    sent = [state for state in NoticeState if state not in NOTICE_UNSENT]
    table = {(state, after) for before, after in NOTICE_MOVES.values() for state in before if state != after}
    possible = {(a, b) for a in sent for b in NoticeState if a != b and _comes_to("bulletins_notice", a, b)}
    assert possible == {pair for pair in table if pair[0] in sent}


def test_a_version_moves_with_its_state_alone() -> None:
    row = Bulletin.objects.get(pk=issued().id)
    assert not _set("bulletins_bulletin", State.ISSUED)
    assert not _set("bulletins_bulletin", State.CANCELLED, 0)
    assert not _set("bulletins_bulletin", State.CANCELLED, 7)
    assert _set("bulletins_bulletin", State.CANCELLED)
    assert not _set("bulletins_bulletin", State.ISSUED, -1)
    assert Bulletin.objects.get(pk=row.pk).version == row.version + 1


@pytest.mark.parametrize("table", KEPT)
def test_what_was_issued_is_not_emptied(table: str) -> None:
    issued()
    with guarded(table):
        assert "does not change" in refused(f"TRUNCATE {table} CASCADE")
    assert Bulletin.objects.count() == 1
