"""Take a report on: which agency the city's rules lead to, whose road that rests on, and the operator's own word."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hues.engines.cases.queries import DeskCase, deadlines
from hues.engines.cases.queries.routes import Way, way
from hues.engines.cases.rules.roads import UNKNOWN
from hues.kit.clock import now
from hues.surfaces.desks.choices import CLASS_NAMES, ROAD_OWNERS, UNKNOWN_OWNER, leaves, open_agencies
from hues.surfaces.desks.forms import MoveForm, Prose, agency, choice
from hues.surfaces.desks.widgets import Box, Options


def way_of(case: DeskCase, road_owner: str | None = None) -> Way:
    """Return where the city's rules send a case now; `road_owner` is the operator's own word."""
    return way(
        case.kind,
        case.category,
        case.ward_code,
        address=case.address,
        text=case.text,
        road_owner=(case.road_owner or None) if road_owner is None else road_owner,
        at=now(),
    )


class AcceptForm(MoveForm):
    """Take it on and pass it to an agency; category, class and whose road it is can be put right."""

    agency_id = agency(_("Agency"))
    road_owner = forms.ChoiceField(label=_("Whose road is it?"), required=False, widget=Options)
    category = choice(_("Category"))
    service_class = choice(_("How fast"))
    plan_days = forms.IntegerField(
        label=_("Working days of the plan"),
        required=False,
        min_value=1,
        max_value=60,
        widget=Box(attrs={"type": "number", "min": 1, "max": 60, "inputmode": "numeric"}),
        help_text=_("Only for complex cases; empty means the usual time."),
    )
    note = Prose(
        label=_("Note to the agency"),
        required=False,
        rows=2,
        help_text=_("Needed where another class or plan gives more time: once the clock runs, that is an extension."),
    )

    kept_owner: str | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case, self.way = self.case, way_of(self.case)
        self.start_with(
            agency_id=case.agency_id or self.way.agency_id,
            road_owner="" if self.way.road_owner == UNKNOWN else self.way.road_owner,
            category=case.category,
            service_class=case.service_class,
            plan_days=case.plan_days,
        )
        self.choose_from("agency_id", open_agencies())
        _say_suggested(self.fields["agency_id"], self.way.agency_id, case.agency_id)
        self.choose_from("road_owner", [("", UNKNOWN_OWNER), *ROAD_OWNERS.items()])
        self.fields["road_owner"].help_text = self._why()
        self.choose_from("category", leaves(case.kind))
        self.choose_from("service_class", [(code, CLASS_NAMES.get(code, code)) for code in deadlines().answers])

    def clean(self) -> dict[str, Any]:
        """Follow the operator's word on the road, where the agency is still the one that was suggested without it."""
        cleaned = super().clean() or self.cleaned_data
        said, chosen = cleaned.get("road_owner"), cleaned.get("agency_id")
        if said is None:
            return cleaned
        owner = said or (UNKNOWN if self.way.road_owner else "")
        if owner != self.way.road_owner and chosen == str(self.way.agency_id):
            cleaned["agency_id"] = str(way_of(self.case, owner).agency_id or chosen)
        named = self.way.road.owner if self.way.road else ""
        self.kept_owner = "" if owner == named else owner
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return what was typed, and whose road it is if that is to be kept."""
        return super().values() | {"kept_owner": self.kept_owner}

    def _why(self) -> str:
        """Say which road was recognised, by which rule the agency is suggested, and where that can be tried out."""
        asked = {"category": self.case.category, "ward": self.case.ward_code, "address": self.case.address}
        said = [gettext("Named in the report: “%(road)s”.") % {"road": self.way.road.name}] if self.way.road else []
        if self.case.road_owner:
            said.append(gettext("Whose road it is was put right before."))
        said.append(gettext("Changed here, the agency suggested for it follows, unless you chose another."))
        link = format_html('<a href="{}?{}">{}</a>', reverse("operations:routes"), urlencode(asked), self._rule())
        return format_html("{} {}", " ".join(said), link)

    def _rule(self) -> str:
        rule = self.way.rule
        return gettext("Rule %(n)s") % {"n": rule.order} if rule else gettext("No rule fits")


def _say_suggested(field: forms.Field, suggested: UUID | None, shown: UUID | None = None) -> None:
    """Say beside a field which agency the city's rules lead to, if it is not in the field already."""
    name = next((words for code, words in open_agencies() if code == suggested), "")
    if name and shown not in (None, suggested):
        field.help_text = format_lazy("{}: {}", _("Suggested"), name)
