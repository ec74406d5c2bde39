"""What an agency fills in for each of its moves."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hues.engines.cases.queries import doubts_about, outcomes
from hues.kernel.agencies.leaves import away
from hues.kernel.agencies.queries import staff_of
from hues.kernel.clocks.queries import calendar
from hues.kernel.people.asker import Role
from hues.kit.clock import now
from hues.kit.text import pick
from hues.surfaces.desks.doubts import Told, told
from hues.surfaces.desks.forms import Day, Line, MoveForm, Pictures, Prose, choice
from hues.surfaces.desks.photoform import PhotoForm
from hues.surfaces.desks.templated import TemplatedForm
from hues.surfaces.desks.widgets import Options
from hues.surfaces.shell import addresses
from hues.surfaces.shell.telling import day_words

FARTHEST = 70  # days by the calendar that an extension may reach, feasts included


class GiveBackForm(MoveForm):
    """Not ours: why, and who it may belong to."""

    text = Prose(
        label=_("Why is this not yours?"),
        help_text=_("For the operations centre: say which agency it belongs to, if you know."),
    )


class AssignForm(MoveForm):
    """Who of the agency has the case: a head may name anybody, others themselves."""

    to = forms.TypedChoiceField(
        label=_("Who has it"),
        required=False,
        coerce=UUID,
        empty_value=None,
        widget=Options,
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nobody = ("", gettext("Nobody"))
        named = self._members() if self.by.may(Role.AGENCY_HEAD) else [(str(self.by.person_id), self.by.name)]
        self.choose_from("to", [nobody, *named])
        self.start_with(to=self.case.assigned_to or self.by.person_id)

    def _members(self) -> list[tuple[str, str]]:
        staff, gone = staff_of(self.case.agency_id, now()), away(self.case.agency_id, now())
        return [(str(who), f"{name} ({gettext('away')})" if who in gone else name) for who, name in staff.items()]


class AskForm(MoveForm):
    """A question to the person who reported."""

    text = Prose(
        label=_("Your question"),
        help_text=_(
            "The reporter gets it at once. The time until their reply is given back to you; without one, or if it is"
            " overdue, the due time stays."
        ),
    )


class ExtendForm(MoveForm):
    """More time, asked for with a reason."""

    until = Day(
        label=_("New due day"),
        help_text=_("If the city does not work on that day, the next day on which it works counts."),
    )
    text = Prose(label=_("Why is more time needed?"), help_text=_("The operations centre decides."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].widget.attrs |= {
            "data-falls": json.dumps(days_off(self.case.clock.due_at.date(), FARTHEST), ensure_ascii=False),
            "data-falls-says": gettext("The city does not work on that day: it would be due on {day}."),
        }


def days_off(first: date, days: int) -> dict[str, str]:
    """Return the days from `first` on on which the city does not work, each with the day that counts instead."""
    works, found, counts = calendar().works_on, dict[str, str](), None
    for day in (first + timedelta(days=n) for n in reversed(range(days))):
        if works(day):
            counts = day
        elif counts:
            found[day.isoformat()] = day_words(counts)
    return found


class NoteForm(MoveForm):
    """A note among colleagues."""

    text = Prose(label=_("Note"), help_text=_("Your agency and the operations centre see it, the citizen never."))


class ProofForm(PhotoForm, MoveForm):
    """Something that is shown with photos; those that are doubted need a reason."""

    picker = "proof"
    proof = Pictures(
        label=_("Proof photos"),
        help_text=_(
            "Show the place after the work, or as you found it; of a paper, a photo of it. "
            "JPEG, PNG, WebP or HEIC, up to 10 MB each."
        ),
    )
    despite = Prose(
        label=_("Why is it proof all the same?"),
        help_text=_("For the operations centre, which decides. Or leave the photo out and choose another one."),
        required=False,
        rows=2,
    )

    def __init__(self, *args: Any, photos: Sequence[UUID] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.doubts: dict[UUID, Told] = {}
        if not self.is_bound:
            self.stored = list(photos)
            self._look(now())

    def keep_files(self, at: datetime) -> None:
        """
        Store the new photos, and look at what is doubted of them all.

        Photos chosen after others were doubted take the place of those, unless somebody says why they are proof.
        """
        before = list(self.stored)
        super().keep_files(at)
        if before != self.stored and not self.data.get("despite", "").strip():
            self._let_go_of_doubted(before)
        self._look(at)
        if self.doubts and self.errors and not self.cleaned_data.get("despite"):
            self.add_error("despite", self.fields["despite"].error_messages["required"])

    def _let_go_of_doubted(self, before: Sequence[UUID]) -> None:
        gone = [doubt.photo_id for doubt in doubts_about(self.by, self.case.id, before)]
        self.stored = [photo for photo in self.stored if photo not in gone]
        self.dropped += gone

    def _look(self, at: datetime) -> None:
        found = doubts_about(self.by, self.case.id, self.stored)
        self.doubts = {doubt.photo_id: doubt for doubt in told(found, at)}
        if not self.doubts:
            del self.fields["despite"]

    def values(self) -> dict[str, Any]:
        """Return what was typed, and the proof."""
        return super().values() | {"proof": tuple(self.stored)}

    def doubt_of(self, photo_id: UUID) -> Told | None:
        """Return what is doubted of a photo."""
        return self.doubts.get(photo_id)


class KeepForm(ProofForm):
    """What was promised is done, and here it is."""

    field_order = ("text", "proof", "despite")
    text = Prose(
        label=_("What was done?"),
        help_text=_("Everybody reads it once the operations centre has checked it."),
    )


class AnswerForm(TemplatedForm, ProofForm):
    """The answer: an outcome word, the words of the letter, a promise's day, proof."""

    field_order = ("outcome", "text", "promise_on", "passed_to", "passed_ref", "proof", "despite")
    outcome = choice(_("Outcome"))
    text = Prose(
        rows=7,
        label=_("Answer"),
        help_text=_("Written to the citizen: what was found, what was done, what happens next."),
    )
    promise_on = Day(label=_("Promised day"), required=False, help_text=_("Only with the outcome that promises."))

    passed_to = Line(
        label=_("Authority it is passed on to"),
        required=False,
        help_text=_("Only for a complaint or a denunciation: nobody reads the report once the centre has sealed it."),
    )
    passed_ref = Line(label=_("Number or receipt there, if known"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(card.code, pick(card.title, addresses.language())) for card in outcomes() if card.for_agency]
        self.choose_from("outcome", [("", _("Choose …")), *words])
