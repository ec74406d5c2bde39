"""What an agency fills in for each of its moves."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hues.engines.cases.queries import doubts_about, outcomes
from hues.kernel.agencies.leaves import away
from hues.kernel.agencies.queries import staff_of
from hues.kernel.errors import Refusal
from hues.kernel.media.actions import store_photo
from hues.kernel.people.asker import Role
from hues.kit.clock import now
from hues.kit.text import pick
from hues.surfaces.desks.doubts import Told, told
from hues.surfaces.desks.forms import MOST_PHOTOS, Day, KeptPhotos, MoveForm, Pictures, Prose, choice
from hues.surfaces.desks.photos import address_of
from hues.surfaces.desks.widgets import Options
from hues.surfaces.shell import addresses


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
        help_text=_("The reporter gets it at once. The clock stops until they reply, unless it is overdue."),
    )


class ExtendForm(MoveForm):
    """More time, asked for with a reason."""

    until = Day(label=_("New due day"))
    text = Prose(label=_("Why is more time needed?"), help_text=_("The operations centre decides."))


class NoteForm(MoveForm):
    """A note among colleagues."""

    text = Prose(label=_("Note"), help_text=_("Your agency and the operations centre see it, the citizen never."))


class ProofForm(MoveForm):
    """
    Something that is shown with photos.

    `photos` are names of photos stored by an earlier try of the same form; `proof` holds new files.
    """

    proof = Pictures(
        label=_("Proof photos"),
        help_text=_("Show the place after the work. JPEG, PNG, WebP or HEIC, up to 10 MB each."),
    )
    despite = Prose(
        label=_("Why is it proof all the same?"),
        help_text=_("For the operations centre, which decides. Or leave the photo out and choose another one."),
        required=False,
        rows=2,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = KeptPhotos(self.by.errand.id if self.by.errand else self.by.person_id)
        self.stored: list[UUID] = []
        self.doubts: dict[UUID, Told] = {}
        if not self.is_bound:
            del self.fields["despite"]

    def clean(self) -> dict[str, Any]:
        """Read the photos of earlier tries, however the rest turned out."""
        cleaned = super().clean() or self.cleaned_data
        dropped = set(self.sent("drop"))
        try:
            self.stored = self.kept.read([name for name in self.sent("photos") if name not in dropped])
        except ValidationError as forged:
            self.add_error("proof", forged)
        if len(self.stored) + len(self.files.getlist("proof")) > MOST_PHOTOS:
            self.add_error("proof", _("At most ten photos."))
        return cleaned

    def keep_files(self, at: datetime) -> None:
        """Store the new photos; those that cannot be taken are named."""
        for upload in self.files.getlist("proof")[: MOST_PHOTOS - len(self.stored)]:
            try:
                self.stored.append(store_photo(upload, by=self.by.person_id, at=at).id)
            except Refusal as refusal:
                self.add_error("proof", f"{upload.name}: {refusal}")
        found = doubts_about(self.by, self.case.id, self.stored)
        self.doubts = {doubt.photo_id: doubt for doubt in told(found, at)}
        if not self.doubts:
            del self.fields["despite"]

    def values(self) -> dict[str, Any]:
        """Return what was typed, and the proof."""
        return super().values() | {"proof": tuple(self.stored)}

    def shown_photos(self) -> list[tuple[str, str, Told | None]]:
        """Return the photos kept so far: their names in the form, where they can be seen, and what is doubted."""
        at = now()
        return [
            (self.kept.name(photo), address_of(photo, "thumb", at), self.doubts.get(photo)) for photo in self.stored
        ]


class KeepForm(ProofForm):
    """What was promised is done, and here it is."""

    field_order = ("text", "proof", "despite")
    text = Prose(
        label=_("What was done?"),
        help_text=_("Everybody reads it once the operations centre has checked it."),
    )


class AnswerForm(ProofForm):
    """The answer: an outcome word, the words of the letter, a promise's day, proof."""

    field_order = ("outcome", "text", "promise_on", "proof", "despite")
    outcome = choice(_("Outcome"))
    text = Prose(
        rows=7,
        label=_("Answer"),
        help_text=_("Written to the citizen: what was found, what was done, what happens next."),
    )
    promise_on = Day(label=_("Promised day"), required=False, help_text=_("Only with the outcome that promises."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(card.code, pick(card.title, addresses.language())) for card in outcomes() if card.for_agency]
        self.choose_from("outcome", [("", _("Choose …")), *words])
