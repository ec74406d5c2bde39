"""What follows when the same trouble comes back to the same place."""

from django.utils.translation import gettext_lazy as _

from hues.engines.cases import actions, events
from hues.engines.cases.queries import catalogue, chains
from hues.engines.cases.reactions.telling import Told, staff_of, tell, type_of
from hues.kernel.agencies import queries as agencies
from hues.kernel.journal.actions import reacts_to
from hues.kernel.people.asker import Role

CAME_BACK: Told = (
    _("%(number)s: the same trouble for the %(turn)s. time"),
    _("It came back to the same place. Please look for a repair that lasts."),
)


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
        tell(leaders, CAME_BACK, event, "came-back", link=type_of("report").ops_link, turn=str(event.turn), work=True)


@reacts_to(events.CaseAccepted)
def tell_the_head_of_what_came_back(event: events.CaseAccepted) -> None:
    """Tell the head of the agency that gets trouble which keeps coming back."""
    turn = chains.turn_of(event.subject) if event.subject else 0
    if turn >= catalogue.recurrence().above_after:
        heads = staff_of(event.agency, frozenset({Role.AGENCY_HEAD}), event.at)
        link = type_of(event.kind).desk_link
        tell(heads, CAME_BACK, event, f"came-back:{event.version}", link=link, turn=str(turn), work=True)
