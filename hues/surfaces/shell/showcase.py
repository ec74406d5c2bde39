"""What /design/ shows: one example of everything, all of it made up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from hues.kit import clock
from hues.kit.text import Words


class ExampleForm(forms.Form):
    phone = forms.CharField(label=_("Phone number"), min_length=9, help_text=_("We send a code to it."))
    words = forms.CharField(label=_("What is broken?"), widget=forms.Textarea, required=False)
    ward = forms.ChoiceField(label=_("Ward"), choices=[("a", "Phú Xuân"), ("b", "Thuận Hóa")])
    shown = forms.ChoiceField(
        label=_("Your name"),
        widget=forms.RadioSelect,
        choices=[("no", _("Keep it hidden")), ("yes", _("Show it"))],
        initial="no",
    )
    agree = forms.BooleanField(label=_("Tell me when there is an answer"))


@dataclass(frozen=True, slots=True)
class Step:
    title: Words
    at: datetime | None = None
    who: Words = ""
    words: Words = ""
    icon: str = ""
    state: str = "done"


def examples() -> dict[str, Any]:
    """Return the variables of the page."""
    now = clock.now()
    photo = {"src": static("shell/mark.svg"), "href": static("shell/mark.svg"), "alt": _("An example picture")}
    return {
        "now": now,
        "soon": now + timedelta(hours=5, minutes=20),
        "later": now + timedelta(days=3, hours=4, minutes=1),
        "past": now - timedelta(days=1, hours=2),
        "steps": (
            Step(_("Received"), now - timedelta(days=2), icon="send"),
            Step(_("Sent to the agency"), now - timedelta(days=1), who="UBND phường Phú Xuân", icon="route"),
            Step(_("Being worked on"), now - timedelta(hours=3), words=_("The crew comes today."), state="now"),
            Step(_("Answer"), state="next"),
        ),
        "picture": photo,
        "photos": (photo,) * 4,
        "tabs": (
            {"label": _("New"), "href": "#tabs", "count": 12, "current": True},
            {"label": _("In progress"), "href": "#tabs", "count": 4, "quiet": True},
            {"label": _("All"), "href": "#tabs", "count": None},
        ),
        "colours": ("brand", "gold", "good", "wait", "bad", "calm"),
        "levels": (1, 2, 3, 4, 5),
    }
