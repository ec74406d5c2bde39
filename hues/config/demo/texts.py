"""The words of the demo, from the city's `templates.toml` and `streets.csv`: nothing in them was said by anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from hues.engines.cases.rules.outcomes import Outcome
from hues.kernel.city import document, rows

# Which drawing fits a category: the first beginning of its code that is found here.
PICTURES = (
    ("lights", "lamp"),
    ("drainage", "water"),
    ("water", "water"),
    ("rubbish", "rubbish"),
    ("animals", "rubbish"),
    ("trees", "branch"),
    ("order", "stall"),
    ("food", "stall"),
    ("noise", "stall"),
    ("", "hole"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Texts:
    """Templates by what they are for; `{street}` and `{date}` are filled in."""

    reports: Mapping[str, Sequence[str]]
    answers: Mapping[str, Sequence[str]]
    refusals: Mapping[str, Sequence[str]]
    questions: Sequence[str]
    replies: Sequence[str]
    extensions: Sequence[str]
    reopenings: Sequence[str]
    streets: Mapping[str, Sequence[str]]

    def of(self, category: str) -> Sequence[str]:
        """Return what people write about a category."""
        return self.reports.get(category, ())

    def report(self, category: str, street: str, dice: Random) -> str:
        """Return a report's text."""
        return dice.choice(self.of(category)).format(street=street)

    def answer(self, outcome: Outcome, category: str, promised: date | None, dice: Random) -> str:
        """Return an agency's answer."""
        return dice.choice(self.answers[outcome]).format(date=f"{promised:%d/%m/%Y}" if promised else "")

    def refusal(self, outcome: Outcome, dice: Random) -> str:
        """Return why a report was not taken on."""
        return dice.choice(self.refusals[outcome])

    def question(self, dice: Random) -> str:
        """Return what an agency asks a reporter."""
        return dice.choice(self.questions)

    def reply(self, dice: Random) -> str:
        """Return what a reporter replies."""
        return dice.choice(self.replies)

    def street(self, ward_code: str, dice: Random) -> str:
        """Return a house number and street of a ward, or a number and a lane where we know no street."""
        number = dice.randint(2, 240)
        known = self.streets.get(ward_code)
        return f"{number} {dice.choice(known)}" if known else f"Tổ {number % 20 + 1}"

    @staticmethod
    def picture_of(category: str) -> str:
        """Return the kind of drawing that goes with a category."""
        return next(kind for beginning, kind in PICTURES if category.startswith(beginning))


def read() -> Texts:
    """Return the city's words for its demo."""
    found = document("templates.toml")
    streets: dict[str, list[str]] = {}
    for row in rows("streets.csv"):
        streets.setdefault(row["ward_code"], []).append(row["street"])
    return Texts(
        reports=found["reports"],
        answers=found["answers"],
        refusals=found["refusals"],
        questions=found["questions"],
        replies=found["replies"],
        extensions=found["extensions"],
        reopenings=found["reopenings"],
        streets=streets,
    )
