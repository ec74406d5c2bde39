"""Reports that were passed on under the law: which there are, and the way behind the seal."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hues.engines.cases import actions, queries
from hues.kernel.errors import Invalid, Refusal
from hues.kernel.people.asker import Role
from hues.kit.clock import now
from hues.surfaces.desks.answers import see_other
from hues.surfaces.desks.casepage import case_page, outcome_words
from hues.surfaces.desks.signedout import name_of
from hues.surfaces.desks.waiting import again, page_waits, taken_up
from hues.surfaces.operations.desk import DESK
from hues.surfaces.operations.places import places
from hues.surfaces.operations.sealform import LiftForm, OpenForm
from hues.surfaces.shell.access import AskedRequest, open_to


@open_to(Role.OPERATOR, Role.DUTY_LEADER)
@require_safe
def sealed_list(request: AskedRequest) -> HttpResponse:
    """List the numbers that are sealed, and nothing else of them."""
    page = queries.sealed_cards(request.asker, request.GET.get("after", "")[:200])
    rows = [(card, outcome_words(card.outcome)) for card in page.rows]
    context = {"rows": rows, "next": page.next, "places": places(request.asker, "sealed")}
    return render(request, "operations/sealed_list.html", context)


@page_waits()
@open_to(Role.OPERATOR, Role.DUTY_LEADER)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sealed(request: AskedRequest, number: str) -> HttpResponse:
    """Ask what a sealed report has to be read for; told, show it once and write down who looked."""
    waited = _waited(request)
    form = OpenForm(request.POST) if request.method == "POST" else waited.pop("form", None)
    if form and request.method == "POST" and form.is_valid():
        try:
            at = now()
            case = actions.open_sealed(number=number, purpose=form.cleaned_data["purpose"], by=request.asker, at=at)
        except Invalid as wrong:
            form.add_error("purpose", str(wrong.fields.get("purpose", wrong)))
        else:
            return render(
                request, "operations/sealed_open.html", _context(request, number) | {"page": case_page(case, at=at)}
            )
    context = _context(request, number, form=form, **waited)
    return render(request, "operations/sealed.html", context, status=422 if form and form.errors else 200)


@page_waits(above=True)
@open_to(Role.DUTY_LEADER)
@require_POST
def lift(request: AskedRequest, number: str) -> HttpResponse:
    """Bring a sealed report back to the centre."""
    card = queries.sealed_card(request.asker, number)
    form = LiftForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.lift_seal(case_id=card.id, reason=said["text"], by=request.asker, seen=said["seen"], at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("The seal is lifted. The report waits to be accepted."))
            return see_other(reverse("operations:case", args=[number]))
    return render(request, "operations/sealed.html", _context(request, number, lift=form), status=422)


def _waited(request: AskedRequest) -> dict[str, Any]:
    """Return the form that was sent without a session: nothing is opened or lifted before it is sent again."""
    typed = taken_up(request)
    if typed is None:
        return {}
    name, form = ("form", OpenForm(typed)) if "purpose" in typed else ("lift", LiftForm(typed))
    again(form)
    return {name: form, "back_again": True}


def _context(
    request: AskedRequest,
    number: str,
    *,
    form: OpenForm | None = None,
    lift: LiftForm | None = None,
    back_again: bool = False,
) -> dict[str, Any]:
    card = queries.sealed_card(request.asker, number)
    return {
        "desk": DESK,
        "card": card,
        "outcome": outcome_words(card.outcome),
        "who": name_of(request),
        "back_again": back_again,
        "form": form or OpenForm(),
        "lift": lift or LiftForm(),
        "back": reverse("operations:sealed"),
        "places": places(request.asker, "sealed"),
        "action": reverse("operations:sealed_one", args=[number]),
        "lift_action": reverse("operations:lift", args=[number]),
    }
