"""Say an alert again to those who have not opened it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hues.engines.bulletins.actions.keeping import Moved, check_proof, check_role, lock
from hues.engines.bulletins.events import AlertRepeated
from hues.engines.bulletins.models import Answer
from hues.engines.bulletins.queries.doubts import is_doubted
from hues.engines.bulletins.rules.numbers import told_as
from hues.engines.bulletins.rules.states import MsgType, State
from hues.kernel.delivery import actions as delivery
from hues.kernel.errors import WrongState
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import Asker, Role


@transaction.atomic
def repeat(*, bulletin_id: UUID, by: Asker, proved_at: datetime | None, at: datetime) -> Moved:
    """
    Push an alert in force once more; whoever opened it, or said of its story that they are safe, is left in peace.

    :raises NotAllowed: if the asker approves no alerts
    :raises WrongState: if it is not in force, an exercise, doubted, not told yet, or told just now
    :raises ProofNeeded: if the asker has not shown who they are within the last minutes
    """
    person = check_role(by, Role.ALERT_APPROVER)
    row = lock(bulletin_id)
    if row.state != State.ISSUED or row.expires_at <= at or row.training or row.msg_type == MsgType.CANCEL:
        raise WrongState
    if is_doubted(row.pk):
        raise WrongState(_("Others may know the key that signed it. Issue it again: then everybody is told anew."))
    check_proof(proved_at, at=at)
    safe = Answer.objects.filter(chain=row.chain, said="safe").values_list("person_id", flat=True)
    if not delivery.repeat(key=told_as(row.identifier), spare=safe, at=at):
        raise WrongState(_("It was told less than a quarter of an hour ago. Wait a little."))
    journal.record(AlertRepeated(at=at, by=person, subject=row.pk, identifier=row.identifier))
    return Moved(id=row.pk, state=State(row.state), version=row.version, identifier=row.identifier)
