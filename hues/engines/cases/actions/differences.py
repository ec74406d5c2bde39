"""What would change of the categories and routes in force, in a line each."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Model

from hues.engines.cases.models import Category, Route

_OF_CATEGORY = (
    *("parent_id", "order", "title", "hint", "not_this", "icon", "service_class"),
    *("accepts", "coarse", "emergency", "keywords", "questions"),
)
_OF_ROUTE = ("category", "wards", "road_owner", "times", "agency")


def told(kind: str, categories: Sequence[Category], routes: Sequence[Route]) -> Iterator[str]:
    """Yield what these categories and routes change, the categories first."""
    yield from _of_categories(kind, {one.code: one for one in categories})
    yield from _of_routes(kind, {one.order: one for one in routes})


def _of_categories(kind: str, wanted: dict[str, Category]) -> Iterator[str]:
    there = {one.code: one for one in Category.objects.filter(kind=kind)}
    for code, new in wanted.items():
        old = there.get(code)
        if old is None:
            yield f"category {code}: new"
            continue
        if not old.is_active:
            yield f"category {code}: offered again"
        yield from (f"category {code}: {line}" for line in _changed(old, new, _OF_CATEGORY))
    yield from (
        f"category {code}: offered no more" for code, old in there.items() if code not in wanted and old.is_active
    )


def _of_routes(kind: str, wanted: dict[int, Route]) -> Iterator[str]:
    there = {one.order: one for one in Route.objects.filter(kind=kind)}
    for order in sorted(there.keys() | wanted.keys()):
        old, new = there.get(order), wanted.get(order)
        if old is None or new is None:
            yield f"rule {order}: {'gone' if new is None else 'new'}"
        else:
            yield from (f"rule {order}: {line}" for line in _changed(old, new, _OF_ROUTE))


def _changed(old: Model, new: Model, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        before, after = _plain(getattr(old, name)), _plain(getattr(new, name))
        if before != after:
            yield f"{name.removesuffix('_id')} {before!r} -> {after!r}"


def _plain(value: Any) -> Any:
    """Return a value as it comes back from the database: pairs are lists there."""
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
