"""What the operations centre fills in to pass a report on under the law, to look at it, and to bring it back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hues.engines.cases.queries import outcomes
from hues.kit.text import pick
from hues.surfaces.desks.forms import AGENCIES, Line, MoveForm, Prose, Yes, choice
from hues.surfaces.shell import addresses

UNDER_THE_LAW = ("complaint", "denunciation")


class SealForm(MoveForm):
    """Passed on as a complaint or a denunciation: to whom, and in words for the citizen."""

    outcome = choice(_("Outcome"))
    passed_to = Line(
        label=_("Authority it is passed on to"), help_text=_("An agency of the list, or any other in your words.")
    )
    passed_ref = Line(label=_("Number or receipt there, if known"), required=False, max_length=120)
    text = Prose(
        rows=5,
        label=_("Words to the citizen"),
        help_text=_("Why it is passed on, and how to follow it there. They are sent at once."),
    )
    sure = Yes(
        label=_("It is such a case, and may leave every list at once"),
        help_text=_("Only a duty leader can bring it back; what was sent to the citizen stays sent."),
        error_messages={"required": _("Nothing is sealed yet. Tick that it may leave every list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case, language = self.case, addresses.language()
        words = {card.code: pick(card.title, language) for card in outcomes()}
        offered = [(code, words.get(code, code)) for code in UNDER_THE_LAW]
        self.choose_from("outcome", [("", _("Choose …")), *offered])
        self.fields["passed_to"].widget.attrs["list"] = AGENCIES
        if case.outcome in UNDER_THE_LAW:
            self.start_with(
                outcome=case.outcome, passed_to=case.passed_to, passed_ref=case.passed_ref, text=case.answer
            )


class OpenForm(forms.Form):
    """What a sealed report has to be read for."""

    purpose = Prose(
        label=_("What do you need to read it for?"),
        help_text=_("The citizen reads who looked, when, and these words."),
        rows=2,
    )


class LiftForm(forms.Form):
    """Why a sealed report comes back."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = Prose(label=_("Why is the seal lifted?"), help_text=_("It stands in the history for staff."), rows=2)
