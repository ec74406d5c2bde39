"""The door of the agencies' desk."""

from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hues.engines.cases.queries import sealed_card
from hues.kernel.errors import NotFound
from hues.kernel.people.asker import Role
from hues.kit.clock import now
from hues.surfaces.agency.desk import DESK
from hues.surfaces.agency.leave import notices
from hues.surfaces.desks import finder
from hues.surfaces.desks import views as desks
from hues.surfaces.desks.here import name_them, say_here
from hues.surfaces.desks.signedout import waits_for_its_writer
from hues.surfaces.desks.taking import send_table
from hues.surfaces.desks.together import show_together
from hues.surfaces.desks.waiting import page_waits
from hues.surfaces.shell.access import AskedRequest, open_to


@open_to(Role.CASE_WORKER, Role.AGENCY_HEAD)
@require_safe
def queue(request: AskedRequest) -> HttpResponse:
    """Show the cases of the asker's agencies, those due first at the top."""
    return desks.show_queue(DESK, request, notices(request.asker, now()))


@open_to(Role.CASE_WORKER, Role.AGENCY_HEAD)
@require_POST
def table(request: AskedRequest) -> StreamingHttpResponse:
    """Send what stands in the tab as a file."""
    return send_table(DESK, request)


@open_to(Role.CASE_WORKER, Role.AGENCY_HEAD)
@require_safe
def counts(request: AskedRequest) -> HttpResponse:
    """Return the tabs with fresh counts."""
    return desks.show_counts(DESK, request)


@open_to(Role.CASE_WORKER, Role.AGENCY_HEAD)
@require_safe
def beside(request: AskedRequest) -> HttpResponse:
    """Return the queue that stands beside a case."""
    return desks.show_beside(DESK, request)


@open_to(Role.CASE_WORKER, Role.AGENCY_HEAD)
@require_POST
def keep_view(request: AskedRequest) -> HttpResponse:
    """Keep a part of the queue under a name."""
    return finder.keep_view(DESK, request)


@open_to(Role.CASE_WORKER, Role.AGENCY_HEAD)
@require_POST
def drop_view(request: AskedRequest, view_id: UUID) -> HttpResponse:
    """Delete a view that was kept."""
    return finder.drop_view(DESK, request, view_id)


@open_to(Role.CASE_WORKER, Role.AGENCY_HEAD)
@require_safe
def case(request: AskedRequest, number: str) -> HttpResponse:
    """Show a case of one of the asker's agencies."""
    try:
        return desks.show_case(DESK, request, number)
    except NotFound:
        return desks.show_sealed(DESK, request, sealed_card(request.asker, number))


@open_to(Role.CASE_WORKER, Role.AGENCY_HEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: AskedRequest, number: str) -> HttpResponse:
    """Say that the asker has a case open, or name who else has."""
    return (say_here if request.method == "POST" else name_them)(DESK, request, number)


@waits_for_its_writer(DESK)
@open_to(Role.CASE_WORKER, Role.AGENCY_HEAD)
@require_POST
def move(request: AskedRequest, number: str, code: str) -> HttpResponse:
    """Make a move in the name of the agency."""
    return desks.make_move(DESK, request, number, code)


@waits_for_its_writer(DESK)
@open_to(Role.CASE_WORKER, Role.AGENCY_HEAD)
@require_POST
def keep(request: AskedRequest, number: str, code: str) -> HttpResponse:
    """Keep what is still being written in a move."""
    return desks.keep_move(DESK, request, number, code)


@waits_for_its_writer(DESK)
@open_to(Role.CASE_WORKER, Role.AGENCY_HEAD)
@require_POST
def fill(request: AskedRequest, number: str, code: str) -> HttpResponse:
    """Begin the words of a move with a template."""
    return desks.fill_move(DESK, request, number, code)


@page_waits()
@open_to(Role.CASE_WORKER, Role.AGENCY_HEAD)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def together(request: AskedRequest, code: str) -> HttpResponse:
    """Make one move on many cases."""
    return show_together(DESK, request, code)
