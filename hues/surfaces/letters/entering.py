"""The door of guests: a link from their own messages, and one press, since messengers open links by themselves."""

from django.contrib.auth import get_user_model
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hues.kernel.errors import NotFound
from hues.kernel.people.entering import guest_of
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to
from hues.surfaces.shell.accounts import Adapter


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
def enter(request: AskedRequest, entry: str, there: str) -> HttpResponse:
    """Ask for one press; pressed, sign the guest in and lead on to what the message was about."""
    guest, to = guest_of(entry), f"/{there}"
    if guest is None or not url_has_allowed_host_and_scheme(to, allowed_hosts=None):
        raise NotFound
    if request.method == "POST":
        Adapter(request).login(request, get_user_model().objects.get(pk=guest))
        return HttpResponseRedirect(addresses.to(to), status=303)
    if request.asker.person_id == guest:
        return HttpResponseRedirect(addresses.to(to))
    return render(request, "letters/enter.html", {"other": request.asker.signed_in})
