"""Who reacts to which event."""

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from typing import Any, get_type_hints
from uuid import UUID

from hues.kernel.journal.events import Event

type Reaction = Callable[[Any], None]

_reactions: dict[str, list[Reaction]] = {}
_kinds: dict[str, type[Event]] = {}


def reacts_to[E: Event](event: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register the decorated function to run, at least once, after each `event` was committed."""

    def register(reaction: Callable[[E], None]) -> Callable[[E], None]:
        _kinds[event.name] = event
        _reactions.setdefault(event.name, []).append(reaction)
        return reaction

    return register


def reactions_to(name: str) -> tuple[Reaction, ...]:
    """Return the reactions to the event of that name, in the order they were registered."""
    return tuple(_reactions.get(name, ()))


def event_from(name: str, facts: dict[str, Any]) -> Event:
    """Return the event that an entry's `facts` were written from."""
    kind = _kinds[name]
    hints = get_type_hints(kind)
    return kind(**{f.name: _typed(hints[f.name], facts[f.name]) for f in fields(kind) if f.name in facts})


def _typed(hint: Any, value: Any) -> Any:
    if value is None or not isinstance(value, str):
        return value
    if "datetime" in str(hint):
        return datetime.fromisoformat(value)
    return UUID(value) if "UUID" in str(hint) else value
