"""The lists: what was published, and what is mine."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hues.engines.cases import queries
from hues.functions.field_reports.choosing import KEPT, VERDICTS, endings, read_choice
from hues.functions.field_reports.views.agency import standing_of
from hues.functions.field_reports.views.near import neighbours
from hues.kernel import visits
from hues.kernel.agencies import queries as agencies
from hues.kernel.people.asker import Role
from hues.kit import clock
from hues.surfaces.citizen import cards
from hues.surfaces.desks.choices import category_options, ward_options
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to
from hues.surfaces.shell.sharing import offline_briefly, shared

PER_PAGE = 20


@require_safe
@open_to(ANYONE)
@offline_briefly
@shared
def public(request: AskedRequest) -> HttpResponse:
    """List published reports."""
    at = clock.now()
    visits.count("field_reports", "citizen")
    chosen = read_choice(request.GET)
    found = queries.public_cases(chosen.filters(), after=chosen.after, limit=PER_PAGE, at=at)
    context = {
        "chosen": chosen,
        "lines": cards.lines(found.rows, at),
        "next": found.next,
        "wards": ward_options(chosen.ward),
        "categories": category_options(chosen.category),
        "outcomes": endings(),
        "clocks": KEPT.items(),
        "verdicts": VERDICTS.items(),
        "agency": standing_of(card) if (card := agencies.agency_by_code(chosen.agency)) else None,
        "map": f"{reverse('citizen:map')}?{chosen.query()}" if chosen.narrowed else reverse("citizen:map"),
    }
    return render(request, "field_reports/public_list.html", context)


@require_safe
@open_to(ANYONE)
def on_map(request: AskedRequest) -> HttpResponse:
    """Lead to the city's map, with what the reader narrowed the list to."""
    query = read_choice(request.GET).query()
    return HttpResponseRedirect(f"{reverse('citizen:map')}?{query}" if query else reverse("citizen:map"))


@require_safe
@open_to(Role.CITIZEN)
def mine(request: AskedRequest) -> HttpResponse:
    """List what the asker reported, and what they met too."""
    at = clock.now()
    found = queries.my_cases(request.asker, request.GET.get("after", "")[:200], PER_PAGE, at=at)
    draft = queries.draft(request.asker, unsent=True)
    context = {
        "lines": cards.lines(found.rows, at),
        "next": found.next,
        "met": () if request.GET.get("after") else neighbours(queries.met_by(request.asker), at),
        "unfinished": draft is not None and any(draft.fields.values()),
    }
    answer = render(request, "field_reports/mine.html", context)
    answer["Cache-Control"] = "private, no-cache"
    return answer
