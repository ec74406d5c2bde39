"""The catalogue: which rooms are installed, what they declare, and what fills the slots of the surfaces."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from typing import Any, ClassVar

from django.apps import AppConfig, apps

from hues.kit.text import Words


class Audience(StrEnum):
    CITIZEN = "citizen"
    VISITOR = "visitor"
    BUSINESS = "business"
    OFFICIAL = "official"


class Maturity(StrEnum):
    """How much a function owes: trial a journey; supported pages and states; essential a runbook."""

    TRIAL = "trial"
    SUPPORTED = "supported"
    ESSENTIAL = "essential"


@dataclass(frozen=True, kw_only=True, slots=True)
class Declaration:
    """One thing that a function asks an engine to run; every engine defines its own kinds."""

    key: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Retention:
    """
    How long the rows of a model are kept, and why.

    `days` None means for as long as the thing they belong to. A row's age is counted from its field `since`;
    where that is null, the row stays.
    """

    model: str
    days: int | None
    reason: str
    since: str = "at"


@dataclass(frozen=True, kw_only=True, slots=True)
class OfflinePage:
    """
    A page that phones keep before they need it, by the name of its address: the same bytes for everybody.

    It is shown without a network wherever something under `instead_of` is asked for.
    """

    name: str
    label: Words
    icon: str
    instead_of: str = ""


class RoomConfig(AppConfig):
    """
    An installed room. What it reacts to is found in its `reactions` module, if it has one.

    Django takes a plain AppConfig when an `apps.py` holds two candidates, an imported base being one:
    so every base steps back and every leaf steps forward.
    """

    default = False
    retention: ClassVar[tuple[Retention, ...]] = ()
    started_by: ClassVar[tuple[str, ...]] = ("reactions", "timers", "pages", "tasks")
    citizen_urls: ClassVar[str | None] = None
    desk_urls: ClassVar[str | None] = None
    ops_urls: ClassVar[str | None] = None
    machine_urls: ClassVar[str | None] = None

    def __init_subclass__(cls, *, base: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.default = not base

    def ready(self) -> None:
        for module in self.started_by:
            if find_spec(f"{self.name}.{module}"):
                import_module(f"{self.name}.{module}")


class EngineConfig(RoomConfig, base=True):
    """An engine's room."""


class FunctionConfig(RoomConfig, base=True):
    """The manifest of a city function; its `apps.py` holds one."""

    title: ClassVar[Words]
    summary: ClassVar[Words]
    icon: ClassVar[str]
    owner: ClassVar[str]
    audience: ClassVar[frozenset[Audience]] = frozenset({Audience.CITIZEN})
    maturity: ClassVar[Maturity] = Maturity.TRIAL
    uses: ClassVar[tuple[str, ...]] = ()
    declares: ClassVar[tuple[Declaration, ...]] = ()
    home: ClassVar[str] = ""
    words: ClassVar[tuple[Words, ...]] = ()
    offline: ClassVar[tuple[OfflinePage, ...]] = ()


def rooms() -> tuple[RoomConfig, ...]:
    """Return every installed room of ours."""
    return tuple(app for app in apps.get_app_configs() if isinstance(app, RoomConfig))


def functions() -> tuple[FunctionConfig, ...]:
    """Return the installed functions, in the order of their labels."""
    return tuple(app for app in apps.get_app_configs() if isinstance(app, FunctionConfig))


def declared[D: Declaration](kind: type[D]) -> dict[str, D]:
    """
    Return every declaration of `kind` by its key.

    :raises LookupError: if two functions declare the same key
    """
    found: dict[str, D] = {}
    for declaration in _declarations(functions()):
        if isinstance(declaration, kind):
            if declaration.key in found:
                raise LookupError(f"two functions declare the {kind.__name__} {declaration.key!r}")
            found[declaration.key] = declaration
    return found


def _declarations(installed: Iterable[FunctionConfig]) -> Iterable[Declaration]:
    for function in installed:
        yield from function.declares


def retentions() -> tuple[Retention, ...]:
    """Return the retention rule of every model that has one."""
    return tuple(rule for room in rooms() for rule in room.retention)
