"""What follows a move: the reporter is told, and so is whoever has the case now."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from hues.engines.cases import events
from hues.engines.cases.models import Case, Step, Support
from hues.engines.cases.reactions.telling import Told, reporters, tell, tell_agency, type_of
from hues.engines.cases.rules.outcomes import Outcome
from hues.engines.cases.rules.workflow import State, Verb
from hues.kernel.journal.actions import reacts_to
from hues.kernel.people.asker import AGENCY_ROLES

TO_REPORTER: Mapping[type[events.CaseEvent], Told] = {
    events.CaseOpened: (
        _("%(number)s: we have received your report"),
        _("The operations centre takes it on by %(accept_due)s."),
    ),
    events.CaseAccepted: (
        _("%(number)s: passed to %(agency)s"),
        _("An answer is due by %(due)s."),
    ),
    events.CaseSplit: (
        _("%(number)s: passed to several agencies"),
        _("Each does its part. You get one answer, due by %(due)s."),
    ),
    events.CaseRefused: (_("%(number)s: not taken on"), _("Open the report to read why.")),
    events.CaseGivenBack: (
        _("%(number)s: on its way to the right agency"),
        _("The operations centre is looking for it. You need not do anything; the due time stays."),
    ),
    events.CaseTaken: (_("%(number)s: work has begun"), _("%(agency)s is working on it.")),
    events.ReporterAsked: (
        _("%(number)s: the agency has a question"),
        _("Please open the report and reply: the agency needs it to go on."),
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
    events.CaseSealed: (
        _("%(number)s: passed on under the law"),
        _("Open the report to read where it went and how to follow it. Nobody else reads it any more."),
    ),
    events.SealLifted: (
        _("%(number)s: back at the operations centre"),
        _("It is looked at anew. The operations centre takes it on by %(accept_due)s."),
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
    events.ReporterAdded: (_("%(number)s: the reporter has added something"), _("Read it in the report.")),
    events.ExtensionDecided: (_("%(number)s: decided on more time"), _("An answer is due by %(due)s.")),
    events.AnswerReturned: (
        _("%(number)s: your answer was sent back"),
        _("The operations centre says why. A new answer is due by %(due)s."),
    ),
    events.CaseReopened: (_("%(number)s: reopened by the reporter"), _("A new answer is due by %(due)s.")),
    events.CaseJoined: (_("%(number)s: the whole of it is yours now"), _("An answer is due by %(due)s.")),
    events.PartCalledOff: (
        _("%(number)s: no longer needed"),
        _("The operations centre gave the whole report to one agency. You need not answer."),
    ),
}
MINE = "/f/field_reports/mine/"
PROMISE_KEPT: Told = (
    _("%(number)s: the promise was kept"),
    _("%(agency)s showed proof, and the operations centre has checked it."),
)
SENT_BACK: Told = (
    _("%(number)s: your proof of the promise was sent back"),
    _("The operations centre says why. Please show it again."),
)


MERGED: Told = (
    _("%(number)s: joined with an earlier report"),
    _("Somebody told us first. You hear once, when that one is answered."),
)
MERGED_WITH_ANSWERED: Told = (
    _("%(number)s: joined with an earlier report"),
    _("Somebody told us first, and that one is answered. Open your report to read the answer."),
)
PARTED: Told = (
    _("%(number)s: looked at on its own again"),
    _("It is not joined with the other report any more. The operations centre takes it on by %(accept_due)s."),
)
FOR_FOLLOWERS: Told = (
    _("%(number)s: answered"),
    _("You met this too. Read what %(agency)s did."),
)

NOT_TAKEN_ON: Told = (
    _("%(number)s: not taken on"),
    _("You met this too. The operations centre did not take the report on; you can send one of your own."),
)

# Nothing in it says of which report, or why: who met the same learns no more than that they hear nothing else.
GONE_APART: Told = (
    _("What you met too is settled apart"),
    _(
        "The report of what you met too is settled by a procedure of its own, which is not public. You can send a new"
        " report if it goes on."
    ),
)


@reacts_to(events.CaseSealed)
def tell_who_met_it_too(event: events.CaseSealed) -> None:
    """Tell the reporters of duplicates and all others who follow a report that is sealed, once each."""
    own = frozenset(reporters(event.subject))
    met = Support.objects.filter(case_id__in=[event.subject]).values_list("person_id", flat=True)
    tell([person for person in met if person not in own], GONE_APART, event, "met", link=MINE)


@reacts_to(events.CaseRefused)
def tell_who_waited_for_it(event: events.CaseEvent) -> None:
    """Tell who met the same trouble that nobody answers this report; of a duplicate they follow the original."""
    if event.subject is not None and event.outcome != Outcome.DUPLICATE:
        own = frozenset(reporters(event.subject))
        met = Support.objects.filter(case_id=event.subject).values_list("person_id", flat=True)
        tell([person for person in met if person not in own], NOT_TAKEN_ON, event, event.version, link=MINE)


@reacts_to(events.CaseParted)
def tell_who_was_parted(event: events.CaseParted) -> None:
    """Tell the reporter of a duplicate that was none."""
    tell(reporters(event.subject), PARTED, event, event.version, link=type_of(event.kind).link)


@reacts_to(events.AnswerPublished)
def tell_followers(event: events.AnswerPublished) -> None:
    """Tell everybody who met the same trouble, once each, whichever way they came to follow it."""
    if event.subject is not None:
        own = frozenset(reporters(event.subject))
        met = Support.objects.filter(case_id=event.subject).values_list("person_id", flat=True)
        link = type_of(event.kind).link
        tell([person for person in met if person not in own], FOR_FOLLOWERS, event, event.version, link=link)


def tell_the_reporter(event: events.CaseEvent) -> None:
    """Tell whoever reported the case, if they have an account."""
    people = reporters(event.subject)
    if isinstance(event, events.ExtensionDecided) and not _extended(event.subject):
        return  # nothing changes for the reporter
    if isinstance(event, events.CaseSplit) and _passed_before(event):
        return  # they know that it is taken on, and hear once more: when it is answered
    if people:
        told = _merged(event) if event.outcome == Outcome.DUPLICATE else TO_REPORTER[type(event)]
        tell(people, told, event, event.version, link=type_of(event.kind).link)


def tell_the_agency(event: events.CaseEvent) -> None:
    """Tell the people of the agency that has the case."""
    if event.agency is not None:
        told, link = TO_AGENCY[type(event)], type_of(event.kind).desk_link
        tell_agency(event.agency, AGENCY_ROLES, told, event, event.version, link=link)


@reacts_to(events.PromiseChecked)
def tell_of_the_promise(event: events.PromiseChecked) -> None:
    """Tell the reporter that a promise was kept, or its agency that the proof does not do."""
    kind = type_of(event.kind)
    if Case.objects.filter(pk__in=[event.subject], promise_kept_at__isnull=False).exists():
        tell(reporters(event.subject), PROMISE_KEPT, event, event.version, link=kind.link)
    else:
        tell_agency(event.agency, AGENCY_ROLES, SENT_BACK, event, event.version, link=kind.desk_link)


for _event in TO_REPORTER:
    reacts_to(_event)(tell_the_reporter)
for _event in TO_AGENCY:
    reacts_to(_event)(tell_the_agency)


def _merged(event: events.CaseEvent) -> Told:
    """Return what the reporter of a duplicate hears; one that is answered is not waited for."""
    original = Case.every.filter(pk__in=[event.subject]).values("duplicate_of")
    answered = Case.objects.filter(pk__in=original, state__in=[State.PUBLISHED, State.CLOSED])
    return MERGED_WITH_ANSWERED if answered.filter(published_at__lte=event.at).exists() else MERGED


def _passed_before(event: events.CaseEvent) -> bool:
    earlier = Step.objects.filter(case_id__in=[event.subject], seq__lt=event.version)
    return earlier.filter(verb=Verb.ACCEPT).exists()


def _extended(case_id: UUID | None) -> bool:
    return case_id is not None and Case.objects.filter(pk=case_id, extended_until__isnull=False).exists()
