"""Write a report down for somebody at the phone or at the counter, with what is there already beside it."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hues.engines.cases import queries
from hues.engines.cases.actions import CaseReceipt
from hues.functions.field_reports import calling, catalogue, places, unsent
from hues.functions.field_reports.calling import CallForm, ToldForm
from hues.functions.field_reports.drafting import Spot
from hues.functions.field_reports.forms import typed_so_far
from hues.functions.field_reports.looked import whom_to_ring
from hues.functions.field_reports.views.near import neighbours
from hues.kernel.city import city
from hues.kernel.errors import Invalid, Refusal, WrongState
from hues.kernel.people.asker import IOC_ROLES, Asker
from hues.kit import clock
from hues.kit.text import tidy
from hues.surfaces.desks.answers import see_other
from hues.surfaces.desks.signedout import name_of
from hues.surfaces.operations import places as centre
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest, open_to
from hues.surfaces.shell.refusing import mark

type View = Callable[..., HttpResponseBase]

PICK = "pick"  # the name of the buttons that choose a suggested category
MOST_SUGGESTED = 4


def unsent_is_kept(view: View) -> View:
    """Let what is sent after the session was over wait for its operator, who is led by way of the sign-in."""

    @wraps(view)
    def kept(request: AskedRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not request.asker.signed_in and unsent.put_by(request, clock.now()):
            back = urlencode({"next": reverse("calls:new")})
            return see_other(f"{addresses.to(settings.LOGIN_URL)}?{back}")
        return view(request, *args, **kwargs)

    return kept


@unsent_is_kept
@open_to(*IOC_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: AskedRequest) -> HttpResponse:
    """Ask what the caller tells; sent, open the case and text its number."""
    at = clock.now()
    if request.method != "POST":
        typed = unsent.taken_up(request)
        return _page(request, _as_typed(request, typed, at) if typed else _empty(request), at, back_again=bool(typed))
    if PICK in request.POST:
        return _page(request, _as_typed(request, request.POST, at), at)
    form = _sent(request, at)
    if form.is_valid():
        try:
            receipt = calling.take(form, places.spot_meant(form.cleaned_data), by=request.asker, at=at)
        except Invalid as refusal:
            mark(form, refusal)
        except WrongState:
            _begin_another(form, request.asker)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            _say_noted(request, receipt, form, at)
            return see_other(reverse("operations:case", args=[receipt.number]))
    return _page(request, form, at, status=422)


@open_to(*IOC_ROLES)
@require_POST
@never_cache
def questions(request: AskedRequest) -> HttpResponse:
    """Ask what the category that was just chosen wants to know; what was answered already stands there."""
    form = ToldForm(initial=typed_so_far(request.POST))
    return render(request, "field_reports/_questions.html", {"only_form": form, "url": reverse("calls:questions")})


@open_to(*IOC_ROLES)
@require_POST
def near(request: AskedRequest) -> HttpResponse:
    """Show what is there already, and which categories the words speak of, while the operator writes."""
    answer = render(
        request, "field_reports/_call_near.html", beside(request, CallForm(request.POST, by=request.asker), clock.now())
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


@unsent_is_kept
@open_to(*IOC_ROLES)
@require_POST
def join(request: AskedRequest, number: str) -> HttpResponse:
    """Count the caller in with a report that is there already; nothing new is opened."""
    at = clock.now()
    form = _sent(request, at)
    if "phone" not in form.cleaned_data:
        kept = _as_typed(request, request.POST, at)
        kept.errors["phone"] = form.errors["phone"]  # the rest is not asked for yet
        return _page(request, kept, at, status=422)
    try:
        calling.count_in({"name": "", **form.cleaned_data}, number, by=request.asker, at=at)
    except Invalid as refusal:
        mark(form, refusal)
        return _page(request, form, at, status=422)
    messages.success(request, _("The caller is counted in, and finds the answer after signing in with this number."))
    return see_other(reverse("operations:case", args=[number]))


def _say_noted(request: AskedRequest, receipt: CaseReceipt, form: CallForm, at: datetime) -> None:
    said = _("%(number)s is noted. Tell the caller this number.")
    noted = _("%(number)s was noted before with this form.") if receipt.again else said
    messages.success(request, noted % {"number": receipt.number})
    if receipt.again and calling.still_followed(form.cleaned_data, receipt.number, at=at):
        messages.warning(request, _("The caller follows it all the same: the text message had gone out already."))


def _begin_another(form: CallForm, by: Asker) -> None:
    """Say that the form was sent before with other words; sent once more, it is another report."""
    number = queries.number_sent(by, form.cleaned_data["key"])
    said = _("%(number)s was noted before with this form, in other words. Sent once more, this is another report.")
    form.add_error(None, said % {"number": number})
    typed = QueryDict(mutable=True)
    typed.update(form.data)
    typed["key"] = str(uuid4())
    form.data = typed


def _empty(request: AskedRequest) -> CallForm:
    return CallForm(initial={"key": str(uuid4()), "channel": "phone", "follow": True}, by=request.asker)


def _sent(request: AskedRequest, at: datetime) -> CallForm:
    """Return what was sent, looked at, its photos kept."""
    form = CallForm(request.POST, request.FILES, by=request.asker)
    form.full_clean()
    form.keep_files(at)
    return form


def _as_typed(request: AskedRequest, typed: QueryDict, at: datetime) -> CallForm:
    """Return the form with what was typed so far, before anything of it is looked at; its photos are kept."""
    sent = CallForm(typed, request.FILES, by=request.asker)
    sent.full_clean()
    sent.keep_files(at)
    chosen = {"category": typed[PICK]} if typed.get(PICK) else {}
    form = CallForm(initial={**typed_so_far(typed), **chosen}, by=request.asker)
    form.stored = sent.stored
    return form


def _page(
    request: AskedRequest, form: CallForm, at: datetime, *, status: int = 200, back_again: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "who": name_of(request),
        "back_again": back_again,
        "questions_url": reverse("calls:questions"),
        "wards": places.wards_by_name(),
        "city": city(),
        "places": centre.places(request.asker, "calls:new"),
        **beside(request, form, at),
    }
    return render(request, "field_reports/call.html", context, status=status)


def beside(request: AskedRequest, form: ToldForm, at: datetime) -> dict[str, Any]:
    """Return whom to ring first, the suggested categories and the reports nearby, as far as what was typed tells."""
    said = {name: tidy(str(form[name].value() or "")) for name in ("category", "text", "address", "ward")}
    language = get_language() or "vi"
    suggested = () if said["category"] else catalogue.spoken_of(said["text"], language)[:MOST_SUGGESTED]
    found: tuple[queries.Near, ...] = ()
    if said["category"] and (spot := _spot_or_none(form)):
        found = queries.near_duplicates(
            kind=catalogue.KIND,
            category=said["category"],
            text=said["text"],
            lat=spot.lat,
            lng=spot.lng,
            source=spot.source,
            asker=request.asker,
            at=at,
        )
    spoken = (catalogue.leaf(said["category"]),) if said["category"] else suggested
    danger = next((card.emergency for card in spoken if card and card.emergency), "")
    return {"suggested": suggested, "neighbours": neighbours(found, at), "emergency": whom_to_ring(danger)}


def _spot_or_none(form: ToldForm) -> Spot | None:
    """Return the place as far as it is typed; half a place is none."""
    given = {name: tidy(str(form[name].value() or "")) for name in ("lat", "lng", "source", "address", "ward")}
    try:
        point = {name: float(given[name]) if given[name] else None for name in ("lat", "lng")}
        return places.spot_meant({**given, **point})
    except (Invalid, ValueError):
        return None
