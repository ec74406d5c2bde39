"""What was reported near a place a short while ago: shown to somebody who is about to report it again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast
from uuid import UUID

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import FloatField, Q, QuerySet, Value

from hues.engines.cases.models import Case, Support
from hues.engines.cases.queries import catalogue, narrowing, parts
from hues.engines.cases.rules import likeness
from hues.engines.cases.rules.houses import names_a_home
from hues.engines.cases.rules.publishing import DECIMALS, FROM_WORDS
from hues.engines.cases.rules.workflow import AT_AGENCY, State
from hues.kernel.errors import NotFound
from hues.kernel.people.asker import STRANGER, Asker
from hues.kit import cells
from hues.kit.text import Bilingual, fold, tidy

RINGS = 2  # of cells of about 25 m: further than the city's metres
MOST_CANDIDATES = 60
LONGEST_TEXT = 400  # characters that are compared
PUBLIC = Q(published_at__isnull=False)
# Taken on, not yet published: its words and photos are not public, that something is wrong in this place is.
TAKEN_ON = Q(state__in=sorted({*AT_AGENCY, State.ANSWERED}), coarse=False)
SHOWN = (PUBLIC | TAKEN_ON) & Q(parent=None)
type Here = tuple[float, float, str]  # latitude, longitude, and how they were found
NOWHERE: Final[Here] = (0.0, 0.0, FROM_WORDS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Near:
    """
    A report near a place.

    `text` and `photo_id` are empty until the operations centre has published them; `metres` is how far it is, None
    if one of the two is known by its address alone: both stand in the middle of the ward then, wherever they are.
    """

    number: str
    category: str
    category_title: Bilingual
    icon: str
    state: State
    text: str
    photo_id: UUID | None
    agency: Bilingual
    opened_at: datetime
    supports: int
    metres: int | None
    is_public: bool


def near_duplicates(
    *,
    kind: str = "report",
    category: str,
    text: str = "",
    lat: float,
    lng: float,
    source: str = "map",
    limit: int = 3,
    asker: Asker = STRANGER,
    at: datetime,
) -> tuple[Near, ...]:
    """
    Return what may be the same trouble, the most like first; costs a look at few cells of the index.

    `source` is how the place was found, as of a report. Words are compared with public ones only, and what has a coarse
    place is left out, or will have one because it speaks of a home: neither can be guessed at.
    The operations centre, which reads them all anyway, is shown whatever is there, with its words.
    """
    inside = asker.in_ioc
    reach, group = catalogue.likeness(), _group(category)
    found = Case.objects.filter(
        Q(parent=None) if inside else SHOWN & Q(coarse=False),
        kind=kind,
        category__in=group,
        cell__in=cells.disk(cells.cell_of(lat, lng), RINGS),
        opened_at__gte=at - timedelta(days=reach.days),
        opened_at__lte=at,
    ).exclude(state=State.REFUSED)
    rows = _compared(found, text).order_by("-opened_at")[:MOST_CANDIDATES]
    here = (lat, lng, source)
    scored = [(_score(row, category, here, reach.metres, inside=inside), row) for row in rows]
    best = sorted(((s, row) for s, row in scored if s is not None), key=lambda pair: (-pair[0], pair[1]["number"]))
    shown = [row for _s, row in best if inside or not _speaks_of_a_home(row)]
    return tuple(_cards(shown[:limit], here, inside=inside))


def nearby_case(number: str) -> Near:
    """
    Return a case that may be shown to whoever is near it.

    :raises NotFound: if there is none of that number, or it is not shown
    """
    row = _compared(Case.objects.filter(SHOWN, number=number), "").first()
    if row is None:
        raise NotFound
    return next(_cards([row], (*_place(row), row["place_source"])))


def met_by(asker: Asker, limit: int = 20) -> tuple[Near, ...]:
    """Return what the asker met too, the last first, no more of it than whoever is near is shown."""
    if asker.person_id is None:
        return ()
    mine = Support.objects.filter(person_id=asker.person_id).order_by("-at", "-case_id")
    ids = list(mine.values_list("case_id", flat=True)[:limit])
    found = {row["id"]: row for row in _compared(Case.objects.filter(SHOWN, pk__in=ids), "")} if ids else {}
    rows = [found[case_id] for case_id in ids if case_id in found]
    return tuple(_cards(rows, NOWHERE))


def _group(category: str) -> list[str]:
    leaf = catalogue.category(category)
    group = leaf.parent if leaf else ""
    return [c.code for c in catalogue.by_code().values() if c.code == category or (group and c.parent == group)]


_COLUMNS = (
    *("id", "number", "category", "state", "public_text", "agency_id", "opened_at", "supports", "published_at"),
    *("lat", "lng", "public_lat", "public_lng", "place_source", "text", "address"),
)


def _compared(found: QuerySet[Case], text: str) -> "QuerySet[Case, dict[str, Any]]":
    words = fold(tidy(text))[:LONGEST_TEXT]
    alike = TrigramWordSimilarity(words, "folded") if words else Value(0.0, output_field=FloatField())
    rows = found.annotate(alike=alike, photo_id=narrowing.first_photo()).values(*_COLUMNS, "alike", "photo_id")
    return cast("QuerySet[Case, dict[str, Any]]", rows)


def _place(row: Mapping[str, Any]) -> tuple[float, float]:
    """Return where a case is, as everybody may know it, or will once it is published."""
    if row["public_lat"] is not None:
        return row["public_lat"], row["public_lng"]
    return round(row["lat"], DECIMALS), round(row["lng"], DECIMALS)


def _metres(row: Mapping[str, Any], here: Here) -> float | None:
    lat, lng, source = here
    return None if FROM_WORDS in (source, row["place_source"]) else cells.metres_between(lat, lng, *_place(row))


def _speaks_of_a_home(row: Mapping[str, Any]) -> bool:
    return row["published_at"] is None and names_a_home(row["text"], row["address"])


def _score(row: Mapping[str, Any], category: str, here: Here, reach: float, *, inside: bool) -> float | None:
    metres = _metres(row, here)
    if metres is not None and metres > reach:
        return None
    words = row["alike"] if inside or row["published_at"] else 0.0
    return likeness.score(same_category=row["category"] == category, words=words, metres=metres, reach=reach)


def _cards(rows: Iterable[Mapping[str, Any]], here: Here, *, inside: bool = False) -> Iterator[Near]:
    titles, names = parts.titles(), parts.agency_names()
    for row in rows:
        public, metres = row["published_at"] is not None, _metres(row, here)
        title, icon = titles.get(row["category"], ({"vi": row["category"]}, "message"))
        yield Near(
            **{name: row[name] for name in ("number", "category", "opened_at", "supports")},
            category_title=title,
            icon=icon,
            state=State(row["state"]),
            text=row["public_text"] if public else row["text"] if inside else "",
            photo_id=row["photo_id"] if public or inside else None,
            agency=names.get(row["agency_id"], parts.NOBODY),
            metres=None if metres is None else round(metres),
            is_public=public,
        )
