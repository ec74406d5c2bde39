"""What a step keeps of a move, so that the timeline can tell it later."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from hues.engines.cases.rules.facts import Facts, Given
from hues.engines.cases.rules.workflow import OF_AGENCY, Side, Verb

_GIVEN = frozenset({"granted", "stars", "proofs", "agencies", "what", "chosen", "road_owner"})
_BEFORE = frozenset({"accept_due_at"})
_CALLED = {"extension_asked_until": "until", "extended_until": "until"}
_TOLD: Mapping[Verb, tuple[str, ...]] = MappingProxyType(
    {
        Verb.OPEN: ("category", "service_class", "accept_due_at", "due_at"),
        Verb.ACCEPT: ("agency_id", "road_owner", "category", "service_class", "plan_days", "accept_due_at", "due_at"),
        Verb.REFUSE: ("outcome", "duplicate_of"),
        Verb.ASSIGN: ("assigned_to",),
        Verb.REPLY: ("due_at",),
        Verb.RESUME: ("due_at",),
        Verb.ASK_EXTENSION: ("extension_asked_until", "chosen"),
        Verb.DECIDE_EXTENSION: ("granted", "extended_until", "due_at"),
        Verb.ANSWER: ("outcome", "passed_to", "passed_ref", "promise_on", "proofs", "first_due_at", "due_at"),
        Verb.RETURN: ("due_at",),
        Verb.PUBLISH: ("outcome", "promise_on"),
        Verb.RATE: ("stars", "fixed"),
        Verb.REOPEN: ("due_at",),
        Verb.UNMERGE: ("accept_due_at",),
        Verb.KEEP_PROMISE: ("promise_on", "proofs"),
        Verb.CHECK_PROMISE: ("granted", "promise_on"),
        Verb.SPLIT: ("agencies", "accept_due_at", "due_at"),
        Verb.GATHER: ("outcome", "promise_on", "first_due_at", "due_at"),
        Verb.AWAIT: ("due_at",),
        Verb.JOIN: ("agency_id", "due_at"),
        Verb.SUCCEED: ("agency_id",),
        Verb.SEAL: ("outcome", "passed_to", "passed_ref"),
        Verb.LIFT: ("accept_due_at",),
        Verb.COVER: ("what",),
        Verb.UNCOVER: ("what",),
    }
)


def step_facts(verb: Verb, before: Facts, after: Facts, given: Given) -> dict[str, Any]:
    """Return what the step of a move keeps, in JSON's own types; what is empty is left out."""
    found = {}
    for name in _TOLD.get(verb, ()):
        source: object = given if name in _GIVEN else before if name in _BEFORE else after
        value = getattr(source, name)
        if value not in (None, ""):
            found[_CALLED.get(name, name)] = plain(value)
    return found


def agency_of(side: Side, before: Facts, after: Facts) -> UUID | None:
    """Return the agency that a step is told of: who acted, or who has the case now."""
    return before.agency_id if side in OF_AGENCY else after.agency_id


def plain(value: Any) -> Any:
    """Return a value as JSON holds it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, StrEnum):
        return value.value
    return str(value) if isinstance(value, UUID) else value
