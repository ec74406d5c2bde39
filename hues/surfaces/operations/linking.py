"""Where links to single cases go, for an agency that never signs in."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hues.kernel.agencies import actions, queries
from hues.kernel.errors import Invalid, NotFound
from hues.kernel.people.asker import Role
from hues.kit.clock import now
from hues.kit.text import pick
from hues.surfaces.desks.answers import see_other
from hues.surfaces.desks.forms import Line
from hues.surfaces.operations.places import places
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest, open_to
from hues.surfaces.shell.refusing import mark


class LinkForm(forms.Form):
    """A mobile number or an e-mail address, or nothing."""

    address = Line(
        label=_("Mobile number or e-mail address"),
        required=False,
        max_length=254,
        help_text=_("Empty: the agency signs in and gets no links. A change closes all links sent before."),
    )


@open_to(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def linking(request: AskedRequest, agency: str) -> HttpResponse:
    """Set where links to the cases of an agency go."""
    card = queries.agency_by_code(agency)
    if card is None or not card.is_active or card.kind == "ioc":
        raise NotFound
    form = LinkForm(request.POST or None, initial={"address": queries.link_to(card.id)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_links_to(agency_id=card.id, address=form.cleaned_data["address"], by=request.asker, at=now())
        except Invalid as wrong:
            mark(form, wrong)
        else:
            messages.success(request, gettext("Changed, and written into the journal."))
            return see_other(reverse("operations:agencies"))
    context = {
        "form": form,
        "title": pick(card.name, addresses.language()),
        "lead": gettext("For an agency that never signs in: it gets a link to each case, which opens that one alone."),
        "places": places(request.asker, "agencies"),
    }
    return render(request, "operations/linking.html", context, status=422 if form.errors else 200)
