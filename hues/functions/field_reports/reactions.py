"""What follows for the figures when a public report changes."""

from hues.engines.cases.events import AnswerPublished, AnswerReturned, CaseAnswered, CaseEvent, CaseRated, CaseReopened
from hues.engines.cases.queries import opened_at
from hues.functions.field_reports import actions, catalogue, months
from hues.kernel.journal.actions import reacts_to


def count_its_month(event: CaseEvent) -> None:
    """Have the month counted in which the report was opened."""
    opened = opened_at(event.subject) if event.subject and event.kind == catalogue.KIND else None
    if opened is not None:
        actions.recount_soon(months.month_of(opened), at=event.at)


for _event in (AnswerPublished, AnswerReturned, CaseAnswered, CaseRated, CaseReopened):
    reacts_to(_event)(count_its_month)
