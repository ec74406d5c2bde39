"""Shapes of what reporters send."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hues.engines.cases.queries import SEVERAL, Question
from hues.functions.field_reports.adding import AddForm, WithPhotos
from hues.kit.text import Words, pick, tidy
from hues.surfaces.desks.forms import check_year

LONGEST_TEXT = 4000  # characters
SHORTEST_TEXT = 10
LONGEST_ADDRESS = 200
UNREADABLE = "\ufffd"
ASKED = "q_"  # before the key of a question, in the name of its field
STARS: tuple[tuple[int, Words], ...] = (
    (5, _("Very satisfied")),
    (4, _("Satisfied")),
    (3, _("Neither")),
    (2, _("Dissatisfied")),
    (1, _("Very dissatisfied")),
)


class Written(forms.CharField):
    """Words, composed and without what cannot be seen; `lines` makes room for several."""

    def __init__(self, *, lines: int = 1, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput()
        self.lines = lines
        super().__init__(widget=widget, strip=True, **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the words as they are kept."""
        words = tidy(super().to_python(value) or "")
        return words if self.lines > 1 else " ".join(words.split())

    def validate(self, value: str) -> None:
        """Refuse bytes that were not readable text."""
        super().validate(value)
        if UNREADABLE in value:
            raise forms.ValidationError(_("Some letters arrived damaged (�). Please type them again."))


class Several(forms.MultipleChoiceField):
    """Any of the choices, kept in one answer."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        """Return what is ticked."""
        return value.split(SEVERAL) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        """Return what was ticked as it is kept."""
        return SEVERAL.join(super().clean(value))


def _field_for(question: Question, language: str) -> forms.Field:
    title = pick(question.title, language)
    if question.options:
        return (Several if question.kind == "many" else forms.ChoiceField)(
            label=title,
            required=question.required,
            choices=[(key, pick(words, language)) for key, words in question.options],
            widget=forms.CheckboxSelectMultiple if question.kind == "many" else forms.RadioSelect,
            error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of the list.")},
        )
    if question.kind == "date":
        return forms.DateField(
            label=title,
            required=question.required,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={"invalid": _("This is not a day.")},
            validators=[check_year],
        )
    return Written(label=title, required=question.required, max_length=200)


def typed_so_far(sent: QueryDict) -> dict[str, str]:
    """Return what was typed into a form, to begin one with; of several answers to one question all."""
    last = {name: str(value) for name, value in sent.items()}
    return last | {name: SEVERAL.join(map(str, sent.getlist(name))) for name in last if name.startswith(ASKED)}


class PlaceForm(forms.Form):
    """A point or an address; which one it is, the city decides."""

    lat = forms.FloatField(required=False, validators=[MinValueValidator(-90), MaxValueValidator(90)])
    lng = forms.FloatField(required=False, validators=[MinValueValidator(-180), MaxValueValidator(180)])
    source = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)
    address = Written(label=_("Address or something near it"), required=False, max_length=LONGEST_ADDRESS)
    ward = forms.CharField(label=_("Ward or commune"), required=False, max_length=8)


class Asking(forms.Form):
    """A form in which a category's own questions stand among the fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked: list[str] = []

    def ask(self, questions: Iterable[Question], language: str) -> None:
        """Ask these too."""
        for question in questions:
            name = f"{ASKED}{question.key}"
            self.fields[name] = _field_for(question, language)
            self.asked.append(name)

    @property
    def questions(self) -> list[forms.BoundField]:
        """Return the fields of the category's questions."""
        return [self[name] for name in self.asked]

    @property
    def answers(self) -> dict[str, str]:
        """Return what was answered, by the question's key."""
        given = {name.removeprefix(ASKED): self.cleaned_data[name] for name in self.asked}
        return {key: str(value) for key, value in given.items() if value}


class WordsForm(Asking):
    """What is wrong, in the reporter's own words, with the questions of the category."""

    text = Written(
        label=_("What is wrong?"),
        lines=5,
        max_length=LONGEST_TEXT,
        min_length=SHORTEST_TEXT,
        error_messages={
            "required": _("Write in a sentence what is wrong."),
            "min_length": _("Please write a little more, so that whoever comes knows what to do."),
            "max_length": _("Please keep it under 4,000 characters."),
        },
    )
    show_name = forms.BooleanField(label=_("Show my name to the public"), required=False)

    def __init__(self, *args: Any, questions: Iterable[Question] = (), language: str = "vi", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask(questions, language)


class ReplyForm(WithPhotos):
    """What the agency asked to know."""

    text = Written(
        label=_("Your reply"), lines=4, max_length=LONGEST_TEXT, error_messages={"required": _("Write your reply.")}
    )


class MoreForm(WithPhotos):
    """Something that nobody asked for."""

    text = Written(
        label=_("What would you like to add?"),
        lines=4,
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Write what you would like to add.")},
    )


class RateForm(AddForm):
    """How it went, seen by the person who asked for it."""

    stars = forms.TypedChoiceField(
        label=_("How satisfied are you with the answer?"),
        choices=STARS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the five.")},
    )
    fixed = forms.TypedChoiceField(
        label=_("Is it fixed?"),
        choices=(("yes", _("Yes, it is fixed")), ("no", _("No, it is still there"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Tell us whether it is fixed.")},
    )
    text = Written(label=_("What should be better?"), lines=3, max_length=1000, required=False)


class ReopenForm(WithPhotos):
    """Why it is not over yet."""

    text = Written(
        label=_("What is still wrong?"),
        help_text=_("Show it on a photo, or describe it: at least 20 letters."),
        lines=4,
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Write what is still wrong.")},
    )
