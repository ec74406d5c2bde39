"""The door of the operations centre: its queue, a case beside it, and the moves of the centre."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hues.engines.cases import actions, queries
from hues.kernel.errors import Invalid, NotFound
from hues.kernel.people import phones
from hues.kernel.people.asker import Role
from hues.kit.clock import now
from hues.surfaces.desks import finder
from hues.surfaces.desks import views as desks
from hues.surfaces.desks.answers import see_other
from hues.surfaces.desks.here import name_them, say_here
from hues.surfaces.desks.queue import read_shown
from hues.surfaces.desks.signedout import name_of, waits_for_its_writer
from hues.surfaces.desks.taking import send_table
from hues.surfaces.desks.together import show_together
from hues.surfaces.desks.waiting import again, page_waits, taken_up
from hues.surfaces.operations import mapping
from hues.surfaces.operations.desk import DESK
from hues.surfaces.operations.forms import UnsealForm
from hues.surfaces.operations.places import WATCHERS, first_place, places, strips
from hues.surfaces.shell.access import AskedRequest, open_to


@open_to(*WATCHERS, Role.ADMIN, Role.ALERT_WRITER, Role.ALERT_APPROVER)
@require_safe
def queue(request: AskedRequest) -> HttpResponse:
    """Show the cases of the city that wait for the centre; who has other work there is led to it."""
    if not request.asker.may(*WATCHERS):
        return HttpResponseRedirect(first_place(request.asker))
    shown = read_shown(request.GET, DESK.sections)
    extra = {
        "points_url": DESK.address(shown, "points"),
        "places": places(request.asker, "queue"),
        "strips": strips(request.asker),
    }
    return desks.show_queue(DESK, request, extra)


@open_to(*WATCHERS)
@require_safe
@never_cache
def urgent(request: AskedRequest) -> HttpResponse:
    """Return what cannot wait, for a queue that has been open for a while."""
    return render(request, "operations/_strips.html", {"strips": strips(request.asker)})


@open_to(*WATCHERS)
@require_POST
def table(request: AskedRequest) -> StreamingHttpResponse:
    """Send what stands in the tab as a file."""
    return send_table(DESK, request)


@open_to(*WATCHERS)
@require_safe
def counts(request: AskedRequest) -> HttpResponse:
    """Return the tabs with fresh counts."""
    return desks.show_counts(DESK, request)


@open_to(*WATCHERS)
@require_safe
def beside(request: AskedRequest) -> HttpResponse:
    """Return the queue that stands beside a case."""
    return desks.show_beside(DESK, request)


@open_to(*WATCHERS)
@require_POST
def keep_view(request: AskedRequest) -> HttpResponse:
    """Keep a part of the queue under a name."""
    return finder.keep_view(DESK, request)


@open_to(*WATCHERS)
@require_POST
def drop_view(request: AskedRequest, view_id: UUID) -> HttpResponse:
    """Delete a view that was kept."""
    return finder.drop_view(DESK, request, view_id)


@open_to(*WATCHERS)
@require_safe
def points(request: AskedRequest) -> HttpResponse:
    """Return what of the queue lies in a box: clusters from afar, cases from near."""
    return JsonResponse(mapping.points(DESK, request), content_type="application/geo+json")


@open_to(*WATCHERS)
@require_safe
def case(request: AskedRequest, number: str) -> HttpResponse:
    """Show a case of the city, or that it is sealed."""
    try:
        return desks.show_case(DESK, request, number)
    except NotFound:
        card = queries.sealed_card(request.asker, number)
        if card.may_open:
            return see_other(reverse("operations:sealed_one", args=[number]))
        return desks.show_sealed(DESK, request, card)


@open_to(Role.OPERATOR, Role.DUTY_LEADER)
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: AskedRequest, number: str) -> HttpResponse:
    """Say that the asker has a case open, or name who else has."""
    return (say_here if request.method == "POST" else name_them)(DESK, request, number)


@waits_for_its_writer(DESK)
@open_to(Role.OPERATOR, Role.DUTY_LEADER)
@require_POST
def move(request: AskedRequest, number: str, code: str) -> HttpResponse:
    """Make a move in the name of the centre."""
    return desks.make_move(DESK, request, number, code)


@page_waits()
@open_to(Role.OPERATOR, Role.DUTY_LEADER)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def together(request: AskedRequest, code: str) -> HttpResponse:
    """Make one move on many cases."""
    return show_together(DESK, request, code)


@page_waits()
@open_to(Role.OPERATOR, Role.DUTY_LEADER)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unseal(request: AskedRequest, number: str) -> HttpResponse:
    """Ask what the reporter's name is needed for; told, show it once and write down who looked."""
    at = now()
    found = queries.ops_case(request.asker, number, at=at)
    back = DESK.case_address(number, read_shown(request.GET, DESK.sections))
    waited = taken_up(request)
    form = UnsealForm(request.POST if request.method == "POST" else waited)
    if waited:
        again(form)
    context = {"desk": DESK, "case": found, "form": form, "back": back, "action": _here(request, number)}
    context |= {"who": name_of(request), "back_again": bool(waited)}
    if request.method == "POST" and form.is_valid():
        try:
            reporter = actions.unseal(case_id=found.id, purpose=form.cleaned_data["purpose"], by=request.asker, at=at)
        except Invalid as wrong:
            form.add_error("purpose", str(wrong.fields.get("purpose", wrong)))
        else:
            phone = phones.shown(reporter.phone) if reporter.phone else ""
            return render(request, "operations/reporter.html", context | {"reporter": reporter, "phone": phone})
    status = 422 if form.errors else 200
    return render(request, "operations/unseal.html", context, status=status)


def _here(request: AskedRequest, number: str) -> str:
    return read_shown(request.GET, DESK.sections).address(reverse("operations:unseal", args=[number]))
