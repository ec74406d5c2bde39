"""The desk of alerts: the list, one alert with whom it reaches, its moves, and the keys."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.actions import Moved
from hues.engines.bulletins.declare import READERS
from hues.functions.alerts import deskpage
from hues.functions.alerts.forms import AloneForm, ApartForm, ApproveForm, KeyForm, ReturnForm
from hues.functions.alerts.views import others
from hues.kernel.errors import Invalid, NotAllowed, NotFound, ProofNeeded, Refusal, TooMany
from hues.kernel.people.asker import Role
from hues.kit import clock
from hues.kit.text import Words, number
from hues.surfaces.desks.answers import see_other
from hues.surfaces.operations.places import places
from hues.surfaces.shell import proving
from hues.surfaces.shell.access import AskedRequest, open_to
from hues.surfaces.shell.refusing import mark

type Make = Callable[[AskedRequest, UUID, int, datetime], Moved]


@open_to(*READERS)
@require_safe
def listing(request: AskedRequest) -> HttpResponse:
    """List all bulletins, drafts and training among them, newest first."""
    found = queries.desk_list(request.asker, request.GET.get("after", "")[:200])
    context = {
        "rows": [deskpage.line(row) for row in found.rows],
        "next": found.next,
        "problems": [one for one in queries.source_states() if one.problem],
        **deskpage.doubts(request.asker, clock.now()),
        "places": places(request.asker, "alerts_desk:list"),
    }
    return render(request, "alerts/desk_list.html", context)


@open_to(*READERS)
@require_safe
def one(request: AskedRequest, bulletin_id: UUID) -> HttpResponse:
    """Show one bulletin: how it will look, whom it reaches, what to look at twice, what can be done."""
    return _page(request, bulletin_id)


@open_to(*READERS)
@require_safe
def message(request: AskedRequest, bulletin_id: UUID) -> HttpResponse:
    """Return the message of a bulletin as it would be sent now, without its signature."""
    body = queries.preview(request.asker, bulletin_id, at=clock.now())
    return HttpResponse(body, content_type="application/xml", headers={"Cache-Control": "private, no-store"})


@open_to(Role.ALERT_WRITER, Role.ALERT_APPROVER)
@require_POST
def make(request: AskedRequest, bulletin_id: UUID, move: str) -> HttpResponse:
    """Make one move; what was refused is shown again with its reason."""
    if move not in MOVES:
        raise NotFound
    make_it, words = MOVES[move]
    try:
        proving.take(request)
        moved = make_it(request, bulletin_id, number(request.POST.get("seen", "")), clock.now())
    except (Invalid, ProofNeeded, TooMany) as refusal:
        return _page(request, bulletin_id, refusal)
    messages.success(request, words)
    return see_other(reverse("alerts_desk:one", args=[moved.id]))


@open_to(*READERS, Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: AskedRequest) -> HttpResponse:
    """Show the certificates; sent back by an administrator, let a new key sign, or distrust one that signs no more."""
    found = queries.certificates()
    form, refusal = KeyForm(request.POST if request.method == "POST" else None, found), None
    if form.is_bound:
        try:
            said = _renew_or_distrust(request, form)
        except (Invalid, ProofNeeded, TooMany) as refused:
            refusal = refused
            if isinstance(refused, Invalid) and proving.FIELD not in refused.fields and not form.errors:
                mark(form, refused)
        else:
            messages.success(request, said)
            return see_other(reverse("alerts_desk:keys"))
    # The code is asked for once all else is in order, and then stays in view.
    asked = refusal and (not isinstance(refusal, Invalid) or proving.FIELD in refusal.fields)
    context = {
        "keys": found,
        "form": form,
        "proof": proving.ask(request, refusal) if asked and refusal else None,
        **deskpage.doubts(request.asker, clock.now()),
        "may_rotate": request.asker.may(Role.ADMIN),
        "places": places(request.asker, "alerts_desk:keys"),
    }
    return render(request, "alerts/keys.html", context, status=refusal.status if refusal else 200)


def _renew_or_distrust(request: AskedRequest, form: KeyForm) -> Words:
    if not request.asker.may(Role.ADMIN):
        raise NotAllowed
    if not form.is_valid():
        raise Invalid(fields={name: str(errors[0]) for name, errors in form.errors.items()})
    proving.take(request)
    at, said = clock.now(), form.cleaned_data
    until, proved = said["since"] or at, proving.proved_at(request)
    if key := said.get("key"):
        actions.distrust_key(fingerprint=key, trusted_until=until, by=request.asker, proved_at=proved, at=at)
        return _("What that key signed after this is not valid any more.")
    leaked = said["why"] == "leaked"
    actions.rotate_key(trusted_until=until if leaked else None, by=request.asker, proved_at=proved, at=at)
    if leaked:
        return _("A new key signs from now on. What the old one signed after that moment is not valid any more.")
    return _("A new key signs from now on. Old alerts keep their certificate.")


def _page(request: AskedRequest, bulletin_id: UUID, refusal: Refusal | None = None) -> HttpResponse:
    at = clock.now()
    found = queries.desk_bulletin(request.asker, bulletin_id)
    wrong = refusal if isinstance(refusal, Invalid) else None
    asked = refusal is not None and (wrong is None or proving.FIELD in wrong.fields)
    sent = request.POST if refusal else None
    approve, back = ApproveForm(sent if asked else None, initial={"level": ""}), ReturnForm()
    if wrong and "level" in wrong.fields:
        approve = ApproveForm(sent)
        approve.add_error("level", str(wrong.fields["level"]))
    if wrong and "because" in wrong.fields:
        back = ReturnForm(sent)
        back.add_error("because", str(wrong.fields["because"]))
    alone = AloneForm(sent if asked else None)
    if wrong and wrong.fields.keys() & AloneForm.base_fields.keys():
        alone = AloneForm(sent)
        for name, sentence in wrong.fields.items():
            alone.add_error(name, str(sentence))
    apart = ApartForm()
    if wrong and "own_because" in wrong.fields:
        apart = ApartForm(sent)
        apart.add_error("own_because", str(wrong.fields["own_because"]))
    context: dict[str, Any] = deskpage.page(found, request.asker, at)
    context |= {
        "others": [others.line(card) for card in queries.incoming_about(request.asker, bulletin_id)],
        "targets": queries.targets(request.asker, bulletin_id),
        "approve": approve,
        "back": back,
        "alone": alone,
        "apart": apart,
        "proof": proving.ask(request, refusal) if asked and refusal else None,
        "refused": _said(wrong) if wrong and not (wrong.fields and context["lacks"]) else "",
        "places": places(request.asker, "alerts_desk:list"),
    }
    return render(request, "alerts/desk_one.html", context, status=refusal.status if refusal else 200)


def _said(wrong: Invalid) -> str:
    """Return what stands at no field of the page: of a refusal that names none, or names those of a form elsewhere."""
    shown = {proving.FIELD, "level", "because", "own_because", *AloneForm.base_fields}
    left = [str(words) for name, words in wrong.fields.items() if name not in shown]
    return "\n".join(left) if wrong.fields else str(wrong)


def _submit(request: AskedRequest, bulletin_id: UUID, seen: int, at: datetime) -> Moved:
    return actions.submit(bulletin_id=bulletin_id, by=request.asker, seen=seen, at=at)


def _discard(request: AskedRequest, bulletin_id: UUID, seen: int, at: datetime) -> Moved:
    return actions.discard(bulletin_id=bulletin_id, by=request.asker, seen=seen, at=at)


def _update(request: AskedRequest, bulletin_id: UUID, seen: int, at: datetime) -> Moved:
    return actions.start_update(bulletin_id=bulletin_id, by=request.asker, at=at)


def _renew(request: AskedRequest, bulletin_id: UUID, seen: int, at: datetime) -> Moved:
    return actions.renew(bulletin_id=bulletin_id, by=request.asker, at=at)


def _cancel(request: AskedRequest, bulletin_id: UUID, seen: int, at: datetime) -> Moved:
    return actions.cancel(bulletin_id=bulletin_id, by=request.asker, at=at)


def _return(request: AskedRequest, bulletin_id: UUID, seen: int, at: datetime) -> Moved:
    because = request.POST.get("because", "")
    return actions.return_to_writer(bulletin_id=bulletin_id, because=because, by=request.asker, seen=seen, at=at)


def _approve(request: AskedRequest, bulletin_id: UUID, seen: int, at: datetime) -> Moved:
    level, proved_at = number(request.POST.get("level", "")), proving.proved_at(request)
    return actions.approve(
        bulletin_id=bulletin_id, level=level, by=request.asker, seen=seen, proved_at=proved_at, at=at
    )


def _approve_and_issue(request: AskedRequest, bulletin_id: UUID, seen: int, at: datetime) -> Moved:
    with transaction.atomic():
        approved = _approve(request, bulletin_id, seen, at)
        return _issue(request, bulletin_id, approved.version, at)


def _alone(request: AskedRequest, bulletin_id: UUID, seen: int, at: datetime) -> Moved:
    level, because = number(request.POST.get("alone_level", "")), request.POST.get("alone_because", "")
    return actions.issue_alone(
        bulletin_id=bulletin_id,
        level=level,
        because=because,
        by=request.asker,
        seen=seen,
        proved_at=proving.proved_at(request),
        at=at,
    )


def _issue(request: AskedRequest, bulletin_id: UUID, seen: int, at: datetime) -> Moved:
    return actions.issue(bulletin_id=bulletin_id, by=request.asker, seen=seen, at=at)


def _follow(request: AskedRequest, bulletin_id: UUID, seen: int, at: datetime) -> Moved:
    said = request.POST.get("onto", "")
    try:
        onto = UUID(said) if said else None
    except ValueError as wrong:
        raise NotFound from wrong
    return actions.follow(bulletin_id=bulletin_id, onto=onto, by=request.asker, seen=seen, at=at)


def _begin_anew(request: AskedRequest, bulletin_id: UUID, seen: int, at: datetime) -> Moved:
    return actions.begin_anew(bulletin_id=bulletin_id, by=request.asker, seen=seen, at=at)


def _set_apart(request: AskedRequest, bulletin_id: UUID, seen: int, at: datetime) -> Moved:
    because = request.POST.get("own_because", "")
    return actions.set_apart(bulletin_id=bulletin_id, because=because, by=request.asker, seen=seen, at=at)


def _repeat(request: AskedRequest, bulletin_id: UUID, seen: int, at: datetime) -> Moved:
    return actions.repeat(bulletin_id=bulletin_id, by=request.asker, proved_at=proving.proved_at(request), at=at)


MOVES: Mapping[str, tuple[Make, Any]] = {
    "submit": (_submit, _("Submitted. A different person has to approve it.")),
    "discard": (_discard, _("Discarded.")),
    "update": (_update, _("This is the draft of an update. Change what has changed.")),
    "renew": (_renew, _("The same words wait for approval by a different person, to be signed with the new key.")),
    "cancel": (_cancel, _("The cancellation waits for approval by a different person.")),
    "follow": (_follow, _("It follows what is in force now, and has to be approved anew.")),
    "begin-anew": (_begin_anew, _("An alert of its own, with the same words. Submit it when they are right.")),
    "set-apart": (_set_apart, _("An alert of its own. It can be submitted now.")),
    "return": (_return, _("Given back to its writers.")),
    "approve": (_approve, _("Approved. It is not issued yet.")),
    "approve-and-issue": (_approve_and_issue, _("Issued.")),
    "issue": (_issue, _("Issued.")),
    "repeat": (_repeat, _("Pushed again to whoever has not opened it.")),
    "alone": (_alone, _("Issued. Everybody who watches over alerts is told that you did it alone.")),
}
