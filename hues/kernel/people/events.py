"""What the room of people tells the journal."""

from dataclasses import dataclass
from typing import ClassVar

from hues.kernel.journal.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountOpened(Event):
    name: ClassVar[str] = "people.account.opened"


@dataclass(frozen=True, kw_only=True, slots=True)
class PhoneVerified(Event):
    name: ClassVar[str] = "people.phone.verified"


@dataclass(frozen=True, kw_only=True, slots=True)
class Renamed(Event):
    name: ClassVar[str] = "people.person.renamed"


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageSet(Event):
    name: ClassVar[str] = "people.language.set"
    language: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeWardSet(Event):
    name: ClassVar[str] = "people.home_ward.set"
    ward: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProofRefused(Event):
    """A session tried too many wrong codes where somebody had to show once more who they are, and was ended."""

    name: ClassVar[str] = "people.person.proof_refused"


@dataclass(frozen=True, kw_only=True, slots=True)
class ProvedAgain(Event):
    """Somebody who was signed in showed once more who they are; `way` is phone or app."""

    name: ClassVar[str] = "people.person.proved_again"
    way: str
