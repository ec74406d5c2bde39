"""Be away for a while, and name who stands in."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from hues.kernel.agencies import actions, leaves
from hues.kernel.agencies.queries import agencies, staff_of
from hues.kernel.errors import Invalid
from hues.kernel.people.asker import Asker, Role
from hues.kit.clock import now
from hues.kit.text import pick
from hues.surfaces.desks.answers import see_other
from hues.surfaces.desks.forms import Day, choice, choose_from
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest, open_to
from hues.surfaces.shell.refusing import mark


class LeaveForm(forms.Form):
    """The first day, the last one, and a colleague; what is chosen is "agency person"."""

    since = Day(label=_("First day away"))
    until = Day(label=_("Last day away"))
    substitute = choice(
        _("Who stands in"), help_text=_("Sees your cases under Mine, and is told whatever you are told.")
    )

    def __init__(self, *args: Any, asker: Asker, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = addresses.language()
        own = [card for card in agencies() if card.id in asker.agencies and card.is_active]
        groups = [
            (
                pick(card.name, language),
                [(f"{card.id} {who}", name) for who, name in staff_of(card.id, at).items() if who != asker.person_id],
            )
            for card in own
        ]
        choose_from(self, "substitute", [("", gettext("Choose …")), *groups])


@open_to(Role.CASE_WORKER, Role.AGENCY_HEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: AskedRequest) -> HttpResponse:
    """Show the asker's leaves, and set one."""
    at = now()
    form = LeaveForm(request.POST or None, asker=request.asker, at=at)
    if request.method == "POST" and form.is_valid() and _set(form, request.asker, at):
        messages.success(request, gettext("Written down. It ends by itself."))
        return see_other(reverse("agency:leave"))
    context = {"form": form, **notices(request.asker, at)}
    return render(request, "agency/leave.html", context, status=422 if form.errors else 200)


@open_to(Role.CASE_WORKER, Role.AGENCY_HEAD)
@require_POST
def back(request: AskedRequest, agency_id: UUID) -> HttpResponse:
    """End the asker's leave at once."""
    actions.come_back(agency_id=agency_id, by=request.asker, at=now())
    messages.success(request, gettext("Welcome back."))
    return see_other(reverse("agency:leave"))


def notices(asker: Asker, at: datetime) -> dict[str, Any]:
    """Return what the desk says of leaves: the asker's own, and those of whom the asker stands in for."""
    own, stood_in_for = leaves.leaves_around(asker, at)
    return {"own_leaves": own, "stood_in_for": stood_in_for}


def _set(form: LeaveForm, asker: Asker, at: datetime) -> bool:
    said, zone = form.cleaned_data, get_current_timezone()
    agency, substitute = said["substitute"].split()
    try:
        actions.go_on_leave(
            agency_id=UUID(agency),
            substitute=UUID(substitute),
            from_at=datetime.combine(said["since"], time.min, zone),
            until_at=datetime.combine(said["until"] + timedelta(days=1), time.min, zone),
            by=asker,
            at=at,
        )
    except Invalid as wrong:
        mark(form, wrong)
        return False
    return True
