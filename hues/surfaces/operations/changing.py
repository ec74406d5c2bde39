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
from hues.kernel.areas.queries import wards
from hues.kernel.errors import NotFound, WrongState
from hues.kernel.people.asker import Role
from hues.kit.clock import now
from hues.kit.text import Words, pick
from hues.surfaces.desks.answers import see_other
from hues.surfaces.desks.choices import leaves
from hues.surfaces.operations.changeform import ChangeForm, begin_with
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


@open_to(*READERS)
@require_safe
def show(request: AskedRequest, change_id: UUID) -> HttpResponse:
    """Show one change, planned or past: what falls to whom."""
    card = _card(change_id)
    context = {
        "line": _line(card),
        "shares": _shares(card),
        "card": card,
        "may_set": request.asker.may(Role.ADMIN) and card.is_planned,
        "fits": begin_with(card) is not None,
        "places": places(request.asker, "agencies"),
    }
    return render(request, "operations/change_one.html", context)


@open_to(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: AskedRequest, change_id: UUID | None = None) -> HttpResponse:
    """Say which agencies end and who follows; look at what that means; then plan it, or plan a change anew."""
    posted = request.POST if request.method == "POST" else None
    card = _card(change_id) if change_id else None
    begun = begin_with(card) if card else _first(request.GET.get("agency", ""))
    if card and begun is None:
        return see_other(reverse("operations:change", args=[card.id]))  # which says why
    form = ChangeForm(posted, initial=begun)
    if posted is None or "again" in posted or not form.is_valid():
        return _form(request, form)
    sure = "sure" in posted
    try:
        report = changing.plan(wanted=form.wanted(), instead_of=change_id, dry_run=not sure, by=request.asker, at=now())
    except WrongState as refusal:
        messages.error(request, str(refusal))
        return see_other(reverse("operations:changes"))
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
    card = _card(change_id)
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


def _card(change_id: UUID) -> ChangeCard:
    card = changes.change(change_id)
    if card is None:
        raise NotFound
    return card


def _shares(card: ChangeCard) -> list[dict[str, Any]]:
    """Return what falls to whom, in names; the last share has all that is left."""
    language, heirs = addresses.language(), {heir.code: heir for heir in card.heirs}
    named = {ward.code: pick(ward.name, language) for ward in wards()}
    titles = dict(leaf for _group, below in leaves("report") for leaf in below)
    return [
        {
            "name": pick(heirs[share.code].name, language),
            "code": share.code,
            "is_new": card.is_planned and not heirs[share.code].is_active,
            "wards": [named.get(code, code) for code in share.wards],
            "categories": [titles.get(code, code) for code in share.categories],
        }
        for share in card.shares
    ]


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
