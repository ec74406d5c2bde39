"""Warnings by Zalo: a code joins my Zalo to my account, one press parts them."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from hues.kernel.delivery import actions
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.ways import ways_out
from hues.kernel.errors import NotFound
from hues.kernel.people.asker import Role
from hues.kit import clock
from hues.surfaces.shell.access import AskedRequest, open_to


@require_POST
@open_to(Role.CITIZEN)
def zalo(request: AskedRequest) -> HttpResponse:
    """
    Show a code to be sent to the city's account, or part what was joined.

    :raises NotFound: if the city sends no warnings by Zalo
    """
    person_id = request.asker.person_id
    assert person_id is not None  # noqa: S101
    if Way.OA not in ways_out():
        raise NotFound
    if "stop" in request.POST:
        actions.part_from_zalo(person_id=person_id)
        messages.success(request, gettext("No warnings come by Zalo any more."))
        return HttpResponseRedirect(reverse("citizen:telling"), status=HTTPStatus.SEE_OTHER)
    code = actions.begin_joining(person_id=person_id, at=clock.now())
    answer = render(request, "citizen/zalo.html", {"code": code, "page": settings.HUES.zalo_page})
    answer["Cache-Control"] = "no-store"
    return answer
