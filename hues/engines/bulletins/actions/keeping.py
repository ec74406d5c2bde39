"""What every move needs: the row locked, the mover checked, the journal written."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hues.engines.bulletins.declare import FAULT_WORDS
from hues.engines.bulletins.events import MOVED
from hues.engines.bulletins.models import Bulletin
from hues.engines.bulletins.queries import catalogue
from hues.engines.bulletins.rules import content, shapes
from hues.engines.bulletins.rules.content import Content
from hues.engines.bulletins.rules.states import State, Verb, next_state
from hues.kernel.errors import Invalid, NotAllowed, NotFound, ProofNeeded, SignInNeeded, Stale, WrongState
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import Asker, Role

PROOF_HOLDS = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """A bulletin after a move; its `version` is what the next mover has seen."""

    id: UUID
    state: State
    version: int
    identifier: str = ""


def check_role(by: Asker, *roles: Role) -> UUID:
    """
    Return who the asker is.

    :raises SignInNeeded: if nobody is signed in
    :raises NotAllowed: if the asker has none of the roles
    """
    if by.person_id is None:
        raise SignInNeeded
    if not by.may(*roles):
        raise NotAllowed
    return by.person_id


def check_proof(proved_at: datetime | None, *, at: datetime) -> None:
    """
    Check that whoever asks has shown who they are within the last minutes: a session alone may be somebody else's.

    :raises ProofNeeded: if not
    """
    if proved_at is None or not timedelta() <= at - proved_at <= PROOF_HOLDS:
        raise ProofNeeded


def lock(bulletin_id: UUID) -> Bulletin:
    """
    Return a bulletin that nobody else can move until this transaction ends.

    :raises NotFound: if there is none
    """
    row = Bulletin.objects.select_for_update(of=("self",)).filter(pk=bulletin_id).first()
    if row is None:
        raise NotFound
    return row


def check_turn(verb: Verb, row: Bulletin, seen: int | None) -> State:
    """
    Return where the verb leads.

    :raises Stale: if the bulletin has moved since it was seen
    :raises WrongState: if the table has no such move from here
    """
    if seen is not None and row.version != seen:
        raise Stale
    after = next_state(verb, State(row.state))
    if after is None:
        raise WrongState
    return after


def check_content(said: Content, *, at: datetime) -> None:
    """
    Check that a bulletin can be sent as it is.

    :raises Invalid: if anything is missing or wrong, each fault by its field
    """
    found = content.faults(said, catalogue.known(), at=at)
    if found:
        raise Invalid(fields={fault.field: FAULT_WORDS[fault.code] for fault in reversed(found)})


def columns_of(said: Content) -> dict[str, Any]:
    """Return a bulletin's content as columns; instants lose what CAP cannot say."""
    return {
        "event": said.event,
        "risk": said.risk,
        "texts": {
            language: {"headline": t.headline, "description": t.description, "instruction": t.instruction}
            for language, t in said.texts.items()
        },
        "wards": sorted(said.wards),
        "shapes": shapes.stored(said.shapes),
        "onset_at": said.onset_at.replace(microsecond=0) if said.onset_at else None,
        "expires_at": said.expires_at.replace(microsecond=0),
        "training": said.training,
    }


def write(row: Bulletin, verb: Verb, state: State, *, by: UUID | None, at: datetime, **columns: Any) -> Moved:
    """Change a locked bulletin, write it to the journal, and return it as it is now."""
    version = row.version + 1
    Bulletin.objects.filter(pk=row.pk).update(state=state, version=version, **columns)
    for name, value in columns.items():
        setattr(row, name, value)
    row.state, row.version = state, version
    return record(row, verb, by=by, at=at)


def record(row: Bulletin, verb: Verb, *, by: UUID | None, at: datetime) -> Moved:
    """Write down what was done to a bulletin, and return it as it is now."""
    journal.record(
        MOVED[verb](
            at=at,
            by=by,
            subject=row.pk,
            identifier=row.identifier,
            state=row.state,
            version=row.version,
            msg_type=row.msg_type,
            risk=row.risk,
            training=row.training,
        )
    )
    return Moved(id=row.pk, state=State(row.state), version=row.version, identifier=row.identifier)
