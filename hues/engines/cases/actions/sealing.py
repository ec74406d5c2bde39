"""Open the seal of a case: who reported it, for whoever has a reason and the right."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from hues.engines.cases.actions import wording
from hues.engines.cases.events import SealOpened
from hues.engines.cases.models import CaseSeal
from hues.engines.cases.rules import purposes
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.outcomes import Outcome
from hues.engines.cases.rules.workflow import State
from hues.kernel.consent import actions as consent
from hues.kernel.errors import NotAllowed, NotFound
from hues.kernel.journal import actions as journal
from hues.kernel.people import queries as people
from hues.kernel.people.asker import Asker, Role
from hues.kit.text import tidy


@dataclass(frozen=True, kw_only=True, slots=True)
class Reporter:
    """Who reported a case; a caller without an account has only a `contact`."""

    person_id: UUID | None
    name: str
    phone: str
    contact: str


@transaction.atomic
def unseal(*, case_id: UUID, purpose: str, by: Asker, at: datetime) -> Reporter:
    """
    Return who reported a case, and write down who looked and what for; the reporter sees it.

    :raises NotAllowed: if the asker does not operate the centre
    :raises NotFound: if there is no such case
    :raises Invalid: if there is no purpose
    """
    if not by.in_ioc or by.person_id is None:
        raise NotAllowed
    why = tidy(purpose)
    if not purposes.says_something(why):
        raise wording.invalid([Breach("purpose", "purpose-missing")])
    seal = CaseSeal.objects.select_related("case").filter(pk=case_id).first()
    if seal is None:
        raise NotFound
    # Who denounced is protected by law.
    if seal.case.state == State.SEALED and seal.case.outcome == Outcome.DENUNCIATION and not by.may(Role.DUTY_LEADER):
        raise NotAllowed
    number = seal.case.number
    if seal.person_id is not None:
        consent.note_access(subject=seal.person_id, by=by.person_id, purpose=why, what=f"cases:{number}", at=at)
    journal.record(SealOpened(at=at, by=by.person_id, subject=case_id, number=number))
    card = people.person_card(seal.person_id) if seal.person_id else None
    return Reporter(
        person_id=seal.person_id,
        name=card.name if card else "",
        phone=card.phone if card else "",
        contact=seal.contact,
    )
