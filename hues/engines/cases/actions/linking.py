"""Link a case to the earlier ones of the same trouble in the same place."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from hues.engines.cases.events import CaseRecurred
from hues.engines.cases.models import Case
from hues.engines.cases.queries import catalogue
from hues.engines.cases.rules import recurrence
from hues.engines.cases.rules.publishing import FROM_WORDS
from hues.engines.cases.rules.workflow import State
from hues.kernel.journal import actions as journal
from hues.kit import cells

# Cells of about 25 m from the middle to a corner: two rings around reach further than the city's metres.
RINGS = 2


@transaction.atomic
def link_recurrence(*, case_id: UUID, at: datetime) -> None:
    """Make a case part of the chain of the last one that ended here; done again it changes nothing."""
    found = Case.objects.filter(pk=case_id, parent=None)
    row = found.values("number", "kind", "category", *_PLACE, "opened_at", "chain_id").first()
    if row is None or row["chain_id"] == case_id:
        return
    before = _ended_here(case_id, row)
    if before is None:
        if row["chain_id"] is not None:
            Case.objects.filter(pk=case_id).update(chain_id=None)
        return
    # Whoever begins a chain is locked, so that two that come at once are counted one after the other.
    first = before["chain_id"] or before["id"]
    Case.objects.select_for_update().filter(pk=first).values_list("pk").first()
    if row["chain_id"] == first:
        return
    Case.objects.filter(pk__in=[first, case_id]).update(chain_id=first)
    turn = Case.objects.filter(chain_id=first).exclude(state=State.REFUSED).count()
    journal.record(CaseRecurred(at=at, subject=case_id, number=row["number"], chain=first, turn=turn))


_PLACE = ("cell", "lat", "lng", "place_source", "address")


def _ended_here(case_id: UUID, row: dict[str, Any]) -> dict[str, Any] | None:
    """Return the last case of the same category that had ended within reach when this one was opened."""
    law = catalogue.recurrence()
    opened, since = row["opened_at"], recurrence.months_before(row["opened_at"], law.months)
    # What ended within those months was opened as long before at most: the index need look no further back.
    reach = recurrence.months_before(opened, 2 * law.months)
    near = Case.objects.filter(cell__in=cells.disk(row["cell"], RINGS), opened_at__gte=reach, opened_at__lt=opened)
    near = near.filter(kind=row["kind"], category=row["category"], published_at__gte=since, published_at__lte=opened)
    for found in near.exclude(pk=case_id).order_by("-published_at").values("id", "chain_id", *_PLACE):
        if _is_there(row, found, law.metres):
            return dict(found)
    return None


def _is_there(row: dict[str, Any], found: dict[str, Any], metres: float) -> bool:
    """Test if two cases are in one place: by their points, or by the same address with a number in it."""
    if FROM_WORDS in (row["place_source"], found["place_source"]):
        return recurrence.is_one_place(row["address"], found["address"])
    return cells.metres_between(row["lat"], row["lng"], found["lat"], found["lng"]) <= metres
