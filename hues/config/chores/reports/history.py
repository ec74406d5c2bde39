"""What happened to a row of theirs, as moves of ours."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched
from uuid import UUID

from hues.config.chores.reports.mapping import ENDINGS, Plan
from hues.config.chores.reports.reading import BadRow, Row
from hues.engines.cases.actions import Place, PreparedCase, PreparedMove
from hues.engines.cases.queries import offered, routes
from hues.engines.cases.rules.covering import MARK
from hues.engines.cases.rules.facts import Given
from hues.engines.cases.rules.intake import LONGEST_TEXT
from hues.engines.cases.rules.outcomes import Outcome
from hues.engines.cases.rules.workflow import Side, State, Verb
from hues.kernel.agencies.queries import agency_by_code
from hues.kernel.areas import queries as areas

MOMENT = timedelta(seconds=1)
GOES_ON = "…"
UNANSWERED = "–"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """The state that a report of theirs is in, what they said of it, and when that was."""

    state: str
    answer: str
    opened: datetime
    ended: datetime | None

    @property
    def is_open(self) -> bool:
        """Test if it is still to be answered."""
        return self.state not in ENDINGS

    @property
    def at(self) -> datetime:
        """Return when it ended: some clocks of theirs run backwards, a report can't end before it began."""
        return max(self.opened + MOMENT, self.ended or self.opened)


def history(
    row: Row, plan: Plan, category: str, place: Place, end: Ending, *, beyond: Iterable[str]
) -> Iterator[PreparedMove]:
    """
    Yield the shortest history that ends as `end` says; the instants that the file knows stand.

    What has no place of its own is kept for staff: what they said of a report that is open here, and words `beyond`
    what the others take.
    """
    said, more = cut(end.answer, LONGEST_TEXT)
    yield from _moves(row, plan, category, place, end, said or UNANSWERED)
    for words in [*([said] if end.is_open else []), more, *beyond]:
        yield from _notes(words, end.at)


def _notes(words: str, at: datetime) -> Iterator[PreparedMove]:
    for piece in batched(words, LONGEST_TEXT, strict=False):
        yield PreparedMove(verb=Verb.NOTE, at=at, side=Side.CITY, internal="".join(piece))


def cut(words: str, most: int) -> tuple[str, str]:
    """Return at most that many characters, and what goes on behind them."""
    if len(words) <= most:
        return words, ""
    return words[: most - 1] + GOES_ON, GOES_ON + words[most - 1 :]


def _moves(row: Row, plan: Plan, category: str, place: Place, end: Ending, said: str) -> Iterator[PreparedMove]:
    if end.state == State.RECEIVED:
        return
    if end.state == State.REFUSED:
        given = Given(outcome=_outcome(row, plan, end.state, Outcome.OUT_OF_SCOPE))
        yield PreparedMove(verb=Verb.REFUSE, at=end.at, side=Side.CITY, given=given, text=said)
        return
    # Nobody of this city's centre did what it does in their name: no step says so.
    agency = Given(agency_id=_agency(row, plan, category, place))
    yield PreparedMove(verb=Verb.ACCEPT, at=end.opened, side=Side.CITY, given=agency)
    if end.state == State.ASSIGNED:
        return
    yield PreparedMove(verb=Verb.TAKE, at=end.opened)
    if end.state == State.IN_PROGRESS:
        return
    # Their word stands as it is: what another system called done need not show our kind of proof.
    given = Given(outcome=_outcome(row, plan, end.state, Outcome.ANSWERED), proofs=1)
    shown = offered.words(said, place.address)
    kept = said if shown != said else ""  # by staff, as it was written
    yield PreparedMove(verb=Verb.ANSWER, at=end.at, given=given, text=shown, internal=kept)
    yield PreparedMove(verb=Verb.PUBLISH, at=end.at, side=Side.CITY)
    yield PreparedMove(verb=Verb.CLOSE, at=end.at)


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
