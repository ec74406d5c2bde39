"""What follows when an agency ends: its cases pass on, and those are told for whom that changes something."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hues.engines.cases import actions, events
from hues.engines.cases.models import Case
from hues.engines.cases.reactions.telling import (
    Told,
    both,
    reporters,
    said,
    staff_of,
    tell,
    type_of,
)
from hues.kernel.agencies import queries as agencies
from hues.kernel.agencies.events import AgencySucceeded
from hues.kernel.agencies.succession import on_succession
from hues.kernel.delivery import actions as delivery
from hues.kernel.journal.actions import reacts_to
from hues.kernel.people.asker import AGENCY_ROLES
from hues.kit.text import pick

NEW_HERE: Told = (
    _("%(number)s: with you now"),
    _("The agency that had it has ended. An answer is due by %(due)s, as before."),
)
PROMISE_PASSED_ON: Told = (
    _("%(number)s: %(agency)s keeps the promise"),
    _("The agency that promised has ended. The promised day stays; you need not do anything."),
)
FOLLOWED: Told = (
    _("%(gone)s has become %(heir)s"),
    _("Its open cases are on your desk, with their due times as they were."),
)


@on_succession("cases")
def pass_cases_on(agency_id: UUID, at: datetime) -> int:
    """Pass the cases of an agency that has ended on."""
    return actions.pass_on(agency_id, at=at)


@reacts_to(events.CaseSucceeded)
def tell_of_the_heir(event: events.CaseSucceeded) -> None:
    """Send a link where nobody signs in; tell a reporter who was promised something by somebody who is no more."""
    if event.subject is None or event.agency is None:
        return
    title, body = said(NEW_HERE, event)
    actions.send_first_pass(case_id=event.subject, agency_id=event.agency, title=title, body=body, at=event.at)
    if Case.objects.filter(pk=event.subject, promise_on__isnull=False, published_at__isnull=False).exists():
        link = type_of(event.kind).link
        tell(reporters(event.subject), PROMISE_PASSED_ON, event, event.version, link=link)


@reacts_to(AgencySucceeded)
def tell_the_staff(event: AgencySucceeded) -> None:
    """Tell the people of each heir once, however many cases they got."""
    gone = agencies.agency(event.subject) if event.subject else None
    for heir in agencies.heirs_now(gone.id) if gone else ():
        card = agencies.agency(heir)
        if gone is None or card is None:
            continue
        values = {
            language: {"gone": pick(gone.name, language), "heir": pick(card.name, language)}
            for language, _name in settings.LANGUAGES
        }
        title, body = FOLLOWED
        delivery.plan(
            staff_of(heir, AGENCY_ROLES, event.at),
            reason=f"{event.name}:{event.change}:{gone.id}:{heir}",
            title=both(title, values),
            body=both(body, values),
            link="/desk/",
            work=True,
            at=event.at,
        )
