"""Shapes of what callers and operators send."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from hues.engines.rescue.actions import LONGEST, MOST_PEOPLE
from hues.engines.rescue.declare import NEED_WORDS
from hues.engines.rescue.rules.urgency import Need
from hues.functions.storm_flood.gauges import gauges
from hues.kernel.errors import Invalid
from hues.kernel.people import phones
from hues.kit.text import pick, tidy
from hues.surfaces.desks.forms import Line, choice
from hues.surfaces.desks.wards import Moment
from hues.surfaces.shell import addresses

HOW_MANY = _("How many people? Between 1 and 500.")
SOURCES = frozenset({"gps", "map"})


class Words(forms.CharField):
    """Words as they are kept; neither damaged letters nor too many are a reason to refuse a call: the engine cuts."""

    def __init__(self, *, rows: int = 1, most: int | None = None, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput(attrs={"autocomplete": "off"})
        if most:
            widget.attrs["maxlength"] = most
        super().__init__(widget=widget, required=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the words without what cannot be seen."""
        return tidy(super().to_python(value) or "")


class Degrees(forms.FloatField):
    """Degrees from -most to most; what is none counts as not given: a broken phone is no reason to refuse a call."""

    def __init__(self, *, most: int) -> None:
        super().__init__(required=False, validators=[MinValueValidator(-most), MaxValueValidator(most)])

    def clean(self, value: Any) -> float | None:
        """Return the degrees, or None."""
        try:
            found: float | None = super().clean(value)
        except forms.ValidationError:
            return None
        return found


class Known(forms.MultipleChoiceField):
    """What was ticked; what is not on the list, as on a page of another day, is no reason to refuse a call."""

    def to_python(self, value: Any) -> list[str]:
        """Return what is on the list."""
        return [one for one in super().to_python(value) if self.valid_value(one)]


class PointForm(forms.Form):
    """A point, if there is one."""

    lat = Degrees(most=90)
    lng = Degrees(most=180)
    source = Words()

    def point(self) -> tuple[float, float] | None:
        """Return latitude and longitude; half a point or none in the world is none."""
        given = getattr(self, "cleaned_data", {})
        lat, lng = given.get("lat"), given.get("lng")
        return (lat, lng) if lat is not None and lng is not None else None


class SosForm(PointForm):
    """A call for rescue: where, how many, what is needed, how to ring back."""

    phone = forms.CharField(
        label=_("Phone number we can call back"),
        max_length=LONGEST["address"],
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("Enter a phone number, so that we can call back.")},
    )
    people = forms.IntegerField(
        label=_("How many people?"),
        min_value=1,
        max_value=MOST_PEOPLE,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": MOST_PEOPLE}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), HOW_MANY),
    )
    needs = Known(
        label=_("What is needed?"),
        required=False,
        choices=[(need.value, words) for need, words in NEED_WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    battery_low = forms.BooleanField(label=_("The phone's battery is nearly empty"), required=False)
    for_other = forms.BooleanField(label=_("I call for somebody else"), required=False)
    address = Words(label=_("Address or something near it"))
    words = Words(label=_("Anything else the team must know"), rows=3, most=LONGEST["words"])

    beside = ""  # what was written where the number belongs, if that is not all

    def clean_phone(self) -> str:
        """Return the number in E.164; a fixed line can be rung, too, and the first one amid words or other numbers."""
        typed = tidy(" ".join(self.cleaned_data["phone"].split()))
        try:
            return phones.dialable(typed)
        except Invalid as wrong:
            if found := phones.first_in(typed):
                self.beside = f"☎ {typed}"
                return found
            raise forms.ValidationError(str(wrong)) from wrong

    def clean(self) -> dict[str, Any]:
        """Keep another number, or who answers, before the words: those are cut at their end."""
        said = dict(super().clean() or {})
        said["words"] = "\n".join(filter(None, (self.beside, said.get("words"))))
        return said

    def clean_needs(self) -> frozenset[Need]:
        """Return the needs that were ticked."""
        return frozenset(Need(value) for value in self.cleaned_data["needs"])


class LevelForm(forms.Form):
    """One river level, as it was read."""

    gauge = choice(_("Gauge"))
    metres = forms.DecimalField(
        label=_("Level in metres"),
        max_digits=6,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "max_digits", "max_decimal_places", "max_whole_digits"),
            _("A level in metres, such as 2.35."),
        ),
    )
    at = Moment(
        label=_("Read at"),
        error_messages=dict.fromkeys(("required", "invalid"), _("Choose the day and time of the reading.")),
    )
    source = Line(
        label=_("Source"),
        max_length=120,
        help_text=_("Who read it: the hydrological station, a ward, a bulletin."),
        error_messages={"required": _("Say where the number comes from.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["gauge"]
        if isinstance(field, forms.ChoiceField):
            language = addresses.language()
            field.choices = [(g.code, f"{pick(g.name, language)} · {pick(g.river, language)}") for g in gauges()]


class FileForm(forms.Form):
    """A CSV file of river levels."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("Columns: gauge, at, metres, source. Up to 5,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages=dict.fromkeys(("required", "invalid", "empty", "missing"), _("Choose a file.")),
    )
