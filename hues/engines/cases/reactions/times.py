"""What follows when a time has come: the ladder from the desk to its head, and on to the duty leader."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from hues.engines.cases import events
from hues.engines.cases.reactions.telling import Told, reporters, tell, tell_agency, type_of
from hues.engines.cases.rules.timing import Timer
from hues.kernel.agencies import queries as agencies
from hues.kernel.journal.actions import reacts_to
from hues.kernel.people.asker import Role

PROMISE_BROKEN: Told = (
    _("%(number)s: the promised day went by"),
    _("%(agency)s has shown no proof. Its head and the operations centre know."),
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
    Timer.WAITS_BEYOND: (
        (_("%(number)s: a question waits beyond the due time"), _("Without a reply it is overdue since %(due)s.")),
        frozenset({Role.AGENCY_HEAD}),
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
    Timer.ESCALATED: (
        (_("%(number)s: overdue and still not answered"), _("%(agency)s should have answered by %(due)s.")),
        frozenset({Role.DUTY_LEADER}),
    ),
    Timer.REVIEW_OVERDUE: (
        (
            _("%(number)s: still not looked at"),
            _("%(agency)s has answered or shown proof, and it waits for the centre."),
        ),
        frozenset({Role.DUTY_LEADER}),
    ),
    Timer.ACCEPT_OVERDUE: (
        (_("%(number)s: still not routed"), _("It should have been passed on by %(accept_due)s.")),
        frozenset({Role.DUTY_LEADER}),
    ),
}
AT_CENTRE = frozenset({Timer.ACCEPT_OVERDUE, Timer.REVIEW_OVERDUE, Timer.ESCALATED})


@reacts_to(events.ClockRang)
def tell_whose_clock_rang(event: events.ClockRang) -> None:
    """Remind an agency, its head, the duty leader, each once for each due time; and be honest with the reporter."""
    told, roles = RINGS[event.clock]
    at_centre, once = event.clock in AT_CENTRE, f"{event.clock}:{event.of}"
    kind = type_of("report")
    if at_centre:
        tell(agencies.people_with(Role.DUTY_LEADER, event.at), told, event, once, link=kind.ops_link, work=True)
    else:
        tell_agency(event.agency, roles, told, event, once, link=kind.desk_link)
    if event.clock == Timer.PROMISE_BROKEN:
        leaders = agencies.people_with(Role.DUTY_LEADER, event.at)
        tell(leaders, told, event, once, link=kind.ops_link, work=True)
        tell(reporters(event.subject), PROMISE_BROKEN, event, f"broken:{event.of}", link=kind.link)
    if event.clock == Timer.OVERDUE:
        tell(reporters(event.subject), LATE_FOR_REPORTER, event, f"late:{event.of}", link=kind.link)
