"""Which steps of a case each reader sees, and with which words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from hues.engines.cases.rules.workflow import ANSWERING, Side, Verb


class Reader(StrEnum):
    """Who reads a timeline."""

    PUBLIC = "public"
    REPORTER = "reporter"
    STAFF = "staff"


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """
    One step as somebody is told it.

    `text` are the words meant for the reporter, `internal` those for staff.
    """

    seq: int
    at: datetime
    verb: Verb
    side: Side
    agency_id: UUID | None
    text: str
    internal: str
    facts: dict[str, Any]


# What the public may know to have happened; the rest is between the city and the reporter.
PUBLIC_VERBS = frozenset(
    {
        Verb.OPEN,
        Verb.ACCEPT,
        Verb.TAKE,
        Verb.DECIDE_EXTENSION,
        Verb.ANSWER,
        Verb.PUBLISH,
        Verb.REOPEN,
        Verb.CLOSE,
        Verb.KEEP_PROMISE,
        Verb.SPLIT,
        Verb.GATHER,
        Verb.EDIT,
        Verb.JOIN,
        Verb.SUCCEED,
    }
)
PUBLIC_WORDS = ANSWERING | {Verb.PUBLISH, Verb.KEEP_PROMISE}
HIDDEN_FROM_REPORTER = frozenset(
    {Verb.NOTE, Verb.ASSIGN, Verb.RETURN, Verb.AWAIT, Verb.ASK_EXTENSION, Verb.CHECK_PROMISE, Verb.COVER, Verb.UNCOVER}
)
CHECKED = ANSWERING | {Verb.KEEP_PROMISE}
PUBLIC_FACTS = frozenset({"outcome", "promise_on", "until", "granted", "agency_id", "agencies"})
REPORTER_FACTS = PUBLIC_FACTS | {"category", "service_class", "due_at", "stars", "fixed"}


def told(steps: Iterable[Told], reader: Reader) -> tuple[Told, ...]:
    """
    Return the steps a reader sees, oldest first.

    An answer, and proof of a promise, is shown once the operations centre has passed it; one that was returned never.
    """
    everything = tuple(steps)
    if reader == Reader.STAFF:
        return everything
    return tuple(_cut(step, reader) for step in _published(everything) if _shown(step, reader))


def _published(steps: tuple[Told, ...]) -> Iterator[Told]:
    standing = _answers_that_stand(steps) | _proofs_that_stand(steps)
    for step in steps:
        if step.verb not in CHECKED or step.seq in standing:
            yield step


def _answers_that_stand(steps: tuple[Told, ...]) -> frozenset[int]:
    standing, last = set(), None
    for step in steps:
        if step.verb in ANSWERING:
            last = step.seq
        elif step.verb in (Verb.RETURN, Verb.AWAIT):
            last = None
        elif step.verb == Verb.PUBLISH and last is not None:
            standing.add(last)
    return frozenset(standing)


def _proofs_that_stand(steps: tuple[Told, ...]) -> frozenset[int]:
    standing, last = set(), None
    for step in steps:
        if step.verb == Verb.KEEP_PROMISE:
            last = step.seq
        elif step.verb == Verb.CHECK_PROMISE:
            if last is not None and step.facts.get("granted"):
                standing.add(last)
            last = None
    return frozenset(standing)


def _shown(step: Told, reader: Reader) -> bool:
    return step.verb in PUBLIC_VERBS if reader == Reader.PUBLIC else step.verb not in HIDDEN_FROM_REPORTER


def _cut(step: Told, reader: Reader) -> Told:
    public = reader == Reader.PUBLIC
    known = PUBLIC_FACTS if public else REPORTER_FACTS
    return replace(
        step,
        text=step.text if not public or step.verb in PUBLIC_WORDS else "",
        internal="",
        facts={name: value for name, value in step.facts.items() if name in known},
    )
