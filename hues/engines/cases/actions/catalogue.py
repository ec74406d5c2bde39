"""Bring the city's categories, questions and routes into force."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from hues.engines.cases.actions import differences
from hues.engines.cases.events import CatalogueImported
from hues.engines.cases.models import Category, Edition, Route
from hues.engines.cases.queries import catalogue as law
from hues.engines.cases.rules import roads, routing
from hues.kernel import editions
from hues.kernel.errors import NotAllowed
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import CITY, Asker, Role
from hues.kit.ids import new_id
from hues.kit.text import Bilingual

CHOSEN = ("one", "many")
KINDS = (*CHOSEN, "text", "date")
type Rows = Iterable[Mapping[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogueReport:
    """
    How many categories and routes are in force, and what was wrong; with errors nothing was changed.

    `changes` says in a line each what differs from what was in force before.
    """

    categories: int = 0
    routes: int = 0
    changes: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


@transaction.atomic
def import_catalogue(
    *,
    categories: Rows,
    questions: Rows = (),
    routes: Rows = (),
    kind: str = "report",
    keep_classes: bool = False,
    dry_run: bool = False,
    by: Asker = CITY,
    at: datetime,
) -> CatalogueReport:
    """
    Take the rows of `categories.csv`, `questions.csv` and `routes.csv` for one kind of case.

    Categories that the rows leave out are kept for the cases that have them, but offered no more; routes are replaced.
    `keep_classes` leaves categories that are there in the class which the desk may have given them. Where nothing
    differs, nothing is written.

    :raises NotAllowed: if `by` is neither the city itself nor an administrator
    """
    if by != CITY and not by.may(Role.ADMIN):
        raise NotAllowed
    cards, questions, rules = list(categories), list(questions), list(routes)
    if errors := [*_wrong_categories(cards), *_wrong_questions(questions, cards), *_wrong_routes(rules, cards)]:
        return CatalogueReport(errors=tuple(errors))
    asked = _questions(questions)
    columns = [_category(kind, row, asked.get(row["code"], [])) for row in cards]
    if keep_classes:
        _keep_classes(columns)
    routes_to_be = [_route(kind, row) for row in rules]
    changes = tuple(differences.told(kind, columns, routes_to_be))
    if changes and not dry_run:
        _write_categories(kind, columns)
        Route.objects.filter(kind=kind).delete()
        Route.objects.bulk_create(routes_to_be)
        Edition.objects.update_or_create(id=1, defaults={"token": new_id()})
        editions.changed("cases")
        journal.record(CatalogueImported(at=at, by=by.person_id, categories=len(cards), routes=len(rules)))
    return CatalogueReport(categories=len(cards), routes=len(rules), changes=changes)


def _wrong_categories(rows: list[Mapping[str, str]]) -> Iterable[str]:
    codes = [row["code"] for row in rows]
    groups = {row["code"] for row in rows if not row["parent"]}
    for line, row in enumerate(rows, start=2):
        if codes.count(row["code"]) > 1:
            yield f"categories, row {line}: {row['code']!r} is there twice"
        if row["parent"] and row["parent"] not in groups:
            yield f"categories, row {line}: {row['parent']!r} is no group"
        if row["parent"] and not row["service_class"]:
            yield f"categories, row {line}: {row['code']!r} has no service class"
        elif row["parent"] and row["service_class"] not in law.deadlines().answers:
            yield f"categories, row {line}: there is no service class {row['service_class']!r}"
        if row["order"] and not row["order"].isdecimal():
            yield f"categories, row {line}: {row['order']!r} is no place in the order"


def _wrong_questions(rows: list[Mapping[str, str]], cards: list[Mapping[str, str]]) -> Iterable[str]:
    codes = {row["code"] for row in cards}
    named = Counter((row["category"], row["key"]) for row in rows)
    for line, row in enumerate(rows, start=2):
        options = [row[name] for name in ("option_keys", "options_vi", "options_en")]
        if row["category"] not in codes:
            yield f"questions, row {line}: there is no category {row['category']!r}"
        if row["kind"] not in KINDS:
            yield f"questions, row {line}: there is no kind {row['kind']!r}, but {', '.join(KINDS)}"
        if any(bool(said) != (row["kind"] in CHOSEN) for said in options):
            yield f"questions, row {line}: one and many have options, others none"
        elif len({said.count("|") for said in options}) > 1:
            yield f"questions, row {line}: its options are not as many in each column"
        if "," in options[0]:
            yield f"questions, row {line}: a comma stands between several options, in the key of none"
        if named[row["category"], row["key"]] > 1:
            yield f"questions, row {line}: {row['key']!r} is asked twice"


def _wrong_routes(rows: list[Mapping[str, str]], cards: list[Mapping[str, str]]) -> Iterable[str]:
    codes = {row["code"] for row in cards}
    orders = Counter(row["order"] for row in rows)
    for line, row in enumerate(rows, start=2):
        if row["road_owner"] not in ("", *roads.OWNERS):
            yield f"routes, row {line}: {row['road_owner']!r} owns no road"
        if not routing.are_times(row.get("times", "")):
            yield f"routes, row {line}: {row['times']!r} says no time"
        if row["category"] and row["category"] not in codes:
            yield f"routes, row {line}: there is no category {row['category']!r}"
        if not row["agency"]:
            yield f"routes, row {line}: it leads nowhere"
        if not row["order"].isdecimal():
            yield f"routes, row {line}: {row['order']!r} is no place in the order"
        if orders[row["order"]] > 1:
            yield f"routes, row {line}: the place {row['order']} in the order is there twice"


def _keep_classes(columns: list[Category]) -> None:
    known = dict(Category.objects.filter(parent__isnull=False).values_list("code", "service_class"))
    for category in columns:
        if category.parent_id:
            category.service_class = known.get(category.code, category.service_class)


def _write_categories(kind: str, columns: list[Category]) -> None:
    Category.objects.filter(kind=kind).exclude(pk__in=[one.code for one in columns]).update(is_active=False)
    # Groups first: leaves point at them.
    ordered = sorted(columns, key=lambda category: bool(category.parent_id))
    fields = [f.name for f in Category._meta.concrete_fields if not f.primary_key]
    Category.objects.bulk_create(ordered, update_conflicts=True, unique_fields=["code"], update_fields=fields)


def _category(kind: str, row: Mapping[str, str], questions: list[dict[str, Any]]) -> Category:
    return Category(
        code=row["code"],
        kind=kind,
        parent_id=row["parent"] or None,
        order=int(row["order"] or 0),
        title=_words(row, "title"),
        hint=_words(row, "hint"),
        not_this=_words(row, "not_this"),
        icon=row["icon"],
        service_class=row["service_class"],
        accepts=row["accepts"].split(),
        coarse=row["coarse"] == "true",
        emergency=row["emergency"],
        keywords=[word for word in row["keywords_vi"].split("|") if word],
        questions=questions,
        is_active=True,
    )


def _questions(rows: Rows) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        keys, vi, en = (row[name].split("|") for name in ("option_keys", "options_vi", "options_en"))
        options = [[key, {"vi": a, "en": b}] for key, a, b in zip(keys, vi, en, strict=False) if key]
        found.setdefault(row["category"], []).append(
            {
                "key": row["key"],
                "kind": row["kind"],
                "title": _words(row, "title"),
                "options": options,
                "required": row["required"] == "true",
            }
        )
    return found


def _route(kind: str, row: Mapping[str, str]) -> Route:
    return Route(
        kind=kind,
        order=int(row["order"]),
        category=row["category"],
        wards=row["ward"].split(),
        road_owner=row["road_owner"],
        times=row.get("times", "").strip(),
        agency=row["agency"],
    )


def _words(row: Mapping[str, str], name: str) -> Bilingual:
    return {language: row[f"{name}_{language}"] for language in ("vi", "en") if row.get(f"{name}_{language}")}
