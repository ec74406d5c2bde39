"""Opening an account and changing it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from hues.kernel.errors import Invalid, NotFound
from hues.kernel.journal.queries import entries_about
from hues.kernel.people import actions, queries
from hues.kit.ids import new_id

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
PHONE = "0901234567"


def test_an_account_opens_once_for_a_number_however_it_is_typed() -> None:
    first = actions.open_account(phone=PHONE, name="  Trần  Thị Lan\u200b ", at=NOON)
    again = actions.open_account(phone="+84 901 234 567", name="Somebody else", at=NOON + timedelta(days=1))
    assert again == first
    card = queries.person_by_phone("+84901234567")
    assert card == queries.person_card(first)
    assert card is not None
    assert (card.name, card.language, card.created_at) == ("Trần Thị Lan", "vi", NOON)
    assert [e.event for e in entries_about(first)] == ["people.account.opened"]


def test_the_journal_holds_no_name_and_no_number() -> None:
    person = actions.open_account(phone=PHONE, name="Lan", at=NOON)
    actions.rename(person_id=person, name="Lan Anh", at=NOON)
    written = " ".join(str(e.facts) for e in entries_about(person))
    assert "Lan" not in written
    assert "901234567" not in written


def test_a_person_changes_name_language_and_ward_and_each_change_is_one_entry() -> None:
    person = actions.open_account(phone=PHONE, at=NOON)
    for _ in range(2):
        actions.rename(person_id=person, name="Lan", at=NOON)
        actions.set_language(person_id=person, language="en", at=NOON)
        actions.set_home_ward(person_id=person, ward="19753", at=NOON)
        actions.verify_phone(person_id=person, at=NOON)
    card = queries.person_card(person)
    assert card is not None
    assert (card.name, card.language, card.home_ward) == ("Lan", "en", "19753")
    assert [e.event for e in entries_about(person)] == [
        "people.account.opened",
        "people.person.renamed",
        "people.language.set",
        "people.home_ward.set",
        "people.phone.verified",
    ]


def test_what_can_not_be_taken_is_refused() -> None:
    person = actions.open_account(phone=PHONE, at=NOON)
    with pytest.raises(Invalid):
        actions.rename(person_id=person, name="x" * 121, at=NOON)
    with pytest.raises(Invalid):
        actions.set_language(person_id=person, language="fr", at=NOON)
    with pytest.raises(NotFound):
        actions.rename(person_id=new_id(), name="Nobody", at=NOON)
    assert queries.person_card(new_id()) is None


def test_the_shared_cache_has_its_table_and_a_crash_may_empty_it() -> None:
    cache.set("greeting", "chào", 60)
    assert cache.get("greeting") == "chào"
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'hues_cache'")
        assert cursor.fetchone() == ("u",)
