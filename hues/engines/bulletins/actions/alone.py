"""Warn alone: in an emergency, where the city has switched it on, and never in silence."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hues.engines.bulletins.actions.issuing import speak
from hues.engines.bulletins.actions.keeping import Moved, check_proof, check_role, check_turn, lock, write
from hues.engines.bulletins.events import SpokeAlone
from hues.engines.bulletins.models import Bulletin
from hues.engines.bulletins.queries import catalogue
from hues.engines.bulletins.rules.states import Verb
from hues.kernel.errors import Invalid, NotAllowed
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import Asker, Role
from hues.kit.text import tidy

SHORTEST_REASON, LONGEST_REASON = 10, 1_000


@transaction.atomic
def issue_alone(
    *, bulletin_id: UUID, level: int, because: str, by: Asker, seen: int, proved_at: datetime | None, at: datetime
) -> Moved:
    """
    Approve and issue a submitted bulletin that the asker wrote; `level` is its risk level, typed again.

    Everybody who watches over alerts is told of it, with the reason. There is no emergency in an exercise.

    :raises NotAllowed: if the asker had no hand in it, it is for training, or the city has not switched this on
    :raises Stale: if it was changed since it was seen
    :raises WrongState: if it does not wait for approval
    :raises Invalid: if the level is another one, or the reason is missing
    :raises ProofNeeded: if the asker has not shown who they are within the last minutes
    """
    person = check_role(by, Role.ALERT_WRITER, Role.ALERT_APPROVER)
    if not catalogue.alert_settings().one_person:
        raise NotAllowed(_("This city has not allowed one person to warn alone."))
    row = lock(bulletin_id)
    if person not in row.writers or row.training:
        raise NotAllowed(_("Only who wrote a real alert can issue it alone; everybody else approves it as usual."))
    state = check_turn(Verb.APPROVE, row, seen)
    reason = _checked(row, level, because)
    check_proof(proved_at, at=at)
    write(row, Verb.APPROVE, state, by=person, at=at, approved_by=person, alone_because=reason)
    moved = speak(row, by=person, at=at)
    journal.record(SpokeAlone(at=at, by=person, subject=row.pk, identifier=moved.identifier))
    return moved


def _checked(row: Bulletin, level: int, because: str) -> str:
    reason, wrong = tidy(because)[:LONGEST_REASON], {}
    if level != row.risk:
        wrong["alone_level"] = _("This is not the level of the alert. Read it again.")
    if len(reason) < SHORTEST_REASON:
        wrong["alone_because"] = _("Say why nobody else could approve it.")
    if wrong:
        raise Invalid(fields=dict(wrong))
    return reason
