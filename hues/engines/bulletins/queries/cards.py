"""What the queries hand out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hues.engines.bulletins.rules.content import Content, Text
from hues.engines.bulletins.rules.shapes import Shape
from hues.engines.bulletins.rules.states import MsgType, State
from hues.engines.bulletins.rules.warnings import Reach, Warn
from hues.kit.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class EventCard:
    """One event of the city's list."""

    code: str
    category: str
    response: str
    icon: str
    name: Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class PresetCard:
    """Wards that are warned together, chosen at once."""

    code: str
    name: Bilingual
    wards: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceCard:
    """Somebody whose warnings become drafts of ours, signed by whom the city's file `certificate` names, if any."""

    code: str
    name: Bilingual
    url: str
    certificate: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceState:
    """
    What came of the last look at a source: `problem` since when, what to ask with the next time.

    Of the `links` of its feed, `broken` gave nothing that can be read.
    """

    source: SourceCard
    etag: str = ""
    modified: str = ""
    problem: str = ""
    since: datetime | None = None
    at: datetime | None = None
    links: int = 0
    broken: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkCard:
    """A link of a feed whose turn it is, and what to ask with."""

    link: str
    etag: str
    modified: str
    problem: str


@dataclass(frozen=True, kw_only=True, slots=True)
class IncomingCard:
    """A message of somebody else, and what became of it here."""

    id: UUID
    source: str
    identifier: str
    msg_type: str
    headline: str
    places: str
    lost: int
    outcome: str
    reason: str
    bulletin: UUID | None
    sent_at: datetime | None
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyCard:
    """One certificate; `trusted_until` is set where somebody else may know the key."""

    fingerprint: str
    certificate: str
    is_current: bool
    made_at: datetime
    trusted_until: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertCard:
    """
    An issued alert as everybody may read it; `texts` by language, `next` what took its place.

    `doubted_at` is when the city said that others may have known the key by the time it was signed.
    """

    identifier: str
    state: State
    msg_type: MsgType
    event: EventCard
    risk: int
    texts: Mapping[str, Text]
    wards: tuple[str, ...]
    shapes: tuple[Shape, ...]
    audience: tuple[str, ...]
    onset_at: datetime | None
    expires_at: datetime
    sent_at: datetime
    before: str
    next: str
    doubted_at: datetime | None = None

    @property
    def doubted(self) -> bool:
        """Test if somebody else may have signed it."""
        return self.doubted_at is not None

    @property
    def changed_at(self) -> datetime:
        """Return when what is told of it last changed: machines fetch it anew."""
        return max(self.sent_at, self.doubted_at or self.sent_at)

    def valid(self, at: datetime) -> bool:
        """Test if it still warns of something: a cancellation never does."""
        return self.state is State.ISSUED and self.msg_type is not MsgType.CANCEL and at < self.expires_at

    @property
    def headline(self) -> Bilingual:
        """Return the headline by reader's language."""
        return {language[:2]: text.headline for language, text in self.texts.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """
    An alert with its signed bytes, and whether the city's key really signed them.

    `distrusted_from` is set if it was signed after somebody else may have known the key: then it proves nothing.
    """

    alert: AlertCard
    body: bytes
    holds: bool
    fingerprint: str
    distrusted_from: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskRow:
    """One line of the desk's list."""

    id: UUID
    identifier: str
    state: State
    msg_type: MsgType
    training: bool
    event: EventCard
    risk: int
    headline: Bilingual
    made_at: datetime
    sent_at: datetime | None
    expires_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskBulletin:
    """A bulletin as its writers and approvers see it."""

    id: UUID
    identifier: str
    state: State
    msg_type: MsgType
    content: Content
    event: EventCard
    version: int
    follows: UUID | None
    before: Content | None
    writers: tuple[str, ...]
    submitted_by: str
    approved_by: str
    returned_because: str
    alone_because: str
    own_because: str
    made_at: datetime
    sent_at: datetime | None
    reach: Reach
    warnings: tuple[Warn, ...]
    wrote: bool
