"""What follows a move: the reporter is told, and so is whoever has the case now."""

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
from hues.engines.cases.queries import catalogue, chains
from hues.engines.cases.rules.timing import Timer
from hues.kernel.agencies import queries as agencies
from hues.kernel.clocks import queries as clocks
from hues.kernel.delivery import actions as delivery
from hues.kernel.journal.actions import reacts_to
from hues.kernel.people.asker import Role
from hues.kit.text import Bilingual, Words, pick

type Told = tuple[Words, Words]

TO_REPORTER: Mapping[type[events.CaseEvent], Told] = {
    events.CaseOpened: (
        _("%(number)s: we have received your report"),
        _("The operations centre takes it on by %(accept_due)s."),
    ),
    events.CaseAccepted: (
        _("%(number)s: passed to %(agency)s"),
        _("An answer is due by %(due)s."),
    ),
    events.CaseRefused: (_("%(number)s: not taken on"), _("Open the report to read why.")),
    events.CaseGivenBack: (
        _("%(number)s: on its way to the right agency"),
        _("The operations centre is looking for it. You need not do anything; the due time stays."),
    ),
    events.CaseTaken: (_("%(number)s: work has begun"), _("%(agency)s is working on it.")),
    events.ReporterAsked: (
        _("%(number)s: the agency has a question"),
        _("Please open the report and reply. Until then the clock is stopped."),
    ),
    events.ExtensionDecided: (
        _("%(number)s: the due time was looked at again"),
        _("An answer is due by %(due)s."),
    ),
    events.CaseAnswered: (
        _("%(number)s: %(agency)s has answered"),
        _("The operations centre checks the answer before you read it."),
    ),
    events.AnswerPublished: (
        _("%(number)s: your answer is here"),
        _("Read it and tell us how satisfied you are. You can reopen the report until %(reopen_until)s."),
    ),
    events.CaseClosed: (
        _("%(number)s: closed"),
        _("Thank you. You can still send a new report at any time."),
    ),
}
TO_AGENCY: Mapping[type[events.CaseEvent], Told] = {
    events.CaseAccepted: (_("%(number)s: a new case for you"), _("An answer is due by %(due)s.")),
    events.ReporterReplied: (
        _("%(number)s: the reporter has replied"),
        _("The clock runs again, until %(due)s."),
    ),
    events.ExtensionDecided: (_("%(number)s: decided on more time"), _("An answer is due by %(due)s.")),
    events.AnswerReturned: (
        _("%(number)s: your answer was sent back"),
        _("The operations centre says why. A new answer is due by %(due)s."),
    ),
    events.CaseReopened: (_("%(number)s: reopened by the reporter"), _("A new answer is due by %(due)s.")),
}
PROMISE_KEPT: Told = (
    _("%(number)s: the promise was kept"),
    _("%(agency)s showed proof, and the operations centre has checked it."),
)
PROMISE_BROKEN: Told = (
    _("%(number)s: the promised day went by"),
    _("%(agency)s has shown no proof. Its head and the operations centre know."),
)
SENT_BACK: Told = (
    _("%(number)s: your proof of the promise was sent back"),
    _("The operations centre says why. Please show it again."),
)
CAME_BACK: Told = (
    _("%(number)s: the same trouble for the %(turn)s. time"),
    _("It came back to the same place. Please look for a repair that lasts."),
)
LATE_FOR_REPORTER: Told = (
    _("%(number)s: the answer is late"),
    _("%(agency)s should have answered by %(due)s. Its head and the operations centre know."),
)
RINGS: Mapping[str, tuple[Told, frozenset[Role]]] = {
    Timer.DUE_SOON: (
        (_("%(number)s: due soon"), _("An answer is due by %(due)s.")),
        frozenset({Role.CASE_WORKER}),
    ),
    Timer.OVERDUE: (
        (_("%(number)s: overdue"), _("An answer was due by %(due)s.")),
        frozenset({Role.CASE_WORKER, Role.AGENCY_HEAD}),
    ),
    Timer.PROMISE: (
        (_("%(number)s: today is the promised day"), _("Please show that the promise was kept.")),
        frozenset({Role.CASE_WORKER, Role.AGENCY_HEAD}),
    ),
    Timer.PROMISE_BROKEN: (
        (_("%(number)s: the promised day went by"), _("Nobody has shown that the promise was kept.")),
        frozenset({Role.CASE_WORKER, Role.AGENCY_HEAD}),
    ),
    Timer.ACCEPT_OVERDUE: (
        (_("%(number)s: still not routed"), _("It should have been passed on by %(accept_due)s.")),
        frozenset({Role.DUTY_LEADER}),
    ),
}


def tell_the_reporter(event: events.CaseEvent) -> None:
    """Tell whoever reported the case, if they have an account."""
    people = _reporters(event.subject)
    if isinstance(event, events.ExtensionDecided) and not _extended(event.subject):
        return  # nothing changes for the reporter
    if people:
        _tell(people, TO_REPORTER[type(event)], event, event.version, link=_type_of(event.kind).link)


def tell_the_agency(event: events.CaseEvent) -> None:
    """Tell the people of the agency that has the case."""
    if event.agency is not None:
        staff = _staff(event.agency, frozenset({Role.CASE_WORKER, Role.AGENCY_HEAD}), event.at)
        _tell(staff, TO_AGENCY[type(event)], event, event.version, link=_type_of(event.kind).desk_link)


@reacts_to(events.ClockRang)
def tell_whose_clock_rang(event: events.ClockRang) -> None:
    """Remind an agency, its head, the duty leader; and be honest with the reporter."""
    told, roles = RINGS[event.clock]
    at_centre = event.clock == Timer.ACCEPT_OVERDUE
    people = agencies.people_with(Role.DUTY_LEADER, event.at) if at_centre else _staff(event.agency, roles, event.at)
    kind = _type_of("report")
    _tell(people, told, event, event.clock, link=kind.ops_link if at_centre else kind.desk_link)
    if event.clock == Timer.PROMISE_BROKEN:
        leaders = agencies.people_with(Role.DUTY_LEADER, event.at)
        _tell(leaders, told, event, event.clock, link=kind.ops_link)
        _tell(_reporters(event.subject), PROMISE_BROKEN, event, "broken", link=kind.link)
    if event.clock == Timer.OVERDUE:
        _tell(_reporters(event.subject), LATE_FOR_REPORTER, event, "late", link=kind.link)


@reacts_to(events.PromiseChecked)
def tell_of_the_promise(event: events.PromiseChecked) -> None:
    """Tell the reporter that a promise was kept, or its agency that the proof does not do."""
    kind = _type_of(event.kind)
    if Case.objects.filter(pk__in=[event.subject], promise_kept_at__isnull=False).exists():
        _tell(_reporters(event.subject), PROMISE_KEPT, event, event.version, link=kind.link)
    else:
        staff = _staff(event.agency, frozenset({Role.CASE_WORKER, Role.AGENCY_HEAD}), event.at)
        _tell(staff, SENT_BACK, event, event.version, link=kind.desk_link)


def look_for_earlier_ones(event: events.CaseEvent) -> None:
    """Link a case to those of the same trouble in the same place; its category may have been put right."""
    if event.subject is not None:
        actions.link_recurrence(case_id=event.subject, at=event.at)


for _begun in (events.CaseOpened, events.CaseAccepted):
    reacts_to(_begun)(look_for_earlier_ones)


@reacts_to(events.CaseRecurred)
def tell_above_the_ward(event: events.CaseRecurred) -> None:
    """Tell the duty leader of trouble that keeps coming back."""
    if event.turn >= catalogue.recurrence().above_after:
        leaders = agencies.people_with(Role.DUTY_LEADER, event.at)
        _tell(leaders, CAME_BACK, event, "came-back", link=_type_of("report").ops_link, turn=str(event.turn))


@reacts_to(events.CaseAccepted)
def tell_the_head_of_what_came_back(event: events.CaseAccepted) -> None:
    """Tell the head of the agency that gets trouble which keeps coming back."""
    turn = chains.turn_of(event.subject) if event.subject else 0
    if turn >= catalogue.recurrence().above_after:
        heads = _staff(event.agency, frozenset({Role.AGENCY_HEAD}), event.at)
        link = _type_of(event.kind).desk_link
        _tell(heads, CAME_BACK, event, f"came-back:{event.version}", link=link, turn=str(turn))


for _event in TO_REPORTER:
    reacts_to(_event)(tell_the_reporter)
for _event in TO_AGENCY:
    reacts_to(_event)(tell_the_agency)


def _reporters(case_id: UUID | None) -> list[UUID]:
    if case_id is None:
        return []
    found = CaseSeal.objects.filter(pk=case_id, person_id__isnull=False)
    return [person for person in found.values_list("person_id", flat=True) if person is not None]


def _extended(case_id: UUID | None) -> bool:
    return case_id is not None and Case.objects.filter(pk=case_id, extended_until__isnull=False).exists()


def _staff(agency_id: UUID | None, roles: frozenset[Role], at: datetime) -> list[UUID]:
    if agency_id is None:
        return []
    return [member.person_id for member in agencies.members_of(agency_id, at) if member.role in roles]


def _type_of(kind: str) -> CaseType:
    return catalogue.case_type(kind) or catalogue.REPORT


type Rung = events.CaseEvent | events.ClockRang | events.CaseRecurred


def _tell(people: Iterable[UUID], told: Told, event: Rung, about: object, *, link: str, turn: str = "") -> None:
    values = {language: named | {"turn": turn} for language, named in _values(event).items()}
    title, body = (_both(words, values) for words in told)
    delivery.plan(
        people,
        reason=f"{event.name}:{event.number}:{about}",
        title=title,
        body=body,
        link=link.format(number=event.number),
        at=event.at,
    )


def _values(event: Rung) -> dict[str, dict[str, str]]:
    """Return what the sentences name, by language."""
    columns = ("due_at", "accept_due_at", "published_at")
    row = Case.objects.filter(pk__in=[event.subject]).values(*columns).first() or {}
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
    return date_format(instant.astimezone(clocks.calendar().zone), "H:i d/m/Y")


def _both(words: Words, values: Mapping[str, Mapping[str, str]]) -> Bilingual:
    found = {}
    for language, named in values.items():
        with translation.override(language):
            found[language] = str(words) % named
    return found
