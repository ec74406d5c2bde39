"""Agencies that are merged, split or dissolved: what is planned, what happened, and planning it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from hues.kernel.agencies import changes
from hues.kernel.agencies.actions import changing
from hues.kernel.agencies.actions.changing import ChangeReport
from hues.kernel.agencies.changes import ChangeCard
from hues.kernel.agencies.queries import agency_by_code
from hues.kernel.errors import NotFound, WrongState
from hues.kernel.people.asker import Role
from hues.kit.clock import now
from hues.kit.text import Words, pick
from hues.surfaces.desks.answers import see_other
from hues.surfaces.operations.changeform import ChangeForm
from hues.surfaces.operations.places import READERS, places
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest, open_to


@open_to(*READERS)
@require_safe
def change_list(request: AskedRequest) -> HttpResponse:
    """Show every change of agencies, the latest day first."""
    cards = changes.changes()
    context = {
        "planned": [_line(card) for card in reversed(cards) if card.is_planned],
        "past": [_line(card) for card in cards if not card.is_planned],
        "may_set": request.asker.may(Role.ADMIN),
        "places": places(request.asker, "agencies"),
    }
    return render(request, "operations/changes.html", context)


@open_to(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: AskedRequest) -> HttpResponse:
    """Say which agencies end and who follows; look at what that means; then plan it."""
    posted = request.POST if request.method == "POST" else None
    form = ChangeForm(posted, initial=_first(request.GET.get("agency", "")))
    if posted is None or "again" in posted or not form.is_valid():
        return _form(request, form)
    sure = "sure" in posted
    report = changing.plan(wanted=form.wanted(), dry_run=not sure, by=request.asker, at=now())
    if report.mistakes:
        form.tell(report.mistakes)
        return _form(request, form)
    if not sure:
        return _look(request, form, report)
    messages.success(request, _said(report))
    return see_other(reverse("operations:changes"))


@open_to(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request: AskedRequest, change_id: UUID) -> HttpResponse:
    """Ask once, then call a planned change off."""
    card = changes.change(change_id)
    if card is None:
        raise NotFound
    if request.method == "POST" or not card.is_planned:
        try:
            changing.call_off(change_id=change_id, by=request.asker, at=now())
        except WrongState as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("Called off. The agencies stay as they are."))
        return see_other(reverse("operations:changes"))
    context = {"line": _line(card), "places": places(request.asker, "agencies")}
    return render(request, "operations/call_off.html", context)


def _first(code: str) -> dict[str, Any]:
    card = agency_by_code(code)
    return {"end_1": str(card.id)} if card and card.is_active else {}


def _form(request: AskedRequest, form: ChangeForm) -> HttpResponse:
    context = {"form": form, "places": places(request.asker, "agencies")}
    wrong = form.is_bound and form.errors
    return render(request, "operations/change.html", context, status=422 if wrong else 200)


def _look(request: AskedRequest, form: ChangeForm, report: ChangeReport) -> HttpResponse:
    context = {
        "kept": [(name, value) for name in form.fields for value in form.sent(name)],
        "told": form.told(),
        "report": report,
        "counts": counted(report.counts),
        "places": places(request.asker, "agencies"),
    }
    return render(request, "operations/change_look.html", context)


def counted(counts: dict[str, int]) -> list[str]:
    """Return how much was or would be passed on, in words."""
    people, cases, views = (counts.get(what, 0) for what in ("people", "cases", "views"))
    said = [
        ngettext("%(n)s person", "%(n)s people", people) % {"n": people},
        ngettext("%(n)s open case or promise", "%(n)s open cases and promises", cases) % {"n": cases},
    ]
    return [*said, ngettext("%(n)s kept view", "%(n)s kept views", views) % {"n": views}] if views else said


def _said(report: ChangeReport) -> str:
    if report.already:
        return gettext("This stands already; nothing was changed.")
    return gettext("Done.") if report.done else gettext("Planned. It happens at 00:00 of that day.")


STANDINGS: dict[str, Words] = {"planned": _("Planned"), "done": _("Done"), "off": _("Called off")}


def _line(card: ChangeCard) -> dict[str, Any]:
    language = addresses.language()
    standing = "planned" if card.is_planned else "done" if card.done_at else "off"
    return {
        "id": card.id,
        "on": card.on,
        "ends": [pick(gone.name, language) for gone in card.ends],
        "heirs": [pick(heir.name, language) for heir in card.heirs],
        "standing": standing,
        "words": STANDINGS[standing],
        "counts": counted(card.counts) if card.done_at else [],
    }
