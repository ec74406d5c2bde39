"""Published cases, as everybody may know them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from hues.engines.cases.models import Case
from hues.engines.cases.queries import catalogue, chains, narrowing, parts, register
from hues.engines.cases.queries.cards import PublicCase, PublicRow
from hues.engines.cases.queries.choices import ALL, CaseFilters
from hues.engines.cases.rules.publishing import FROM_WORDS
from hues.engines.cases.rules.timeline import Reader
from hues.engines.cases.rules.workflow import ANSWERING, State
from hues.kernel.errors import NotFound
from hues.kernel.statements import Row, composed, planned_anew
from hues.kit import pages
from hues.kit.pages import Page

_COLUMNS = (
    "id",
    "number",
    "kind",
    "category",
    "outcome",
    "public_text",
    "answers",
    "public_address",
    "public_lat",
    "public_lng",
    "coarse",
    "place_source",
    "ward_code",
    "agency_id",
    "counted_for",
    "promise_on",
    "promise_shown_at",
    "promise_kept_at",
    "chain_id",
    "supports",
    "rating",
    "fixed",
    "show_name",
    "version",
    *parts.CLOCK_COLUMNS,
)
_ROW = (
    "id",
    "number",
    "kind",
    "category",
    "outcome",
    "public_text",
    "public_address",
    "public_lat",
    "public_lng",
    "coarse",
    "place_source",
    "ward_code",
    "agency_id",
    "counted_for",
    "supports",
    "rating",
    "published_at",
    "opened_at",
    "accept_due_at",
    "started_at",
    "first_due_at",
    "due_at",
    "warn_at",
    "paused_at",
    "answered_at",
    "kept_before",
    "reopened",
    "state",
)


def public_case(number: str, *, at: datetime) -> PublicCase:
    """
    Return a published case.

    :raises NotFound: if there is none of that number, or it is not public
    """
    row = next(iter(_of_number(number=number)), None)
    if row is None:
        raise NotFound
    steps = parts.steps_of(row["id"], Reader.PUBLIC)
    return PublicCase(
        **{name: row[name] for name in ("id", "number", "kind", "coarse", "ward_code", "promise_on")},
        agency_id=row["counted_for"] or row["agency_id"],
        answers=catalogue.chosen(row["category"], row["answers"]),
        **{name: row[name] for name in ("supports", "rating", "fixed", "version", "outcome")},
        **parts.category_words(row["category"]),
        approximate=_is_rough(row),
        state=State(row["state"]),
        text=row["public_text"],
        address=row["public_address"],
        lat=row["public_lat"],
        lng=row["public_lng"],
        agency=parts.agency_names().get(row["counted_for"] or row["agency_id"], parts.NOBODY),
        clock=parts.clock_of(row, at),
        promise=register.standing_of(row, at),
        chain=None if row["coarse"] else chains.chain_of(row, public=True),
        answer=parts.last_words(steps, *ANSWERING),
        shown_name=row["seal__shown_name"] or "" if row["show_name"] else "",
        photos=parts.photos_of(row["id"], Reader.PUBLIC, row["promise_kept_at"] or row["published_at"]),
        timeline=parts.timeline(steps),
    )


@composed
def _of_number(*, number: str) -> Any:
    return Case.objects.filter(number=number, published_at__isnull=False).values(*_COLUMNS, "seal__shown_name")


def public_cases(filters: CaseFilters = ALL, *, after: str = "", limit: int = 30, at: datetime) -> Page[PublicRow]:
    """Return published cases, the last published first."""
    rows = _asked(
        filters, limit + 1, at if narrowing.tells_time(filters) else None, *(pages.place(after) or (None, None))
    )
    words, names = parts.titles(), parts.agency_names()
    cards = tuple(_public_row(row, words, names, at) for row in rows[:limit])
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows=cards, next=pages.mark(last["published_at"], last["id"]) if last else None)


def _asked(filters: CaseFilters, limit: int, at: Any, instant: Any, case_id: Any) -> list[Row]:
    place = {"at": at, "instant": instant, "case_id": case_id}
    if narrowing.only_words(filters):
        return _saying(replace(filters, text=""), limit, **place, **narrowing.patterns(filters.text))
    ask = _rows.afresh if narrowing.varies(filters) else _rows
    return ask(filters, limit, **place)


def _listed(filters: CaseFilters, limit: int, *, at: Any, instant: Any, case_id: Any, **words: str) -> Any:
    published = narrowing.narrowed(Case.objects.filter(published_at__isnull=False), filters, at, public=True)
    found = narrowing.placed(published, "published_at", instant, case_id, newest=True)
    found = narrowing.like_all(found, words.values())
    told = {"photo_id": narrowing.first_photo(), "days": narrowing.DAYS, "verdict": narrowing.verdict()}
    return found.annotate(**told).values(*_ROW, *told)[:limit]


_rows, _saying = composed(_listed), planned_anew(_listed)


def _public_row(row: Mapping[str, Any], words: Any, names: Any, at: datetime) -> PublicRow:
    title, icon = words.get(row["category"], ({"vi": row["category"]}, "message"))
    return PublicRow(
        **{name: row[name] for name in ("number", "kind", "category", "outcome", "ward_code", "supports", "rating")},
        category_title=title,
        icon=icon,
        approximate=_is_rough(row),
        state=State(row["state"]),
        text=row["public_text"],
        address=row["public_address"],
        lat=row["public_lat"],
        lng=row["public_lng"],
        agency=names.get(row["counted_for"] or row["agency_id"], parts.NOBODY),
        **{name: row[name] for name in ("opened_at", "published_at", "answered_at", "first_due_at", "due_at")},
        **{name: row[name] for name in ("kept_before", "reopened")},
        standing=parts.standing_of(row, at),
        days=row["days"],
        verdict=row["verdict"],
        photo_id=row["photo_id"],
    )


def _is_rough(row: Mapping[str, Any]) -> bool:
    return bool(row["coarse"]) or row["place_source"] == FROM_WORDS
