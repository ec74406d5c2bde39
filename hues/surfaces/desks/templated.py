"""A template of words in the form of an answer: its fields stand above the words, and one press fills them in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hues.engines.cases.queries import TemplateCard, templates_for
from hues.engines.cases.rules.templates import Kind, Slot, filled
from hues.kit.text import pick
from hues.surfaces.desks.forms import Day, Line, MoveForm, choice
from hues.surfaces.shell import addresses

OF_SLOT = "slot_"


class TemplatedForm(MoveForm):
    """
    A form whose `text` may be begun with a template.

    Nothing of a template is needed to send the form: its fields are read when somebody presses to fill them in.
    """

    template = choice(_("Begin with a template"), required=False)
    filled = forms.CharField(required=False, widget=forms.HiddenInput, max_length=8000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cards = {str(card.id): card for card in templates_for(self.case.category)}
        if not self.cards:
            del self.fields["template"]
            return
        titles = [(name, pick(card.template.named, addresses.language())) for name, card in self.cards.items()]
        self.choose_from("template", [("", _("Your own words")), *titles])
        for slot in self.chosen.template.slots if self.chosen else ():
            self.fields[OF_SLOT + slot.key] = _field(slot)
        names = [name for name in self.fields if name.startswith(OF_SLOT)]
        self.order_fields(["outcome", "template", *names, *self.fields])

    @property
    def chosen(self) -> TemplateCard | None:
        """Return the template that was chosen."""
        name = self.data.get("template", "") if self.is_bound else self.initial.get("template", "")
        return self.cards.get(str(name))

    @property
    def fills_after(self) -> str:
        """Return behind which field stands the button that fills the words in, or asks for what they need."""
        slots = [name for name in self.fields if name.startswith(OF_SLOT)]
        return slots[-1] if slots else "template"

    def values(self) -> dict[str, Any]:
        """Return what was typed, without what only helped to write it."""
        said = super().values()
        return {
            name: value
            for name, value in said.items()
            if name not in ("template", "filled") and not name.startswith(OF_SLOT)
        }

    def clean(self) -> dict[str, Any]:
        """Set aside what is wrong with what only helps to write: the answer can be sent all the same."""
        cleaned = super().clean() or self.cleaned_data
        helpers = [name for name in self.errors if name in ("template", "filled") or name.startswith(OF_SLOT)]
        self.aside = {name: self.errors.pop(name) for name in helpers}
        return cleaned

    def fill(self) -> None:
        """
        Write the words of the chosen template into the text; what is missing is said, and what was typed stays.

        Words that were filled in before and not changed since give way; words of the writer's own are kept above.
        """
        card = self.chosen
        asked = {f"{OF_SLOT}{slot.key}" for slot in card.template.slots} if card else set()
        self.errors.clear()  # whoever is still writing has not sent it yet
        if card is None or (asked and not asked & set(self.data)):
            return
        self.errors.update({name: wrong for name, wrong in self.aside.items() if name in asked})
        self._need(card)
        if self.errors:
            return
        words = filled(pick(card.template.text, addresses.language()), self._said(card))
        own, before = (_lines(self.data.get(name, "")) for name in ("text", "filled"))
        head = own.removesuffix(before).strip()
        self._write(text=f"{head}\n\n{words}" if head else words, filled=words, outcome=card.template.outcome)

    def _need(self, card: TemplateCard) -> None:
        for slot in card.template.slots:
            name = OF_SLOT + slot.key
            if slot.required and name not in self.errors and self.cleaned_data.get(name) in (None, ""):
                self.add_error(name, self.fields[name].error_messages["required"])

    def _said(self, card: TemplateCard) -> Mapping[str, str | date | int | None]:
        dates = {slot.key: self.cleaned_data.get(OF_SLOT + slot.key) for slot in card.template.slots}
        return {key: day if isinstance(day, date) else self.data.get(OF_SLOT + key) for key, day in dates.items()}

    def _write(self, *, outcome: str, **words: str) -> None:
        data = QueryDict(self.data.urlencode() if isinstance(self.data, QueryDict) else "", mutable=True)
        for name, value in words.items():
            data[name] = value
        data["outcome"] = data.get("outcome") or outcome
        self.data = data


def _lines(text: str) -> str:
    return "\n".join(text.strip().splitlines())


def _field(slot: Slot) -> forms.Field:
    label = pick(slot.label, addresses.language())
    if slot.kind == Kind.DATE:
        return Day(label=label, required=False)
    if slot.kind == Kind.NUMBER:
        return forms.DecimalField(
            label=label,
            required=False,
            min_value=0,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            error_messages={"required": _("Write a number."), "invalid": _("This is no number.")},
        )
    return Line(label=label, required=False, error_messages={"required": _("Write a few words here.")})
