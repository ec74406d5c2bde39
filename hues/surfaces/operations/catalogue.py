"""The city's agencies and categories, as the centre looks them up."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hues.engines.cases.queries import CategoryCard, categories
from hues.kernel.agencies.queries import AgencyCard, agencies, links
from hues.kernel.areas.queries import wards
from hues.kernel.people.asker import Role
from hues.kit.text import fold, pick, tidy
from hues.surfaces.desks.choices import CLASS_NAMES
from hues.surfaces.operations.places import READERS, places
from hues.surfaces.operations.setting import times
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest, open_to


@open_to(*READERS)
@require_safe
def agency_list(request: AskedRequest) -> HttpResponse:
    """Show all agencies, or those whose name, code or ward holds what was typed."""
    language, asked = addresses.language(), tidy(request.GET.get("q", ""))[:80]
    cards = agencies()
    names = {card.id: pick(card.name, language) for card in cards}
    names_of_wards = {ward.code: pick(ward.name, language) for ward in wards()}
    linked = links()
    rows = [_agency(card, names, names_of_wards) | {"linked": card.code in linked} for card in cards]
    found = [row for row in rows if fold(asked) in fold(f"{row['name']} {row['code']} {row['ward']}")]
    context = {
        "agencies": sorted(found, key=lambda row: fold(row["name"])),
        "asked": asked,
        "total": len(rows),
        "may_set": request.asker.may(Role.ADMIN),
        "places": places(request.asker, "agencies"),
    }
    return render(request, "operations/agencies.html", context)


@open_to(*READERS)
@require_safe
def category_list(request: AskedRequest) -> HttpResponse:
    """Show the tree of categories with their classes."""
    language = addresses.language()
    groups: list[dict[str, Any]] = []
    for card in categories():
        if card.parent:
            groups[-1]["leaves"].append(_leaf(card, language))
        else:
            groups.append({"title": pick(card.title, language), "icon": card.icon, "leaves": []})
    may_set = request.asker.may(Role.DUTY_LEADER, Role.ADMIN)
    context = {"groups": groups, "times": times(), "may_set": may_set, "places": places(request.asker, "categories")}
    return render(request, "operations/categories.html", context)


def _agency(card: AgencyCard, names: dict[Any, str], wards_by_code: dict[str, str]) -> dict[str, Any]:
    return {
        "code": card.code,
        "name": names[card.id],
        "is_ioc": card.kind == "ioc",
        "parent": names.get(card.parent_id, ""),
        "ward": wards_by_code.get(card.ward_code, ""),
        "closed": not card.is_active,
        "ended_on": card.ended_on,
        "followed": ", ".join(names[heir.agency_id] for heir in card.heirs),
    }


def _leaf(card: CategoryCard, language: str) -> dict[str, Any]:
    return {
        "code": card.code,
        "title": pick(card.title, language),
        "hint": pick(card.hint, language),
        "icon": card.icon,
        "class": CLASS_NAMES.get(card.service_class, card.service_class),
        "coarse": card.coarse,
        "emergency": card.emergency,
    }
