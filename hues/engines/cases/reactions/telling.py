"""Tell people something about a case, in both languages, once."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from hues.engines.cases import actions, events
from hues.engines.cases.declare import CaseType
from hues.engines.cases.models import Case, CaseSeal
from hues.engines.cases.queries import catalogue
from hues.kernel.agencies import queries as agencies
from hues.kernel.agencies.leaves import with_substitutes
from hues.kernel.clocks import queries as clocks
from hues.kernel.delivery import actions as delivery
from hues.kernel.people.asker import Role
from hues.kit.text import Bilingual, Words, pick

type Told = tuple[Words, Words]
type Rung = events.CaseEvent | events.ClockRang | events.CaseRecurred


def reporters(case_id: UUID | None) -> list[UUID]:
    """Return who reported a case, if they have an account."""
    if case_id is None:
        return []
    found = CaseSeal.objects.filter(pk=case_id, person_id__isnull=False)
    return [person for person in found.values_list("person_id", flat=True) if person is not None]


def staff_of(agency_id: UUID | None, roles: frozenset[Role], at: datetime) -> list[UUID]:
    """Return who works for an agency in one of `roles`, and who stands in for those who are away."""
    if agency_id is None:
        return []
    staff = [member.person_id for member in agencies.members_of(agency_id, at) if member.role in roles]
    return with_substitutes(staff, agency_id, at)


def tell_agency(
    agency_id: UUID | None, roles: frozenset[Role], told: Told, event: Rung, about: object, link: str
) -> None:
    """Tell the people of an agency in one of `roles`, or send it a link if it never signs in."""
    agency_id = _or_who_followed(agency_id, event.subject)
    tell(_those_who_see_to(event.subject, agency_id, roles, event.at), told, event, about, link=link, work=True)
    if agency_id is not None and event.subject is not None:
        title, body = said(told, event)
        actions.send_pass(case_id=event.subject, agency_id=agency_id, title=title, body=body, at=event.at)


def _or_who_followed(agency_id: UUID | None, case_id: UUID | None) -> UUID | None:
    """Return the agency or, where that has ended since, the one that has the case now."""
    card = agencies.agency(agency_id) if agency_id else None
    if card is None or not card.heirs:
        return agency_id
    return Case.objects.filter(pk__in=[case_id]).values_list("agency_id", flat=True).first()


def _those_who_see_to(case_id: UUID | None, agency_id: UUID | None, roles: frozenset[Role], at: datetime) -> list[UUID]:
    """Return who is told of a case: who has it and the heads or, where nobody has it, everybody."""
    staff = staff_of(agency_id, roles, at)
    holder = Case.objects.filter(pk__in=[case_id]).values_list("assigned_to", flat=True).first()
    if agency_id is None or holder not in staff:
        return staff
    return [*with_substitutes([holder], agency_id, at), *staff_of(agency_id, roles & {Role.AGENCY_HEAD}, at)]


def type_of(kind: str) -> CaseType:
    """Return what was declared for a kind of case."""
    return catalogue.case_type(kind) or catalogue.REPORT


def tell(
    people: Iterable[UUID],
    told: Told,
    event: Rung,
    about: object,
    *,
    link: str,
    turn: str = "",
    work: bool = False,
) -> None:
    """Put words about a case into inboxes; `about` tells what it is about, once each. To staff it is their `work`."""
    title, body = said(told, event, turn)
    delivery.plan(
        people,
        reason=f"{event.name}:{event.number}:{about}",
        title=title,
        body=body,
        link=link.format(number=event.number),
        work=work,
        at=event.at,
    )


def said(told: Told, event: Rung, turn: str = "") -> tuple[Bilingual, Bilingual]:
    """Return a title and a body with what they name, in every language."""
    values = {language: named | {"turn": turn} for language, named in _values(event).items()}
    title, body = told
    return both(title, values), both(body, values)


def _values(event: Rung) -> dict[str, dict[str, str]]:
    """Return what the sentences name, by language."""
    columns = ("due_at", "accept_due_at", "published_at")
    row = Case.every.filter(pk__in=[event.subject]).values(*columns).first() or {}
    agency_id = None if isinstance(event, events.CaseRecurred) else event.agency
    agency = agencies.agency(agency_id) if agency_id else None
    return {language: _values_in(language, event.number, row, agency) for language, _name in settings.LANGUAGES}


def _values_in(
    language: str, number: str, row: Mapping[str, Any], agency: agencies.AgencyCard | None
) -> dict[str, str]:
    deadlines = catalogue.deadlines()
    until = deadlines.reopen_until(row["published_at"]) if row.get("published_at") else None
    with translation.override(language):
        return {
            "number": number,
            "agency": pick(agency.name, language) if agency else str(_("The agency")),
            "due": _moment(row.get("due_at")),
            "accept_due": _moment(row.get("accept_due_at")),
            "reopen_until": _moment(until),
        }


def _moment(instant: datetime | None) -> str:
    if instant is None:
        return ""
    return date_format(instant.astimezone(clocks.calendar().zone), "H:i, d/m/Y")


def both(words: Words, values: Mapping[str, Mapping[str, str]]) -> Bilingual:
    """Return a sentence in every language, with what it names."""
    found = {}
    for language, named in values.items():
        with translation.override(language):
            found[language] = str(words) % named
    return found


def in_every_language(values: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    """Return what sentences name, the same in every language."""
    return {language: values for language, _name in settings.LANGUAGES}
