"""What every move of a notice needs: the row locked, its content checked, the journal written."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.module_loading import import_string

from hues.engines.bulletins.declare import FAULT_WORDS
from hues.engines.bulletins.events import NoticeMoved
from hues.engines.bulletins.models import Notice
from hues.engines.bulletins.queries import notice_cards, notice_desk
from hues.engines.bulletins.rules.notices import (
    NoticeContent,
    NoticeState,
    NoticeVerb,
    next_notice_state,
)
from hues.engines.bulletins.rules.numbers import told_as_notice
from hues.kernel.errors import Invalid, NotFound, Stale, WrongState
from hues.kernel.journal import actions as journal
from hues.kit.text import fold


def lock(notice_id: UUID, seen: int | None = None) -> Notice:
    """
    Return a notice that nobody else can move until this transaction ends.

    :raises NotFound: if there is none
    :raises Stale: if it has moved since it was seen
    """
    row = Notice.objects.select_for_update(of=("self",)).filter(pk=notice_id).first()
    if row is None:
        raise NotFound
    if seen is not None and row.version != seen:
        raise Stale
    return row


def check(row: Notice, at: datetime) -> None:
    """
    Check that a notice can be sent as it is.

    :raises Invalid: if anything is missing or wrong, each fault by its field
    """
    found = notice_desk.lacks_of_notice(content_of(row), at)
    if found:
        raise Invalid(fields={fault.field: FAULT_WORDS[fault.code] for fault in reversed(found)})


def next_state_of(row: Notice, verb: NoticeVerb) -> NoticeState:
    """
    Return where a verb leads a notice.

    :raises WrongState: if the table has no such move from here
    """
    state = next_notice_state(verb, NoticeState(row.state))
    if state is None:
        raise WrongState
    return state


def move(row: Notice, verb: NoticeVerb, *, by: UUID | None, at: datetime, **columns: Any) -> None:
    """Change a locked notice and write it to the journal."""
    write(row, next_state_of(row, verb), **columns)
    record(row, verb, by=by, at=at)


def write(row: Notice, state: NoticeState, **columns: Any) -> None:
    """Change a locked notice."""
    row.state, row.version = state, row.version + 1
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=["state", "version", *columns])


def record(row: Notice, verb: NoticeVerb, *, by: UUID | None, at: datetime) -> None:
    """Write down what was done to a notice."""
    event = NoticeMoved(
        at=at, by=by, subject=row.pk, verb=verb, number=row.number, state=row.state, version=row.version
    )
    journal.record(event)


def columns_of(content: NoticeContent) -> dict[str, Any]:
    """Return a notice's content as columns."""
    words = [part for text in content.texts.values() for part in (text.title, text.rumour, text.body)]
    words.append(content.about)
    return {
        "kind": content.kind,
        "topic": content.topic,
        "audience": content.audience,
        "texts": {language: asdict(text) for language, text in content.texts.items()},
        "folded": fold(" ".join(words)),
        "wards": sorted(content.wards),
        "pictures": list(content.pictures),
        "papers": list(content.papers),
        "verdict": content.verdict,
        "about": content.about,
        "publish_at": content.publish_at,
        "expires_at": content.expires_at,
    }


def content_of(row: Notice) -> NoticeContent:
    """Return what a row says."""
    return notice_cards.notice_content({name: getattr(row, name) for name in notice_cards.CONTENT})


def with_writer(row: Notice, writer: UUID) -> list[UUID]:
    """Return the writers of a notice with one more."""
    return row.writers if writer in row.writers else [*row.writers, writer]


def show(at: datetime) -> None:
    """Let the function show what began, changed or ended."""
    declared = notice_cards.notice_type()
    if declared:
        import_string(declared.show)(at=at)


def key_of(number: str) -> str:
    """Return the key under which delivery knows a notice."""
    return told_as_notice(number)
