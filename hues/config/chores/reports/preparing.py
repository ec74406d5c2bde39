"""A row of theirs made into a report of ours with its history, by the rules that real moves go by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hues.config.chores.reports.history import Ending, cut, history
from hues.config.chores.reports.mapping import Plan
from hues.config.chores.reports.reading import BadRow, Row
from hues.engines.cases import queries as cases
from hues.engines.cases.actions import Place, PreparedCase
from hues.engines.cases.queries import catalogue
from hues.engines.cases.queries.choices import CategoryCard
from hues.engines.cases.rules import intake, numbers
from hues.engines.cases.rules.workflow import State
from hues.functions.field_reports.queries import suggested
from hues.kernel.areas import queries as areas
from hues.kit.text import pick

KEPT = "answers of reports that are open here are kept as notes for staff"
MOST = {"text": intake.LONGEST_TEXT, "address": intake.LONGEST_ADDRESS, "answer": intake.LONGEST_TEXT}
MOST_KEPT = 40_000
BARE = "reports that ended have no answer: “–” stands in its place"


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """A report with the names of its pictures; `cut` says what has no room, `counted` what is told by how often."""

    case: PreparedCase
    pictures: Sequence[str]
    cut: Sequence[str]
    counted: Sequence[str]


def prepare(row: Row, plan: Plan, *, last: Mapping[int, int], at: datetime) -> Prepared:
    """
    Return a row as a report with what happened to it; `last` holds by year how far the city's own numbers go.

    :raises BadRow: if it can't be taken, with the reason
    """
    number = _number(row, plan, last, at)
    end = _end(row, plan, at)
    leaf = _leaf(row, plan)
    said = {"text": _text(row, plan, leaf), "address": _address(row, plan), "answer": end.answer}
    if long := [name for name, words in said.items() if len(words) > MOST_KEPT]:
        raise BadRow(f"{', '.join(long)}: more than {MOST_KEPT:,} characters")
    (text, more), (address, street), _answer = (cut(words, MOST[name]) for name, words in said.items())
    place, pictures = _place(row, plan, address), _pictures(row, plan)
    moves = list(history(row, plan, leaf.code, place, end, beyond=(more, street)))
    return Prepared(
        case=PreparedCase(
            number=number, category=leaf.code, text=text, place=place, at=end.opened, channel="import", moves=moves
        ),
        pictures=pictures[: intake.MOST_PHOTOS],
        cut=list(_cuts(said, pictures)),
        counted=list(_counted(end)),
    )


def _number(row: Row, plan: Plan, last: Mapping[int, int], at: datetime) -> str:
    number = plan.prefix + plan.words(row, "number")
    if not numbers.is_public(number):
        raise BadRow(f"number: “{number}” is none: two to six capitals, a hyphen, digits (see prefix in the map)")
    prefix, year, count = numbers.parse(number) or ("", 0, 0)
    if prefix == cases.number_prefix("report") and numbers.is_far(year, count, last=last, this_year=at.year):
        raise BadRow(f"number: “{number}” is one of our own, and far beyond the last that was given out")
    if not numbers.can_be_split(number):
        raise BadRow(f"number: “{number}” is too long: behind the letters there is room for 14 digits and hyphens")
    return number


def _end(row: Row, plan: Plan, at: datetime) -> Ending:
    opened, ended = plan.instant(row, "opened_at"), plan.instant(row, "ended_at")
    if opened is None or opened > at:
        raise BadRow("opened_at: there is none, or it lies in the future")
    if ended is not None and ended > at:
        raise BadRow("ended_at: it lies in the future")
    state = plan.ours(row, "state") or State.RECEIVED
    return Ending(state=state, answer=plan.words(row, "answer"), opened=opened, ended=ended)


def _leaf(row: Row, plan: Plan) -> CategoryCard:
    code = _category(row, plan)
    leaf = catalogue.category(code) if code else None
    if leaf is None or not leaf.parent:
        said = plan.words(row, "category", " / ")
        raise BadRow(f"category: “{said}” has no category of ours" + (f", {code} is none" if code else ""))
    return leaf


def _category(row: Row, plan: Plan) -> str:
    """Return the category that the map names, else what the city's words find in what they call it, or in the text."""
    if plan.keywords and not plan.named(row, "category"):
        for story in (plan.words(row, "category", " "), plan.words(row, "text")):
            if found := suggested(story):
                plan.guessed[found[0].category] = plan.guessed.get(found[0].category, 0) + 1
                return found[0].category
    return plan.ours(row, "category")


def _text(row: Row, plan: Plan, leaf: CategoryCard) -> str:
    text = plan.words(row, "text")
    return text if len(text) >= intake.SHORTEST_TEXT else f"{pick(leaf.title, 'vi')}. {text}".strip()


def _address(row: Row, plan: Plan) -> str:
    return plan.words(row, "address", ", ").replace("\n", ", ")


def _place(row: Row, plan: Plan, address: str) -> Place:
    try:
        lat, lng = (float(plan.words(row, name).replace(",", ".")) for name in ("lat", "lng"))
    except ValueError:
        raise BadRow("lat, lng: there is no place") from None
    if not (abs(lat) <= 90 and abs(lng) <= 180):
        raise BadRow(f"lat, lng: {lat}, {lng} is no place on Earth")
    if not plan.outside and areas.ward_at(lat, lng) is None:
        raise BadRow(f'lat, lng: {lat}, {lng} lies outside of the city (outside = "keep" in the map takes it)')
    return Place(lat=lat, lng=lng, address=address, source="map")


def _pictures(row: Row, plan: Plan) -> list[str]:
    """Return the names of a row's pictures, which stand in one column with semicolons or in several."""
    names = plan.words(row, "photos", ";").split(";")
    return [name.strip() for name in names if name.strip()]


def _cuts(said: Mapping[str, str], pictures: Sequence[str]) -> Iterator[str]:
    for name, words in said.items():
        if len(words) > MOST[name]:
            yield f"{name} has {len(words):,} characters, {MOST[name]:,} are shown and the others kept as a note"
    if len(pictures) > intake.MOST_PHOTOS:
        yield f"it has {len(pictures)} photos, {intake.MOST_PHOTOS} are taken"


def _counted(end: Ending) -> Iterator[str]:
    if end.is_open and end.answer:
        yield KEPT
    if not end.is_open and not end.answer:
        yield BARE
