"""Pass a case on as a complaint or a denunciation under the law, under seal; look at it there, and bring it back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from hues.engines.cases.actions import covering, merging, photos
from hues.engines.cases.actions.moving import Locked, Moved, Words, move
from hues.engines.cases.models import Case, CasePhoto
from hues.engines.cases.queries import sealed as queries
from hues.engines.cases.queries.cards import DeskCase
from hues.engines.cases.rules.facts import Facts, Given
from hues.engines.cases.rules.workflow import State, Verb
from hues.kernel.errors import NotAllowed
from hues.kernel.media import actions as media
from hues.kernel.people.asker import Asker, Role
from hues.kit.text import tidy

THE_CASE = "case"  # what was looked at, for the journal
NOTHING_PUBLIC = {
    "public_text": "",
    "public_address": "",
    "public_lat": None,
    "public_lng": None,
    "public_cell": None,
}


@transaction.atomic
def seal_case(
    *, case_id: UUID, outcome: str, passed_to: str, passed_ref: str = "", text: str, by: Asker, seen: int, at: datetime
) -> Moved:
    """
    Pass a case on under the law: its reporter reads where to and why (`text`), and nobody else anything of it.

    :raises Invalid: if the outcome is no such one, the authority is missing, or there are no words for the reporter
    """
    given = Given(outcome=outcome, passed_to=tidy(passed_to), passed_ref=tidy(passed_ref))
    merging.hold_above(case_id)

    def out_of_sight(locked: Locked, _after: Facts) -> dict[str, Any]:
        merging.leave(locked, at=at)  # nobody counts it in with another report any more
        return dict(NOTHING_PUBLIC)

    moved = move(
        Verb.SEAL,
        case_id,
        by=by,
        seen=seen,
        at=at,
        given=given,
        words=Words(public=text),
        columns=out_of_sight,
    )
    # Parts hold the same words, and are nobody's work any more.
    kin = Case.every.filter(parent_id=case_id).exclude(state=State.SEALED)
    kin.update(state=State.SEALED, closed_at=at, assigned_to=None)
    shown = CasePhoto.objects.filter(case_id=case_id).values_list("photo_id", flat=True)
    media.withdraw(photos.of_case(case_id, list(shown)), at=at, by=by.person_id)
    return moved


@transaction.atomic
def open_sealed(*, number: str, purpose: str, by: Asker, at: datetime) -> DeskCase:
    """
    Return a sealed case as the centre reads any other, and write down who looked and what for; the reporter sees it.

    :raises NotAllowed: if the asker does not operate the centre, or is no duty leader and it is a denunciation
    :raises NotFound: if no sealed case has that number
    :raises Invalid: if there is no purpose
    """
    found = queries.sealed_card(by, number)
    if not found.may_open:
        raise NotAllowed
    covering.note_look(case_id=found.id, what=THE_CASE, purpose=purpose, by=by, at=at)
    return queries.sealed_case(by, number, at=at)


@transaction.atomic
def lift_seal(*, case_id: UUID, reason: str, by: Asker, seen: int, at: datetime) -> Moved:
    """
    Bring a sealed case back to the centre, as one that was just received.

    :raises NotAllowed: if the asker is no duty leader
    :raises Invalid: if there is no reason
    """
    if not by.may(Role.DUTY_LEADER):
        raise NotAllowed
    moved = move(Verb.LIFT, case_id, by=by, seen=seen, at=at, words=Words(internal=reason))
    Case.every.filter(parent_id=case_id, state=State.SEALED).update(state=State.CLOSED)
    return moved
