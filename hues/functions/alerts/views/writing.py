"""Write an alert: a new one, or a draft again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.actions import Moved
from hues.engines.bulletins.queries import DeskBulletin
from hues.engines.bulletins.rules.states import State
from hues.functions.alerts import beginnings
from hues.functions.alerts.forms import USUAL, AlertForm, start_with
from hues.kernel.errors import Invalid, Refusal, WrongState
from hues.kernel.people.asker import Role
from hues.kit import clock
from hues.kit.text import number
from hues.surfaces.desks.answers import see_other
from hues.surfaces.desks.beginning import Beginning, begun_again
from hues.surfaces.operations.places import places
from hues.surfaces.shell.access import AskedRequest, open_to
from hues.surfaces.shell.refusing import mark


@open_to(Role.ALERT_WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AskedRequest) -> HttpResponse:
    """Ask for an alert, begun from a template if one is named; sent, keep it as a draft."""
    at, name = clock.now(), request.GET.get("template", "")
    if request.method == "POST" and "template" in request.POST:
        before, after = beginnings.start(request.POST.get("begun", "")), request.POST["template"]
        begun = begun_again(after, AlertForm(request.POST), before=before, after=beginnings.start(after))
        return _shown(request, AlertForm(initial=begun.initial), None, begun)
    initial = {"expires_at": at + USUAL, **beginnings.start(name)}
    form = AlertForm(request.POST if request.method == "POST" else None, initial=initial)
    return _answer(request, form, None, at, Beginning(name=request.POST.get("begun", name)))


@open_to(Role.ALERT_WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AskedRequest, bulletin_id: UUID) -> HttpResponse:
    """Show a draft to be changed; sent, keep the change."""
    at = clock.now()
    found = queries.desk_bulletin(request.asker, bulletin_id)
    if found.state is not State.DRAFT:
        raise WrongState
    sent = request.POST if request.method == "POST" else None
    form = AlertForm(sent, initial=start_with(found.content), follows=found.follows is not None)
    return _answer(request, form, found, at)


def _answer(
    request: AskedRequest, form: AlertForm, found: DeskBulletin | None, at: datetime, begun: Beginning | None = None
) -> HttpResponse:
    if form.is_valid() and (kept := _keep(request, form, found, at)):
        return see_other(reverse("alerts_desk:one", args=[kept.id]))
    return _shown(request, form, found, begun)


def _shown(request: AskedRequest, form: AlertForm, found: DeskBulletin | None, begun: Beginning | None) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "bulletin": found,
        "templates": () if found else beginnings.titles(),
        "begun": begun,
        "seen": request.POST.get("seen", "") or (found.version if found else ""),
        "places": places(request.asker, "alerts_desk:list"),
    }
    return render(request, "alerts/write.html", context, status=422 if form.is_bound else 200)


def _keep(request: AskedRequest, form: AlertForm, found: DeskBulletin | None, at: datetime) -> Moved | None:
    """Keep what was written, submit it if that was asked for; None if the form has to be shown again."""
    by = request.asker
    try:
        if found is None:
            kept = actions.draft(content=form.content(), by=by, at=at)
        else:
            seen = number(request.POST.get("seen", ""))
            kept = actions.rewrite(bulletin_id=found.id, content=form.content(), by=by, seen=seen, at=at)
    except Refusal as wrong:
        mark(form, wrong)
        return None
    if "submit" in request.POST:
        try:
            kept = actions.submit(bulletin_id=kept.id, by=by, seen=kept.version, at=at)
        except Invalid:
            # The draft is kept; its own page lists what is missing.
            messages.warning(request, _("Kept as a draft. What it lacks stands at the top of this page."))
        else:
            messages.success(request, _("Submitted. A different person has to approve it."))
    return kept
