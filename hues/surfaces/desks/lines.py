"""Rows of a queue, drawn here: a template would take ten times as long for fifty of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from html import escape
from uuid import UUID

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from hues.engines.cases.declare import LOOK_WORDS, STANDING_WORDS, STATE_WORDS, look_words
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
    State.SPLIT: "calm",
    State.ANSWERED: "brand-tone",
    State.PUBLISHED: "good",
    State.CLOSED: "",
    State.SEALED: "",
}
FINAL_TONES = {Standing.ON_TIME: "good", Standing.EXTENDED: "wait", Standing.LATE: "bad"}
STILL = frozenset({*FINAL_TONES, Standing.PAUSED})  # clocks that do not run
NOTHING = SafeString("")
SAMPLE = "PA-0000-000000"

type Address = Callable[[str], str]


@dataclass(kw_only=True, slots=True)
class Line:
    """One case as a queue shows it; not frozen, for a page has fifty of them and that costs four times as much."""

    number: str
    version: int
    href: str
    title: str
    text: str
    place: str
    agency: str
    holder: str
    picture: SafeString
    state: str
    state_tone: str
    marks: SafeString
    clock: SafeString


def lines(rows: Iterable[CaseRow], *, address: Address, at: datetime) -> list[Line]:
    """Return the rows ready to be drawn; `address` makes a link of a number."""
    language = addresses.language()
    names = {ward.code: pick(ward.name, language) for ward in wards()}
    states = {state: str(words) for state, words in STATE_WORDS.items()}
    link = address(SAMPLE)
    return [_line(row, link.replace(SAMPLE, row.number), names, states, language, at) for row in rows]


def _line(
    row: CaseRow, href: str, wards_by_code: dict[str, str], states: dict[State, str], language: str, at: datetime
) -> Line:
    place = ", ".join(part for part in (row.address, wards_by_code.get(row.ward_code, "")) if part)
    return Line(
        number=row.number,
        version=row.version,
        href=href,
        title=pick(row.category_title, language),
        text=row.excerpt,
        place=place,
        agency=pick(row.agency, language),
        holder=row.holder,
        picture=picture(row.photo_id, row.icon, at),
        state=states[row.state],
        state_tone=STATE_TONES[row.state],
        marks=_marks(row),
        clock=clock(row.standing, row.state, row.due_now, at),
    )


def table_rows(shown: Iterable[Line], *, with_agency: bool, pickable: bool) -> SafeString:
    """Draw the body of the queue's table; a pickable row can be chosen, as it is now, for a move on many."""
    choose = escape(gettext("Choose %(number)s")) if pickable else ""
    return SafeString("".join(_table_row(line, with_agency=with_agency, choose=choose) for line in shown))


def _table_row(line: Line, *, with_agency: bool, choose: str) -> str:
    agency = f'<span class="said">{escape(line.agency)}</span>' if with_agency else ""
    if line.holder:
        agency += f'<span class="said">{_icon("user")} {escape(line.holder)}</span>'
    return (
        f'\n<tr><td class="pic">{_pick(line, choose)}</td>'
        f'<td class="what"><a class="cover" href="{escape(line.href)}">{escape(line.title)}</a>'
        f'<span class="said"><span class="no">{line.number}</span>{line.marks} {escape(line.text)}</span></td>'
        f'<td class="where"><span class="place">{escape(line.place)}</span>{agency}</td>'
        f'<td class="state"><span class="chip {line.state_tone}">{escape(line.state)}</span></td>'
        f'<td class="due">{line.clock}<span class="said stands">{escape(line.state)}</span></td></tr>'
    )


def _pick(line: Line, choose: str) -> str:
    """Draw the picture of a row; where rows can be chosen it carries the tick."""
    if not choose:
        return line.picture
    named = choose % {"number": line.number}
    box = (
        f'<input type="checkbox" form="together" name="pick" value="{line.number}.{line.version}" aria-label="{named}">'
    )
    return f'<label class="pick">{box}{line.picture}</label>'


def list_items(shown: Iterable[Line], *, current: str) -> SafeString:
    """Draw the queue as the items of a list, the case of number `current` marked."""
    return SafeString("".join(_list_item(line, here=line.number == current) for line in shown))


def _list_item(line: Line, *, here: bool) -> str:
    marked, page = (' class="current"', ' aria-current="page"') if here else ("", "")
    return (
        f'\n<li{marked}>{line.picture}<div class="grow">'
        f'<a class="cover" href="{escape(line.href)}"{page}>{escape(line.title)}</a>'
        f'<span class="said">{escape(line.text)}</span>'
        f'<span class="line"><span class="num">{line.number}</span>{line.clock}</span></div></li>'
    )


def picture(photo_id: UUID | None, category_icon: str, at: datetime) -> SafeString:
    """Draw the first photo of a case small, or its category's icon."""
    if photo_id is None:
        return SafeString(f'<span class="thumb none">{_icon(category_icon or "photo")}</span>')
    src = escape(address_of(photo_id, "tiny", at))
    return SafeString(f'<img class="thumb" src="{src}" alt="" width="48" height="48" loading="lazy">')


def clock(standing: Standing, state: State, due: datetime, at: datetime) -> SafeString:
    """Draw the clock of a case: what is left while it runs, how it ended once it has."""
    language = addresses.language()
    if standing in STILL:
        return _still(standing, language)
    if standing == Standing.NO_CLOCK and state != State.RECEIVED:
        return NOTHING
    left = escape(telling.left_words(due, at, language))
    time = f'<time class="num" {_when(due, language)} data-left>{left}</time>'
    return _chip(telling.urgency(due, at), "clock", SafeString(time))


@lru_cache(maxsize=4096)  # a case is due at the same time on each page
def _when(due: datetime, _language: str) -> str:
    return f'datetime="{due.isoformat(timespec="seconds")}" title="{escape(telling.instant_words(due))}"'


@cache
def _still(standing: Standing, _language: str) -> SafeString:
    sign = "clock-pause" if standing == Standing.PAUSED else "clock"
    return _chip(FINAL_TONES.get(standing, ""), sign, str(STANDING_WORDS[standing]))


def _chip(tone: str, sign: str, words: str) -> SafeString:
    said = words if isinstance(words, SafeString) else escape(words)
    return SafeString(f'<span class="chip {tone}">{_icon(sign)}{said}</span>')


@lru_cache(maxsize=512)
def _icon(name: str) -> SafeString:
    return icon(name)


def _marks(row: CaseRow) -> SafeString:
    """Draw what a row has beside its number: what it needs, what was done to it, who else met it."""
    marks = []
    if row.look and row.state == State.RECEIVED:
        marks.append(("eye", ". ".join([gettext("Needs a look"), *map(str, look_words(row.look, LOOK_WORDS))])))
    if row.extension_asked_until:
        marks.append(("hourglass", gettext("More time asked for")))
    if row.returned:
        marks.append(("arrow-back-up", gettext("Given back by an agency")))
    if row.reopened:
        marks.append(("rotate", gettext("Reopened")))
    if row.parts:
        split = ngettext("Split among %(n)s agency", "Split among %(n)s agencies", row.parts)
        marks.append(("arrows-split", split % {"n": row.parts}))
    if row.is_part:
        marks.append(("arrows-split", gettext("Part of a report that several agencies have")))
    if row.supports:
        met = ngettext("%(n)s other person met this", "%(n)s other people met this", row.supports)
        marks.append(("users-plus", met % {"n": row.supports}))
    mark = '<span class="mark" title="{}">{}</span>'
    return format_html_join("", mark, ((said, icon(sign, "s", said)) for sign, said in marks)) if marks else NOTHING
