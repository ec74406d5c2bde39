"""The lists: what was published, and what is mine."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hues.engines.cases import queries
from hues.engines.cases.queries import CaseFilters
from hues.functions.field_reports import catalogue, places
from hues.kernel import visits
from hues.kernel.people.asker import Role
from hues.kit import clock
from hues.kit.text import Words, tidy
from hues.surfaces.citizen import cards
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to
from hues.surfaces.shell.sharing import shared

LONGEST_SEARCH = 80
PER_PAGE = 20
ENDINGS: dict[str, Words] = {
    "fixed": _("Fixed"),
    "promised": _("Promised with a date"),
    "answered": _("Answered"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """What the reader narrowed the list to."""

    text: str = ""
    ward: str = ""
    category: str = ""
    outcome: str = ""
    after: str = ""

    @property
    def narrowed(self) -> bool:
        """Test if anything is left out."""
        return bool(self.text or self.ward or self.category or self.outcome)

    def filters(self) -> CaseFilters:
        """Return what the engine is asked for."""
        return CaseFilters(
            kind=catalogue.KIND,
            text=self.text,
            ward=self.ward,
            category=self.category,
            outcome=self.outcome,
        )

    def query(self) -> str:
        """Return the choice as part of an address."""
        chosen = {"q": self.text, "ward": self.ward, "category": self.category, "outcome": self.outcome}
        return urlencode({name: value for name, value in chosen.items() if value})


def read_choice(query: QueryDict) -> Chosen:
    """Return what an address asks for; what nobody offers is left out, so that old addresses still open."""
    outcome = query.get("outcome", "")
    return Chosen(
        text=tidy(query.get("q", ""))[:LONGEST_SEARCH],
        ward=tidy(query.get("ward", ""))[:8],
        category=tidy(query.get("category", ""))[:64],
        outcome=outcome if outcome in ENDINGS else "",
        after=query.get("after", "")[:200],
    )


@require_safe
@open_to(ANYONE)
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
        "wards": places.wards_by_name(),
        "groups": catalogue.groups(),
        "outcomes": ENDINGS.items(),
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
    """List what the asker reported."""
    at = clock.now()
    found = queries.my_cases(request.asker, request.GET.get("after", "")[:200], PER_PAGE, at=at)
    draft = queries.draft(request.asker)
    context = {
        "lines": cards.lines(found.rows, at),
        "next": found.next,
        "unfinished": draft is not None and not draft.fields.get("sent") and any(draft.fields.values()),
    }
    answer = render(request, "field_reports/mine.html", context)
    answer["Cache-Control"] = "private, no-cache"
    return answer
