"""Cases as citizens see them in lists: a line, a word for the state, a clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from hues.engines.cases import queries as cases
from hues.engines.cases.declare import STATE_WORDS, CaseType
from hues.engines.cases.queries import CaseRow, OutcomeCard, PublicRow
from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.workflow import State
from hues.kernel.areas import queries as areas
from hues.kernel.media import queries as media
from hues.kernel.registry import declared
from hues.kit.text import Bilingual, Words, pick
from hues.surfaces.shell import addresses

TONES: dict[State, str] = {
    State.RECEIVED: "calm",
    State.ASSIGNED: "calm",
    State.IN_PROGRESS: "brand-tone",
    State.WAITING: "wait",
    State.SPLIT: "brand-tone",
    State.ANSWERED: "brand-tone",
    State.PUBLISHED: "good",
    State.CLOSED: "good",
    State.SEALED: "",
    State.REFUSED: "",
}
CLOCKS: dict[Standing, str] = {
    Standing.RUNNING: "running",
    Standing.SOON: "running",
    Standing.OVERDUE: "running",
    Standing.PAUSED: "paused",
    Standing.ON_TIME: "done",
    Standing.EXTENDED: "extended",
    Standing.LATE: "late_done",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One case in a list; `due_at` and `clock` go to shell/_clock.html, without them there is no clock to show."""

    number: str
    address: str
    title: Bilingual
    icon: str
    text: str
    ward: Bilingual
    at: datetime
    state: Words
    tone: str
    state_icon: str
    due_at: datetime | None
    clock: str
    photo: str


def lines(rows: Iterable[PublicRow | CaseRow], at: datetime) -> tuple[Line, ...]:
    """Return the rows of a list as they are drawn, with photos and wards looked up at once."""
    listed = tuple(rows)
    photos = media.photos(row.photo_id for row in listed if row.photo_id)
    wards = {ward.code: ward.name for ward in areas.wards()}
    endings = {card.code: card for card in cases.outcomes()}
    return tuple(_line(row, photos, wards, endings, at) for row in listed)


def link_of(kind: str, number: str) -> str:
    """Return the address of a case's page in the reader's language."""
    return links_of(kind).format(number=number)


def links_of(kind: str) -> str:
    """Return the addresses of the pages of such cases, `{number}` in the place of the number."""
    ours = declared(CaseType).get(kind) or cases.case_type(kind)
    return addresses.to(ours.link) if ours else ""


def _line(
    row: PublicRow | CaseRow,
    photos: Mapping[UUID, media.PhotoCard],
    wards: Mapping[str, Bilingual],
    endings: Mapping[str, OutcomeCard],
    at: datetime,
) -> Line:
    photo = photos.get(row.photo_id) if row.photo_id else None
    if photo is not None and isinstance(row, PublicRow) and not photo.is_public:
        photo = None  # a public list outlives a signed link
    state, tone, icon = STATE_WORDS[row.state], TONES[row.state], ""
    if isinstance(row, PublicRow):
        text, at_shown, due = row.text, row.published_at, None
        if ending := endings.get(row.outcome):
            # What came of it says more than that it was answered.
            state, icon = pick(ending.title, addresses.language()), ending.icon
            tone = ending.tone if ending.tone in ("good", "wait") else ""
    else:
        if row.state == State.WAITING:
            state = gettext("Waiting for your reply")
        if row.is_apart:
            state = gettext("Settled apart")
        due = row.due_now
        text, at_shown = row.excerpt, row.opened_at
    return Line(
        number=row.number,
        address=link_of(row.kind, row.number),
        title=row.category_title,
        icon=row.icon,
        text=text,
        ward=wards.get(row.ward_code, {}),
        at=at_shown,
        state=state,
        tone=tone,
        state_icon=icon,
        due_at=due,
        clock=CLOCKS.get(row.standing, "") if due else "",
        photo=media.link_to(photo, "tiny", at) if photo else "",
    )
