"""What the pages of a report being written share: the draft behind them, and the way on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from hues.functions.field_reports import drafting
from hues.functions.field_reports.drafting import STEPS, Draft
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """One page of the way, for the line of steps above it."""

    name: str
    number: int
    of: int

    @property
    def marks(self) -> tuple[bool, ...]:
        """Return, for each step, whether it has been reached."""
        return tuple(n <= self.number for n in range(1, self.of + 1))


def address_of(step: str) -> str:
    """Return where a step is asked."""
    return reverse("field_reports:new" if step == "photos" else f"field_reports:{step}")


def found_draft(request: AskedRequest, at: datetime) -> Draft:
    """Return what this reader is writing: the draft that was kept, or the beginning of one."""
    named = _key_named_in(request)
    kept = drafting.load(request, at, named)
    if kept is not None and not (kept.sent and named != kept.key):
        return kept
    return replace(drafting.new_draft(), key=named) if named else drafting.new_draft()


def last_draft(request: AskedRequest, at: datetime) -> Draft:
    """Return what this reader wrote last, sent or not: who comes back to the last page asks what became of it."""
    kept = drafting.load(request, at)
    last = drafting.held(request.asker, sent=True) if request.asker.signed_in else None
    return (last if last and last.sent else kept) or drafting.new_draft()


def has_lost_session(request: AskedRequest) -> bool:
    """Test if the page was drawn for somebody signed in who no longer is."""
    return request.POST.get("mine") == "1" and not request.asker.signed_in


def go_on(request: AskedRequest, draft: Draft, *, done: str, at: datetime) -> HttpResponse:
    """Keep the draft and send its writer to the next question, or by way of the sign-in they have lost."""
    drafting.keep(request, draft, at)
    following = STEPS[STEPS.index(done) + 1]
    if request.POST.get("back") == "check" and draft.gap == "check":
        following = "check"
    return by_way_of_sign_in(following) if has_lost_session(request) else see_other(address_of(following))


def by_way_of_sign_in(step: str) -> HttpResponse:
    """Send a stranger to sign in, and from there to `step`."""
    return see_other(f"{addresses.to(settings.LOGIN_URL)}?{urlencode({'next': address_of(step)})}")


def see_other(address: str) -> HttpResponse:
    """Send the reader on after a change, so that a reload repeats nothing."""
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


def page(
    request: AskedRequest, draft: Draft, step: str, more: Mapping[str, Any], *, wrong: bool = False
) -> HttpResponse:
    """Draw the page of a step; one with mistakes says so to machines too."""
    context = {
        "draft": draft,
        "stage": Stage(name=step, number=STEPS.index(step) + 1, of=len(STEPS)),
        "previous": address_of(STEPS[STEPS.index(step) - 1]) if step != STEPS[0] else "",
        "back_to": "check" if "check" in (request.GET.get("back"), request.POST.get("back")) else "",
        "mine": request.asker.signed_in,
        **more,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    answer = render(request, f"field_reports/new_{step}.html", context, status=status)
    # What somebody is writing must not be shown again from a cache after they have left.
    answer["Cache-Control"] = "no-store" if wrong else "private, no-cache"
    return answer


def _key_named_in(request: AskedRequest) -> str:
    try:
        return str(UUID(request.POST.get("draft", "")))
    except ValueError:
        return ""
