"""Replay what happened to a prepared case, by the rules that real moves go by, into the rows they would have left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from hues.engines.cases.actions import photos as pictures
from hues.engines.cases.actions import rows, wording
from hues.engines.cases.actions.moving import FACTS
from hues.engines.cases.events import MOVED, CaseEvent
from hues.engines.cases.models import Case, PastPromise
from hues.engines.cases.queries import offered
from hues.engines.cases.queries.choices import CategoryCard
from hues.engines.cases.rules import houses, intake, moving, publishing, rounds, telling, timing
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.facts import NOTHING, Facts, Given, Law
from hues.engines.cases.rules.intake import Place, Report
from hues.engines.cases.rules.workflow import MOVES, Side, Verb
from hues.kernel.clocks.actions import NewTimer
from hues.kit.text import tidy

ROLES = {Verb.OPEN: pictures.REPORT, Verb.ANSWER: pictures.PROOF, Verb.KEEP_PROMISE: pictures.PROOF}
COLUMNS = tuple(f.attname for f in Case._meta.concrete_fields)
PROMISED = tuple(f.attname for f in PastPromise._meta.concrete_fields)
_BLANK = {f.attname: f.get_default() for f in Case._meta.concrete_fields}


@dataclass(frozen=True, kw_only=True, slots=True)
class PreparedMove:
    """
    One move of a prepared case; `by` is the member of staff, empty where the reporter or the city acts.

    `text` is meant for the reporter, `internal` for staff. The photos are proof of an answer, else they belong to
    the report; they must be stored already.
    """

    verb: Verb
    at: datetime
    by: UUID | None = None
    side: Side | None = None
    given: Given = NOTHING
    text: str = ""
    internal: str = ""
    photos: Sequence[UUID] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PreparedCase:
    """A case with all that happened to it, in order. Without a `number` it gets the next one of its year."""

    category: str
    text: str
    place: Place
    at: datetime
    reporter: UUID | None = None
    contact: str = ""
    show_name: bool = False
    kind: str = "report"
    channel: str = "web"
    number: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    photos: Sequence[UUID] = ()
    moves: Sequence[PreparedMove] = ()


@dataclass(slots=True)
class Written:
    """The rows of some cases, in the order of their tables' columns."""

    cases: list[tuple[Any, ...]] = field(default_factory=list)
    seals: list[tuple[Any, ...]] = field(default_factory=list)
    steps: list[tuple[Any, ...]] = field(default_factory=list)
    photos: list[tuple[Any, ...]] = field(default_factory=list)
    events: list[CaseEvent] = field(default_factory=list)
    timers: list[NewTimer] = field(default_factory=list)
    promises: list[tuple[Any, ...]] = field(default_factory=list)
    public_photos: list[UUID] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """What is known before a case is replayed: the law, its category, number and ward, its reporter's name."""

    law: Law
    leaf: CategoryCard
    number: str
    ward_code: str
    name: str
    at: datetime


def replay(prepared: PreparedCase, context: Context, into: Written) -> None:
    """
    Add the rows of a prepared case and of everything that happened to it.

    :raises Invalid: if a move breaks a rule
    :raises LookupError: if the table has no such move
    """
    facts = moving.opened(prepared.category, context.leaf.service_class, law=context.law, at=prepared.at)
    new = _new_case(prepared, context, facts)
    row = _BLANK | rows.given_columns(new) | {"number": context.number}
    row["folded"] = f"{context.number.lower()} {rows.words_to_find(new.report)}"
    side = Side.IOC if new.report.on_behalf else Side.CITIZEN
    first = PreparedMove(verb=Verb.OPEN, at=prepared.at, side=side, photos=prepared.photos)
    _note(first, row, facts, facts, into)
    shown, answer, left = "", "", list[dict[str, Any]]()
    for step in prepared.moves:
        before, facts = facts, _moved(facts, step, context.law)
        _note(step, row, before, facts, into)
        _follow_promises(step, left, before, facts)
        if step.verb == Verb.ANSWER:
            answer = tidy(step.text)
        elif step.verb == Verb.PUBLISH:
            row |= _public(row, answer)
            shown = context.name if prepared.show_name else ""
    row |= {name: getattr(facts, name) for name in FACTS}
    into.cases.append(tuple(row[column] for column in COLUMNS))
    into.seals.append((new.id, prepared.reporter, new.report.contact, shown, prepared.at))
    for turn, promise in enumerate(left):
        promise |= {"id": id_of(f"{context.number}:{turn}", prepared.at), "case_id": new.id}
        into.promises.append(tuple(promise[column] for column in PROMISED))
    _add_ends(prepared, new.id, facts, context, into)


def _follow_promises(step: PreparedMove, left: list[dict[str, Any]], before: Facts, after: Facts) -> None:
    """Keep the promise of an answer that is contested, and let later proof make it good, as `actions.rounds` does."""
    if step.verb == Verb.REOPEN and (promise := rounds.promise_left(before)):
        left.append(promise)
    if step.verb not in (Verb.PUBLISH, Verb.CHECK_PROMISE):
        return
    shown = rounds.mended_at(
        outcome=after.outcome,
        answered_at=after.answered_at,
        shown_at=after.promise_shown_at,
        kept_at=after.promise_kept_at,
    )
    for promise in left if shown else ():
        if promise["promise_kept_at"] is None:
            promise |= {"promise_shown_at": promise["promise_shown_at"] or shown, "promise_kept_at": step.at}


def _new_case(prepared: PreparedCase, context: Context, facts: Facts) -> rows.NewCase:
    sent = Report(
        kind=prepared.kind,
        category=prepared.category,
        text=prepared.text,
        place=prepared.place,
        photos=prepared.photos,
        answers=prepared.answers,
        show_name=prepared.show_name,
        channel=prepared.channel,
        contact=prepared.contact,
    )
    return rows.NewCase(
        id=id_of(context.number, prepared.at),
        report=intake.tidied(sent, [question.key for question in context.leaf.questions]),
        facts=facts,
        coarse=context.leaf.coarse,
        ward_code=context.ward_code,
        reporter=prepared.reporter,
        year=prepared.at.year,
    )


def _moved(facts: Facts, step: PreparedMove, law: Law) -> Facts:
    # Whoever takes a case has it.
    given = replace(step.given, assignee=step.by) if step.verb == Verb.TAKE else step.given
    try:
        return moving.moved(step.verb, facts, given, law=law, at=step.at)
    except Breach as breach:
        raise wording.invalid([breach]) from breach


def _note(step: PreparedMove, row: Mapping[str, Any], before: Facts, after: Facts, into: Written) -> None:
    """Write down one move: its step, its journal entry, its photos."""
    verb, case_id = step.verb, row["id"]
    side = step.side or next(s for s in Side if s in MOVES[verb].sides)
    agency = telling.agency_of(side, before, after)
    facts = Jsonb(telling.step_facts(verb, before, after, step.given))
    words = (tidy(step.text) if step.text else "", tidy(step.internal) if step.internal else "")
    into.steps.append((case_id, after.version, step.at, verb.value, side.value, agency, *words, facts))
    into.events.append(
        MOVED[verb](
            at=step.at,
            by=None if side == Side.CITIZEN else step.by,
            subject=case_id,
            kind=row["kind"],
            number=row["number"],
            version=after.version,
            state=after.state,
            side=side,
            agency=agency,
            outcome=after.outcome,
        )
    )
    role = ROLES.get(verb, pictures.EXTRA)
    into.photos += [(case_id, photo, role, order, False, step.at) for order, photo in enumerate(step.photos)]


def _add_ends(prepared: PreparedCase, case_id: UUID, facts: Facts, context: Context, into: Written) -> None:
    waits = timing.timers(facts, law=context.law, at=context.at)
    into.timers += [NewTimer(kind=kind, subject=case_id, due_at=due) for kind, due in waits.items()]
    if facts.published_at:
        shown = {Verb.ANSWER, Verb.KEEP_PROMISE} if facts.promise_kept_at else {Verb.ANSWER}
        proof = [photo for step in prepared.moves if step.verb in shown for photo in step.photos]
        into.public_photos += [*prepared.photos, *proof]


def _public(row: Mapping[str, Any], answer: str) -> dict[str, Any]:
    coarse = row["coarse"] or houses.names_a_home(row["text"], row["address"])
    shown = publishing.public_form(
        number=row["number"],
        text=offered.words(row["text"], row["address"]),
        address=offered.street(row["address"]),
        lat=row["lat"],
        lng=row["lng"],
        coarse=coarse,
        answer=answer,
    )
    return shown | {"coarse": coarse}


def id_of(number: str, at: datetime) -> UUID:
    """Return the UUIDv7 of a prepared case: its opening in milliseconds, then bits that its number decides."""
    bits = int.from_bytes(sha256(number.encode()).digest()[:10])
    milliseconds, tail = int(at.timestamp() * 1000), bits & (1 << 62) - 1
    return UUID(int=milliseconds << 80 | 7 << 76 | (bits >> 62 & 0xFFF) << 64 | 2 << 62 | tail)
