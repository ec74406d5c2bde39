"""Shapes that the forms of both desks are made of."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext_lazy as _

from hues.engines.cases.queries import DeskCase
from hues.kernel.people.asker import Asker
from hues.kit.text import Words, tidy
from hues.kit.years import meant
from hues.surfaces.desks.widgets import Box, Files, Lines, Named, Options, Tick

LONGEST_TEXT = 4000  # characters
MOST_PHOTOS = 10


class Prose(forms.CharField):
    """Words of several lines, tidied."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_TEXT)
        kwargs.setdefault("error_messages", {"required": _("Write a few words here.")})
        super().__init__(widget=Lines(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the words without what cannot be seen."""
        return tidy(super().to_python(value) or "")


class Line(forms.CharField):
    """Words of one line, tidied."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(widget=Box, **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the words without what cannot be seen."""
        return tidy(super().to_python(value) or "").replace("\n", " ")


class Day(forms.DateField):
    """A day, in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": _("Choose a day."), "invalid": _("This is not a day.")})
        super().__init__(widget=Box(attrs={"type": "date"}), input_formats=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)

    def validate(self, value: Any) -> None:
        """Refuse a year that nobody can mean."""
        super().validate(value)
        check_year(value)


def check_year(value: date | None) -> None:
    """
    Refuse a day, or an instant, of a year that nobody can mean.

    :raises ValidationError: if it is one
    """
    if value and not meant(value):
        raise ValidationError(_("Choose a year between 2000 and 2100."), code="year")


PICTURES = "image/jpeg,image/png,image/webp,image/heic,image/heif"


class Pictures(forms.FileField):
    """Several pictures, or other files of `types`; whether each is one is found out when it is stored."""

    def __init__(self, types: str = PICTURES, **kwargs: Any) -> None:
        super().__init__(widget=Files(attrs={"accept": types}), required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files that were sent."""
        return [file for file in data or () if isinstance(file, UploadedFile)]


class Yes(forms.BooleanField):
    """A tick."""

    widget = Tick


class AsGiven(BaseChoiceIterator):
    """Choices in the shape that Django wants: it need not go through two hundred agencies for each of ten fields."""

    def __init__(self, choices: Iterable[tuple[Any, Any]]) -> None:
        self._choices = choices if isinstance(choices, list) else list(choices)

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        """Yield them."""
        return iter(self._choices)


def choose_from(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Give a field of a form the choices that come with the page."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = AsGiven(choices)


class MoveForm(forms.Form):
    """
    One move of a case, in the name of `by`; `seen` is the version that the page showed.

    The page draws `seen` itself, always afresh: a form that was refused may be sent again. A form whose fields do not
    simply stand below one another is `drawn_by` a template of its own.
    """

    drawn_by = ""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, case: DeskCase, by: Asker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.by = by

    def keep_files(self, at: datetime) -> None:
        """Store what was uploaded, so that a refused form has it still."""

    def values(self) -> dict[str, Any]:
        """Return what was typed."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def start_with(self, **values: Any) -> None:
        """Fill in what the case says already."""
        self.initial = {**self.initial, **values}

    def sent(self, name: str) -> list[str]:
        """Return everything that was sent under a name."""
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else []

    def choose_from(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """Give the field its choices."""
        choose_from(self, name, choices)


def choice(label: Words, *, required: bool = True, **kwargs: Any) -> forms.ChoiceField:
    """Return a list to choose one from; its choices come with the page."""
    return forms.ChoiceField(
        label=label,
        required=required,
        widget=Options,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of the list.")},
        **kwargs,
    )


AGENCIES = "agencies"  # the list of names on a page that has such fields


def agency(label: Words, *, required: bool = True) -> forms.ChoiceField:
    """Return an agency to choose by its name; the choices come with the page, and so does the list of names."""
    wrong = _("There is no such agency. Choose one of the list.")
    return forms.ChoiceField(
        label=label,
        required=required,
        widget=Named(AGENCIES),
        error_messages={"required": _("Choose one."), "invalid_choice": wrong},
    )


class KeptPhotos:
    """
    Photos already stored for a form that is still being written, named so that only their sender may name them.

    A bare id in a hidden field would let anybody attach, and so see, a photo that is not theirs.
    """

    def __init__(self, person_id: UUID | None) -> None:
        self._signer = Signer(salt=f"hues.desks.kept-photo:{person_id}")

    def name(self, photo_id: UUID) -> str:
        """Return what stands for the photo in the form."""
        return self._signer.sign(str(photo_id))

    def read(self, names: list[str]) -> list[UUID]:
        """
        Return the photos of a sent form.

        :raises ValidationError: if a name is not one we gave to this person
        """
        try:
            return [UUID(self._signer.unsign(name)) for name in dict.fromkeys(names)]
        except BadSignature as forged:
            raise ValidationError(_("Please choose the photos again.")) from forged
