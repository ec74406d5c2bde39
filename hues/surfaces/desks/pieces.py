"""What the page of a case says again and again, drawn here: a template would take five times as long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hues.kit.text import Words
from hues.surfaces.shell import addresses
from hues.surfaces.shell.templatetags.shell import icon, instant

SAMPLE_PHOTO = str(UUID(int=0))


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One step of the history: what the citizen reads, and what only staff do."""

    title: Words
    icon: str
    at: datetime
    who: str
    text: str
    internal: str
    more: tuple[str, ...]
    seq: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Shot:
    """A photo on the page; `name` is its id; parts of one that is `covered` are."""

    name: str
    src: str
    href: str
    alt: str
    hidden: bool
    covered: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """Where whoever may cover parts of a case does so: its number, and the query of the queue beside it."""

    number: str = ""
    query: str = ""

    def words(self, seq: int) -> str:
        """Return the link to the words of one step."""
        to = _address("operations:words", addresses.language(), seq).replace(addresses.SAMPLE, self.number)
        return f'<a href="{to}{escape(self.query)}">{icon("edit", "s")}{escape(_("Cover words"))}</a>'

    def photo(self, shot: Shot) -> str:
        """Return the link to one photo."""
        to = _address("operations:photo", addresses.language(), SAMPLE_PHOTO).replace(addresses.SAMPLE, self.number)
        named = escape(_("Cover parts: %(photo)s") % {"photo": shot.alt})
        to = to.replace(SAMPLE_PHOTO, shot.name) + escape(self.query)
        return f'<a href="{to}" aria-label="{named}">{icon("edit", "s")}{escape(_("Cover parts"))}</a>'


@lru_cache(maxsize=256)
def _address(name: str, _language: str, which: int | str) -> str:
    return reverse(name, args=[addresses.SAMPLE, which])


@dataclass(frozen=True, kw_only=True, slots=True)
class Glance:
    """Where it is and until when; without a `point` only the ward is known, and `first_due` was before an extension."""

    address: str
    ward: str
    point: tuple[float, float] | None
    due: datetime
    first_due: datetime | None


def glance(seen: Glance) -> SafeString:
    """Draw where it is and until when, as it stands before anything else."""
    place = escape(seen.address or seen.ward or "—")
    if seen.ward and seen.address and seen.ward not in seen.address:
        place += f"<br>{escape(seen.ward)}"
    if seen.point:
        place += f'<span class="print-only num">{seen.point[0]:.5f}, {seen.point[1]:.5f}</span>'
    else:
        said = _("No exact point yet: the middle of the ward, or a place named in the address, is shown.")
        place += f'<br><span class="small muted">{escape(said)}</span>'
    due = str(instant(seen.due))
    if seen.first_due:
        said = escape(_("before the extension: %(first)s")) % {"first": instant(seen.first_due, "date")}
        due += f'<br><span class="small muted">{said}</span>'
    told = (("map-pin", _("Place"), place), ("calendar-due", _("Due"), due))
    rows = (f"<div><dt>{icon(sign, 's')}{escape(name)}</dt><dd>{words}</dd></div>" for sign, name, words in told)
    return SafeString(f'<dl class="glance">{"\n".join(rows)}</dl>')


def timeline(history: Iterable[Said], cover: Cover) -> SafeString:
    """Draw what happened to a case as the items of a list, the last first."""
    return SafeString("".join(_step(step, cover, first=n == 0) for n, step in enumerate(history)))


def _step(step: Said, cover: Cover, *, first: bool) -> str:
    more = "".join(f'<p class="small">{escape(fact)}</p>' for fact in step.more)
    said = f'<p class="timeline-words prewrap">{escape(step.text)}</p>' if step.text else ""
    lock = icon("lock", "s") if step.internal else ""
    inside = f'<p class="timeline-words prewrap internal">{lock} {escape(step.internal)}</p>' if lock else ""
    link = f'<p class="shot-foot">{cover.words(step.seq)}</p>' if cover.number and (said or inside) else ""
    now = ' class="now"' if first else ""
    return (
        f'<li{now}><span class="dot">{icon(step.icon)}</span>'
        f'<p class="timeline-title">{escape(str(step.title))}</p>'
        f'<p class="small muted">{instant(step.at)} · {escape(step.who)}</p>'
        f"{more}{said}{link if said else ''}{inside}{'' if said else link}</li>"
    )


def photos(shots: Iterable[Shot], cover: Cover) -> SafeString:
    """Draw photos of a case, each with the way to cover parts of it."""
    return SafeString(f'<ul class="photos">{"".join(_photo(shot, cover) for shot in shots)}</ul>')


def _photo(shot: Shot, cover: Cover) -> str:
    covered = f'<span class="chip">{icon("eye-off", "s")}{escape(_("Parts covered"))}</span>' if shot.covered else ""
    foot = covered + (cover.photo(shot) if cover.number else "")
    below = f'<p class="shot-foot">{foot}</p>' if foot else ""
    image = f'<img src="{escape(shot.src)}" alt="{escape(shot.alt)}" width="320" height="320">'
    hidden = ' class="hidden-photo"' if shot.hidden else ""
    return f'<li{hidden}><a href="{escape(shot.href)}" target="_blank">{image}</a>{below}</li>'
