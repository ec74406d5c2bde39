"""Keep the list of agencies, and say who works where."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hues.kernel import editions
from hues.kernel.agencies import events, listing
from hues.kernel.agencies.listing import ImportReport, Line, StaffLine
from hues.kernel.agencies.models import Agency, Edition, Leave, Membership
from hues.kernel.agencies.queries import ioc_code, staff_of
from hues.kernel.areas import queries as areas
from hues.kernel.city import document
from hues.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from hues.kernel.journal import actions as journal
from hues.kernel.people import actions as people
from hues.kernel.people.asker import AGENCY_ROLES, CITY, Asker, Role
from hues.kernel.people.models import Person
from hues.kernel.turns import take_turn
from hues.kit.ids import new_id
from hues.kit.text import tidy


@transaction.atomic
def import_agencies(
    rows: Iterable[Mapping[str, str]], *, dry_run: bool = False, by: Asker = CITY, at: datetime
) -> ImportReport:
    """
    Create and change agencies from rows of code, name_vi, name_en, kind, parent_code, ward_code, perhaps link_to.

    All rows are taken, or none if one is wrong. Agencies that the rows leave out stay as they are;
    the operations centre is added from the city's own facts where the rows lack it.

    :raises NotAllowed: if `by` is neither the city itself nor an administrator
    """
    _only_administrators(by)
    found = {agency.code: agency for agency in Agency.objects.select_for_update().order_by("code")}
    codes = {agency.pk: code for code, agency in found.items()}
    parents = {code: codes.get(agency.parent_id, "") for code, agency in found.items()}  # type: ignore[arg-type]
    wards = frozenset(ward.code for ward in areas.wards())
    kinds = tuple(document("city.toml")["agencies"]["kinds"])
    known = listing.Known(kinds=kinds, wards=wards, parents=parents, ioc_code=ioc_code())
    given = listing.read(_with_ioc([*rows], found), known)
    if given.errors:
        return ImportReport(errors=tuple(given.errors))
    ids = {**{line.code: new_id() for line in given.lines}, **{code: agency.pk for code, agency in found.items()}}
    new = [line for line in given.lines if line.code not in found]
    changed = [line for line in given.lines if line.code in found and _differs(line, found[line.code], ids)]
    if not dry_run and (new or changed):
        _write(new, changed, ids, by=by, at=at)
    return ImportReport(
        created=tuple(line.code for line in new),
        changed=tuple(line.code for line in changed),
        unchanged=len(given.lines) - len(new) - len(changed),
    )


@transaction.atomic
def send_links_to(*, agency_id: UUID, address: str, by: Asker = CITY, at: datetime) -> None:
    """
    Send an agency a link to each of its cases from now on, to a mobile number or an e-mail address; "" ends it.

    Links that went to another address no longer open anything.

    :raises NotAllowed: if `by` is neither the city itself nor an administrator
    :raises NotFound: if there is no such agency
    :raises Invalid: if the address is neither
    """
    _only_administrators(by)
    agency = Agency.objects.select_for_update().filter(pk=agency_id, is_active=True).first()
    if agency is None or agency.code == ioc_code():
        raise NotFound
    known = listing.contact(tidy(address)) if tidy(address) else ""
    if known is None:
        sentence = _("Enter a mobile number or an e-mail address, or nothing.")
        raise Invalid(sentence, {"address": sentence})
    if known != agency.link_to:
        Agency.objects.filter(pk=agency_id).update(link_to=known)
        journal.record(events.AgencyChanged(at=at, by=by.person_id, subject=agency_id, code=agency.code))


@transaction.atomic
def import_people(
    rows: Iterable[Mapping[str, str]], *, dry_run: bool = False, by: Asker = CITY, at: datetime
) -> ImportReport:
    """
    Open accounts and appoint staff from rows of phone, name, agency (its code) and role.

    All rows are taken, or none if one is wrong. Nobody loses a role, and who has an account keeps its name.
    The report counts appointments, as "number role agency".

    :raises NotAllowed: if `by` is neither the city itself nor an administrator
    """
    _only_administrators(by)
    agencies = dict(Agency.objects.filter(is_active=True).values_list("code", "pk"))
    lines, errors = listing.read_staff(rows, agencies, ioc_code=ioc_code())
    if errors:
        return ImportReport(errors=tuple(errors))
    held = set(Membership.objects.filter(until_at__isnull=True).values_list("person__phone", "agency__code", "role"))
    new = [line for line in lines if (line.phone, line.agency, line.role) not in held]
    if new and not dry_run:
        openings = (people.Opening(phone=line.phone, name=line.name) for line in new)
        _appoint_all(new, people.open_accounts(openings, at=at), agencies, by=by, at=at)
    return ImportReport(
        created=tuple(f"{line.phone} {line.role} {line.agency}" for line in new), unchanged=len(lines) - len(new)
    )


@transaction.atomic
def appoint(*, person_id: UUID, agency_id: UUID, role: Role, by: Asker = CITY, at: datetime) -> None:
    """
    Give a person a role at an agency from now on; one who has it already keeps it.

    Roles that hold city-wide belong to the operations centre. Administrators appoint anybody;
    the head of an agency appoints its case workers.

    :raises Invalid: if the agency can't give that role
    :raises NotAllowed: if `by` may not appoint
    :raises NotFound: if there is no such person or agency
    """
    agency = Agency.objects.select_for_update().filter(pk=agency_id, is_active=True).first()
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if agency is None or person is None:
        raise NotFound
    _may_appoint(by, agency_id, role)
    if role == Role.CITIZEN or (role not in AGENCY_ROLES and agency.code != ioc_code()):
        sentence = _("Only the operations centre gives this role.")
        raise Invalid(sentence, {"role": sentence})
    kept = Membership.objects.filter(person=person, agency=agency, role=role, until_at__isnull=True)
    if not kept.exists():
        Membership.objects.create(person=person, agency=agency, role=role, from_at=at)
        journal.record(events.MemberAppointed(at=at, by=by.person_id, subject=person_id, agency=agency_id, role=role))


@transaction.atomic
def dismiss(*, person_id: UUID, agency_id: UUID, role: Role, by: Asker = CITY, at: datetime) -> None:
    """
    End a person's role at an agency.

    :raises NotAllowed: if `by` may not dismiss
    :raises WrongState: if the person does not hold the role, or holds it only from a later instant
    """
    _may_appoint(by, agency_id, role)
    held = Membership.objects.select_for_update().filter(
        person=person_id, agency=agency_id, role=role, until_at__isnull=True, from_at__lt=at
    )
    if not held.update(until_at=at):
        raise WrongState(_("This person does not hold this role."))
    journal.record(events.MemberDismissed(at=at, by=by.person_id, subject=person_id, agency=agency_id, role=role))


@transaction.atomic
def go_on_leave(
    *, agency_id: UUID, substitute: UUID, from_at: datetime, until_at: datetime, by: Asker, at: datetime
) -> None:
    """
    Be away from an instant until another while a colleague stands in; instead of any leave set before.

    :raises NotAllowed: if the asker does not work for that agency
    :raises Invalid: if the colleague does not, or the leave ends before it begins or is over already
    """
    if by.person_id is None or not by.is_staff_of(agency_id):
        raise NotAllowed
    if substitute == by.person_id or substitute not in staff_of(agency_id, at):
        raise Invalid(fields={"substitute": _("Choose a colleague of your agency.")})
    if until_at <= max(from_at, at):
        raise Invalid(fields={"until": _("The last day is before the first one, or already over.")})
    _end_leave(by.person_id, agency_id, at)
    since = max(from_at, at)
    Leave.objects.create(
        person_id=by.person_id, agency_id=agency_id, substitute_id=substitute, from_at=since, until_at=until_at
    )
    journal.record(
        events.LeaveSet(
            at=at,
            by=by.person_id,
            subject=by.person_id,
            agency=agency_id,
            substitute=substitute,
            since=since,
            until=until_at,
        )
    )


@transaction.atomic
def come_back(*, agency_id: UUID, by: Asker, at: datetime) -> None:
    """
    End the asker's leave now, or call off one that has not begun.

    :raises WrongState: if there is none
    """
    if by.person_id is None or not _end_leave(by.person_id, agency_id, at):
        raise WrongState
    journal.record(events.LeaveEnded(at=at, by=by.person_id, subject=by.person_id, agency=agency_id))


def _end_leave(person_id: UUID, agency_id: UUID, at: datetime) -> int:
    take_turn(f"agencies.leave:{person_id}")
    own = Leave.objects.filter(person=person_id, agency=agency_id, until_at__gt=at)
    called_off, _each = own.filter(from_at__gte=at).delete()
    return called_off + own.filter(from_at__lt=at).update(until_at=at)


def _appoint_all(
    lines: list[StaffLine], persons: Mapping[str, UUID], agencies: Mapping[str, UUID], *, by: Asker, at: datetime
) -> None:
    given = list(dict.fromkeys((persons[line.phone], agencies[line.agency], line.role) for line in lines))
    Membership.objects.bulk_create(
        (Membership(person_id=who, agency_id=where, role=role, from_at=at) for who, where, role in given),
        batch_size=500,
    )
    journal.record_many(
        events.MemberAppointed(at=at, by=by.person_id, subject=who, agency=where, role=role)
        for who, where, role in given
    )


def _only_administrators(by: Asker) -> None:
    if by != CITY and not by.may(Role.ADMIN):
        raise NotAllowed


def _may_appoint(by: Asker, agency_id: UUID, role: Role) -> None:
    if role == Role.CASE_WORKER and by.may(Role.AGENCY_HEAD) and by.is_staff_of(agency_id):
        return
    _only_administrators(by)


def _with_ioc(rows: list[Mapping[str, str]], found: Mapping[str, Agency]) -> list[Mapping[str, str]]:
    code = ioc_code()
    if code in found or any(row.get("code") == code for row in rows):
        return rows
    facts = document("city.toml")["operations_centre"]
    return [*rows, {"code": code, "name_vi": facts["vi"], "name_en": facts["en"], "kind": "ioc"}]


def _columns(line: Line, ids: Mapping[str, UUID]) -> dict[str, Any]:
    parent = ids[line.parent_code] if line.parent_code else None
    given = {"name": line.name, "kind": line.kind, "parent_id": parent, "ward_code": line.ward_code}
    return given if line.link_to is None else given | {"link_to": listing.contact(line.link_to) or ""}


def _differs(line: Line, agency: Agency, ids: Mapping[str, UUID]) -> bool:
    return any(getattr(agency, column) != value for column, value in _columns(line, ids).items())


def _write(new: list[Line], changed: list[Line], ids: Mapping[str, UUID], *, by: Asker, at: datetime) -> None:
    # Parents may stand below their children: the foreign key is checked at commit, not row by row.
    Agency.objects.bulk_create([Agency(id=ids[line.code], code=line.code, **_columns(line, ids)) for line in new])
    for line in changed:
        Agency.objects.filter(pk=ids[line.code]).update(**_columns(line, ids))
    Edition.objects.update_or_create(id=1, defaults={"token": new_id()})
    editions.changed("agencies")
    for kind, lines in ((events.AgencyCreated, new), (events.AgencyChanged, changed)):
        journal.record_many(kind(at=at, by=by.person_id, subject=ids[line.code], code=line.code) for line in lines)
