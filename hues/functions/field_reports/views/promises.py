"""The promise register: what agencies promised, and what became of it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from hues.engines.cases import queries
from hues.engines.cases.rules.promises import Kept
from hues.functions.field_reports import catalogue
from hues.functions.field_reports.views.agency import standing_of
from hues.kernel import visits
from hues.kernel.agencies import queries as agencies
from hues.kernel.areas import queries as areas
from hues.kit import clock
from hues.kit.text import Bilingual, Words
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to
from hues.surfaces.shell.sharing import offline_briefly, shared

PER_PAGE = 30
WORDS: dict[Kept, Words] = {
    Kept.BROKEN: _("Not kept"),
    Kept.OPEN: _("Still open"),
    Kept.KEPT: pgettext_lazy("promise", "Kept"),
    Kept.LATE: _("Kept late"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Promised:
    """A promise as the register draws it."""

    row: queries.PromiseRow
    ward: Bilingual


def counted(tally: queries.PromiseTally) -> list[tuple[Words, int]]:
    """Count an agency's promises by how they stand, in the order of the columns."""
    return [(label, getattr(tally, standing.value)) for standing, label in WORDS.items()]


@require_safe
@open_to(ANYONE)
@offline_briefly
@shared
def register(request: AskedRequest) -> HttpResponse:
    """Show every agency with its promises counted, and the promises themselves, one by one."""
    at = clock.now()
    visits.count("field_reports", "citizen")
    chosen = agencies.agency_by_code(request.GET.get("agency", "")[:64])
    asked = request.GET.get("standing", "")
    standing = Kept(asked) if asked in set(Kept) else None
    found = queries.promises(
        kind=catalogue.KIND,
        agency_id=chosen.id if chosen else None,
        standing=standing,
        after=request.GET.get("after", "")[:200],
        limit=PER_PAGE,
        at=at,
    )
    wards = {ward.code: ward.name for ward in areas.wards()}
    context = {
        "tallies": [
            {"tally": tally, "code": card.code, "counts": counted(tally)}
            for tally in queries.promise_tallies(kind=catalogue.KIND, at=at)
            if (card := agencies.agency(tally.agency_id))
        ],
        "chosen": chosen,
        "agency": standing_of(chosen) if chosen else None,
        "standing": standing,
        "words": [(word.value, label) for word, label in WORDS.items()],
        "promises": [Promised(row=row, ward=wards.get(row.ward_code, {})) for row in found.rows],
        "next": found.next,
    }
    return render(request, "field_reports/promises.html", context)
