"""Be warned on this device without an account: of the whole city, and of the wards one chooses."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hues.kernel.areas import queries as areas
from hues.kit.text import fold, pick
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to


@require_safe
@open_to(ANYONE)
def here(request: AskedRequest) -> HttpResponse:
    """Show how to be warned here; who is signed in has settings of their own."""
    if request.asker.signed_in:
        return HttpResponseRedirect(reverse("citizen:telling"))
    language = addresses.language()
    wards = sorted(areas.wards(), key=lambda ward: fold(ward.name["vi"]))
    context = {"wards": [(ward.code, pick(ward.name, language)) for ward in wards]}
    answer = render(request, "citizen/here.html", context)
    answer["Cache-Control"] = "private, no-cache"
    return answer
