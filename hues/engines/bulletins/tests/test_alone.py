"""One person may warn alone only where the city allows it, and never in silence."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as present
from django.db import IntegrityError, transaction

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.models import Bulletin
from hues.engines.bulletins.queries import alert_settings
from hues.engines.bulletins.rules.states import State
from hues.engines.bulletins.testing import MONDAY, submitted, words
from hues.kernel import city
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import queries as delivery
from hues.kernel.errors import Invalid, NotAllowed, Stale, WrongState
from hues.kernel.journal.testing import drain

pytestmark = pytest.mark.django_db
BECAUSE = "Mất liên lạc, nước lên rất nhanh."


@pytest.fixture
def allowed(tmp_path: Path, settings: Any) -> Iterator[None]:
    """Let the city of this test allow it, in its own file."""
    folder = Path(shutil.copytree(present.HUES.city, tmp_path / "city"))
    facts = (folder / "city.toml").read_text("utf-8")
    (folder / "city.toml").write_text(facts.replace("one_person = false", "one_person = true"), "utf-8")
    settings.HUES = replace(present.HUES, city=folder)
    _forget()
    yield
    _forget()


def _forget() -> None:
    for kept in (city.city, city.document, alert_settings):
        kept.cache_clear()


def test_a_city_that_says_nothing_does_not_allow_it() -> None:
    waiting, writer = submitted(), cast.alert_writer()
    with pytest.raises(NotAllowed):
        actions.issue_alone(
            bulletin_id=waiting.id,
            level=3,
            because=BECAUSE,
            by=writer,
            seen=waiting.version,
            proved_at=MONDAY,
            at=MONDAY,
        )
    assert queries.desk_bulletin(writer, waiting.id).state is State.SUBMITTED


def test_where_it_is_allowed_the_writer_warns_and_everybody_who_watches_is_told(allowed: None) -> None:
    watchers = [cast.alert_approver(), cast.duty_leader(), cast.leader(), cast.auditor()]
    waiting, writer = submitted(), cast.alert_writer()
    moved = actions.issue_alone(
        bulletin_id=waiting.id, level=3, because=BECAUSE, by=writer, seen=waiting.version, proved_at=MONDAY, at=MONDAY
    )
    assert queries.alert(moved.identifier).valid(MONDAY)
    assert queries.proof(moved.identifier).holds
    drain()
    for watcher in watchers:
        told = [item for item in delivery.inbox(watcher).rows if "một mình" in item.title["vi"]]
        assert [BECAUSE in item.body["vi"] and "Lê Xuân Sơn" in item.body["vi"] for item in told] == [True]
    assert queries.desk_bulletin(watchers[3], waiting.id).alone_because == BECAUSE


@pytest.mark.parametrize(("level", "because"), [(2, BECAUSE), (3, ""), (3, "  vội  ")])
def test_level_and_reason_are_asked_for(allowed: None, level: int, because: str) -> None:
    waiting, writer = submitted(), cast.alert_writer()
    with pytest.raises(Invalid):
        actions.issue_alone(
            bulletin_id=waiting.id,
            level=level,
            because=because,
            by=writer,
            seen=waiting.version,
            proved_at=MONDAY,
            at=MONDAY,
        )
    assert queries.desk_bulletin(writer, waiting.id).state is State.SUBMITTED


def test_a_citizen_a_stale_page_and_a_draft_are_refused(allowed: None) -> None:
    waiting, writer = submitted(), cast.alert_writer()
    with pytest.raises(NotAllowed):
        actions.issue_alone(
            bulletin_id=waiting.id,
            level=3,
            because=BECAUSE,
            by=cast.lan(),
            seen=waiting.version,
            proved_at=MONDAY,
            at=MONDAY,
        )
    with pytest.raises(Stale):
        actions.issue_alone(
            bulletin_id=waiting.id, level=3, because=BECAUSE, by=writer, seen=1, proved_at=MONDAY, at=MONDAY
        )
    begun = actions.draft(content=words(), by=writer, at=MONDAY)
    with pytest.raises(WrongState):
        actions.issue_alone(
            bulletin_id=begun.id, level=3, because=BECAUSE, by=writer, seen=begun.version, proved_at=MONDAY, at=MONDAY
        )


def test_there_is_no_emergency_in_an_exercise(allowed: None) -> None:
    writer, drill = cast.alert_writer(), submitted(words(training=True))
    with pytest.raises(NotAllowed):
        actions.issue_alone(
            bulletin_id=drill.id, level=3, because=BECAUSE, by=writer, seen=drill.version, proved_at=MONDAY, at=MONDAY
        )
    assert queries.desk_bulletin(writer, drill.id).state is State.SUBMITTED


def test_who_did_not_write_it_approves_it_as_usual(allowed: None) -> None:
    waiting, approver = submitted(), cast.alert_approver()
    with pytest.raises(NotAllowed):
        actions.issue_alone(
            bulletin_id=waiting.id,
            level=3,
            because=BECAUSE,
            by=approver,
            seen=waiting.version,
            proved_at=MONDAY,
            at=MONDAY,
        )
    passed = actions.approve(
        bulletin_id=waiting.id, level=3, by=approver, seen=waiting.version, proved_at=MONDAY, at=MONDAY
    )
    assert passed.state is State.APPROVED


def test_the_database_wants_two_people_or_a_reason_and_keeps_it(allowed: None) -> None:
    waiting, writer = submitted(), cast.alert_writer()
    with pytest.raises(IntegrityError), transaction.atomic():
        Bulletin.objects.filter(pk=waiting.id).update(approved_by=writer.person_id)
    actions.issue_alone(
        bulletin_id=waiting.id, level=3, because=BECAUSE, by=writer, seen=waiting.version, proved_at=MONDAY, at=MONDAY
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Bulletin.objects.filter(pk=waiting.id).update(alone_because="")
