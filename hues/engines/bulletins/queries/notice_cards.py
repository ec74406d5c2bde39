"""Notices: what everybody may read, and what the desk sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from hues.engines.bulletins.declare import NoticeType
from hues.engines.bulletins.models import Notice
from hues.engines.bulletins.queries import catalogue
from hues.engines.bulletins.queries.doubts import DOUBTED_NOTICE
from hues.engines.bulletins.queries.rows import in_order
from hues.engines.bulletins.rules import signing
from hues.engines.bulletins.rules.notices import (
    Kind,
    NoticeContent,
    NoticeState,
    NoticeText,
    Why,
)
from hues.kernel import city
from hues.kernel.errors import NotFound
from hues.kernel.registry import declared
from hues.kit import pages
from hues.kit.pages import Page
from hues.kit.text import Bilingual, fold

TOPICS = "notice_topics.csv"
CONTENT: Final = (
    "kind",
    "topic",
    "audience",
    "texts",
    "wards",
    "pictures",
    "papers",
    "publish_at",
    "expires_at",
    "verdict",
    "about",
)
BESIDE: Final = ("follows__number", "next", "doubted")  # of a published one
ROW: Final = ("id", "state", "number", "made_at", "sent_at", "withdrawn_because", *CONTENT)


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicCard:
    """One topic of the city's list."""

    code: str
    icon: str
    name: Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeFilters:
    """What a list of notices is narrowed to; empty means anything."""

    topic: str = ""
    ward: str = ""
    kind: str = ""
    verdict: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeCard:
    """
    A notice as everybody may read it; `next` took its place, `before` it replaced, `why` it was withdrawn.

    It is `doubted` if the key that signed it may have been known to others by then.
    """

    id: UUID
    number: str
    state: NoticeState
    content: NoticeContent
    topic: TopicCard
    sent_at: datetime
    before: str
    next: str
    why: Why | None
    doubted: bool

    def valid(self, at: datetime) -> bool:
        """Test if it is still what the city says."""
        ends = self.content.expires_at
        return self.state is NoticeState.ISSUED and (ends is None or at < ends)

    @property
    def title(self) -> Bilingual:
        """Return the title by reader's language."""
        return {language: text.title for language, text in self.content.texts.items()}


@cache
def topics() -> tuple[TopicCard, ...]:
    """Return the city's topics in its own order; a city without a list has none."""
    if not city.path(TOPICS).exists():
        return ()
    return tuple(
        TopicCard(code=row["code"], icon=row["icon"], name={"vi": row["vi"], "en": row["en"]})
        for row in city.rows(TOPICS)
    )


def topic(code: str) -> TopicCard:
    """Return the topic of that code; one that left the list keeps its code for a name."""
    unlisted = TopicCard(code=code, icon="news", name={"vi": code})
    return next((card for card in topics() if card.code == code), unlisted)


def notice_languages() -> tuple[str, ...]:
    """Return the languages in which the city speaks, as readers choose them (vi, en)."""
    return tuple(dict.fromkeys(code[:2] for code in catalogue.alert_settings().languages))


def notice_type() -> NoticeType | None:
    """Return what the function that runs notices has declared."""
    return next(iter(declared(NoticeType).values()), None)


def notices(filters: NoticeFilters, *, at: datetime, after: str = "", limit: int = 20) -> Page[NoticeCard]:
    """Return what the city says now, newest first: neither replaced, withdrawn nor over."""
    found = _public().filter(Q(expires_at=None) | Q(expires_at__gt=at), state=NoticeState.ISSUED)
    if filters.topic:
        found = found.filter(topic=filters.topic)
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.verdict:
        found = found.filter(verdict=filters.verdict)
    if filters.ward:
        found = found.filter(Q(wards=[]) | Q(wards__contains=[filters.ward]))
    for word in fold(filters.text).split():
        found = found.filter(folded__contains=word)
    if last := pages.place(after):
        found = found.filter(Q(sent_at__lt=last[0]) | Q(sent_at=last[0], id__lt=last[1]))
    rows = [_card(row) for row in found.values(*ROW, *BESIDE)[: limit + 1]]
    shown = tuple(rows[:limit])
    return Page(rows=shown, next=pages.mark(shown[-1].sent_at, shown[-1].id) if len(rows) > limit else None)


def notice(number: str) -> NoticeCard:
    """
    Return one notice that was published, whatever became of it.

    :raises NotFound: if there is none of that number
    """
    row = _public().filter(number=number).values(*ROW, *BESIDE).first()
    if row is None:
        raise NotFound
    return _card(row)


def is_notice(number: str) -> bool:
    """Test if a notice of that number was published, whatever became of it."""
    return _public().filter(number=number).exists()


def signed_notice(number: str) -> tuple[bytes, bool, str, datetime | None]:
    """
    Return the signed bytes of a published notice, whether the city's key really signed them, the key,
    and until when that is trusted if this was signed later.

    :raises NotFound: if there is none of that number
    """
    row = (
        _public()
        .filter(number=number)
        .values("signed", "sent_at", "key_id", "key__certificate", "key__trusted_until")
        .first()
    )
    if row is None:
        raise NotFound
    body, sent, until = bytes(row["signed"] or b""), row["sent_at"], row["key__trusted_until"]
    distrusted = until if until is not None and sent is not None and sent > until else None
    return body, signing.holds(body, certificate=row["key__certificate"]), row["key_id"], distrusted


def corrections_among(codes: Sequence[str], *, at: datetime) -> tuple[NoticeCard, ...]:
    """Return the corrections that hold now of what is told about any of these alerts or notices, newest first."""
    holds = Q(expires_at=None) | Q(expires_at__gt=at)
    found = _public().filter(holds, state=NoticeState.ISSUED, kind=Kind.CORRECTION, about__in=codes)
    return tuple(_card(row) for row in found.values(*ROW, *BESIDE))


def notice_content(row: Mapping[str, Any]) -> NoticeContent:
    """Return what a row says."""
    return NoticeContent(
        kind=Kind(row["kind"]),
        topic=row["topic"],
        audience=row["audience"],
        texts={language: NoticeText(**row["texts"][language]) for language in in_order(row["texts"])},
        wards=tuple(row["wards"]),
        pictures=tuple(row["pictures"]),
        papers=tuple(row["papers"]),
        publish_at=row["publish_at"],
        expires_at=row["expires_at"],
        verdict=row["verdict"],
        about=row["about"],
    )


def _public() -> QuerySet[Notice]:
    follower = Notice.objects.filter(follows=OuterRef("pk"), sent_at__isnull=False).order_by("sent_at")
    sent = Notice.objects.filter(sent_at__isnull=False).order_by("-sent_at", "-id")
    return sent.annotate(next=Subquery(follower.values("number")[:1]), doubted=DOUBTED_NOTICE)


def shared(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the cards of everybody and of the desk have in common."""
    return {
        "id": row["id"],
        "number": row["number"],
        "state": NoticeState(row["state"]),
        "content": notice_content(row),
        "topic": topic(row["topic"]),
        "made_at": row["made_at"],
        "sent_at": row["sent_at"],
        "why": Why(row["withdrawn_because"]) if row["withdrawn_because"] else None,
    }


def _card(row: Mapping[str, Any]) -> NoticeCard:
    kept = {name: value for name, value in shared(row).items() if name != "made_at"}
    return NoticeCard(**kept, before=row["follows__number"] or "", next=row["next"] or "", doubted=row["doubted"])
