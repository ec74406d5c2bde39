"""The desk of notices: the list, one notice as it will look, its moves."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.declare import (
    AUDIENCE_WORDS,
    KIND_WORDS,
    NOTICE_APPROVERS,
    NOTICE_STATE_WORDS,
    NOTICE_WRITERS,
    READERS,
    VERDICT_WORDS,
    WHY_WORDS,
)
from hues.engines.bulletins.queries import DeskNotice
from hues.engines.bulletins.rules.notices import CIRCLES, NoticeState, Verdict
from hues.functions.notices import deskpage
from hues.functions.notices.forms import ReturnForm, WithdrawForm
from hues.functions.notices.sheet import papers, pictures, where
from hues.kernel.errors import Invalid, NotFound, ProofNeeded, Refusal, TooMany
from hues.kernel.people.asker import Asker
from hues.kit import clock
from hues.kit.text import number, pick
from hues.surfaces.desks.answers import see_other
from hues.surfaces.operations.places import places
from hues.surfaces.shell import addresses, proving
from hues.surfaces.shell.access import AskedRequest, open_to

type Make = Callable[[AskedRequest, UUID, int, datetime], UUID | None]
TONES = {NoticeState.SUBMITTED: "wait", NoticeState.SCHEDULED: "wait", NoticeState.ISSUED: "good"}


@open_to(*READERS)
@require_safe
def listing(request: AskedRequest) -> HttpResponse:
    """List all notices, drafts among them, newest first."""
    found = queries.desk_notices(request.asker, request.GET.get("after", "")[:200])
    context = {
        "rows": [_line(row) for row in found.rows],
        "next": found.next,
        "may_write": request.asker.may(*NOTICE_WRITERS),
        "places": places(request.asker, "notices_desk:list"),
    }
    return render(request, "notices/desk_list.html", context)


@open_to(*READERS)
@require_safe
def one(request: AskedRequest, notice_id: UUID) -> HttpResponse:
    """Show one notice: how it will look, whom it is for, what can be done."""
    return _page(request, notice_id)


@open_to(*READERS)
@require_safe
def message(request: AskedRequest, notice_id: UUID) -> HttpResponse:
    """Return the document of a notice as it would be published now, without its signature."""
    body = queries.notice_preview(request.asker, notice_id, at=clock.now())
    return HttpResponse(body, content_type="application/xml", headers={"Cache-Control": "private, no-store"})


@open_to(*NOTICE_WRITERS, *NOTICE_APPROVERS)
@require_POST
def make(request: AskedRequest, notice_id: UUID, move: str) -> HttpResponse:
    """Make one move; what was refused is shown again with its reason."""
    if move not in MOVES:
        raise NotFound
    make_it, words = MOVES[move]
    try:
        proving.take(request)
        moved = make_it(request, notice_id, number(request.POST.get("seen", "")), clock.now())
    except (Invalid, ProofNeeded, TooMany) as refusal:
        return _page(request, notice_id, move, refusal)
    messages.success(request, words)
    return see_other(reverse("notices_desk:one", args=[moved or notice_id]))


def _line(row: DeskNotice) -> dict[str, Any]:
    language = addresses.language()
    return {
        "row": row,
        "title": pick(row.title, language) or _("No title yet"),
        "topic": pick(row.topic.name, language),
        "kind": KIND_WORDS[row.content.kind],
        "state": NOTICE_STATE_WORDS[row.state],
        "tone": TONES.get(row.state, ""),
    }


def _page(request: AskedRequest, notice_id: UUID, move: str = "", refusal: Refusal | None = None) -> HttpResponse:
    at, asker = clock.now(), request.asker
    found = queries.desk_notice(asker, notice_id)
    told = dict(refusal.fields) if isinstance(refusal, Invalid) else {}
    asked = refusal if refusal and (not isinstance(refusal, Invalid) or proving.FIELD in told) else None
    back, take = ReturnForm(), WithdrawForm(request.POST if move == "withdraw" else None)
    if "because" in told:
        back = ReturnForm(request.POST)
        back.add_error("because", str(told.pop("because")))
    told.pop(proving.FIELD, None)
    told.pop("why", None)
    lacks = deskpage.lacks(found, at)
    context: dict[str, Any] = {
        **_line(found),
        **_may(found, asker, at),
        "notice": found,
        **deskpage.before_approval(found),
        "verdict": VERDICT_WORDS[Verdict(found.content.verdict)] if found.content.verdict else "",
        "is_chosen": found.content.audience in CIRCLES,
        "audience": AUDIENCE_WORDS.get(found.content.audience, found.content.audience),
        "where": where(found.content),
        "texts": [(code, text, pictures(found.content, text, at)) for code, text in found.content.texts.items()],
        "papers": papers(found.content.papers, at),
        "back": back,
        "take": take,
        "why": WHY_WORDS[found.why] if found.why else "",
        "proof": proving.ask(request, asked) if asked else None,
        "lacks": lacks,
        "refused": [] if lacks and move == "submit" else [str(said) for said in told.values()] or _said(refusal),
        "places": places(asker, "notices_desk:list"),
    }
    return render(request, "notices/desk_one.html", context, status=refusal.status if refusal else 200)


def _said(refusal: Refusal | None) -> list[str]:
    """Return what stands at no field: a refusal that names none."""
    return [str(refusal)] if isinstance(refusal, Invalid) and not refusal.fields else []


def _may(found: DeskNotice, asker: Asker, at: datetime) -> dict[str, bool]:
    writes, approves = asker.may(*NOTICE_WRITERS), asker.may(*NOTICE_APPROVERS)
    waits = found.state is NoticeState.SUBMITTED
    doubted = any(one.id == found.id for one in queries.doubted_notices(at))
    return {
        "doubted": doubted,
        "may_renew": writes and doubted,
        "may_edit": writes and found.state is NoticeState.DRAFT,
        "may_discard": writes and found.state in deskpage.STILL_OPEN,
        "may_retarget": writes and found.is_astray,
        "may_approve": approves and waits and not found.wrote and not found.is_astray,
        "own_work": approves and waits and found.wrote,
        "may_return": approves and found.state in (NoticeState.SUBMITTED, NoticeState.SCHEDULED),
        "may_update": writes and found.state is NoticeState.ISSUED,
        "may_withdraw": (writes or approves) and found.state is NoticeState.ISSUED,
    }


def _submit(request: AskedRequest, notice_id: UUID, seen: int, at: datetime) -> None:
    actions.submit_notice(notice_id=notice_id, by=request.asker, seen=seen, at=at)


def _approve(request: AskedRequest, notice_id: UUID, seen: int, at: datetime) -> None:
    proved_at = proving.proved_at(request)
    actions.approve_notice(notice_id=notice_id, by=request.asker, seen=seen, proved_at=proved_at, at=at)


def _return(request: AskedRequest, notice_id: UUID, seen: int, at: datetime) -> None:
    because = request.POST.get("because", "")
    actions.return_notice(notice_id=notice_id, because=because, by=request.asker, seen=seen, at=at)


def _discard(request: AskedRequest, notice_id: UUID, seen: int, at: datetime) -> None:
    actions.discard_notice(notice_id=notice_id, by=request.asker, seen=seen, at=at)


def _withdraw(request: AskedRequest, notice_id: UUID, seen: int, at: datetime) -> None:
    because, proved_at = request.POST.get("why", ""), proving.proved_at(request)
    actions.withdraw_notice(
        notice_id=notice_id, because=because, by=request.asker, seen=seen, proved_at=proved_at, at=at
    )


def _update(request: AskedRequest, notice_id: UUID, seen: int, at: datetime) -> UUID:
    return actions.update_notice(notice_id=notice_id, by=request.asker, at=at)


def _retarget(request: AskedRequest, notice_id: UUID, seen: int, at: datetime) -> None:
    actions.retarget_notice(notice_id=notice_id, by=request.asker, seen=seen, at=at)


def _renew(request: AskedRequest, notice_id: UUID, seen: int, at: datetime) -> UUID:
    return actions.renew_notice(notice_id=notice_id, by=request.asker, at=at)


MOVES: Mapping[str, tuple[Make, Any]] = {
    "submit": (_submit, _("Submitted. A different person has to approve it.")),
    "approve": (_approve, _("Approved: it is published, or will be at its time.")),
    "return": (_return, _("Given back to its writers.")),
    "discard": (_discard, _("Discarded.")),
    "withdraw": (_withdraw, _("Withdrawn. Its page says so, and whoever was told of it is told.")),
    "renew": (_renew, _("The same words wait for approval by a different person, to be signed with the new key.")),
    "retarget": (_retarget, _("A draft with the same words. Read it again and submit it.")),
    "update": (_update, _("This is the draft of an update. Change what has changed.")),
}
