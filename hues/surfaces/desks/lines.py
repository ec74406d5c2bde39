"""Rows of a queue, ready to be drawn; built here because a template would take ten times as long for fifty of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from hues.engines.cases.declare import STANDING_WORDS, STATE_WORDS
from hues.engines.cases.queries import CaseRow
from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.workflow import State
from hues.kernel.areas.queries import wards
from hues.kit.text import pick
from hues.surfaces.desks.photos import address_of
from hues.surfaces.shell import addresses, telling
from hues.surfaces.shell.templatetags.shell import icon

STATE_TONES = {
    State.RECEIVED: "brand-tone",
    State.REFUSED: "",
    State.ASSIGNED: "gold",
    State.IN_PROGRESS: "calm",
    State.WAITING: "wait",
    State.ANSWERED: "brand-tone",
    State.PUBLISHED: "good",
    State.CLOSED: "",
}
FINAL_TONES = {Standing.ON_TIME: "good", Standing.EXTENDED: "wait", Standing.LATE: "bad"}
NOTHING = SafeString("")

type Address = Callable[[str], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One case as a queue shows it."""

    number: str
    href: str
    title: str
    text: str
    place: str
    agency: str
    picture: SafeString
    state: str
    state_tone: str
    marks: SafeString
    clock: SafeString
    tone: str


def lines(rows: Iterable[CaseRow], *, address: Address, at: datetime) -> list[Line]:
    """Return the rows ready to be drawn; `address` makes a link of a number."""
    language = addresses.language()
    names = {ward.code: pick(ward.name, language) for ward in wards()}
    return [_line(row, address, names, language, at) for row in rows]


def _line(row: CaseRow, address: Address, wards_by_code: dict[str, str], language: str, at: datetime) -> Line:
    due = due_of(row.state, row.accept_due_at, row.due_at)
    place = ", ".join(part for part in (row.address, wards_by_code.get(row.ward_code, "")) if part)
    return Line(
        number=row.number,
        href=address(row.number),
        title=pick(row.category_title, language),
        text=row.excerpt,
        place=place,
        agency=pick(row.agency, language),
        picture=picture(row.photo_id, row.icon, at),
        state=str(STATE_WORDS[row.state]),
        state_tone=STATE_TONES[row.state],
        marks=_marks(row),
        clock=clock(row.standing, row.state, due, at),
        tone="bad" if _late(row.standing, row.state, due, at) else "",
    )


def due_of(state: State, accept_due_at: datetime, due_at: datetime) -> datetime:
    """Return the due time that runs now: the centre's until it has accepted, then the agency's."""
    return accept_due_at if state == State.RECEIVED else due_at


def picture(photo_id: UUID | None, category_icon: str, at: datetime) -> SafeString:
    """Draw the first photo of a case small, or its category's icon."""
    if photo_id is None:
        return format_html('<span class="thumb none">{}</span>', icon(category_icon or "photo"))
    return format_html(
        '<img class="thumb" src="{}" alt="" width="48" height="48" loading="lazy">', address_of(photo_id, "thumb", at)
    )


def clock(standing: Standing, state: State, due: datetime, at: datetime) -> SafeString:
    """Draw the clock of a case: what is left while it runs, how it ended once it has."""
    if tone := FINAL_TONES.get(standing):
        return _chip(tone, "clock", str(STANDING_WORDS[standing]))
    if standing == Standing.PAUSED:
        return _chip("", "clock-pause", str(STANDING_WORDS[standing]))
    if standing == Standing.NO_CLOCK and state != State.RECEIVED:
        return NOTHING
    left = format_html(
        '<time class="num" datetime="{}" title="{}" data-left>{}</time>',
        due.isoformat(),
        telling.instant_words(due),
        telling.left_words(due, at),
    )
    return _chip(telling.urgency(due, at), "clock", left)


def _late(standing: Standing, state: State, due: datetime, at: datetime) -> bool:
    return standing == Standing.OVERDUE or (state == State.RECEIVED and due < at)


def _chip(tone: str, picture_name: str, words: str) -> SafeString:
    return format_html('<span class="chip {}">{}{}</span>', tone, icon(picture_name), words)


def _marks(row: CaseRow) -> SafeString:
    """Draw what a row has beside its state: more time asked for, returned, reopened, met by others."""
    marks = []
    if row.extension_asked_until:
        marks.append(("hourglass", gettext("More time asked for")))
    if row.returned:
        marks.append(("arrow-back-up", gettext("Given back by an agency")))
    if row.reopened:
        marks.append(("rotate", gettext("Reopened")))
    if row.supports:
        met = ngettext("%(n)s other person met this", "%(n)s other people met this", row.supports)
        marks.append(("users-plus", met % {"n": row.supports}))
    mark = '<span class="mark" title="{}">{}</span>'
    return format_html_join("", mark, ((said, icon(sign, "s", said)) for sign, said in marks))
