"""What follows when a public report changes: its month is counted, and who follows its place hears of it."""

from django.utils.translation import gettext_lazy as _

from hues.engines.cases.events import (
    AnswerPublished,
    AnswerReturned,
    CaseAnswered,
    CaseClosed,
    CaseEvent,
    CaseRated,
    CaseReopened,
    CaseSealed,
)
from hues.engines.cases.queries import opened_at, public_case
from hues.functions.field_reports import actions, catalogue, months, threads
from hues.functions.field_reports.queries import followers
from hues.kernel.areas import queries as areas
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery.channels import Urgency
from hues.kernel.errors import NotFound
from hues.kernel.journal.actions import reacts_to
from hues.kernel.languages import in_each
from hues.kernel.letters.events import LetterWhole


def count_its_month(event: CaseEvent) -> None:
    """Have the month counted in which the report was opened."""
    opened = opened_at(event.subject) if event.subject and event.kind == catalogue.KIND else None
    if opened is not None:
        actions.recount_soon(months.month_of(opened), at=event.at)


for _event in (AnswerPublished, AnswerReturned, CaseAnswered, CaseClosed, CaseRated, CaseReopened, CaseSealed):
    reacts_to(_event)(count_its_month)


@reacts_to(LetterWhole)
def see_to_a_letter(event: LetterWhole) -> None:
    """Let it answer what was asked, or thank its sender."""
    if event.subject is not None:
        threads.see_to(event.subject, event.at)


@reacts_to(AnswerPublished)
def tell_the_followers(event: AnswerPublished) -> None:
    """Tell whoever follows the ward or the place; once for a report, however often it is published."""
    if event.kind != catalogue.KIND:
        return
    try:
        case = public_case(event.number, at=event.at)
    except NotFound:
        return  # taken back meanwhile
    people = followers(case.ward_code, case.lat, case.lng)
    ward = areas.ward(case.ward_code)
    if people:
        delivery.plan(
            people,
            reason=f"field_reports.followed:{event.number}",
            title=in_each(_("Near you: %(what)s"), what=case.category_title),
            body=ward.name if ward else case.category_title,
            link=f"/f/field_reports/{event.number}/",
            urgency=Urgency.LOW,
            at=event.at,
        )
