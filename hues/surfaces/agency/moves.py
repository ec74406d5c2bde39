"""The moves of an agency, in the order in which its desk offers them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from hues.engines.cases import actions
from hues.engines.cases.rules.workflow import Verb
from hues.kernel.clocks.queries import calendar
from hues.surfaces.agency.forms import AnswerForm, AskForm, AssignForm, ExtendForm, GiveBackForm, KeepForm, NoteForm
from hues.surfaces.desks.forms import MoveForm
from hues.surfaces.desks.moves import Move, Target


def _take(on: Target, said: Mapping[str, Any]) -> None:
    actions.take(case_id=on.case_id, by=on.by, seen=on.seen, at=on.at)


def _assign(on: Target, said: Mapping[str, Any]) -> None:
    actions.assign(case_id=on.case_id, to=said["to"], by=on.by, seen=on.seen, at=on.at)


def _answer(on: Target, said: Mapping[str, Any]) -> None:
    actions.answer_case(
        case_id=on.case_id,
        by=on.by,
        seen=on.seen,
        text=said["text"],
        outcome=said["outcome"],
        proof=said["proof"],
        despite=said["despite"],
        promise_on=said["promise_on"],
        passed_to=said["passed_to"],
        passed_ref=said["passed_ref"],
        at=on.at,
    )


def _ask(on: Target, said: Mapping[str, Any]) -> None:
    actions.ask_citizen(case_id=on.case_id, by=on.by, seen=on.seen, question=said["text"], at=on.at)


def _extend(on: Target, said: Mapping[str, Any]) -> None:
    day, until = said["until"], end_of_work(said["until"])
    chosen = day if until.astimezone(calendar().zone).date() != day else None
    actions.ask_extension(
        case_id=on.case_id, by=on.by, seen=on.seen, reason=said["text"], until=until, chosen=chosen, at=on.at
    )


def _give_back(on: Target, said: Mapping[str, Any]) -> None:
    actions.give_back(case_id=on.case_id, by=on.by, seen=on.seen, reason=said["text"], at=on.at)


def _resume(on: Target, said: Mapping[str, Any]) -> None:
    actions.resume(case_id=on.case_id, by=on.by, seen=on.seen, at=on.at)


def _keep(on: Target, said: Mapping[str, Any]) -> None:
    actions.keep_promise(case_id=on.case_id, by=on.by, seen=on.seen, at=on.at, **said)


def _note(on: Target, said: Mapping[str, Any]) -> None:
    actions.note(case_id=on.case_id, by=on.by, seen=on.seen, text=said["text"], at=on.at)


def end_of_work(day: date) -> datetime:
    """Return when the city stops working on `day`, or on the next day that it works."""
    hours = calendar()
    return hours.add_days(datetime.combine(day, datetime.min.time(), hours.zone), 0)


MOVES: Final[Mapping[Verb, Move]] = {
    Verb.TAKE: Move(
        code="take",
        title=_("Take it"),
        send=_("Take it"),
        done=_("It is yours now."),
        hint=_("The citizen is told that work has begun."),
        key="t",
        icon="hand-stop",
        tone="primary",
        form=MoveForm,
        act=_take,
        stays=True,
    ),
    Verb.ANSWER: Move(
        code="answer",
        title=_("Answer"),
        send=_("Send to the operations centre"),
        done=_("Answered. The operations centre checks it, then the citizen reads it."),
        key="a",
        icon="message-check",
        tone="primary",
        form=AnswerForm,
        act=_answer,
        keeps=True,
    ),
    Verb.ASSIGN: Move(
        code="assign",
        title=_("Who has it"),
        send=_("Give it"),
        done=_("That is settled."),
        key="h",
        icon="users",
        form=AssignForm,
        act=_assign,
        stays=True,
    ),
    Verb.ASK: Move(
        code="ask",
        title=_("Ask the citizen"),
        send=_("Send the question"),
        done=_("The question is on its way."),
        key="c",
        icon="message-question",
        form=AskForm,
        act=_ask,
    ),
    Verb.RESUME: Move(
        code="resume",
        title=_("Go on without a reply"),
        send=_("Go on without a reply"),
        done=_("The due time is as it was."),
        key="r",
        icon="player-play",
        form=MoveForm,
        act=_resume,
        stays=True,
    ),
    Verb.ASK_EXTENSION: Move(
        code="extend",
        title=_("Ask for more time"),
        send=_("Ask for more time"),
        done=_("Asked. The operations centre decides."),
        key="e",
        icon="hourglass",
        form=ExtendForm,
        act=_extend,
    ),
    Verb.GIVE_BACK: Move(
        code="give-back",
        title=_("Not ours: give back"),
        send=_("Give back to the operations centre"),
        done=_("Given back. The operations centre finds the right agency."),
        key="b",
        icon="arrow-back-up",
        tone="danger",
        form=GiveBackForm,
        act=_give_back,
    ),
    Verb.KEEP_PROMISE: Move(
        code="keep",
        title=_("The promise is kept"),
        send=_("Send the proof"),
        done=_("Sent. The operations centre checks it, then everybody sees it."),
        key="k",
        icon="shield-check",
        tone="primary",
        form=KeepForm,
        act=_keep,
        keeps=True,
    ),
    Verb.NOTE: Move(
        code="note",
        title=_("Internal note"),
        send=_("Add the note"),
        done=_("Noted."),
        key="n",
        icon="edit",
        form=NoteForm,
        act=_note,
        stays=True,
    ),
}
BY_CODE: Final[Mapping[str, tuple[Verb, Move]]] = {move.code: (verb, move) for verb, move in MOVES.items()}
