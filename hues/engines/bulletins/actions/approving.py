"""What approvers do: a different person looks, and lets it pass or gives it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hues.engines.bulletins.actions.keeping import (
    Moved,
    check_content,
    check_proof,
    check_role,
    check_turn,
    lock,
    write,
)
from hues.engines.bulletins.queries.rows import CONTENT, content_of
from hues.engines.bulletins.rules.states import Verb
from hues.kernel.errors import Invalid, NotAllowed
from hues.kernel.people.asker import Asker, Role
from hues.kit.text import tidy

LONGEST_REASON = 1_000


@transaction.atomic
def approve(*, bulletin_id: UUID, level: int, by: Asker, seen: int, proved_at: datetime | None, at: datetime) -> Moved:
    """
    Approve a bulletin that somebody else wrote; `level` is its risk level, typed again.

    `proved_at` is when the approver last showed, besides being signed in, who they are.

    :raises NotAllowed: if the asker approves no alerts, or had a hand in this one
    :raises Stale: if it was changed since it was seen
    :raises WrongState: if it does not wait for approval
    :raises Invalid: if the level is another one, or the bulletin's time has run out meanwhile
    :raises ProofNeeded: if the approver has not shown who they are within the last minutes
    """
    approver = check_role(by, Role.ALERT_APPROVER)
    row = lock(bulletin_id)
    state = check_turn(Verb.APPROVE, row, seen)
    if approver in row.writers:
        raise NotAllowed(_("You had a hand in this alert. A different person has to approve it."))
    if level != row.risk:
        raise Invalid(fields={"level": _("This is not the level of the alert. Read it again.")})
    check_content(content_of({name: getattr(row, name) for name in CONTENT}), at=at)
    check_proof(proved_at, at=at)
    return write(row, Verb.APPROVE, state, by=approver, at=at, approved_by=approver)


@transaction.atomic
def return_to_writer(*, bulletin_id: UUID, because: str, by: Asker, seen: int, at: datetime) -> Moved:
    """
    Give a bulletin back to its writers, and say why.

    :raises NotAllowed: if the asker approves no alerts
    :raises Stale: if it was changed since it was seen
    :raises WrongState: if it does not wait to be approved or issued
    :raises Invalid: if no reason is given
    """
    approver = check_role(by, Role.ALERT_APPROVER)
    row = lock(bulletin_id)
    state = check_turn(Verb.RETURN, row, seen)
    reason = tidy(because)[:LONGEST_REASON]
    if not reason:
        raise Invalid(fields={"because": _("Say what has to change.")})
    return write(
        row, Verb.RETURN, state, by=approver, at=at, returned_because=reason, submitted_by=None, approved_by=None
    )
