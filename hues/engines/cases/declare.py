"""What a function may ask of the cases engine, and the words for what the engine knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.moderation import Look
from hues.engines.cases.rules.workflow import Side, State, Verb
from hues.kernel.registry import Declaration
from hues.kit.text import Words


def look_words(look: str, words: Mapping[Look, Words]) -> list[Words]:
    """Return in words why a case is to be looked at by itself."""
    return [words[why] for why in Look if why in look.split()]


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseType(Declaration):
    """
    A kind of case that a function runs: reports, questions, ideas …

    `key` is the case's kind; `link` the page of one case for its reporter, with `{number}` in it; `desk_link` and
    `ops_link` the same for staff. An empty `prefix` means the city's own. `show` is the dotted name of `fn(*, at)`,
    called in the transaction in which a public case begins, changes or ends; empty where no page tells of them.
    """

    prefix: str = ""
    link: str = "/f/field_reports/{number}/"
    desk_link: str = "/desk/{number}/"
    ops_link: str = "/ops/{number}/"
    needs_place: bool = True
    show: str = ""


STATE_WORDS: Final[Mapping[State, Words]] = {
    State.RECEIVED: _("Received"),
    State.REFUSED: _("Not taken on"),
    State.ASSIGNED: _("Passed to the agency"),
    State.IN_PROGRESS: _("In progress"),
    State.WAITING: _("Waiting for the reporter"),
    State.SPLIT: _("With several agencies"),
    State.ANSWERED: _("Answered, under review"),
    State.PUBLISHED: _("Answered"),
    State.CLOSED: _("Closed"),
    State.SEALED: _("Passed on under the law"),
}
STANDING_WORDS: Final[Mapping[Standing, Words]] = {
    Standing.RUNNING: _("In time"),
    Standing.SOON: _("Due soon"),
    Standing.OVERDUE: _("Overdue"),
    Standing.PAUSED: _("Waits for a reply"),
    Standing.ON_TIME: _("Answered on time"),
    Standing.EXTENDED: _("Answered within the extension"),
    Standing.LATE: _("Answered late"),
    Standing.NO_CLOCK: _("No clock"),
}
VERB_WORDS: Final[Mapping[Verb, Words]] = {
    Verb.OPEN: _("Report received"),
    Verb.ACCEPT: _("Accepted and passed to an agency"),
    Verb.REFUSE: _("Not taken on"),
    Verb.GIVE_BACK: _("Given back to the operations centre to find the right agency"),
    Verb.TAKE: _("The agency began to work on it"),
    Verb.ASSIGN: _("Given to somebody of the agency"),
    Verb.ASK: _("The agency asked the reporter a question"),
    Verb.REPLY: _("The reporter replied"),
    Verb.ADD: _("The reporter added something"),
    Verb.RESUME: _("Work went on"),
    Verb.ASK_EXTENSION: _("The agency asked for more time"),
    Verb.DECIDE_EXTENSION: _("The operations centre decided on more time"),
    Verb.ANSWER: _("The agency answered"),
    Verb.RETURN: _("The answer was sent back to the agency"),
    Verb.PUBLISH: _("The answer was checked and published"),
    Verb.RATE: _("The reporter rated the answer"),
    Verb.REOPEN: _("The reporter reopened the case"),
    Verb.CLOSE: _("Closed"),
    Verb.NOTE: _("Internal note"),
    Verb.COVER: _("Part of it was covered"),
    Verb.UNCOVER: _("What was covered is shown again"),
    Verb.UNMERGE: _("Parted from the report it was joined with"),
    Verb.KEEP_PROMISE: _("The agency showed that the promise was kept"),
    Verb.CHECK_PROMISE: _("The proof of the promise was checked"),
    Verb.SPLIT: _("Split among several agencies"),
    Verb.GATHER: _("All agencies have answered"),
    Verb.AWAIT: _("A part was sent back to its agency"),
    Verb.EDIT: _("The operations centre put the answers together"),
    Verb.JOIN: _("Joined again and passed to one agency"),
    Verb.CALL_OFF: _("Called off: the parts were joined again"),
    Verb.END: _("Closed with the whole report"),
    Verb.SUCCEED: _("Passed to the agency that followed"),
    Verb.SEAL: _("Passed on under the law, and sealed"),
    Verb.LIFT: _("The seal was lifted; the operations centre has it again"),
}
BROUGHT = _("Taken over from an earlier system")  # an answer that nobody here has checked, words that nobody here wrote


def words_of(verb: Verb, side: Side) -> Words:
    """Return what a step is called; only a person checks what is published, and only a person takes a note."""
    return BROUGHT if verb in (Verb.PUBLISH, Verb.NOTE) and side == Side.CITY else VERB_WORDS[verb]


EXACT, APPROXIMATE = _("exact"), _("approximate")  # how well the place is known
NOT_POINTED_AT = _("approximate place, no exact point")


LOOK_WORDS: Final[Mapping[Look, Words]] = {
    Look.OFTEN: _("Its sender has sent many reports lately"),
    Look.WORDS: _("It holds words that the city watches for"),
    Look.UNPROVEN: _("Several reports from this place, none with a photo"),
}
CHANNEL_WORDS: Final[Mapping[str, Words]] = {
    "web": _("The app"),
    "offline": _("The app, without a network"),
    "phone": _("Phone"),
    "counter": _("The counter"),
    "open311": _("Another program"),
    "import": _("An earlier system"),
    "zalo": _("Zalo"),
    "facebook": _("Facebook"),
    "letter": _("E-mail"),
    "part": _("A report that was split"),
}
SIDE_WORDS: Final[Mapping[Side, Words]] = {
    Side.CITIZEN: _("Reporter"),
    Side.AGENCY: _("Agency"),
    Side.LINK: _("Agency, by link"),
    Side.IOC: _("Operations centre"),
    Side.CITY: _("The system"),
}
