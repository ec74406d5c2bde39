"""The pieces that the cards of a case are put together from."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Q

from hues.engines.cases.models import CasePhoto, Step
from hues.engines.cases.queries import catalogue
from hues.engines.cases.queries.cards import CaseRow
from hues.engines.cases.queries.choices import CategoryCard
from hues.engines.cases.queries.pieces import Clock, PhotoRef, TimelineStep
from hues.engines.cases.rules import deadlines as rules
from hues.engines.cases.rules import rounds
from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.publishing import FROM_WORDS
from hues.engines.cases.rules.timeline import Reader, Told, told
from hues.engines.cases.rules.turns import due_now
from hues.engines.cases.rules.workflow import ANSWERING, ENDED, Side, State, Verb
from hues.kernel.agencies import queries as agencies
from hues.kernel.people import queries as people
from hues.kernel.people.asker import Role
from hues.kernel.statements import composed
from hues.kit.text import Bilingual

MAY_WATCH = (Role.OPERATOR, Role.DUTY_LEADER, Role.LEADER, Role.AUDITOR)
CLOCK = (
    "opened_at",
    "accept_due_at",
    "accepted_at",
    "started_at",
    "first_due_at",
    "due_at",
    "extended_until",
    "extension_asked_until",
    "paused_at",
    "answered_at",
    "published_at",
    "closed_at",
)
CLOCK_COLUMNS = (*CLOCK, "warn_at", "kept_before", "state")
ROW_COLUMNS = (
    "id",
    "number",
    "kind",
    "category",
    "state",
    "outcome",
    "service_class",
    "address",
    "place_source",
    "lat",
    "lng",
    "ward_code",
    "agency_id",
    "assigned_to",
    "opened_at",
    "accept_due_at",
    "accepted_at",
    "started_at",
    "first_due_at",
    "due_at",
    "warn_at",
    "paused_at",
    "answered_at",
    "extension_asked_until",
    "supports",
    "returned",
    "reopened",
    "kept_before",
    "version",
    "look",
    "parts",
    "parent_id",
)
NOBODY: Bilingual = {}
NO_NAMES: Mapping[UUID, str] = MappingProxyType({})
HOLDER = "assigned_to"  # in the facts of a step
PROOF, EXTRA = "proof", "extra"
_STEP = ("seq", "at", "verb", "side", "agency_id", "public_text", "internal_text", "facts")
_STEP_OF = itemgetter(*_STEP)


def standing_of(row: Mapping[str, Any], at: datetime) -> Standing:
    """
    Return how a case stands with its clock; before it is accepted that is the clock of the centre.

    What an agency gave back is late as soon as its answer or its way to the next agency is: see `due_now`.
    Once it is passed on under the law, the times are those of the law, and no clock of the city runs.
    """
    state = State(row["state"])
    if state == State.SEALED:
        return Standing.NO_CLOCK
    if state == State.RECEIVED:
        return Standing.OVERDUE if at > due_now_of(row) else Standing.RUNNING
    stands = rules.standing(
        due_at=row["due_at"],
        first_due_at=row["first_due_at"],
        warn_at=row["warn_at"],
        answered_at=row["answered_at"],
        paused_at=row["paused_at"] if state == State.WAITING else None,
        ended=state in ENDED,
        at=at,
    )
    return rounds.counted(stands, row["kept_before"])


def due_now_of(row: Mapping[str, Any]) -> datetime:
    """Return the due time that runs now."""
    return due_now(
        state=State(row["state"]),
        accept_due_at=row["accept_due_at"],
        started_at=row["started_at"],
        due_at=row["due_at"],
    )


def clock_of(row: Mapping[str, Any], at: datetime) -> Clock:
    """Return the clock of a case as it stands at `at`."""
    return Clock(
        **{name: row[name] for name in CLOCK},
        due_now=due_now_of(row),
        standing=standing_of(row, at),
        elapsed_days=rules.elapsed_days(row["opened_at"], row["answered_at"] or row["closed_at"] or at),
    )


def category_words(code: str) -> dict[str, Any]:
    """Return how a card names its category; a code the city no longer knows stands for itself."""
    card: CategoryCard | None = catalogue.category(code)
    title: Bilingual = card.title if card else {"vi": code}
    return {"category": code, "category_title": title, "icon": card.icon if card else "message"}


def titles() -> dict[str, tuple[Bilingual, str]]:
    """Return title and icon of every category, for lists."""
    return {code: (card.title, card.icon) for code, card in catalogue.by_code().items()}


def agency_names() -> dict[UUID, Bilingual]:
    """Return the name of every agency, for lists."""
    return {card.id: card.name for card in agencies.agencies()}


def rows(found: Iterable[Mapping[str, Any]], at: datetime, holders: Mapping[UUID, str] = NO_NAMES) -> list[CaseRow]:
    """Return the rows of a list; `holders` names who has a case, for staff alone."""
    words, names = titles(), agency_names()
    cards = []
    for row in found:
        title, icon = words.get(row["category"], ({"vi": row["category"]}, "message"))
        kept = {name: row[name] for name in _KEPT}
        kept["state"] = State(row["state"])
        kept["approximate"] = row["place_source"] == FROM_WORDS
        cards.append(
            CaseRow(
                **kept,
                category_title=title,
                icon=icon,
                holder=holders.get(row["assigned_to"], ""),
                excerpt=row["excerpt"],
                agency=names.get(row["agency_id"], NOBODY) if row["agency_id"] else NOBODY,
                standing=standing_of(row, at),
                due_now=due_now_of(row),
                photo_id=row["photo_id"],
                is_part=row["parent_id"] is not None,
            )
        )
    return cards


_NOT_KEPT = {"place_source", "assigned_to", "parent_id", "kept_before"}
_NOT_KEPT |= {"accepted_at", "started_at", "first_due_at", "warn_at", "paused_at"}
_KEPT = tuple(name for name in ROW_COLUMNS if name not in _NOT_KEPT)


def photos_of(case_id: UUID, reader: Reader, published_at: datetime | None) -> tuple[PhotoRef, ...]:
    """Return the photos of a case that `reader` may see: the report's, then the proof once it is published."""
    if reader == Reader.STAFF:
        published_at = None
    return tuple(PhotoRef(**row) for row in _photos_of(reader, case_id=case_id, published_at=published_at))


@composed
def _photos_of(reader: Reader, *, case_id: UUID, published_at: datetime | None) -> Any:
    found = CasePhoto.objects.filter(case_id=case_id).order_by("-role", "order", "photo_id")
    if reader != Reader.STAFF:
        unseen = Q(role=PROOF, hidden=True)
        unseen |= Q(role=PROOF, at__gt=published_at) if published_at else Q(role=PROOF)
        found = found.exclude(unseen)
    if reader == Reader.PUBLIC:
        found = found.filter(hidden=False).exclude(role=EXTRA)
    return found.values("photo_id", "role", "order", "hidden")


def steps_of(case_id: UUID, reader: Reader) -> tuple[Told, ...]:
    """Return the steps of a case as `reader` may know them, oldest first."""
    steps = (
        Told(
            seq=seq,
            at=at,
            verb=Verb(verb),
            side=Side(side),
            agency_id=agency,
            text=text,
            internal=note,
            facts=facts,
        )
        for seq, at, verb, side, agency, text, note, facts in map(_STEP_OF, _steps_of(case_id=case_id))
    )
    return told(steps, reader)


@composed
def _steps_of(*, case_id: UUID) -> Any:
    return Step.objects.filter(case_id=case_id).order_by("seq").values(*_STEP)


def holders(steps: Iterable[Told], holder: UUID | None) -> dict[UUID, str]:
    """Return the names of who has a case and of whom it was given to."""
    known = {UUID(step.facts[HOLDER]) for step in steps if HOLDER in step.facts}
    known |= {holder} if holder else set()
    return people.names_of(known) if known else {}


def timeline(steps: Iterable[Told], holders: Mapping[UUID, str] = NO_NAMES) -> tuple[TimelineStep, ...]:
    """Return steps with the names of their agencies and, for staff, of whom a case was given to."""
    names = agency_names()
    return tuple(
        TimelineStep(
            seq=step.seq,
            at=step.at,
            verb=step.verb,
            side=step.side,
            agency=names.get(step.agency_id, NOBODY) if step.agency_id else NOBODY,
            text=step.text,
            internal=step.internal,
            facts=_named(step.facts, holders),
            agencies=tuple(names.get(UUID(name), NOBODY) for name in step.facts.get("agencies", ())),
        )
        for step in steps
    )


def _named(facts: dict[str, Any], holders: Mapping[UUID, str]) -> dict[str, Any]:
    return facts | {HOLDER: holders.get(UUID(facts[HOLDER]), "")} if HOLDER in facts else facts


def last_words(steps: Iterable[Told], *verbs: Verb, internal: bool = False) -> str:
    """Return what was last said with one of `verbs`."""
    found = ""
    for step in steps:
        if step.verb in verbs:
            found = step.internal if internal else step.text
    return found


def answer_that_stands(steps: Sequence[Told]) -> str:
    """Return the answer of a case; lifting a seal ends what was answered before."""
    lifted = max((n for n, step in enumerate(steps, 1) if step.verb == Verb.LIFT), default=0)
    return last_words(steps[lifted:], *ANSWERING)
