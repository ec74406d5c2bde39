"""The moves of the operations centre, in the order in which its desk offers them."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from hues.engines.cases import actions
from hues.engines.cases.rules.workflow import Verb
from hues.surfaces.desks.forms import MoveForm
from hues.surfaces.desks.moves import Move, Target
from hues.surfaces.operations.accepting import AcceptForm
from hues.surfaces.operations.forms import (
    EditForm,
    ExtensionForm,
    JoinForm,
    NoteForm,
    PromiseForm,
    PublishForm,
    RefuseForm,
    ReturnForm,
    SplitForm,
)
from hues.surfaces.operations.sealform import SealForm


def _accept(on: Target, said: Mapping[str, Any]) -> None:
    actions.accept_and_route(
        case_id=on.case_id,
        agency_id=UUID(said["agency_id"]),
        category=said["category"],
        service_class=said["service_class"],
        plan_days=said["plan_days"],
        road_owner=said.get("kept_owner"),
        note=said["note"],
        by=on.by,
        seen=on.seen,
        at=on.at,
    )


def _refuse(on: Target, said: Mapping[str, Any]) -> None:
    actions.refuse(case_id=on.case_id, by=on.by, seen=on.seen, at=on.at, **said)


def _return(on: Target, said: Mapping[str, Any]) -> None:
    actions.return_answer(case_id=on.case_id, reason=said["text"], by=on.by, seen=on.seen, at=on.at)


def _publish(on: Target, said: Mapping[str, Any]) -> None:
    actions.publish(case_id=on.case_id, by=on.by, seen=on.seen, at=on.at, **said)


def _decide(on: Target, said: Mapping[str, Any]) -> None:
    granted = said["granted"] == "yes"
    actions.decide_extension(case_id=on.case_id, granted=granted, text=said["text"], by=on.by, seen=on.seen, at=on.at)


def _seal(on: Target, said: Mapping[str, Any]) -> None:
    told = {name: value for name, value in said.items() if name != "sure"}
    actions.seal_case(case_id=on.case_id, by=on.by, seen=on.seen, at=on.at, **told)


def _part(on: Target, said: Mapping[str, Any]) -> None:
    actions.unmerge(case_id=on.case_id, by=on.by, seen=on.seen, at=on.at)


def _check_promise(on: Target, said: Mapping[str, Any]) -> None:
    decided = dict(said) | {"granted": said["granted"] == "yes"}
    actions.check_promise(case_id=on.case_id, by=on.by, seen=on.seen, at=on.at, **decided)


def _note(on: Target, said: Mapping[str, Any]) -> None:
    actions.note(case_id=on.case_id, text=said["text"], by=on.by, seen=on.seen, at=on.at)


def _split(on: Target, said: Mapping[str, Any]) -> None:
    actions.split(case_id=on.case_id, shares=said["shares"], by=on.by, seen=on.seen, at=on.at)


def _join(on: Target, said: Mapping[str, Any]) -> None:
    agency = UUID(said["agency_id"])
    actions.join(case_id=on.case_id, agency_id=agency, reason=said["text"], by=on.by, seen=on.seen, at=on.at)


def _edit(on: Target, said: Mapping[str, Any]) -> None:
    actions.edit_answer(case_id=on.case_id, text=said["text"], by=on.by, seen=on.seen, at=on.at)


MOVES: Final[Mapping[Verb, Move]] = {
    Verb.DECIDE_EXTENSION: Move(
        code="extension",
        title=_("Decide on more time"),
        send=_("Decide"),
        done=_("Decided. The agency is told."),
        key="e",
        icon="hourglass",
        tone="primary",
        form=ExtensionForm,
        act=_decide,
    ),
    Verb.ACCEPT: Move(
        code="accept",
        title=_("Accept and pass on"),
        send=_("Accept and pass on"),
        done=_("Passed on to the agency."),
        key="t",
        icon="route",
        tone="primary",
        form=AcceptForm,
        act=_accept,
        again=_("Pass it on to another agency"),
    ),
    Verb.PUBLISH: Move(
        code="publish",
        title=_("Publish the answer"),
        send=_("Publish"),
        done=_("Published. The citizen is told."),
        hint=_("Everybody reads the report and the answer, nobody who reported it."),
        key="p",
        icon="world",
        tone="primary",
        form=PublishForm,
        act=_publish,
    ),
    Verb.EDIT: Move(
        code="edit",
        title=_("Edit the answer"),
        send=_("Keep these words"),
        done=_("Kept. Read it once more and publish it."),
        hint=_("These are the answers of all agencies, one below the other."),
        key="w",
        icon="edit",
        form=EditForm,
        act=_edit,
        stays=True,
    ),
    Verb.SPLIT: Move(
        code="split",
        title=_("Split among several agencies"),
        send=_("Split it"),
        done=_("Split. Each agency has its part; the citizen gets one answer."),
        hint=_("Its clock runs on, and no part has more time than that."),
        key="s",
        icon="arrows-split",
        form=SplitForm,
        act=_split,
        stays=True,
    ),
    Verb.JOIN: Move(
        code="join",
        title=_("Join it again"),
        send=_("Join it and pass it on"),
        done=_("Joined. The parts are called off, and one agency has it."),
        hint=_("The parts end without an answer, those that were answered too. The clock runs on."),
        key="o",
        icon="arrows-join",
        tone="danger",
        form=JoinForm,
        act=_join,
    ),
    Verb.RETURN: Move(
        code="return",
        title=_("Send the answer back"),
        send=_("Send back to the agency"),
        done=_("Sent back to the agency."),
        key="r",
        icon="arrow-back-up",
        form=ReturnForm,
        act=_return,
    ),
    Verb.REFUSE: Move(
        code="refuse",
        title=_("Do not take on"),
        send=_("Do not take on"),
        done=_("Not taken on. The citizen is told why."),
        key="x",
        icon="circle-x",
        tone="danger",
        form=RefuseForm,
        act=_refuse,
    ),
    Verb.SEAL: Move(
        code="seal",
        title=_("Pass on under the law, and seal"),
        send=_("Pass on and seal"),
        done=_("Sealed. The citizen is told where it went; nobody else reads it any more."),
        hint=_(
            "For complaints (khiếu nại) and denunciations (tố cáo). It leaves every list, map and file; only its "
            "number leads to it, for those who may read it."
        ),
        key="l",
        icon="lock",
        tone="danger",
        form=SealForm,
        act=_seal,
    ),
    Verb.UNMERGE: Move(
        code="part",
        title=_("Part from the other report"),
        send=_("Part from the other report"),
        done=_("Parted. It waits to be accepted on its own."),
        hint=_("Those who came to follow the other report through this one no longer do."),
        key="u",
        icon="arrows-right-left",
        form=MoveForm,
        act=_part,
        stays=True,
    ),
    Verb.CHECK_PROMISE: Move(
        code="promise",
        title=_("Check the promise"),
        send=_("Decide"),
        done=_("Decided. The agency is told."),
        hint=_("If it stands, everybody sees the photos and the words of the agency."),
        key="k",
        icon="shield-check",
        tone="primary",
        form=PromiseForm,
        act=_check_promise,
    ),
    Verb.NOTE: Move(
        code="note",
        title=_("Internal note"),
        send=_("Add the note"),
        done=_("Noted."),
        key="n",
        icon="edit",
        stays=True,
        form=NoteForm,
        act=_note,
    ),
}
