"""What follows when a case is given to somebody, when somebody leaves an agency, and when its address changes."""

from django.utils.translation import gettext_lazy as _

from hues.engines.cases import actions, events
from hues.engines.cases.models import Case
from hues.engines.cases.reactions.telling import Told, tell, type_of
from hues.kernel.agencies.events import AgencyChanged, MemberDismissed
from hues.kernel.agencies.leaves import with_substitutes
from hues.kernel.journal.actions import reacts_to

GIVEN: Told = (_("%(number)s: yours now"), _("It was given to you. An answer is due by %(due)s."))


@reacts_to(events.CaseAssigned)
def tell_who_has_it(event: events.CaseAssigned) -> None:
    """Tell whoever was given a case by somebody else."""
    holder = Case.objects.filter(pk__in=[event.subject]).values_list("assigned_to", flat=True).first()
    if holder is not None and holder != event.by and event.agency is not None:
        tell(
            with_substitutes([holder], event.agency, event.at),
            GIVEN,
            event,
            event.version,
            link=type_of(event.kind).desk_link,
            work=True,
        )


@reacts_to(AgencyChanged)
def close_links_to_the_old_address(event: AgencyChanged) -> None:
    """Links that went to an address which is no longer the agency's stay closed, also if it comes back."""
    if event.subject is not None:
        actions.close_passes(agency_id=event.subject, at=event.at)


@reacts_to(MemberDismissed)
def put_down(event: MemberDismissed) -> None:
    """Let nobody have a case who does not work for its agency any more."""
    if event.subject is not None:
        actions.put_down_all(person_id=event.subject, agency_id=event.agency, at=event.at)
