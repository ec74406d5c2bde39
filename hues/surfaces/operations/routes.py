"""Where would this go? The rules of routing, and a place to try them before a report comes."""

from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hues.engines.cases.queries import by_code, rules
from hues.engines.cases.queries.routes import way
from hues.engines.cases.rules.routing import OF_WARD, OFF, WORKING, Rule
from hues.kernel.agencies.queries import agencies
from hues.kernel.areas.queries import ward, ward_named_in, wards
from hues.kernel.clocks.queries import calendar
from hues.kit.clock import now
from hues.kit.text import Words, fold, pick
from hues.surfaces.desks.choices import ROAD_OWNERS, leaves
from hues.surfaces.desks.forms import Line, choice, choose_from
from hues.surfaces.desks.wards import Moment
from hues.surfaces.operations.places import READERS, places
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest, open_to

KIND = "report"
OFFICES: Final[dict[str, Words]] = {
    "peoples_committee": _("The ward's People's Committee"),
    "economy_office": _("The ward's economy office"),
    "service_centre": _("The ward's service centre"),
    "police": _("The ward's police"),
    "health_station": _("The ward's health station"),
}
DAYS: Final[dict[str, Words]] = {
    "mon": _("Mon"),
    "tue": _("Tue"),
    "wed": _("Wed"),
    "thu": _("Thu"),
    "fri": _("Fri"),
    "sat": _("Sat"),
    "sun": pgettext_lazy("day of the week", "Sun"),
}


class AskedForm(forms.Form):
    """A report as the rules see it."""

    category = choice(_("Category"))
    ward = choice(_("Ward"), required=False)
    address = Line(
        label=_("Address"),
        required=False,
        help_text=_("Roads and wards that the city knows, former ones too, are recognised with or without tone marks."),
    )
    road_owner = choice(_("Whose road is it?"), required=False)
    day = Moment(
        label=_("When"),
        required=False,
        input_formats=["%d/%m/%Y %H:%M"],
        error_messages={"invalid": _("This is not a time.")},
        help_text=_("Empty means now."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = addresses.language()
        named = sorted(((one.code, pick(one.name, language)) for one in wards()), key=lambda one: fold(one[1]))
        choose_from(self, "category", [("", _("Choose …")), *leaves(KIND)])
        choose_from(self, "ward", [("", _("As the address says")), *named])
        choose_from(self, "road_owner", [("", _("As the address says")), *ROAD_OWNERS.items()])


@open_to(*READERS)
@require_safe
def routes(request: AskedRequest) -> HttpResponse:
    """Show the rules in the order they are tried and, of what was asked, which one fits and where it leads."""
    names, language = _names(), addresses.language()
    form = AskedForm(request.GET if "category" in request.GET else None)
    found = _found(form.cleaned_data, names) if form.is_bound and form.is_valid() else None
    context = {
        "form": form,
        "found": found,
        "rules": [_row(rule, names, language) for rule in rules(KIND)],
        "places": places(request.asker, "routes"),
    }
    return render(request, "operations/routes.html", context, status=422 if form.errors else 200)


def _found(asked: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    at = asked["day"] or now()
    named = ward(asked["ward"]) if asked["ward"] else ward_named_in(asked["address"])
    found = way(
        KIND,
        asked["category"],
        named.code if named else "",
        address=asked["address"],
        road_owner=asked["road_owner"] or None,
        at=at,
    )
    return {
        "agency": names.get(str(found.agency_id), ""),
        "order": found.rule.order if found.rule else None,
        "ward": named.name if named else None,
        "read": bool(named and not asked["ward"]),
        "road": found.road.name if found.road else "",
        "owner": ROAD_OWNERS.get(found.road_owner, ""),
        "told": bool(asked["road_owner"]),
        "at": at,
        "working": calendar().is_working(at),
    }


def _names() -> dict[str, str]:
    """Return the names of agencies by id and by code."""
    language = addresses.language()
    named = [(card, pick(card.name, language)) for card in agencies()]
    return {str(card.id): name for card, name in named} | {card.code: name for card, name in named}


def _row(rule: Rule, names: dict[str, str], language: str) -> dict[str, Any]:
    card = by_code().get(rule.category)
    named = {one.code: pick(one.name, language) for one in wards()}
    return {
        "order": rule.order,
        "category": pick(card.title, language) if card else rule.category,
        "wards": ", ".join(sorted((named.get(code, code) for code in rule.wards), key=fold)),
        "owner": ROAD_OWNERS.get(rule.road_owner, rule.road_owner),
        "times": in_words(rule.times),
        "agency": _target(rule.target, names),
    }


def _target(target: str, names: dict[str, str]) -> Words:
    if target.startswith(OF_WARD):
        return OFFICES.get(target.removeprefix(OF_WARD), target)
    return names.get(target, target)


def in_words(times: str) -> str:
    """Return when a rule holds."""
    if times == WORKING:
        return gettext("In working hours")
    if times == OFF:
        return gettext("Outside of working hours")
    return ", ".join(str(DAYS.get(word, word.replace("-", "–"))) for word in times.split())
