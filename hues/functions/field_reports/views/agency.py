"""One agency as the public knows it: its reports, its promises, and what became of it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hues.engines.cases.queries import deadlines
from hues.functions.field_reports import queries
from hues.functions.field_reports.numbers import NAMES, numbers
from hues.kernel.agencies import queries as agencies
from hues.kernel.agencies.queries import AgencyCard
from hues.kernel.errors import NotFound
from hues.kit.text import pick
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to
from hues.surfaces.shell.sharing import shared


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """An agency with those who followed it, and those that it followed."""

    card: AgencyCard
    heirs: tuple[AgencyCard, ...]
    forebears: tuple[AgencyCard, ...]


@require_safe
@open_to(ANYONE)
@shared
def show(request: AskedRequest, agency: str) -> HttpResponse:
    """Show an agency; one that has ended says since when, and leads to who followed it."""
    card = agencies.agency_by_code(agency)
    if card is None or not (card.is_active or card.ended_on):
        raise NotFound
    found = queries.of_agency(card.id)
    told = {number.name: number for number in numbers(found, {"agency": card.code}, NAMES)}
    context = {"agency": standing_of(card), "whole": told, "days": found.days, "silent_after": deadlines().silent_days}
    return render(request, "field_reports/agency.html", context)


def standing_of(card: AgencyCard) -> Standing:
    """Return an agency with those around it by name."""
    heirs = [agencies.agency(one) for one in agencies.heirs_now(card.id)] if card.heirs else []
    before = [agencies.agency(one) for one in agencies.forebears([card.id])]
    return Standing(card=card, heirs=_named(heirs), forebears=_named(before))


def _named(cards: list[AgencyCard | None]) -> tuple[AgencyCard, ...]:
    language = addresses.language()
    return tuple(sorted((card for card in cards if card), key=lambda card: pick(card.name, language)))
