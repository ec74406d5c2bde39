"""“I met this too”: one tap, counted, and taken back as easily."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hues.engines.cases import actions, queries
from hues.functions.field_reports import writing
from hues.kit import clock
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to
from hues.surfaces.shell.refusing import sign_in_address


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
def support(request: AskedRequest, number: str) -> HttpResponse:
    """Show how many met this, and count the reader in or out."""
    at = clock.now()
    if request.method == "POST":
        act = actions.withdraw_support if "back" in request.POST else actions.support
        act(number=number, by=request.asker, at=at)
        return writing.see_other(reverse("field_reports:report", args=[number]))
    case = queries.public_case(number, at=at)
    context = {
        "case": case,
        "mine": queries.supported(request.asker, case.id),
        "sign_in": "" if request.asker.signed_in else sign_in_address(request),
    }
    whole = not request.headers.get("HX-Request")
    answer = render(request, "field_reports/support.html" if whole else "field_reports/_support.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer
