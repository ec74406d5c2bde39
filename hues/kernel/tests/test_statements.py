"""What is composed once asks what Django would have asked, whatever the values, and never with the wrong ones."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from hues.kernel.people.models import Person
from hues.kernel.statements import among, composed

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)


class Kind(StrEnum):
    NAMED = "named"
    NAMELESS = "nameless"


@pytest.fixture
def people() -> list[Person]:
    named = [("+84901999001", "100% Lan's \ue000"), ("+84901999002", "Nam %s"), ("+84901999003", "")]
    made = [Person(phone=phone, name=name, created_at=AT + timedelta(days=n)) for n, (phone, name) in enumerate(named)]
    return Person.objects.bulk_create(made)


@composed
def _by_phone(*, phone: str) -> Any:
    return Person.objects.filter(phone=phone).values("id", "name", "created_at")


@composed
def _since(kind: Kind, *, ids: Collection[UUID], at: datetime | None) -> Any:
    found = Person.objects.filter(among("id", ids)).order_by("phone")
    found = found.filter(name="") if kind == Kind.NAMELESS else found.exclude(name="").exclude(name="% %s")
    return found.filter(Q(created_at__gte=at) | Q(created_at=at)).values("phone") if at else found.values("phone")


def test_values_change_from_call_to_call_and_are_never_read_as_sql(people: list[Person]) -> None:
    for person in people:
        assert _by_phone(phone=person.phone) == [
            {"id": person.pk, "name": person.name, "created_at": person.created_at}
        ]
    for nobody in ("", "' OR true --", "%s", "\ue000phone\ue000"):
        assert _by_phone(phone=nobody) == []


def test_many_values_are_one_and_shapes_are_told_apart(people: list[Person]) -> None:
    ids = [person.pk for person in people]
    assert [row["phone"][-1] for row in _since(Kind.NAMED, ids=ids, at=None)] == ["1", "2"]
    assert [row["phone"][-1] for row in _since(Kind.NAMELESS, ids=ids, at=None)] == ["3"]
    assert [row["phone"][-1] for row in _since(Kind.NAMED, ids=ids[1:], at=None)] == ["2"]
    for days, known in ((0, ["1", "2"]), (1, ["2"]), (2, [])):
        found = _since(Kind.NAMED, ids=frozenset(ids), at=AT + timedelta(days=days))
        assert [row["phone"][-1] for row in found] == known


def test_it_is_composed_once_and_counted_as_a_statement(people: list[Person]) -> None:
    built = 0

    @composed
    def counted(*, phone: str) -> Any:
        nonlocal built
        built += 1
        return Person.objects.filter(phone=phone).values("name")

    with CaptureQueriesContext(connection) as captured:
        for person in people:
            assert counted(phone=person.phone) == [{"name": person.name}]
    assert (built, len(captured)) == (1, 3)


def test_a_value_that_does_not_arrive_as_given_is_refused_at_once() -> None:
    @composed
    def looked_at(*, name: str) -> Any:
        return Person.objects.filter(name__contains=name).values("id")

    with pytest.raises(LookupError, match="name"):
        looked_at(name="Lan")


def test_what_can_never_be_is_nothing() -> None:
    @composed
    def never(*, name: str) -> Any:
        return Person.objects.filter(name=name, pk__in=()).values("id")

    assert never(name="Lan") == []


def test_no_values_match_nothing(people: list[Person]) -> None:
    assert _since(Kind.NAMED, ids=[], at=None) == []


def test_afresh_asks_the_same(people: list[Person]) -> None:
    ids = [person.pk for person in people]
    assert _since.afresh(Kind.NAMED, ids=ids, at=AT) == _since(Kind.NAMED, ids=ids, at=AT)
