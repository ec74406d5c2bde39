"""Who of an agency has a case."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from hues.engines.cases.actions import wording
from hues.engines.cases.actions.moving import Locked, Moved, move
from hues.engines.cases.models import Case
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.facts import Facts, Given
from hues.engines.cases.rules.workflow import OPEN, Verb
from hues.kernel.agencies import queries as agencies
from hues.kernel.errors import NotAllowed
from hues.kernel.people.asker import CITY, Asker, Role


@transaction.atomic
def assign(*, case_id: UUID, to: UUID | None, by: Asker, seen: int, at: datetime) -> Moved:
    """
    Give a case to a member of the agency that has it, or (`to` None) to nobody.

    A head gives it to any member; others take it themselves, and put down what they have.

    :raises NotAllowed: if that is not the asker's to give
    :raises Invalid: if `to` does not work for the agency, or has it already
    """

    def check(locked: Locked, after: Facts) -> dict[str, Any]:
        own = to == by.person_id or (to is None and locked.facts.assigned_to == by.person_id)
        if not own and not by.may(Role.AGENCY_HEAD):
            raise NotAllowed
        if to is not None and to not in agencies.staff_of(after.agency_id, at):
            raise wording.invalid([Breach("to", "not-of-the-agency")])
        return {}

    return move(Verb.ASSIGN, case_id, by=by, seen=seen, at=at, given=Given(assignee=to), columns=check)


@transaction.atomic
def put_down_all(*, person_id: UUID, agency_id: UUID, at: datetime) -> int:
    """Put down what somebody has who works for that agency no longer; return how many cases."""
    if person_id in agencies.staff_of(agency_id, at):
        return 0
    held = Case.objects.filter(assigned_to=person_id, agency_id=agency_id, state__in=sorted(OPEN))
    cases = list(held.order_by("id").values_list("pk", flat=True))
    for case_id in cases:
        move(Verb.ASSIGN, case_id, by=CITY, seen=None, at=at)
    return len(cases)
