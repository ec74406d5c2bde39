"""A case that is split among several agencies: its parts, and what a part may know of the others."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from hues.engines.cases.models import Case, Step
from hues.engines.cases.queries import parts
from hues.engines.cases.queries.divided import PartCard, WholeCard
from hues.engines.cases.rules.workflow import State, Verb
from hues.kernel.people.asker import Asker

# One report is counted once, however many agencies have parts of it.
WHOLE = Q(parent=None)
IN_TURN = (Length("number"), "number")
_COLUMNS = ("id", "number", "agency_id", "outcome", "task", *parts.CLOCK_COLUMNS)


def parts_of(whole: UUID, *, at: datetime) -> tuple[PartCard, ...]:
    """Return the parts of a case in the order they were made, those that were called off too."""
    rows = list(_of(whole).values(*_COLUMNS))
    ids = [row["id"] for row in rows if row["answered_at"]]
    said = Step.objects.filter(case_id__in=ids, verb=Verb.ANSWER).order_by("seq").values_list("case_id", "public_text")
    answers, names = dict(said), parts.agency_names()
    return tuple(
        PartCard(
            number=row["number"],
            agency=names.get(row["agency_id"], parts.NOBODY),
            state=State(row["state"]),
            outcome=row["outcome"],
            standing=parts.standing_of(row, at),
            accept_due_at=row["accept_due_at"],
            due_at=row["due_at"],
            due_now=parts.due_now_of(row),
            task=row["task"],
            answer=answers.get(row["id"], ""),
        )
        for row in rows
    )


def whole_of(part: UUID, parent: UUID | None, asker: Asker) -> WholeCard | None:
    """Return what a part may know of the case it is a part of: its number, and who has the other parts."""
    row = Case.objects.filter(pk=parent).values("number", "agency_id").first() if parent else None
    if row is None:
        return None
    names = parts.agency_names()
    others = _of(parent).exclude(pk=part).exclude(state=State.CLOSED).values_list("agency_id", flat=True)
    return WholeCard(
        number=row["number"],
        others=tuple(names[agency_id] for agency_id in others if agency_id in names),
        may_open=asker.in_ioc or row["agency_id"] in asker.agencies,
    )


def waits_for(whole: UUID) -> int:
    """Return how many parts of a case are not answered yet."""
    return Case.objects.filter(parent_id=whole).exclude(state__in=[State.ANSWERED, State.CLOSED]).count()


def _of(whole: UUID | None) -> QuerySet[Case]:
    return Case.objects.filter(parent_id=whole, parent_id__isnull=False).order_by(*IN_TURN)
