"""The form of a change of agencies: which end, who follows, on which day."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hues.kernel.agencies import queries
from hues.kernel.agencies.changes import ChangeCard
from hues.kernel.agencies.checking import Mistake, Share, Wanted
from hues.kernel.areas.queries import wards
from hues.kit.text import Words, fold, pick
from hues.surfaces.desks.choices import leaves, open_agencies, open_agency_options
from hues.surfaces.desks.forms import Day, Line, choice, choose_from
from hues.surfaces.shell import addresses

ENDS, PARTS = 6, 3
NEW = ("new_code", "new_vi", "new_en")


def _several(label: Words) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.SelectMultiple(attrs={"size": 6}))


def _none_or(agency_id: str) -> SafeString:
    return format_html('<option value="">{}</option>{}', _("Choose an agency …"), open_agency_options(agency_id))


class ChangeForm(forms.Form):
    """Up to six agencies that end, the one that follows, and up to three that get a part of what one had."""

    on = Day(label=_("On which day"), help_text=_("From 00:00 of that day. Today or a day past: at once."))
    into = choice(_("Agency that follows"), required=False)
    new_code = Line(label=_("Code"), required=False, max_length=64, help_text=_("Letters a-z, digits and hyphens."))
    new_vi = Line(label=_("Name in Vietnamese"), required=False, max_length=200)
    new_en = Line(label=_("Name in English"), required=False, max_length=200)
    by_routes = forms.BooleanField(
        label=_("Where the city's routes lead to one of them, that one has it"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = addresses.language()
        named = sorted(((w.code, pick(w.name, language)) for w in wards()), key=lambda ward: fold(ward[1]))
        for turn in range(1, ENDS + 1):
            self.fields[f"end_{turn}"] = choice(_("Agency that ends"), required=False)
        for turn in range(1, PARTS + 1):
            self.fields[f"heir_{turn}"] = choice(_("Agency that gets a part"), required=False)
            self.fields[f"wards_{turn}"] = _several(_("Only in these wards"))
            self.fields[f"categories_{turn}"] = _several(_("Only these categories"))
            choose_from(self, f"wards_{turn}", named)
            choose_from(self, f"categories_{turn}", leaves("report"))
        for name in self._agencies():
            widget: Any = self.fields[name].widget
            widget.attrs["data-find"], widget.kept = True, _none_or
            choose_from(self, name, [("", ""), *open_agencies()])

    def clean(self) -> dict[str, Any]:
        """Ask for one that follows, at work or new."""
        said = super().clean() or {}
        if not said.get("end_1") and "end_1" not in self.errors:
            self.add_error("end_1", gettext("Choose one."))
        if bool(said.get("into")) == any(said.get(name) for name in NEW):
            self.add_error("into", gettext("Choose the agency that follows, or name a new one: one of the two."))
        return said

    def wanted(self) -> Wanted:
        """Return what was asked for."""
        said, codes = self.cleaned_data, self._codes()
        parts = [
            Share(
                code=codes[said[f"heir_{turn}"]],
                wards=tuple(said[f"wards_{turn}"]),
                categories=tuple(said[f"categories_{turn}"]),
            )
            for turn in self._parts()
        ]
        rest = Share(code=codes[said["into"]]) if said["into"] else self._new()
        ends = tuple(codes[said[name]] for name in self._ends())
        return Wanted(ends=ends, shares=(*parts, rest), on=said["on"], by_routes=said["by_routes"])

    def tell(self, mistakes: Iterable[Mistake]) -> None:
        """Put what is wrong beside the fields it is about."""
        ends, parts = self._ends(), self._parts()
        for one in mistakes:
            field: str | None = "on" if one.place == "on" else None
            if one.place == "ends" and one.row:
                field = ends[one.row - 1]
            elif one.place == "shares" and one.row:
                rest = "into" if self.cleaned_data["into"] else "new_code"
                field = f"heir_{parts[one.row - 1]}" if one.row <= len(parts) else rest
            self.add_error(field, str(one.sentence))

    def told(self) -> dict[str, Any]:
        """Return in names what was asked for."""
        language, said = addresses.language(), self.cleaned_data
        names = {str(card.id): pick(card.name, language) for card in queries.agencies()}
        new = said["new_en"] if language == "en" else said["new_vi"]
        return {
            "ends": [names[said[name]] for name in self._ends()],
            "rest": names[said["into"]] if said["into"] else new,
            "is_new": not said["into"],
            "parts": [names[said[f"heir_{turn}"]] for turn in self._parts()],
            "on": said["on"],
        }

    def sent(self, name: str) -> list[str]:
        """Return everything that was sent under a name."""
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else []

    @property
    def end_fields(self) -> list[Any]:
        """Return the fields of the agencies that end, as the page draws them."""
        return [self[f"end_{turn}"] for turn in range(1, ENDS + 1)]

    @property
    def part_fields(self) -> list[tuple[int, list[Any]]]:
        """Return the fields of each part."""
        names = ("heir", "wards", "categories")
        return [(turn, [self[f"{name}_{turn}"] for name in names]) for turn in range(1, PARTS + 1)]

    @property
    def has_new(self) -> bool:
        """Test if a new agency was named, or should have been."""
        return any(self[name].value() or self[name].errors for name in NEW)

    @property
    def has_parts(self) -> bool:
        """Test if anything falls to others."""
        return any(field.value() or field.errors for _turn, fields in self.part_fields for field in fields)

    @property
    def has_more_ends(self) -> bool:
        """Test if more than two agencies end."""
        return any(field.value() or field.errors for field in self.end_fields[2:])

    def _new(self) -> Share:
        code, vi, en = (self.cleaned_data[name] for name in NEW)
        return Share(code=code, name={"vi": vi, "en": en})

    def _codes(self) -> dict[str, str]:
        return {str(card.id): card.code for card in queries.agencies()}

    def _ends(self) -> list[str]:
        return [f"end_{turn}" for turn in range(1, ENDS + 1) if self.cleaned_data[f"end_{turn}"]]

    def _parts(self) -> list[int]:
        return [turn for turn in range(1, PARTS + 1) if self.cleaned_data[f"heir_{turn}"]]

    def _agencies(self) -> list[str]:
        ends, heirs = (f"end_{turn}" for turn in range(1, ENDS + 1)), (f"heir_{turn}" for turn in range(1, PARTS + 1))
        return ["into", *ends, *heirs]


def begin_with(card: ChangeCard) -> dict[str, Any] | None:
    """Return what the form of a planned change begins with, or None if it is past, or has more than the form."""
    *parts, rest = card.shares
    heirs = {heir.code: heir for heir in card.heirs}
    new = [share.code for share in parts if not heirs[share.code].is_active]
    if not card.is_planned or len(card.ends) > ENDS or len(parts) > PARTS or new:
        return None
    begun: dict[str, Any] = {"on": card.on.isoformat(), "by_routes": card.by_routes}
    begun |= {f"end_{turn}": str(gone.id) for turn, gone in enumerate(card.ends, 1)}
    for turn, share in enumerate(parts, 1):
        begun |= {f"heir_{turn}": str(heirs[share.code].id)}
        begun |= {f"wards_{turn}": list(share.wards), f"categories_{turn}": list(share.categories)}
    last = heirs[rest.code]
    if last.is_active:
        return begun | {"into": str(last.id)}
    return begun | {"new_code": last.code, "new_vi": last.name["vi"], "new_en": last.name["en"]}
