"""The page behind a link: one case, for an agency that never signs in, to take it, answer it or give it back."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from hues.engines.cases import actions, queries
from hues.engines.cases.queries import DeskCase, PassCard, SentCard
from hues.engines.cases.rules.passes import Standing
from hues.engines.cases.rules.workflow import MOVES as TABLE
from hues.engines.cases.rules.workflow import Side
from hues.kernel.errors import NotFound, Refusal, TooMany, WrongState
from hues.kit.clock import now
from hues.surfaces.agency.moves import MOVES
from hues.surfaces.desks.answers import see_other
from hues.surfaces.desks.casepage import case_page, outcome_words
from hues.surfaces.desks.forms import MoveForm
from hues.surfaces.desks.moves import Move, Target, attempt, faults, offers
from hues.surfaces.desks.offering import Around, drawn
from hues.surfaces.desks.templated import TemplatedForm
from hues.surfaces.shell import limits
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to

BY_LINK: Final = {made.code: made for verb, made in MOVES.items() if Side.LINK in TABLE[verb].sides}
type Sent = tuple[Move, MoveForm, Refusal | None]
# Who has the address has the case: nobody else learns the address, and no copy of the page stays anywhere.
HEADERS: Final = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def _by_link[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Count each visit, and keep the address to whoever has it."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request: Any = args[0]
        limits.count(request, "agency_pass", str(kwargs["token"]))
        answer = view(*args, **kwargs)
        for name, value in HEADERS.items():
            answer.headers[name] = value
        return answer

    return guarded


@open_to(ANYONE)
@require_safe
@_by_link
def show(request: AskedRequest, token: str) -> HttpResponse:
    """Show the case that a link opens, what was sent by it, or how to get a new link."""
    card = queries.pass_of(token, at=now())
    if card.standing == Standing.OPEN:
        return _page(request, token, card)
    return _thanks(request, card, card.sent) if card.sent else _closed(request, token, card)


# A forged request would need the link itself, and without a referrer browsers do not say where a form came from.
@csrf_exempt
@open_to(ANYONE)
@require_POST
@_by_link
def move(request: AskedRequest, token: str, code: str) -> HttpResponse:
    """Make one of the moves that a link allows, in the name of its agency."""
    at = now()
    card = queries.pass_of(token, at=at)
    if code not in BY_LINK:
        raise NotFound
    made = BY_LINK[code]
    if card.standing != Standing.OPEN:
        return _closed(request, token, card, typed=_typed(made, request))
    form = made.form(request.POST, request.FILES, case=_case(card), by=card.asker, auto_id=f"{code}-%s")
    form.full_clean()
    form.keep_files(at)
    if form.errors:
        return _page(request, token, card, (made, form, None), status=422)
    case, seen = form.case, form.cleaned_data["seen"]
    if refusal := attempt(made, form, Target(case_id=case.id, seen=seen, by=card.asker, at=at)):
        return _refused(request, token, (made, form, refusal))
    messages.success(request, made.done)
    return see_other(reverse("pass:show", args=[token]))


@csrf_exempt
@open_to(ANYONE)
@require_POST
@_by_link
def fill(request: AskedRequest, token: str, code: str) -> HttpResponse:
    """Begin the words of an answer with a template; nothing is sent."""
    card, made = queries.pass_of(token, at=now()), BY_LINK.get(code)
    if made is None or not issubclass(made.form, TemplatedForm):
        raise NotFound
    if card.standing != Standing.OPEN:
        return _closed(request, token, card, typed=_typed(made, request))
    form = made.form(request.POST, request.FILES, case=_case(card), by=card.asker, auto_id=f"{code}-%s")
    form.full_clean()
    form.keep_files(now())
    form.fill()
    return _page(request, token, card, (made, form, None), status=422 if form.errors else 200)


@csrf_exempt
@open_to(ANYONE)
@require_POST
@_by_link
def again(request: AskedRequest, token: str) -> HttpResponse:
    """Send the agency a new link, to its own address."""
    try:
        actions.send_pass_again(token=token, at=now())
    except (TooMany, WrongState) as refusal:
        return _closed(request, token, queries.pass_of(token, at=now()), refusal=refusal, status=refusal.status)
    messages.success(request, _("A new link is on its way to your agency's number or mailbox."))
    return see_other(reverse("pass:show", args=[token]))


def _case(card: PassCard) -> DeskCase:
    return queries.passed_case(card.asker, at=now())


def _refused(request: AskedRequest, token: str, sent: Sent) -> HttpResponse:
    card = queries.pass_of(token, at=now())
    status = int(sent[2].status) if sent[2] else 422
    if card.standing != Standing.OPEN:
        return _closed(request, token, card, typed=_typed(sent[0], request), status=status)
    return _page(request, token, card, sent, status=status)


def _page(
    request: AskedRequest, token: str, card: PassCard, sent: Sent | None = None, status: int = 200
) -> HttpResponse:
    at, case = now(), _case(card)

    def blank(move: Move) -> MoveForm:
        return move.form(None, None, case=case, by=card.asker, auto_id=f"{move.code}-%s")

    page, action = case_page(case, at=at), reverse("pass:show", args=[token])
    possible = [made for verb, made in MOVES.items() if verb in case.moves]
    offered = offers(possible, new=blank, sent=sent[:2] if sent else None)
    around = Around(page=page, action=action, query="", token=get_token(request))
    context = {
        "page": page,
        "offers": offered,
        "moves": drawn(offered, around),
        **faults(sent),
        "action": action,
        "query": "",
    }
    return render(request, "agency/pass.html", context, status=status)


def _thanks(request: HttpRequest, card: PassCard, sent: SentCard) -> HttpResponse:
    context = {"number": card.number, "sent": sent, "outcome": outcome_words(sent.outcome) if sent.outcome else ""}
    return render(request, "agency/pass_sent.html", context)


def _closed(
    request: HttpRequest,
    token: str,
    card: PassCard,
    *,
    typed: list[tuple[Any, str]] | None = None,
    refusal: Refusal | None = None,
    status: int = HTTPStatus.GONE,
) -> HttpResponse:
    context = {
        "number": card.number,
        "heir": card.heir,
        "renewable": card.standing == Standing.EXPIRED,
        "again": reverse("pass:again", args=[token]),
        "typed": typed or [],
        "refusal": refusal,
    }
    return render(request, "agency/pass_closed.html", context, status=status)


def _typed(move: Move, request: HttpRequest) -> list[tuple[Any, str]]:
    own = {name: field.label for name, field in move.form.base_fields.items() if name != "seen"}
    return [(label, request.POST[name]) for name, label in own.items() if request.POST.get(name)]
