"""The one way in which a case moves: lock, check, change, write down, set the clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from hues.engines.cases.actions import showing, wording
from hues.engines.cases.events import MOVED
from hues.engines.cases.models import Case, CaseSeal, Step
from hues.engines.cases.queries import catalogue
from hues.engines.cases.queries.templates import slots_for
from hues.engines.cases.rules import intake, moving, splitting, telling, templates, timing
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.facts import NOTHING, Facts, Given, Law
from hues.engines.cases.rules.workflow import MOVES, Side, State, Verb, next_state, side_for
from hues.kernel.clocks import actions as clocks
from hues.kernel.errors import NotAllowed, NotFound, Stale, WrongState
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import CITY, Asker
from hues.kit.text import tidy

FACTS = tuple(field.name for field in fields(Facts))
_BESIDES = (
    "id",
    "number",
    "kind",
    "text",
    "address",
    "lat",
    "lng",
    "cell",
    "coarse",
    "ward_code",
    "show_name",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """A case after a move; its `version` is what the next mover has seen."""

    id: UUID
    number: str
    state: State
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Locked:
    """A case that nobody else can move until this transaction ends."""

    facts: Facts
    row: Mapping[str, Any]

    @property
    def id(self) -> UUID:
        """Return the case's id."""
        found: UUID = self.row["id"]
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What the mover says: to the reporter, and to staff."""

    public: str = ""
    internal: str = ""

    def tidied(self) -> "Words":
        """Return the same words composed, and without what cannot be seen."""
        return Words(public=tidy(self.public), internal=tidy(self.internal))


# The answers of all parts, one below the other.
LONGEST = dict.fromkeys((Verb.GATHER, Verb.EDIT), splitting.LONGEST_ANSWER)
# What people write to the reporter, perhaps from a template.
BY_HAND = frozenset({Verb.ANSWER, Verb.EDIT, Verb.SEAL})
type Columns = Callable[[Locked, Facts], dict[str, Any]]
SILENT = Words()


def move(
    verb: Verb,
    case_id: UUID,
    *,
    by: Asker,
    seen: int | None,
    at: datetime,
    given: Given = NOTHING,
    words: Words = SILENT,
    columns: Columns | None = None,
) -> Moved:
    """
    Move a case, in the caller's transaction, with its step, its journal entry and its timers.

    `columns` adds changes beside the facts; it is asked while the case is locked. `seen` None: the mover saw nothing
    (the city's own clock).

    :raises NotFound: if the asker may not know that the case exists
    :raises NotAllowed: if the asker's side may not do this
    :raises Stale: if the case has moved since it was seen
    :raises WrongState: if the table has no such move from here
    :raises Invalid: if what was given or said does not fit
    """
    locked = _lock(case_id)
    side = _side(verb, locked, by)
    _check_turn(verb, locked, seen)
    said, law = _check_words(verb, words, locked.facts.category), catalogue.law()
    try:
        after = moving.moved(verb, locked.facts, given, law=law, at=at)
    except Breach as breach:
        raise wording.invalid([breach]) from breach
    _write(locked, after, columns(locked, after) if columns else {})
    _write_step(verb, side, locked, after, given=given, said=said, at=at)
    _record(verb, side, locked, after, by=by, at=at)
    _set_clock(verb, locked, after, law=law, at=at)
    if locked.facts.published_at or after.published_at:
        showing.show(locked.row["kind"], at=at)
    return Moved(id=locked.id, number=locked.row["number"], state=after.state, version=after.version)


def sides_of(by: Asker, case_id: UUID, agency_id: UUID | None, reporter: UUID | None) -> frozenset[Side]:
    """Return on which sides of a case somebody stands; a stranger on none."""
    found = set()
    if by == CITY:
        found.add(Side.CITY)
    if by.in_ioc:
        found.add(Side.IOC)
    if agency_id is not None and by.is_staff_of(agency_id):
        found.add(Side.AGENCY)
    if by.errand is not None and (by.errand.subject, by.errand.agency_id) == (case_id, agency_id):
        found.add(Side.LINK)
    if by.signed_in and by.person_id == reporter:
        found.add(Side.CITIZEN)
    return frozenset(found)


def _lock(case_id: UUID) -> Locked:
    seal = CaseSeal.objects.filter(case_id=OuterRef("pk")).values("person_id")[:1]
    found = Case.every.select_for_update().filter(pk=case_id).annotate(reporter=Subquery(seal))
    row = found.values(*FACTS, *_BESIDES, "reporter").first()
    if row is None:
        raise NotFound
    facts = Facts(**{name: row[name] for name in FACTS} | {"state": State(row["state"])})
    return Locked(facts=facts, row=row)


def _side(verb: Verb, locked: Locked, by: Asker) -> Side:
    sides = sides_of(by, locked.id, locked.facts.agency_id, locked.row["reporter"])
    side = side_for(verb, sides)
    if side is not None:
        return side
    if sides:
        raise NotAllowed
    theirs = {by.errand.agency_id} if by.errand and by.errand.subject == locked.id else by.agencies
    if theirs and Step.objects.filter(case_id=locked.id, agency_id__in=theirs).exists():
        # It was theirs until somebody passed it on: no stranger, only too late.
        raise Stale
    raise NotAllowed if locked.facts.published_at else NotFound


def _check_turn(verb: Verb, locked: Locked, seen: int | None) -> None:
    if seen is not None and seen != locked.facts.version and not _only_notes_since(verb, locked, seen):
        raise Stale
    if next_state(verb, locked.facts.state, locked.facts.shape) is None:
        raise WrongState


def _only_notes_since(verb: Verb, locked: Locked, seen: int) -> bool:
    """Test if nothing happened since that the mover would have had to know of: a note changes nobody's mind."""
    if verb == Verb.NOTE:
        return True
    # Who has it matters to those who say who has it, and to nobody else's words.
    # An agency with a new name has the same people: what they wrote the evening before still fits.
    quiet = {Verb.NOTE, Verb.SUCCEED} if verb in (Verb.ASSIGN, Verb.TAKE) else {Verb.NOTE, Verb.ASSIGN, Verb.SUCCEED}
    since = Step.objects.filter(case_id=locked.id, seq__gt=seen)
    return seen < locked.facts.version and not since.exclude(verb__in=sorted(quiet)).exists()


def _check_words(verb: Verb, words: Words, category: str) -> Words:
    said = words.tidied()
    if MOVES[verb].says and not (said.public or said.internal):
        raise wording.invalid([Breach("text", "text-missing")])
    left = templates.unfilled(said.public) if verb in BY_HAND else ()
    # Braces of the writer's own stay: f(x)={y}.
    if left and not slots_for(category).isdisjoint(left):
        raise wording.invalid([Breach("text", "text-unfilled")])
    if max(len(said.public), len(said.internal)) > LONGEST.get(verb, intake.LONGEST_TEXT):
        raise wording.invalid([Breach("text", "text-long")])
    return said


def _write(locked: Locked, after: Facts, more: dict[str, Any]) -> None:
    changed = {name: getattr(after, name) for name in FACTS if getattr(after, name) != getattr(locked.facts, name)}
    Case.every.filter(pk=locked.id).update(**changed, **more)


def _write_step(
    verb: Verb, side: Side, locked: Locked, after: Facts, *, given: Given, said: Words, at: datetime
) -> None:
    Step.objects.create(
        case_id=locked.id,
        seq=after.version,
        at=at,
        verb=verb,
        side=side,
        agency_id=telling.agency_of(side, locked.facts, after),
        public_text=said.public,
        internal_text=said.internal,
        facts=telling.step_facts(verb, locked.facts, after, given),
    )


def _record(verb: Verb, side: Side, locked: Locked, after: Facts, *, by: Asker, at: datetime) -> None:
    journal.record(
        MOVED[verb](
            at=at,
            by=None if side == Side.CITIZEN else by.person_id,
            subject=locked.id,
            kind=locked.row["kind"],
            number=locked.row["number"],
            version=after.version,
            state=after.state,
            side=side,
            agency=telling.agency_of(side, locked.facts, after),
            outcome=after.outcome,
        )
    )


def _set_clock(verb: Verb, locked: Locked, after: Facts, *, law: Law, at: datetime) -> None:
    before, now = timing.timers(locked.facts, law=law, at=at), timing.timers(after, law=law, at=at)
    now |= dict.fromkeys(timing.missed(verb, locked.facts, after, law=law, at=at), at)
    for kind in sorted(before.keys() - now.keys()):
        clocks.cancel_timers(locked.id, kind)
    new = [
        clocks.NewTimer(kind=kind, subject=locked.id, due_at=due)
        for kind, due in now.items()
        if before.get(kind) != due
    ]
    if new:
        clocks.set_timers(new, at=at)
