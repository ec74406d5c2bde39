"""Whoever asked for a file hears how it ended; covers, and cases that go to other hands, end files."""

from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from hues.engines.cases import queries as cases
from hues.engines.cases.events import (
    CaseAccepted,
    CaseEvent,
    CaseGivenBack,
    CaseJoined,
    CaseSplit,
    PartCovered,
)
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery.channels import Urgency
from hues.kernel.journal.actions import reacts_to
from hues.kernel.languages import in_each
from hues.kit.text import Words
from hues.surfaces.exports import actions, queries
from hues.surfaces.exports.events import FileFailed, FileOutdated, FileReady


@reacts_to(FileReady)
def tell_it_is_ready(event: FileReady) -> None:
    """Tell whoever asked that the file can be fetched."""
    _tell(event, f"exports.ready:{event.subject}", _("Your file is ready"), _("Fetch it within the days it is kept."))


@reacts_to(FileFailed)
def tell_it_failed(event: FileFailed) -> None:
    """Tell whoever asked that there is no file."""
    reason = f"exports.failed:{event.subject}:{event.at.isoformat()}"
    _tell(event, reason, _("Your file could not be written"), _("Ask for it again on its page."))


@reacts_to(FileOutdated)
def tell_it_is_out_of_date(event: FileOutdated) -> None:
    """Tell whoever asked that the file they may count on is no more."""
    reason = f"exports.outdated:{event.subject}:{event.at.isoformat()}"
    _tell(
        event, reason, _("Your file is out of date"), _("It was deleted. Its page says why, and how to get a new one.")
    )


@reacts_to(PartCovered)
def end_what_may_hold_it(event: PartCovered) -> None:
    """End the files in which covered words may stand."""
    actions.end_outdated(at=event.at)


def end_what_holds_a_case_that_left(event: CaseEvent) -> None:
    """End the files of agencies that had the case and have it no more."""
    if event.subject and (gone := cases.had_it_before(event.subject)):
        actions.end_those_of(gone, at=event.at)


LEAVES: tuple[type[CaseEvent], ...] = (CaseAccepted, CaseGivenBack, CaseJoined, CaseSplit)
for kind in LEAVES:
    reacts_to(kind)(end_what_holds_a_case_that_left)


def _tell(event: FileReady | FileFailed | FileOutdated, reason: str, title: Words, body: Words) -> None:
    asked = queries.owner_of(event.subject) if event.subject else None
    if asked is None:
        return
    person, space = asked
    delivery.plan(
        [person],
        reason=reason,
        title=in_each(title),
        body=in_each(body),
        link=_address(space, event.subject),
        urgency=Urgency.LOW,
        at=event.at,
    )


def _address(space: str, file_id: UUID | None) -> str:
    with translation.override("vi"):
        return reverse(f"{space}:file", args=[file_id])
