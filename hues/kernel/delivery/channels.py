"""What every way to reach people has in common, so that a new one is one more module."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from hues.kernel.delivery.encrypting import Shared
from hues.kit.text import Bilingual


class Urgency(StrEnum):
    """How much a message matters, by the words of RFC 8030; only the extreme passes quiet hours."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    EXTREME = "extreme"


class Way(StrEnum):
    """The ways out of the house."""

    PUSH = "push"
    MAIL = "mail"
    SMS = "sms"
    WEBHOOK = "webhook"
    SIREN = "siren"
    # Warnings by the city's Zalo account, to those who joined their own to it.
    OA = "oa"
    # To those who wrote to us, in answer: never a broadcast.
    ZALO = "zalo"
    FACEBOOK = "facebook"
    LETTER = "letter"


PERSONAL = (Way.PUSH, Way.MAIL, Way.SMS, Way.OA)
# The other side takes no key that makes a repeat harmless: handed over and written down one by one.
KEYLESS = (Way.OA, Way.ZALO, Way.FACEBOOK)
IN_ANSWER = (Way.ZALO, Way.FACEBOOK, Way.LETTER)
RESIDENTS = "residents"  # the one circle that nobody chooses: whoever lives where it is for
CITYWIDE = "whole-city"  # left like a subject: of what has one, nothing comes that is for the whole city
RANK = {urgency: rank for rank, urgency in enumerate(Urgency)}


class Outcome(StrEnum):
    """What came of handing a message over."""

    SENT = "sent"
    ARRIVED = "arrived"  # the other side said so afterwards
    HELD = "held"  # not tried: nobody speaks to that side for a while
    AGAIN = "again"  # not this time
    GONE = "gone"  # there is nobody at that address any more
    REFUSED = "refused"  # never
    REPLACED = "replaced"  # they are told something newer of the same story
    OVER = "over"  # not sent: what it tells of has ended
    TWICE = "twice"  # counted beside its end: said once more, for nobody knows whether it had been said


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """
    What is told. `topic` names the story: a newer message of it replaces an older one that still waits.

    `link` is a path of this site without the language ("/f/alerts/…/"). `key` is the same however often it is sent.
    `subject` is what people follow or not ("notice:power"); without one there is nothing to choose. Nobody is to be
    told any more at `ends_at`.
    """

    key: str
    topic: str
    urgency: Urgency
    title: Bilingual
    body: Bilingual
    link: str
    at: datetime
    subject: str = ""
    ends_at: datetime | None = None

    def good_for(self, longest: int, at: datetime) -> int:
        """Return for how many seconds another side may keep it for somebody who is away, `longest` at most."""
        return longest if self.ends_at is None else max(1, min(longest, int((self.ends_at - at).total_seconds())))


@dataclass(frozen=True, kw_only=True, slots=True)
class Whom:
    """
    For whom a broadcast is: those whose home or followed place is in one of `wards` (None: everybody).

    With a `circle` only those who say of themselves that they belong to it, or who live there (RESIDENTS). `also` adds
    those to whom earlier broadcasts went, by their keys and whoever has moved since; `without` leaves those out to whom
    others go.
    """

    wards: Sequence[str] | None = ()
    circle: str = ""
    also: Collection[str] = ()
    without: Collection[str] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Sirens:
    """
    In which `pattern` ("": none) the sirens of `wards` sound (None: of those whom the broadcast is for).

    With `hush` those of the story fall silent but in the wards that are `warned`.
    """

    pattern: str = ""
    wards: Sequence[str] | None = None
    hush: bool = False
    warned: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """
    One message to one address; `ref` is the sender's own mark on it.

    `shared` is what was agreed with that browser before, for this message alone. What nobody subscribed to has no way
    out (`asked_for` False). What many are told (`to_many`) a browser may keep in mind, whoever sits there next.
    Whoever handed it over before may have died of it (`unsure`): it says itself that it may come a second time.
    """

    ref: str
    address: str
    language: str
    words: Words
    keys: Mapping[str, str] = field(default_factory=dict)
    shared: Shared | None = None
    asked_for: bool = True
    to_many: bool = False
    unsure: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """
    What came of one message; `wait` are the seconds that the other side asks for, `line` whom we spoke to: "" where it
    says nothing of how they do.

    `name` is what the other side calls the message where it tells later what became of it.
    """

    ref: str
    outcome: Outcome
    line: str
    said: str = ""
    wait: float = 0.0
    name: str = ""


class Channel(Protocol):
    """Hands messages over, each with its own key, so that what is sent again is harmless."""

    def __call__(self, messages: Sequence[Message], *, at: datetime) -> list[Result]: ...
