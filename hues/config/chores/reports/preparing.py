"""A row of theirs made into a report of ours with its history, by the rules that real moves go by."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from hues.config.chores.reports.mapping import ENDINGS, Plan
from hues.config.chores.reports.reading import BadRow, Row
from hues.engines.cases import queries as cases
from hues.engines.cases.actions import Place, PreparedCase, PreparedMove
from hues.engines.cases.queries import catalogue, offered, routes
from hues.engines.cases.rules import intake, numbers
from hues.engines.cases.rules.covering import MARK
from hues.engines.cases.rules.facts import Given
from hues.engines.cases.rules.outcomes import Outcome
from hues.engines.cases.rules.workflow import Side, Verb
from hues.functions.field_reports.queries import suggested
from hues.kernel.agencies.queries import agency_by_code
from hues.kernel.areas import queries as areas
from hues.kit.text import pick, tidy

MOMENT = timedelta(seconds=1)


def prepare(row: Row, plan: Plan, *, last: Mapping[int, int], at: datetime) -> PreparedCase:
    """
    Return a row as a report with what happened to it; `last` holds by year how far the city's own numbers go.

    :raises BadRow: if it can't be taken, with the reason
    """
    number = _number(row, plan, last, at)
    opened, ended = plan.instant(row, "opened_at"), plan.instant(row, "ended_at")
    if opened is None or opened > at:
        raise BadRow("opened_at: there is none, or it lies in the future")
    code = _category(row, plan)
    leaf = catalogue.category(code) if code else None
    if leaf is None or not leaf.parent:
        raise BadRow(f"category: “{plan.words(row, 'category', ' / ')}” has no category of ours")
    place = _place(row, plan)
    text = tidy(plan.words(row, "text"))
    if len(text) < intake.SHORTEST_TEXT:
        text = f"{pick(leaf.title, 'vi')}. {text}".strip()
    state = plan.ours(row, "state") or "received"
    history = list(_moves(row, plan, leaf.code, place, state, opened=opened, ended=ended))
    return PreparedCase(
        number=number,
        category=leaf.code,
        text=text[: intake.LONGEST_TEXT],
        place=place,
        at=opened,
        channel="import",
        moves=history,
    )


def _number(row: Row, plan: Plan, last: Mapping[int, int], at: datetime) -> str:
    number = plan.prefix + plan.words(row, "number")
    if not numbers.is_public(number):
        raise BadRow(f"number: “{number}” is none: two to six capitals, a hyphen, digits (see prefix in the map)")
    prefix, year, count = numbers.parse(number) or ("", 0, 0)
    if prefix == cases.number_prefix("report") and numbers.is_far(year, count, last=last, this_year=at.year):
        raise BadRow(f"number: “{number}” is one of our own, and far beyond the last that was given out")
    return number


def _category(row: Row, plan: Plan) -> str:
    """Return the category that the map names, else what the city's words find in what they call it, or in the text."""
    if plan.keywords and not plan.named(row, "category"):
        for story in (plan.words(row, "category", " "), plan.words(row, "text")):
            if found := suggested(story):
                plan.guessed[found[0].category] = plan.guessed.get(found[0].category, 0) + 1
                return found[0].category
    return plan.ours(row, "category")


def _place(row: Row, plan: Plan) -> Place:
    try:
        lat, lng = (float(plan.words(row, name).replace(",", ".")) for name in ("lat", "lng"))
    except ValueError:
        raise BadRow("lat, lng: there is no place") from None
    if not (abs(lat) <= 90 and abs(lng) <= 180):
        raise BadRow(f"lat, lng: {lat}, {lng} is no place on Earth")
    if not plan.outside and areas.ward_at(lat, lng) is None:
        raise BadRow(f'lat, lng: {lat}, {lng} lies outside of the city (outside = "keep" in the map takes it)')
    address = plan.words(row, "address", ", ")[: intake.LONGEST_ADDRESS]
    return Place(lat=lat, lng=lng, address=address, source="map")


def _moves(
    row: Row, plan: Plan, code: str, place: Place, state: str, *, opened: datetime, ended: datetime | None
) -> Iterator[PreparedMove]:
    """Yield the shortest history that ends in `state`; the instants that the file knows stand."""
    if state == "received":
        return
    if state == "refused":
        given = Given(outcome=_outcome(row, plan, state, Outcome.OUT_OF_SCOPE))
        yield PreparedMove(
            verb=Verb.REFUSE, at=_end(opened, ended), side=Side.CITY, given=given, text=_answer(row, plan)
        )
        return
    # Nobody of this city's centre did what it does in their name: no step says so.
    yield PreparedMove(
        verb=Verb.ACCEPT, at=opened, side=Side.CITY, given=Given(agency_id=_agency(row, plan, code, place))
    )
    if state == "assigned":
        return
    yield PreparedMove(verb=Verb.TAKE, at=opened)
    if state == "in_progress":
        return
    closed = _end(opened, ended)
    # Their word stands as it is: what another system called done need not show our kind of proof.
    given = Given(outcome=_outcome(row, plan, state, Outcome.PASSED_ON), proofs=1)
    said = _answer(row, plan)
    shown = offered.words(said, place.address)
    kept = said if shown != said else ""  # by staff, as it was written
    yield PreparedMove(verb=Verb.ANSWER, at=closed, given=given, text=shown, internal=kept)
    yield PreparedMove(verb=Verb.PUBLISH, at=closed, side=Side.CITY)
    yield PreparedMove(verb=Verb.CLOSE, at=closed)


def _agency(row: Row, plan: Plan, category: str, place: Place) -> UUID:
    if code := plan.ours(row, "agency"):
        card = agency_by_code(code)
        if card is None:
            raise BadRow(f"agency: we have none with the code {code}")
        return card.id
    ward = areas.ward_at(place.lat, place.lng)
    found = routes.way("report", category, ward.code if ward else "", address=place.address).agency_id
    if found is None:
        raise BadRow(f"agency: the city's routes name none for {category} here, and the map has none")
    return found


def _outcome(row: Row, plan: Plan, state: str, usual: Outcome) -> str:
    word = plan.ours(row, "outcome") or usual
    if word not in ENDINGS[state]:
        raise BadRow(f"outcome: a report that is {state} does not end {word}, but {', '.join(sorted(ENDINGS[state]))}")
    return word


def _answer(row: Row, plan: Plan) -> str:
    return tidy(plan.words(row, "answer")) or "–"


def _end(opened: datetime, ended: datetime | None) -> datetime:
    # Some clocks of theirs run backwards; a report can't end before it began.
    return max(opened + MOMENT, ended or opened)


def covered(one: PreparedCase) -> tuple[int, int]:
    """Return how many contacts are covered in the words and in the answer of a report that is public at once."""
    answer = next((move for move in one.moves if move.verb == Verb.ANSWER), None)
    if answer is None:
        return 0, 0
    address = one.place.address
    words = _marks(one.text, offered.words(one.text, address)) + _marks(address, offered.street(address))
    return words, _marks(answer.internal or answer.text, answer.text)


def _marks(written: str, shown: str) -> int:
    return shown.count(MARK) - written.count(MARK)


def pictures_of(row: Row, plan: Plan) -> list[str]:
    """Return the names of a row's pictures, which stand in one column with semicolons or in several."""
    names = plan.words(row, "photos", ";").split(";")
    return [name.strip() for name in names if name.strip()][: intake.MOST_PHOTOS]
