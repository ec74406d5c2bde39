"""Who is away, and who stands in; a substitute who is away too has a substitute of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from hues.kernel.agencies.models import Leave, Membership
from hues.kernel.people.asker import Asker


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaveCard:
    """One leave, with the names of both."""

    agency_id: UUID
    person_id: UUID
    name: str
    substitute_id: UUID
    substitute_name: str
    from_at: datetime
    until_at: datetime

    @property
    def last_at(self) -> datetime:
        """Return an instant of the last day."""
        return self.until_at - timedelta(seconds=1)


def leaves_around(asker: Asker, at: datetime) -> tuple[tuple[LeaveCard, ...], tuple[LeaveCard, ...]]:
    """Return the asker's own leaves that are not over, and those in which the asker stands in right now."""
    now = Q(substitute=asker.person_id, from_at__lte=at, agency__in=asker.agencies)
    cards = _cards(Leave.objects.filter(Q(person=asker.person_id) | now, until_at__gt=at))
    own = tuple(card for card in cards if card.person_id == asker.person_id)
    return own, tuple(card for card in cards if card.person_id != asker.person_id)


def away(agency_id: UUID | None, at: datetime) -> dict[UUID, str]:
    """Return who of an agency is away right now, each with the name of who stands in."""
    found = _now(at).filter(agency=agency_id).values_list("person_id", "substitute__name")
    return dict(found) if agency_id else {}


def with_substitutes(people: Iterable[UUID], agency_id: UUID, at: datetime) -> list[UUID]:
    """Return people of an agency and, behind those who are away, who stands in for them."""
    told = list(dict.fromkeys(people))
    standing = dict(_now(at).filter(agency=agency_id, person__in=told).values_list("person_id", "substitute_id"))
    while new := [there for there in standing.values() if there not in told]:
        told += dict.fromkeys(new)
        found = _now(at).filter(agency=agency_id, person__in=new)
        standing = dict(found.values_list("person_id", "substitute_id"))
    return told


def seen_to_by(asker: Asker, at: datetime) -> list[UUID]:
    """Return whose work the asker sees to: the own, and that of those for whom the asker stands in."""
    if asker.person_id is None:
        return []
    own, new = [asker.person_id], [asker.person_id]
    while new:
        found = _now(at).filter(substitute__in=new, agency__in=asker.agencies).values_list("person_id", flat=True)
        new = [person for person in found if person not in own]
        own += new
    return own


def _now(at: datetime) -> QuerySet[Leave]:
    """Return the leaves of that instant while both people still work there."""
    staff = Membership.objects.filter(Q(until_at__isnull=True) | Q(until_at__gt=at), from_at__lte=at)
    here, there = (staff.filter(person=OuterRef(who), agency=OuterRef("agency")) for who in ("person", "substitute"))
    return Leave.objects.filter(Exists(here), Exists(there), from_at__lte=at, until_at__gt=at)


def _cards(found: QuerySet[Leave]) -> tuple[LeaveCard, ...]:
    columns = ("agency_id", "person_id", "person__name", "substitute_id", "substitute__name", "from_at", "until_at")
    return tuple(
        LeaveCard(
            agency_id=row["agency_id"],
            person_id=row["person_id"],
            name=row["person__name"],
            substitute_id=row["substitute_id"],
            substitute_name=row["substitute__name"],
            from_at=row["from_at"],
            until_at=row["until_at"],
        )
        for row in found.order_by("from_at", "id").values(*columns)
    )
