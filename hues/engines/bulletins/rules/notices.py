"""What a notice says, what is wrong with it, and the one table of its moves."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from hues.engines.bulletins.rules.content import BLANK, MARKUP, Fault

LONGEST_TITLE: Final = 160
LONGEST_BODY: Final = 8_000
LONGEST_RUMOUR: Final = 600
LONGEST_SOURCE: Final = 300
LONGEST_ALT: Final = 200
MOST_PICTURES: Final = 6
MOST_PAPERS: Final = 5
SUBJECTS: Final = "notice:"
EVERYBODY: Final = "everybody"
# What people say of themselves, so that a notice may be for them alone; only where they live is known otherwise.
CIRCLES: Final = ("parents", "elders", "business", "visitors")
AUDIENCES: Final = (EVERYBODY, "residents", *CIRCLES)


class Kind(StrEnum):
    """A correction answers a rumour: it says what was heard, and what is true."""

    NOTICE = "notice"
    CORRECTION = "correction"


class Verdict(StrEnum):
    """What is to be thought of what is being told."""

    TRUE = "true"
    FALSE = "false"
    MISLEADING = "misleading"


class NoticeState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SCHEDULED = "scheduled"
    ISSUED = "issued"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    DISCARDED = "discarded"


class Why(StrEnum):
    """Why a notice is taken back: it ended earlier, was called off, or said something wrong."""

    OVER = "over"
    OFF = "off"
    WRONG = "wrong"


class NoticeVerb(StrEnum):
    """What can be done to a notice; it is replaced and expires without anybody's hand."""

    WRITE = "write"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    DISCARD = "discard"
    ISSUE = "issue"
    FOLLOW = "follow"
    RETARGET = "retarget"
    REPLACE = "replace"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


_S, _V = NoticeState, NoticeVerb
NOTICE_MOVES: Final[Mapping[NoticeVerb, tuple[frozenset[NoticeState], NoticeState]]] = {
    _V.WRITE: (frozenset({_S.DRAFT}), _S.DRAFT),
    _V.SUBMIT: (frozenset({_S.DRAFT}), _S.SUBMITTED),
    _V.RETURN: (frozenset({_S.SUBMITTED, _S.SCHEDULED}), _S.DRAFT),
    _V.APPROVE: (frozenset({_S.SUBMITTED}), _S.SCHEDULED),
    _V.DISCARD: (frozenset({_S.DRAFT, _S.SUBMITTED, _S.SCHEDULED}), _S.DISCARDED),
    _V.ISSUE: (frozenset({_S.SCHEDULED}), _S.ISSUED),
    _V.FOLLOW: (frozenset({_S.ISSUED}), _S.ISSUED),
    _V.RETARGET: (frozenset({_S.DRAFT, _S.SUBMITTED, _S.SCHEDULED}), _S.DRAFT),
    _V.REPLACE: (frozenset({_S.ISSUED}), _S.REPLACED),
    _V.WITHDRAW: (frozenset({_S.ISSUED}), _S.WITHDRAWN),
    _V.EXPIRE: (frozenset({_S.ISSUED}), _S.EXPIRED),
}
NOTICE_OPEN: Final = (_S.DRAFT, _S.SUBMITTED, _S.SCHEDULED)
NOTICE_UNSENT: Final = (*NOTICE_OPEN, _S.DISCARDED)


def subject_of(topic: str) -> str:
    """Return what people follow, or not, who follow the notices of a topic."""
    return f"{SUBJECTS}{topic}"


def topic_of(subject: str) -> str:
    """Return the topic that people follow by a subject, "" if it is none of notices."""
    return subject.removeprefix(SUBJECTS) if subject.startswith(SUBJECTS) else ""


def circle_of(audience: str) -> str:
    """Return in which circle people are who are told of a notice for that audience; "" for everybody."""
    return "" if audience == EVERYBODY else audience


def next_notice_state(verb: NoticeVerb, state: NoticeState) -> NoticeState | None:
    """Return where `verb` leads from `state`, or None where the table has no such move."""
    before, after = NOTICE_MOVES[verb]
    return after if state in before else None


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeText:
    """
    The words of a notice in one language; a correction also has the `rumour` and the `source` of the truth.

    `alt` says what the pictures show, each in a line of its own.
    """

    title: str = ""
    body: str = ""
    rumour: str = ""
    source: str = ""
    alt: str = ""

    @property
    def alts(self) -> list[str]:
        """Return what each picture shows, in their order."""
        return [line.strip() for line in self.alt.splitlines() if line.strip()]


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeContent:
    """
    Everything that the writer decides; `texts` by language (vi), no `wards` means the whole city.

    A correction has a `verdict`, and may say `about` which alert or notice things are being told, by its code.
    """

    kind: Kind
    topic: str
    audience: str
    texts: Mapping[str, NoticeText]
    wards: tuple[str, ...] = ()
    pictures: tuple[UUID, ...] = ()
    papers: tuple[UUID, ...] = ()
    publish_at: datetime | None = None
    expires_at: datetime | None = None
    verdict: str = ""
    about: str = ""


def notice_faults(
    content: NoticeContent,
    *,
    languages: Collection[str],
    topics: Collection[str],
    wards: Collection[str],
    about_known: bool,
    at: datetime,
) -> list[Fault]:
    """Return all that keeps a notice from being sent, in the order of the form."""
    found = [Fault("topic", "topic-unknown")] if content.topic not in topics else []
    found += [Fault("audience", "audience-unknown")] if content.audience not in AUDIENCES else []
    found += [Fault("pictures", "pictures-many")] if len(content.pictures) > MOST_PICTURES else []
    found += [Fault("papers", "papers-many")] if len(content.papers) > MOST_PAPERS else []
    found += [Fault("wards", "ward-unknown")] if not set(content.wards) <= set(wards) else []
    if content.kind is Kind.CORRECTION and content.verdict not in Verdict:
        found.append(Fault("verdict", "verdict-missing"))
    found += [Fault("about", "about-unknown")] if content.about and not about_known else []
    begins = max(at, content.publish_at or at)
    if content.expires_at and content.expires_at <= begins:
        found.append(Fault("expires_at", "notice-ends-early"))
    for language in languages:
        found += _of_words(language, content)
    return found


def _of_words(language: str, content: NoticeContent) -> Iterator[Fault]:
    text = content.texts.get(language, NoticeText())
    is_correction = content.kind is Kind.CORRECTION
    for name, words, longest, needed in (
        ("title", text.title, LONGEST_TITLE, True),
        ("rumour", text.rumour, LONGEST_RUMOUR, is_correction),
        ("body", text.body, LONGEST_BODY, True),
        ("source", text.source, LONGEST_SOURCE, is_correction),
        ("alt", text.alt, LONGEST_ALT * MOST_PICTURES, False),
    ):
        if needed and not words:
            yield Fault(f"{name}_{language}", f"{name}-missing")
        elif len(words) > longest:
            yield Fault(f"{name}_{language}", "notice-long")
        elif MARKUP.search(words):
            yield Fault(f"{name}_{language}", "markup")
        elif BLANK in words:
            yield Fault(f"{name}_{language}", "blank")
    if len(text.alts) < len(content.pictures):
        yield Fault(f"alt_{language}", "alt-missing")
