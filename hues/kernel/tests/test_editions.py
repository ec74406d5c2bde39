"""One page shows one edition of the city's lists."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hues.kernel import editions
from hues.kit.ids import new_id

pytestmark = pytest.mark.django_db
NAMES = ("streets", "trees")


@pytest.fixture(autouse=True)
def lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rooms that keep a list each, and no others."""
    monkeypatch.setattr(editions, "_tables", {})
    with connection.cursor() as cursor:
        for name in NAMES:
            cursor.execute(f"CREATE TEMPORARY TABLE {name}_edition (token uuid) ON COMMIT DROP")
            editions.kept_in(name, f"{name}_edition")
    for name in NAMES:
        written(name)


def written(name: str) -> UUID:
    """Bring a new edition of a list in force."""
    token = new_id()
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {name}_edition")
        cursor.execute(f"INSERT INTO {name}_edition VALUES (%s)", [token])
    return token


def test_all_lists_are_asked_for_their_editions_once_while_a_request_is_answered() -> None:
    now = {name: written(name) for name in NAMES}
    with editions.asked_once(), CaptureQueriesContext(connection) as asked:
        seen = [(name, editions.token(name)) for name in NAMES for _ in range(3)]
    assert seen == [(name, now[name]) for name in NAMES for _ in range(3)]
    assert len(asked) == 1


def test_outside_of_a_request_every_look_asks() -> None:
    first = editions.token("trees")
    second = written("trees")
    assert editions.token("trees") == second != first


def test_a_request_goes_on_with_the_edition_it_began_with_and_the_next_one_sees_the_new() -> None:
    with editions.asked_once():
        before = editions.token("streets")
        after = written("streets")
        assert editions.token("streets") == before
    with editions.asked_once():
        assert editions.token("streets") == after


def test_who_changes_a_list_sees_the_change_at_once_and_the_other_lists_stay() -> None:
    with editions.asked_once():
        editions.token("streets"), editions.token("trees")
        trees, streets = editions.token("trees"), written("streets")
        written("trees")
        editions.changed("streets")
        assert (editions.token("streets"), editions.token("trees")) == (streets, trees)


def test_a_list_that_was_never_written_has_no_edition() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM trees_edition")
    assert editions.token("trees") is None
