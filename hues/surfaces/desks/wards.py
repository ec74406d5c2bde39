"""What forms of bulletins share: languages, an instant on the city's clock, and the wards it is for."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hues.kernel.areas import queries as areas
from hues.kit.text import Words, fold, pick
from hues.kit.years import in_utc
from hues.surfaces.desks.forms import check_year, choose_from
from hues.surfaces.desks.widgets import Box
from hues.surfaces.shell import addresses

LOCAL = "%Y-%m-%dT%H:%M"
LANGUAGE_NAMES: dict[str, Words] = {"vi": _("Vietnamese"), "en": _("English")}
KINDS: dict[str, Words] = {"phuong": _("Wards"), "xa": _("Communes")}


class Moment(forms.DateTimeField):
    """An instant on the city's clock, in the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        errors: dict[str, Words] = {"required": _("Choose a day and a time."), "invalid": _("This is no day and time.")}
        box = Box(attrs={"type": "datetime-local"})
        errors |= kwargs.pop("error_messages", {})
        formats = [LOCAL, f"{LOCAL}:%S", *kwargs.pop("input_formats", ())]
        super().__init__(widget=box, input_formats=formats, error_messages=errors, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Return the instant as the picker takes it."""
        return timezone.localtime(value).strftime(LOCAL) if isinstance(value, datetime) else value

    def clean(self, value: Any) -> datetime | None:
        """Return the instant in UTC, whatever offset came with it."""
        found = super().clean(value)
        return in_utc(found) if found else None

    def validate(self, value: Any) -> None:
        """Refuse a year that nobody can mean."""
        super().validate(value)
        check_year(value)


class WardsForm(forms.Form):
    """A form that asks for wards, or for the whole city."""

    whole = forms.BooleanField(label=_("The whole city"), required=False)
    wards = forms.MultipleChoiceField(
        label=_("Wards and communes"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said_as: dict[str, str] = {}  # what a field is called where it does not stand below its language
        language = addresses.language()
        choose_from(self, "wards", [(ward.code, pick(ward.name, language)) for ward in areas.wards()])

    def add_language(self, code: str, **fields: forms.Field) -> None:
        """Ask for words in a language, by fields that are called alike in each."""
        for name, field in fields.items():
            self.fields[f"{name}_{code}"] = field
            self.said_as[f"{name}_{code}"] = f"{field.label} ({LANGUAGE_NAMES.get(code[:2], code)})"

    def clean(self) -> dict[str, Any]:
        """Take every ward for the whole city."""
        said = dict(super().clean() or {})
        if said.get("whole"):
            said["wards"] = [ward.code for ward in areas.wards()]
        return said

    def groups(self) -> Iterator[tuple[Words, list[tuple[str, str, bool]]]]:
        """Yield the wards by kind: code, name, whether it is chosen."""
        language, chosen = addresses.language(), set(self["wards"].value() or ())
        for kind, label in KINDS.items():
            found = [ward for ward in areas.wards() if ward.kind == kind]
            rows = [(ward.code, pick(ward.name, language), ward.code in chosen) for ward in found]
            if rows:
                yield label, sorted(rows, key=lambda row: fold(row[1]))
