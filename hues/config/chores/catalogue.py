"""Take the categories, questions and routing rules of a city's folder again."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from hues.config.chores.facts import Outcome, read_rows, with_columns
from hues.engines.cases import actions as cases
from hues.kernel import city
from hues.kernel.agencies.queries import agency_by_code

COLUMNS = {
    "categories": (
        *("code", "parent", "order", "title_vi", "title_en", "hint_vi", "hint_en", "not_this_vi", "not_this_en"),
        *("icon", "service_class", "accepts", "coarse", "emergency", "keywords_vi"),
    ),
    "questions": (
        *("category", "key", "kind", "title_vi", "title_en"),
        *("option_keys", "options_vi", "options_en", "required"),
    ),
    "routes": ("order", "category", "ward", "road_owner", "times", "agency"),
}


def take(folder: Path | None, *, classes: bool, dry_run: bool, at: datetime) -> Outcome:
    """Take `categories.csv`, `questions.csv` and `routes.csv` of a folder, or of the city's own."""
    found = {name: _rows(name, folder) for name in COLUMNS}
    wrong = tuple(_unknown_agencies(found["routes"]))
    if wrong:
        return Outcome(wrong=wrong)
    report = cases.import_catalogue(
        categories=found["categories"],
        questions=found["questions"],
        routes=found["routes"],
        keep_classes=not classes,
        dry_run=dry_run,
        at=at,
    )
    counts = f"{report.categories} categories, {report.routes} rules, {len(report.changes)} differences"
    return Outcome(said="\n".join((counts, *report.changes)), wrong=report.errors)


def _rows(name: str, folder: Path | None) -> list[Mapping[str, str]]:
    file = folder / f"{name}.csv" if folder else city.path(f"{name}.csv")
    return [_whole(row) for row in with_columns(read_rows(file), COLUMNS[name], file.name)]


def _whole(row: Mapping[str, str]) -> dict[str, str]:
    """Return a row in which what a short line leaves out is empty."""
    return {column: value or "" for column, value in row.items() if column}


def _unknown_agencies(rows: Iterable[Mapping[str, str]]) -> Iterable[str]:
    for line, row in enumerate(rows, start=2):
        code = row["agency"]
        if code and not code.startswith("@") and agency_by_code(code) is None:
            yield f"routes, row {line}: there is no agency {code!r}"
