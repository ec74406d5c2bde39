"""What the operations centre fills in for each of its moves."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hues.engines.cases.actions import Share
from hues.engines.cases.queries import PhotoRef, category, offered, outcomes
from hues.engines.cases.rules.houses import names_a_home
from hues.engines.cases.rules.splitting import FEWEST_PARTS, LONGEST_ANSWER, MOST_PARTS
from hues.engines.cases.rules.workflow import Verb
from hues.kit.text import pick
from hues.surfaces.desks.choices import open_agencies
from hues.surfaces.desks.forms import Line, MoveForm, Prose, Yes, agency, choice
from hues.surfaces.operations.accepting import way_of
from hues.surfaces.operations.agreeing import AgreeingForm, agreed
from hues.surfaces.shell import addresses

TURNS = range(1, MOST_PARTS + 1)
REFUSALS = ("spam", "out_of_scope", "duplicate")


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


def _agency() -> forms.ChoiceField:
    return agency(_("Agency"), required=False)


def _task() -> Prose:
    return Prose(label=_("What it is to do"), required=False, rows=2)


class SplitForm(MoveForm):
    """Several agencies, and what each is to do; rows that are left empty count for nothing."""

    drawn_by = "operations/_split.html"
    agency_1, task_1 = _agency(), _task()
    agency_2, task_2 = _agency(), _task()
    agency_3, task_3 = _agency(), _task()
    agency_4, task_4 = _agency(), _task()
    agency_5, task_5 = _agency(), _task()
    agency_6, task_6 = _agency(), _task()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.start_with(agency_1=self.case.agency_id or way_of(self.case).agency_id)
        for turn in TURNS:
            self.choose_from(f"agency_{turn}", open_agencies())

    def clean(self) -> dict[str, Any]:
        """Test that every row that was begun says who and what."""
        cleaned = super().clean() or self.cleaned_data
        for turn in TURNS:
            given, task = cleaned.get(f"agency_{turn}"), cleaned.get(f"task_{turn}")
            if given and task == "":
                self._lacks(f"task_{turn}")
            if task and given == "":
                self._lacks(f"agency_{turn}")
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the parts, without the rows that were left empty."""
        said = [(self.cleaned_data[f"agency_{turn}"], self.cleaned_data[f"task_{turn}"]) for turn in TURNS]
        return {"shares": [Share(agency_id=UUID(given), task=task) for given, task in said if given]}

    def _lacks(self, name: str) -> None:
        self.add_error(name, self.fields[name].error_messages["required"])

    @property
    def rows(self) -> list[tuple[int, Any, Any]]:
        """Return the rows as the page draws them: a number, the agency's field, that of its task."""
        return [(turn, self[f"agency_{turn}"], self[f"task_{turn}"]) for turn in TURNS]

    @property
    def first_rows(self) -> list[tuple[int, Any, Any]]:
        """Return the rows that every split needs."""
        return self.rows[:FEWEST_PARTS]

    @property
    def more_rows(self) -> list[tuple[int, Any, Any]]:
        """Return the rows that few splits need."""
        return self.rows[FEWEST_PARTS:]

    @property
    def has_more(self) -> bool:
        """Test if one of those was begun."""
        return any(given.value() or task.value() for _turn, given, task in self.more_rows)


class JoinForm(MoveForm):
    """One agency instead of several."""

    agency_id = agency(_("Agency"))
    text = Prose(
        label=_("Why is it joined again?"),
        required=False,
        rows=2,
        help_text=_("Every agency that had a part reads it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.start_with(agency_id=way_of(self.case).agency_id)
        self.choose_from("agency_id", open_agencies())


class EditForm(MoveForm):
    """The answers of all parts as one."""

    text = Prose(
        rows=10,
        max_length=LONGEST_ANSWER,
        label=_("The answer"),
        help_text=_("The citizen reads these words; the answers of the agencies stay as they are with their parts."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.start_with(text=self.case.answer)


class PublishForm(AgreeingForm):
    """What everybody will read, and which photos they will see."""

    public_text = Prose(
        rows=5,
        label=_("The report as everybody reads it"),
        help_text=_("Take out names, phones and numbers of houses."),
    )
    public_address = Line(label=_("Place as everybody reads it"), required=False)
    coarse = Yes(
        label=_("Show the area, not the place"),
        required=False,
        help_text=_("For somebody’s own house: the map shows about 200 m around it, and no address."),
    )
    shown = forms.MultipleChoiceField(
        label=_("Photos that everybody sees"), required=False, widget=forms.CheckboxSelectMultiple
    )
    text = Prose(label=_("Words of the operations centre"), required=False, rows=2)
    agreed = agreed()
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
        photos = [str(photo.photo_id) for photo in self._public() if not photo.hidden]
        again = bool(case.public_text)  # what was taken out at an earlier publication stays out
        street = "" if case.coarse else offered.street(case.address)
        words = offered.words(case.text, case.address)
        text, address = (case.public_text, case.public_address) if again else (words, street)
        area = case.coarse or (not again and names_a_home(case.text, case.address))
        self.start_with(public_text=text, public_address=address, shown=photos, coarse=area)
        leaf = category(case.category)
        if leaf and leaf.coarse:
            del self.fields["coarse"]  # of these it is always so
        self.choose_from("shown", [(name, name) for name in photos])
        names = ("public_text", "public_address", "text")
        self.ask_about(
            case.answer, *(str(self.data.get(n, "") if self.is_bound else self.initial.get(n, "")) for n in names)
        )

    def values(self) -> dict[str, Any]:
        """Return what was typed, with the photos that were left out."""
        said = super().values()
        shown = set(said.pop("shown"))
        hidden = [photo.photo_id for photo in self._public() if str(photo.photo_id) not in shown]
        return said | {"hidden_photos": hidden}

    def _public(self) -> list[PhotoRef]:
        """Return the photos that the public page has room for; what a reporter added stays with the desks."""
        return [photo for photo in self.case.photos if photo.role != "extra"]


class ExtensionForm(MoveForm):
    """More time, or not."""

    granted = choice(_("Decision"))
    text = Prose(label=_("Words to the agency"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("granted", [("", _("Choose …")), ("yes", _("Grant more time")), ("no", _("Do not grant"))])


class PromiseForm(AgreeingForm):
    """The proof of a promise stands, or goes back."""

    granted = choice(_("Does the photo show that it is done?"))
    text = Prose(label=_("Words to the agency"), required=False, rows=2)
    agreed = agreed()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if any(doubt.pending for doubt in self.case.doubts):
            self.fields["text"].help_text = _("Its proof is doubted: if it stands, say why.")
        shown = [step.text for step in self.case.timeline if step.verb == Verb.KEEP_PROMISE]
        self.ask_about(*shown[-1:])
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


class LookForm(forms.Form):
    """What the original is needed for."""

    purpose = Prose(
        label=_("What do you need the original for?"),
        help_text=_("The citizen reads who looked, when, and these words."),
        rows=2,
    )


class UncoverForm(forms.Form):
    """Why everybody may see it again."""

    reason = Prose(label=_("Why is it shown again?"), help_text=_("It stands in the history for staff."), rows=2)


def waited_form(typed: QueryDict, look: type[LookForm] = LookForm) -> tuple[str, forms.Form] | None:
    """Return which form of something covered was sent without a session, by its name on the page."""
    if "purpose" in typed:
        return "look_form", look(typed)
    return ("uncover_form", UncoverForm(typed)) if "reason" in typed else None
