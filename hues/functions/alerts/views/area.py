"""Where an alert is for, while it is written: the wards on the map, and whom it would reach."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_POST, require_safe

from hues.engines.bulletins import queries
from hues.functions.alerts.forms import AreaForm
from hues.functions.alerts.geojson import KIND
from hues.functions.alerts.sheet import ward_names
from hues.kernel.areas import queries as areas
from hues.kernel.people.asker import Role
from hues.surfaces.shell.access import AskedRequest, open_to


@open_to(Role.ALERT_WRITER)
@require_POST
def estimate(request: AskedRequest) -> HttpResponse:
    """Say whom the wards and areas of a form would reach; it changes nothing."""
    form = AreaForm(request.POST)
    if not form.is_valid():
        return render(request, "alerts/_estimate.html", {"form": form})
    reach = queries.reach_in(form.cleaned_data["wards"], form.cleaned_data["drawn"])
    context = {"reach": reach, "wards": ward_names(reach.wards)}
    return render(request, "alerts/_estimate.html", context)


@open_to(Role.ALERT_WRITER)
@require_safe
@conditional_page
def outlines(request: AskedRequest) -> HttpResponse:
    """Return the wards as the writer's map paints them."""
    return JsonResponse(areas.boundaries(), content_type=KIND, headers={"Cache-Control": "private, no-cache"})
