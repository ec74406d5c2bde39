"""What a writer fills in, and an approver types."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from hues.engines.bulletins import queries
from hues.engines.bulletins.declare import FAULT_WORDS, RISK_WORDS
from hues.engines.bulletins.queries import KeyCard, alert_settings
from hues.engines.bulletins.rules.content import LONGEST_HEADLINE, Content, Text
from hues.engines.bulletins.rules.drawn import from_text, to_text
from hues.engines.bulletins.rules.shapes import BadShape, Shape
from hues.kit.text import Words, pick
from hues.surfaces.desks.forms import Line, Prose, choice, choose_from
from hues.surfaces.desks.wards import LANGUAGE_NAMES, Moment, WardsForm
from hues.surfaces.desks.widgets import Box, Lines
from hues.surfaces.shell import addresses
from hues.surfaces.shell.telling import instant_words

USUAL = timedelta(hours=12)
LONGEST_DRAWING = 60_000


class AreaForm(WardsForm):
    """Where an alert is for: wards, and areas drawn on the map or typed."""

    presets = forms.MultipleChoiceField(
        label=_("Wards that are warned together"), required=False, widget=forms.CheckboxSelectMultiple
    )
    drawn = forms.CharField(
        label=_("Areas drawn, one on each line"),
        required=False,
        max_length=LONGEST_DRAWING,
        widget=Lines(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=_(
            "Corners as latitude,longitude with spaces between, or a centre and a radius in km: 16.4637,107.5909 2.5. "
            "GeoJSON can be pasted too."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = addresses.language()
        choose_from(self, "presets", [(one.code, pick(one.name, language)) for one in queries.presets()])

    def clean(self) -> dict[str, Any]:
        """Take the wards of a set as if each was chosen."""
        said, sets = dict(super().clean() or {}), {one.code: one.wards for one in queries.presets()}
        together = {ward for code in said.get("presets", ()) for ward in sets[code]}
        said["wards"] = sorted({*said.get("wards", ()), *together})
        return said

    def sets(self) -> Iterator[tuple[str, str, str, bool]]:
        """Yield the sets of wards: code, name, their wards, whether it is chosen."""
        chosen = set(self["presets"].value() or ())
        for one in queries.presets():
            yield one.code, pick(one.name, addresses.language()), " ".join(one.wards), one.code in chosen

    def clean_drawn(self) -> tuple[Shape, ...]:
        """Return the areas."""
        try:
            return from_text(self.cleaned_data["drawn"])
        except BadShape as bad:
            raise forms.ValidationError(FAULT_WORDS[bad.code]) from bad


class AlertForm(AreaForm):
    """An alert as it is written; a draft may lack words and area, which are asked for when it is submitted."""

    event = choice(_("Event"))
    risk = choice(_("Risk level"))
    training = forms.BooleanField(
        label=_("Training"), required=False, help_text=_("An exercise: it can never reach the public.")
    )
    onset_at = Moment(label=_("Begins"), required=False, help_text=_("Empty: it has begun."))
    expires_at = Moment(label=_("Ends"))

    def __init__(self, *args: Any, follows: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = addresses.language()
        self.fields["training"].disabled = follows
        events = [(card.code, pick(card.name, language)) for card in queries.events()]
        choose_from(self, "event", [("", _("Choose …")), *events])
        choose_from(self, "risk", [("", _("Choose …")), *((str(level), words) for level, words in RISK_WORDS.items())])
        for code in alert_settings().languages:
            self.add_language(
                code,
                headline=Line(label=_("Headline"), required=False, max_length=LONGEST_HEADLINE),
                description=Prose(label=_("What happens"), required=False),
                instruction=Prose(label=_("What people should do"), required=False),
            )

    def content(self) -> Content:
        """Return what was written."""
        said = self.cleaned_data
        return Content(
            event=said["event"],
            risk=int(said["risk"]),
            texts={code: self._text(code) for code in alert_settings().languages},
            wards=tuple(said["wards"]),
            shapes=said["drawn"],
            onset_at=said["onset_at"],
            expires_at=said["expires_at"],
            training=said["training"],
        )

    def languages(self) -> Iterator[tuple[str, Words, list[BoundField]]]:
        """Yield each language with its name and its fields."""
        for code in alert_settings().languages:
            names = ("headline", "description", "instruction")
            yield code, LANGUAGE_NAMES.get(code[:2], code), [self[f"{name}_{code}"] for name in names]

    def _text(self, code: str) -> Text:
        said = self.cleaned_data
        return Text(
            headline=said[f"headline_{code}"],
            description=said[f"description_{code}"],
            instruction=said[f"instruction_{code}"],
        )


def start_with(content: Content) -> dict[str, Any]:
    """Return a bulletin's content as the form takes it."""
    found: dict[str, Any] = {
        "event": content.event,
        "risk": str(content.risk),
        "training": content.training,
        "onset_at": content.onset_at,
        "expires_at": content.expires_at,
        "wards": list(content.wards),
        "drawn": to_text(content.shapes),
    }
    for code, text in content.texts.items():
        found |= {f"headline_{code}": text.headline, f"description_{code}": text.description}
        found[f"instruction_{code}"] = text.instruction
    return found


class ApproveForm(forms.Form):
    """The level, typed again."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    level = forms.IntegerField(
        label=_("Type the risk level of this alert again (1 to 5)"),
        min_value=1,
        max_value=5,
        widget=Box(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Type the level."), "invalid": _("Type the level.")},
    )


class AloneForm(forms.Form):
    """The level, typed again, and why there is nobody else."""

    alone_level = forms.IntegerField(
        label=_("Type the risk level of this alert again (1 to 5)"),
        widget=Box(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    alone_because = Prose(label=_("Why nobody else can approve it"), rows=2, max_length=1_000)


class ApartForm(forms.Form):
    """Why what others sent as an update is about nothing of ours."""

    own_because = Prose(label=_("Why is it about none of them?"), rows=2, max_length=1_000)


class KeyForm(forms.Form):
    """Which key others may know and since when, or that it was time for a new one."""

    key = choice(_("Which key?"), required=False)
    why = forms.ChoiceField(
        label=_("Why a new key?"),
        choices=(
            ("scheduled", _("It was time for one; nobody else knows the old key")),
            ("leaked", _("Somebody else may know the old key")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of the list.")},
    )
    since = Moment(
        label=_("Since when may it be known?"),
        required=False,
        help_text=_(
            "Only if it may be known. What the old key signed after this is not valid any more. Empty: from now."
        ),
    )

    def __init__(self, data: Any, keys: Iterable[KeyCard] = ()) -> None:
        super().__init__(data)
        earlier = [(key.fingerprint, _named(key)) for key in keys if not key.is_current]
        if earlier:
            empty = _("The one in use: a new one signs from now on")
            choose_from(self, "key", [("", empty), *earlier])
        else:
            del self.fields["key"]

    def clean_why(self) -> str:
        """Refuse that it is time for another key in place of one that signs no more."""
        why = str(self.cleaned_data["why"])
        if self.cleaned_data.get("key") and why != "leaked":
            raise ValidationError(_("An earlier key signs no more. Choose it only if somebody else may know it."))
        return why

    def clean(self) -> None:
        """Ask since when others may know a key that signs no more: from now on would change nothing."""
        if self.cleaned_data.get("key") and not self.cleaned_data.get("since") and "since" not in self.errors:
            self.add_error("since", _("Say since when: this key signs no more, “from now” would change nothing."))


def _named(key: KeyCard) -> str:
    since = _("Since %(at)s") % {"at": instant_words(key.made_at)}
    return f"{since} · {key.fingerprint[:12]}…"


class ReturnForm(forms.Form):
    """What has to change."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    because = Prose(label=_("What has to change?"), rows=2, max_length=1_000)
