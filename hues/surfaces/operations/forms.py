"""What the operations centre fills in for each of its moves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hues.engines.cases.queries import deadlines, outcomes, suggested_agency
from hues.kit.text import pick
from hues.surfaces.desks.choices import CLASS_NAMES, leaves, open_agencies, with_suggested
from hues.surfaces.desks.forms import Line, MoveForm, Prose, choice
from hues.surfaces.desks.widgets import Box
from hues.surfaces.shell import addresses

REFUSALS = ("spam", "out_of_scope", "duplicate")


class AcceptForm(MoveForm):
    """Take it on and pass it to an agency; category and class can be put right."""

    agency_id = choice(_("Agency"))
    category = choice(_("Category"))
    service_class = choice(_("How fast"))
    plan_days = forms.IntegerField(
        label=_("Working days of the plan"),
        required=False,
        min_value=1,
        max_value=60,
        widget=Box(attrs={"type": "number", "min": 1, "max": 60, "inputmode": "numeric"}),
        help_text=_("Only for complex cases; empty means the usual time."),
    )
    note = Prose(label=_("Note to the agency"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case = self.case
        suggested = suggested_agency(case.kind, case.category, case.ward_code)
        self.start_with(
            agency_id=case.agency_id or suggested,
            category=case.category,
            service_class=case.service_class,
            plan_days=case.plan_days,
        )
        self.fields["agency_id"].widget.attrs["data-find"] = True
        self.choose_from("agency_id", [("", _("Choose an agency …")), *with_suggested(open_agencies(), suggested)])
        self.choose_from("category", leaves(case.kind))
        self.choose_from("service_class", [(code, CLASS_NAMES.get(code, code)) for code in deadlines().answers])


class RefuseForm(MoveForm):
    """Not taken on: why, in words for the citizen."""

    outcome = choice(_("Why"))
    duplicate_of = Line(
        label=_("Number of the earlier report"),
        required=False,
        max_length=24,
        help_text=_("Only for a duplicate, such as PA-2026-000123."),
    )
    text = Prose(label=_("Words to the citizen"), help_text=_("They are sent at once, and cannot be taken back."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = addresses.language()
        words = {card.code: pick(card.title, language) for card in outcomes()}
        self.choose_from("outcome", [("", _("Choose …")), *((code, words.get(code, code)) for code in REFUSALS)])


class ReturnForm(MoveForm):
    """Back to the agency: what is missing."""

    text = Prose(
        label=_("What is missing?"),
        help_text=_("For the agency; the citizen does not see it. The time of the review is given back."),
    )


class PublishForm(MoveForm):
    """What everybody will read, and which photos they will see."""

    public_text = Prose(
        rows=5,
        label=_("The report as everybody reads it"),
        help_text=_("Take out names, phones and numbers of houses."),
    )
    public_address = Line(label=_("Place as everybody reads it"), required=False)
    shown = forms.MultipleChoiceField(
        label=_("Photos that everybody sees"), required=False, widget=forms.CheckboxSelectMultiple
    )
    text = Prose(label=_("Words of the operations centre"), required=False, rows=2)
    despite = Prose(
        label=_("Why does the doubted proof stand?"),
        help_text=_("For the record; the agency and the operations centre read it, the citizen never."),
        rows=2,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case = self.case
        if not any(doubt.pending for doubt in case.doubts):
            del self.fields["despite"]
        photos = [str(photo.photo_id) for photo in case.photos if not photo.hidden]
        self.start_with(public_text=case.public_text or case.text, public_address=case.address, shown=photos)
        self.choose_from("shown", [(name, name) for name in photos])

    def values(self) -> dict[str, Any]:
        """Return what was typed, with the photos that were left out."""
        said = super().values()
        shown = set(said.pop("shown"))
        hidden = [photo.photo_id for photo in self.case.photos if str(photo.photo_id) not in shown]
        return said | {"hidden_photos": hidden}


class ExtensionForm(MoveForm):
    """More time, or not."""

    granted = choice(_("Decision"))
    text = Prose(label=_("Words to the agency"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("granted", [("", _("Choose …")), ("yes", _("Grant more time")), ("no", _("Do not grant"))])


class PromiseForm(MoveForm):
    """The proof of a promise stands, or goes back."""

    granted = choice(_("Does the photo show that it is done?"))
    text = Prose(label=_("Words to the agency"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if any(doubt.pending for doubt in self.case.doubts):
            self.fields["text"].help_text = _("Its proof is doubted: if it stands, say why.")
        self.choose_from(
            "granted", [("", _("Choose …")), ("yes", _("Yes: the promise is kept")), ("no", _("No: send it back"))]
        )


class NoteForm(MoveForm):
    """A note among colleagues."""

    text = Prose(label=_("Note"), help_text=_("The agency and the operations centre see it, the citizen never."))


class UnsealForm(forms.Form):
    """What the name of the reporter is needed for."""

    purpose = Prose(
        label=_("What do you need the name for?"),
        help_text=_("The citizen reads who looked, when, and these words."),
        rows=2,
    )
