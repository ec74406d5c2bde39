"""A notice as its pages show it, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from hues.engines.bulletins import queries
from hues.engines.bulletins.declare import (
    AUDIENCE_WORDS,
    DOUBT,
    DOUBT_IN_SHORT,
    KIND_WORDS,
    NOTICE_STATE_WORDS,
    VERDICT_WORDS,
    WHY_WORDS,
)
from hues.engines.bulletins.queries import NoticeCard, Spoken
from hues.engines.bulletins.rules.notices import Kind, NoticeContent, NoticeText, Verdict
from hues.kernel.areas import queries as areas
from hues.kernel.errors import NotFound
from hues.kernel.media import queries as media
from hues.kernel.media.queries import PaperCard
from hues.kit.text import Words, pick
from hues.surfaces.shell import addresses

LONGEST_PACK = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """Everything that a page about a notice says."""

    card: NoticeCard
    text: NoticeText
    topic: str
    kind: Words
    audience: Words
    state: Words
    why: Words
    where: str
    pictures: tuple[tuple[str, str], ...]
    papers: tuple[tuple[PaperCard, str], ...]
    is_correction: bool
    verdict: str
    verdict_words: Words
    about: Spoken | None
    set_right: tuple[NoticeCard, ...]
    valid: bool


def sheet(card: NoticeCard, at: datetime, *, whole: bool = False) -> Sheet:
    """Return a notice in the reader's language; the `whole` of it with what it speaks of, and what speaks of it."""
    content = card.content
    text = words_in(content)
    return Sheet(
        card=card,
        text=text,
        topic=pick(card.topic.name, addresses.language()),
        kind=KIND_WORDS[content.kind],
        audience=AUDIENCE_WORDS.get(content.audience, content.audience),
        state=NOTICE_STATE_WORDS[card.state],
        why=WHY_WORDS[card.why] if card.why else "",
        where=where(content),
        pictures=pictures(content, text, at),
        papers=papers(content.papers, at),
        verdict=content.verdict,
        verdict_words=VERDICT_WORDS[Verdict(content.verdict)] if content.verdict else KIND_WORDS[content.kind],
        about=queries.spoken_of(content.about) if whole else None,
        set_right=queries.corrections_about(card.number, at=at) if whole else (),
        is_correction=content.kind is Kind.CORRECTION,
        valid=card.valid(at),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What feeds say of a notice."""

    title: str
    words: str


def entry(content: NoticeContent, language: str) -> Entry:
    """Return what feeds say: of a correction also what was heard, so that nobody takes one for the other."""
    text = _words(content, language)
    said = [] if not text.rumour else [f"{_('What is being told')}: {text.rumour}"]
    if content.verdict:
        said.append(str(VERDICT_WORDS[Verdict(content.verdict)]))
    return Entry(title=text.title, words="\n".join([*said, text.body]))


def words_in(content: NoticeContent) -> NoticeText:
    """Return the words in the reader's language, else in any."""
    return _words(content, addresses.language())


def _words(content: NoticeContent, language: str) -> NoticeText:
    return content.texts.get(language) or next(iter(content.texts.values()), NoticeText())


def where(content: NoticeContent) -> str:
    """Return the names of the wards, or the whole city."""
    if not content.wards:
        return str(_("The whole city"))
    found = [ward for code in content.wards if (ward := areas.ward(code))]
    return ", ".join(pick(ward.name, addresses.language()) for ward in found)


def pictures(content: NoticeContent, text: NoticeText, at: datetime) -> tuple[tuple[str, str], ...]:
    """Return the address of each picture that is still there, and what it shows."""
    shown = zip(content.pictures, [*text.alts, *("" for _ in content.pictures)], strict=False)
    return tuple((address, alt) for photo, alt in shown if (address := picture(photo, at)))


def papers(ids: Sequence[UUID], at: datetime) -> tuple[tuple[PaperCard, str], ...]:
    """Return each document that is still there, and its address."""
    return tuple((card, media.link_to(card, "paper", at)) for card in media.papers(ids))


def picture(photo: UUID, at: datetime) -> str:
    """Return the address of a picture, or "" where it is no longer there."""
    try:
        return media.link(photo, "full", at)
    except NotFound:
        return ""


def line(card: NoticeCard, at: datetime) -> dict[str, Any]:
    """Return one line of a list."""
    shown = sheet(card, at)
    more = [shown.topic, shown.where if len(card.content.wards) < 4 else _("Several wards")]
    return {
        "href": reverse("notices:notice", args=[card.number]),
        "title": shown.text.title,
        "more": " · ".join(str(part) for part in more),
        "at": card.sent_at,
        "icon": card.topic.icon,
        "is_correction": shown.is_correction,
        "verdict": shown.verdict,
        "verdict_words": shown.verdict_words,
        "rumour": shown.text.rumour,
        "doubt": DOUBT_IN_SHORT if card.doubted else "",
    }


def passed_on(shown: Sheet, at: datetime) -> tuple[str, str, str]:
    """
    Return title, words and number to pass on: of what is over only that it is, why, and what is said now.

    Of a notice that is doubted only that is said.
    """
    if shown.valid and shown.card.doubted:
        return _("Not certain: %(headline)s") % {"headline": shown.text.title}, str(DOUBT), shown.card.number
    if shown.valid:
        return shown.text.title, shown.text.body, shown.card.number
    card = shown.card
    while card.next:
        card = queries.notice(card.next)
    last = sheet(card, at)
    title = _("The city no longer says this: %(title)s") % {"title": shown.text.title}
    if last.valid:
        return title, _("The city says now: %(headline)s") % {"headline": last.text.title}, card.number
    return title, str(last.why), card.number


def pack(said: tuple[str, str, str], link: str) -> str:
    """Return what neighbours can pass on in a chat: at most 300 characters with the address that proves it."""
    room = LONGEST_PACK - len(link) - 2
    words = "\n".join(filter(None, said[:2]))
    words = words if len(words) <= room else f"{words[: room - 1].rstrip()}…"
    return f"{words}\n{link}"
