"""What an approver sees of a notice: whom it reaches, how devices show it, what has changed, what to look at twice."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from hues.engines.bulletins import queries
from hues.engines.bulletins.declare import AUDIENCE_WORDS, FAULT_WORDS, KIND_WORDS, VERDICT_WORDS, WARN_WORDS
from hues.engines.bulletins.queries import DeskNotice
from hues.engines.bulletins.rules.notice_warnings import LONGEST_TOLD, undated
from hues.engines.bulletins.rules.notices import CIRCLES, NoticeContent, NoticeState, NoticeText, Verdict
from hues.engines.bulletins.rules.warnings import Warn
from hues.functions.notices.forms import NoticeForm
from hues.functions.notices.sheet import Entry, entry, where
from hues.kernel.areas import queries as areas
from hues.kit.differences import marked
from hues.kit.text import Words, pick
from hues.surfaces.desks.wards import LANGUAGE_NAMES
from hues.surfaces.shell import addresses
from hues.surfaces.shell.telling import about, instant_words

STILL_OPEN = (NoticeState.DRAFT, NoticeState.SUBMITTED, NoticeState.SCHEDULED)


def before_approval(found: DeskNotice) -> dict[str, Any]:
    """Return what stands on the page beside the words themselves."""
    reach, content = found.reach, found.content
    return {
        "reach": reach,
        "people": about(reach.people) if reach and content.audience in CIRCLES else "",
        "wards": _names(content),
        "warnings": [_warned(warn, content) for warn in found.warnings] if found.state in STILL_OPEN else [],
        "changes": list(_changes(found)),
        "phones": [
            (code, text, text.body[:LONGEST_TOLD], _entry(content, code), pick(found.topic.name, code))
            for code, text in content.texts.items()
        ],
    }


def _warned(warn: Warn, content: NoticeContent) -> str:
    if warn is not Warn.NO_DATE:
        return str(WARN_WORDS[warn])
    languages = ", ".join(str(LANGUAGE_NAMES.get(code, code)) for code in undated(content))
    return f"{WARN_WORDS[warn]} ({languages})"


def _entry(content: NoticeContent, code: str) -> Entry:
    with override(code):
        return entry(content, code)


def lacks(found: DeskNotice, at: datetime) -> list[tuple[str, str, Words]]:
    """Return what keeps a draft from being submitted: the field's own place in the form, its name, and what to do."""
    if found.state is not NoticeState.DRAFT:
        return []
    form = NoticeForm()
    names = {name: str(field.label) for name, field in form.fields.items()} | form.said_as
    faults = queries.lacks_of_notice(found.content, at)
    told = {fault.field: FAULT_WORDS[fault.code] for fault in reversed(faults)}
    return [(f"id_{field}", names.get(field, ""), said) for field, said in reversed(told.items())]


def _names(content: NoticeContent) -> list[str]:
    if not content.wards:
        return [where(content)]
    known = (areas.ward(code) for code in content.wards)
    return sorted(pick(ward.name, addresses.language()) for ward in known if ward)


def _changes(found: DeskNotice) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield what differs from the notice that it is to replace, with what changed marked."""
    if found.before is None:
        return
    for (what, then), (_what, now) in zip(_facts(found.before), _facts(found.content), strict=True):
        if then != now:
            yield what, marked(then, now)
    files = (
        (_("Pictures"), found.before.pictures, found.content.pictures),
        (_("Documents"), found.before.papers, found.content.papers),
    )
    for what, before, after in files:
        if parts := _files(before, after):
            yield what, parts


def _facts(content: NoticeContent) -> list[tuple[str, str]]:
    language = addresses.language()
    facts = [
        (_("Kind"), str(KIND_WORDS[content.kind])),
        (_("Topic"), pick(queries.topic(content.topic).name, language)),
        (_("Whom it is for"), str(AUDIENCE_WORDS.get(content.audience, content.audience))),
        (_("Where"), ", ".join(_names(content))),
        (_("Verdict"), str(VERDICT_WORDS[Verdict(content.verdict)]) if content.verdict else ""),
        (_("To be published"), instant_words(content.publish_at) if content.publish_at else ""),
        (_("Ends"), instant_words(content.expires_at) if content.expires_at else ""),
    ]
    for code in queries.notice_languages():
        text = content.texts.get(code, NoticeText())
        facts += [
            (f"{what} ({code})", words)
            for what, words in (
                (_("Title"), text.title),
                (_("What is being told"), text.rumour),
                (_("What it says"), text.body),
                (_("Source"), text.source),
                (_("What the pictures show"), text.alt),
            )
        ]
    return facts


def _files(then: Sequence[UUID], now: Sequence[UUID]) -> list[tuple[str, str]]:
    gone, new = len(set(then) - set(now)), len(set(now) - set(then))
    parts = [("out", _("%(n)s taken away") % {"n": gone})] if gone else []
    return parts + ([("same", " ")] if gone and new else []) + ([("in", _("%(n)s new") % {"n": new})] if new else [])
