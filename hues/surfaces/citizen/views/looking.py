"""The search page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hues.kit import clock
from hues.kit.text import tidy
from hues.surfaces.citizen import looking
from hues.surfaces.citizen.cards import lines
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to

LONGEST = 80
PER_PAGE = 20


@require_safe
@open_to(ANYONE)
def search(request: AskedRequest) -> HttpResponse:
    """Show what fits the words that were typed."""
    at = clock.now()
    words = " ".join(tidy(request.GET.get("q", "")).split())[:LONGEST]
    found = looking.look_for(words, after=request.GET.get("after", "")[:200], limit=PER_PAGE, at=at)
    context = {"q": words, "found": found, "lines": lines(found.reports.rows, at), "next": found.reports.next}
    return render(request, "citizen/search.html", context)
