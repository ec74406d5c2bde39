"""Agencies, their people, and what a person may do at an instant."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import OuterRef, Q, QuerySet

from hues.kernel import editions
from hues.kernel.agencies import heirs
from hues.kernel.agencies.heirs import Heir
from hues.kernel.agencies.models import Agency, Edition, Membership, Succession
from hues.kernel.city import document
from hues.kernel.people.asker import AGENCY_ROLES, STRANGER, Asker, Role
from hues.kernel.people.models import Person
from hues.kernel.statements import composed
from hues.kit.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class AgencyCard:
    """One agency as everybody may know it; one that has ended has `heirs`, and `by_routes` says how they share."""

    id: UUID
    code: str
    name: Bilingual
    kind: str
    parent_id: UUID | None
    ward_code: str
    is_active: bool = True
    ended_on: date | None = None
    heirs: tuple[Heir, ...] = ()
    by_routes: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberCard:
    """One open membership."""

    person_id: UUID
    name: str
    phone: str
    agency_id: UUID
    role: Role
    from_at: datetime


@dataclass(frozen=True, slots=True)
class _Known:
    token: UUID | None
    cards: tuple[AgencyCard, ...]
    by_id: dict[UUID, AgencyCard]
    by_code: dict[str, AgencyCard]
    before: dict[UUID, frozenset[UUID]]

    def heirs_of(self, agency_id: UUID) -> tuple[Heir, ...]:
        """Return who follows an agency; nobody while it is at work."""
        card = self.by_id.get(agency_id)
        return card.heirs if card else ()


_known = _Known(None, (), {}, {}, {})
editions.kept_in("agencies", Edition._meta.db_table)


def agencies() -> tuple[AgencyCard, ...]:
    """Return all agencies in the order of their codes, closed ones included; costs one small read."""
    return _current().cards


def agency(agency_id: UUID) -> AgencyCard | None:
    """Return the agency of that id."""
    return _current().by_id.get(agency_id)


def agency_by_code(code: str) -> AgencyCard | None:
    """Return the agency of that code."""
    return _current().by_code.get(code)


def heir(agency_id: UUID, *, ward: str = "", path: tuple[str, ...] = ()) -> UUID:
    """Return which agency has now what that one had in a ward and of a category; itself while it is at work."""
    return heirs.last_heir(agency_id, _current().heirs_of, ward=ward, path=path)


def heirs_now(agency_id: UUID) -> tuple[UUID, ...]:
    """Return the agencies that have now what that one had; itself while it is at work."""
    return heirs.last_heirs(agency_id, _current().heirs_of)


def forebears(agency_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Return the agencies that ended and left these something, however long ago."""
    asked = tuple(agency_ids)
    before = _current().before if asked else {}
    return frozenset().union(*(before.get(agency_id, frozenset()) for agency_id in asked))


def link_to(agency_id: UUID) -> str:
    """Return the number or e-mail address to which links to single cases of an agency go, or "" if it signs in."""
    found = Agency.objects.filter(pk=agency_id, is_active=True).values_list("link_to", flat=True)
    return found.first() or ""


def links() -> dict[str, str]:
    """Return where links go, by the codes of the agencies that never sign in; for those who keep the list."""
    return dict(Agency.objects.exclude(link_to="").values_list("code", "link_to"))


def ioc_code() -> str:
    """Return the code under which the operations centre stands among the agencies."""
    return str(document("city.toml")["operations_centre"]["agency"])


def ioc() -> AgencyCard | None:
    """Return the operations centre."""
    return agency_by_code(ioc_code())


def asker_for(person_id: UUID | None, at: datetime) -> Asker:
    """Return who asks, with the roles of the memberships open at that instant; an unknown id is a stranger."""
    person = person_at(person_id, at) if person_id else None
    return asker_of(person, at) if person and person.is_active else STRANGER


def person_at(person_id: UUID, at: datetime) -> Person | None:
    """Return a person with the memberships open at that instant, by one statement: every page of somebody asks."""
    for row in _person(person_id=person_id, at=at):
        roles, agencies_of = row.pop("held_roles"), row.pop("held_agencies")
        person = Person.from_db(DEFAULT_DB_ALIAS, list(row), list(row.values()))
        person.held = tuple(zip(roles, agencies_of, strict=True))
        return person
    return None


def asker_of(person: Person, at: datetime) -> Asker:
    """Return who asks, for an active person that was read already."""
    held = person.held
    if held is None:
        held = tuple(_held(person.pk, at).values_list("role", "agency_id"))
    # Whoever works for an agency answers for what its forebears did.
    at_work = frozenset(agency_id for role, agency_id in held if Role(role) in AGENCY_ROLES)
    return Asker(
        person_id=person.pk,
        name=person.name,
        language=person.language,
        home_ward=person.home_ward,
        roles=frozenset({Role.CITIZEN, *(Role(role) for role, _ in held)}),
        agencies=at_work | forebears(at_work),
    )


@composed
def _person(*, person_id: UUID, at: datetime) -> Any:
    held = _held(OuterRef("pk"), at)
    own = (field.attname for field in Person._meta.concrete_fields)
    return Person.objects.filter(pk=person_id).values(
        *own, held_roles=ArraySubquery(held.values("role")), held_agencies=ArraySubquery(held.values("agency_id"))
    )


def _held(person_id: UUID | OuterRef, at: datetime) -> QuerySet[Membership]:
    return _open_at(at).filter(person=person_id).order_by("id")


def members_of(agency_id: UUID, at: datetime) -> Iterator[MemberCard]:
    """Return who works for an agency at that instant; the caller has checked who asks."""
    found = _open_at(at).filter(agency=agency_id).order_by("from_at", "id")
    for row in found.values("person_id", "person__name", "person__phone", "agency_id", "role", "from_at"):
        yield MemberCard(
            person_id=row["person_id"],
            name=row["person__name"],
            phone=row["person__phone"] or "",
            agency_id=row["agency_id"],
            role=Role(row["role"]),
            from_at=row["from_at"],
        )


def staff_of(agency_id: UUID | None, at: datetime) -> dict[UUID, str]:
    """Return who works cases for an agency at that instant, with their names; the caller has checked who asks."""
    roles = sorted(AGENCY_ROLES)
    found = _open_at(at).filter(agency=agency_id, role__in=roles, person__is_active=True).order_by("person__name")
    return dict(found.values_list("person_id", "person__name")) if agency_id else {}


def people_with(role: Role, at: datetime, agency_id: UUID | None = None) -> tuple[UUID, ...]:
    """Return the people who hold a role at that instant, at one agency or anywhere."""
    found = _open_at(at).filter(role=role, person__is_active=True)
    if agency_id is not None:
        found = found.filter(agency=agency_id)
    return tuple(found.order_by("person_id").values_list("person_id", flat=True).distinct())


def _open_at(at: datetime) -> QuerySet[Membership]:
    return Membership.objects.filter(
        Q(until_at__isnull=True) | Q(until_at__gt=at), from_at__lte=at, agency__is_active=True
    )


def _current() -> _Known:
    global _known
    token = editions.token("agencies")
    if token is None or token != _known.token:
        _known = _read(token)
    return _known


def _read(token: UUID | None) -> _Known:
    columns = ("id", "code", "name", "kind", "parent_id", "ward_code", "is_active")
    ended = _ended()
    found = Agency.objects.order_by("code").values(*columns)
    cards = tuple(AgencyCard(**row | ended.get(row["id"], {})) for row in found)
    by_id = {card.id: card for card in cards}
    before: dict[UUID, frozenset[UUID]] = {}
    for gone in ended:
        for end in heirs.last_heirs(gone, lambda agency_id: by_id[agency_id].heirs):
            before[end] = before.get(end, frozenset()) | {gone}
    return _Known(token, cards, by_id, {card.code: card for card in cards}, before)


def _ended() -> dict[UUID, dict[str, Any]]:
    """Return what is to be known of agencies that have ended, by their ids."""
    columns = ("agency_id", "heir_id", "wards", "categories", "change__on_date", "change__by_routes")
    done = Succession.objects.filter(change__done_at__isnull=False).order_by("change__done_at", "order")
    found: dict[UUID, dict[str, Any]] = {}
    for gone, heir_id, wards, categories, ended_on, by_routes in done.values_list(*columns):
        said = found.setdefault(gone, {"ended_on": ended_on, "by_routes": by_routes, "heirs": ()})
        own = Heir(agency_id=heir_id, wards=frozenset(wards), categories=frozenset(categories))
        said["heirs"] = (*said["heirs"], own)
    return found
