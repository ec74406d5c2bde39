"""What every desk of cases does, whoever sits at it."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext

from hues.engines.cases.queries import DeskCase, SealedCard, sealed_card
from hues.engines.cases.rules.numbers import meant
from hues.engines.cases.rules.workflow import Verb
from hues.kernel.city import city
from hues.kernel.errors import NotFound, Refusal
from hues.kit.clock import now
from hues.surfaces.desks import signedout, unsent
from hues.surfaces.desks.answers import see_other
from hues.surfaces.desks.casepage import case_page
from hues.surfaces.desks.choices import agency_names
from hues.surfaces.desks.desk import Desk, tabs
from hues.surfaces.desks.finder import finder
from hues.surfaces.desks.forms import MoveForm
from hues.surfaces.desks.lines import lines, list_items, table_rows
from hues.surfaces.desks.moves import Beside, KeptElsewhere, Move, Offer, Target, attempt, faults, offers
from hues.surfaces.desks.offering import Around, drawn
from hues.surfaces.desks.photoform import PhotoForm
from hues.surfaces.desks.printing import print_head
from hues.surfaces.desks.queries import views_of
from hues.surfaces.desks.queue import EVERYTHING, Shown, read_shown
from hues.surfaces.desks.taking import taken_away
from hues.surfaces.desks.templated import TemplatedForm
from hues.surfaces.shell import addresses, telling
from hues.surfaces.shell.access import AskedRequest

type Sent = tuple[Verb, MoveForm, Refusal | None]


def show_queue(desk: Desk, request: AskedRequest, extra: dict[str, Any] | None = None) -> HttpResponse:
    """Show a page of the queue; a bare address opens the view that its reader put first."""
    kept = views_of(request.asker, desk.space)
    first = next((view for view in kept if view.is_first), None)
    if first and not request.GET:
        return HttpResponseRedirect(addresses.of(f"{desk.space}:queue") + first.query)
    at, shown = now(), read_shown(request.GET, desk.sections)
    if the_case := _numbered(desk, request, shown, at):
        return see_other(the_case)
    page = desk.page(request.asker, shown, at)
    section = desk.sections[shown.tab]
    shown_lines = lines(page.rows, address=lambda number: desk.case_address(number, shown), at=at)
    shared = desk.shared_moves(request.asker, shown)
    context = {
        "desk": desk,
        "shown": shown,
        "who": signedout.name_of(request),
        "section": section,
        "rows": table_rows(shown_lines, with_agency=desk.whose == "ioc", pickable=bool(shared)),
        "shared": [(move, shown.address(addresses.of(f"{desk.space}:together", move.code))) for move in shared],
        "next": page.next,
        "tabs": tabs(desk, desk.counted(request.asker, at), shown),
        "counts_url": desk.address(shown, "counts"),
        "bare_url": desk.address(shown.bare()),
        "all_url": desk.address(Shown(tab=EVERYTHING, text=shown.text)) if shown.text and shown.wider else "",
    }
    context |= taken_away(desk, request, shown, at) | finder(desk, shown, kept) | (extra or {})
    return render(request, f"{desk.template}/queue.html", context)


def _numbered(desk: Desk, request: AskedRequest, shown: Shown, at: datetime) -> str:
    """Return the address of the case whose number was searched for, in any tab; under seal too, for who may know."""
    year = telling.local(at).year
    for number in meant(shown.text, prefix=city().number_prefix, year=year):
        with suppress(NotFound):
            return addresses.of(f"{desk.space}:case", desk.found(request.asker, number, at).number)
        with suppress(NotFound):
            return addresses.of(f"{desk.space}:case", sealed_card(request.asker, number).number)
    return ""


def show_counts(desk: Desk, request: AskedRequest) -> HttpResponse:
    """Return the tabs with fresh counts, for a page that has been open for a while."""
    shown = read_shown(request.GET, desk.sections)
    return render(request, "shell/_tabs.html", {"tabs": tabs(desk, desk.counted(request.asker, now()), shown)})


def show_beside(desk: Desk, request: AskedRequest) -> HttpResponse:
    """Return the page of the queue that stands beside a case."""
    at, shown = now(), read_shown(request.GET, desk.sections)
    page = desk.page(request.asker, shown, at)
    shown_lines = lines(page.rows, address=lambda number: desk.case_address(number, shown), at=at)
    rows = list_items(shown_lines, current=request.GET.get("number", ""))
    return render(request, "desks/_beside.html", {"rows": rows})


def show_case(desk: Desk, request: AskedRequest, number: str) -> HttpResponse:
    """Show one case, with what its reader typed when the session was over."""
    case = desk.found(request.asker, number, now())
    if waiting := signedout.taken_up(desk, request, number):
        return _back_again(desk, request, case, *waiting)
    return _case_page(desk, request, case, None)


def _back_again(desk: Desk, request: AskedRequest, case: DeskCase, code: str, typed: QueryDict) -> HttpResponse:
    verb = next(verb for verb, move in desk.moves.items() if move.code == code)
    move, at = desk.moves[verb], now()
    form = _form(move, case, request, typed)
    form.full_clean()
    form.keep_files(at)
    if move.keeps and isinstance(form, PhotoForm):
        unsent.keep(move, form, case.id, at)
    form.errors.clear()  # nothing of it has been sent yet
    return _case_page(desk, request, case, (verb, form, None), back_again=True)


def show_sealed(desk: Desk, request: AskedRequest, card: SealedCard) -> HttpResponse:
    """Show that a case was passed on under the law: its number and state."""
    context = {"desk": desk, "card": card, "queue_url": addresses.of(f"{desk.space}:queue")}
    return render(request, "desks/sealed.html", context)


def make_move(desk: Desk, request: AskedRequest, number: str, code: str) -> HttpResponse:
    """Make a move and go on to the next case; refused, show the case as it is now with everything that was typed."""
    verb = next((verb for verb, move in desk.moves.items() if move.code == code), None)
    if verb is None:
        raise NotFound
    move, at = desk.moves[verb], now()
    try:
        case = desk.found(request.asker, number, at)
    except NotFound:
        return _gone(desk, request, move)
    form = _form(move, case, request, request.POST, request.FILES)
    form.full_clean()
    form.keep_files(at)
    if move.keeps and isinstance(form, PhotoForm) and unsent.keep(move, form, case.id, at):
        return _case_page(desk, request, case, (verb, form, KeptElsewhere()), status=409)
    if form.errors:
        return _case_page(desk, request, case, (verb, form, None), status=422)
    target = Target(case_id=case.id, seen=form.cleaned_data["seen"], by=request.asker, at=at)
    if refusal := attempt(move, form, target):
        return _after_refusal(desk, request, number, (verb, form, refusal))
    unsent.drop(move, request.asker, case.id)
    return _onwards(desk, request, move, case)


def keep_move(desk: Desk, request: AskedRequest, number: str, code: str) -> HttpResponse:
    """Keep what somebody is still writing, and show it with what is doubted of its photos; a script asks for less."""
    verb = next((verb for verb, move in desk.moves.items() if move.code == code and move.keeps), None)
    if verb is None:
        raise NotFound
    move, case, at = desk.moves[verb], desk.found(request.asker, number, now()), now()
    form = _form(move, case, request, request.POST, request.FILES)
    if not isinstance(form, PhotoForm):
        raise NotFound
    form.full_clean()
    form.keep_files(at)
    late = unsent.keep(move, form, case.id, at)
    if "HX-Request" in request.headers:
        return _kept(request, unsent.beside(move, form, case.id)) if late else HttpResponse(status=204)
    for name in set(form.errors) - {form.picker}:
        del form.errors[name]  # whoever is still writing has not sent it yet
    if late or form.errors:
        status = 409 if late else 422
        return _case_page(desk, request, case, (verb, form, KeptElsewhere() if late else None), status=status)
    unsent.choose(move, form, case.id, at)
    shown = read_shown(request.GET, desk.sections)
    address = desk.case_address(case.number, shown)
    return see_other(f"{address}{'&' if '?' in address else '?'}do={code}#do-{code}")


def _kept(request: AskedRequest, beside: Beside) -> HttpResponse:
    """Return the other words, for a page that somebody is still writing on."""
    answer = render(request, "desks/_elsewhere.html", {"beside": beside, "keep": request.get_full_path()}, status=409)
    answer["Cache-Control"] = "private, no-store"
    return answer


def fill_move(desk: Desk, request: AskedRequest, number: str, code: str) -> HttpResponse:
    """Show the fields of the template that was chosen, or write its words with what was filled in; nothing is sent."""
    verb = next((v for v, m in desk.moves.items() if m.code == code and issubclass(m.form, TemplatedForm)), None)
    if verb is None:
        raise NotFound
    move, case, at = desk.moves[verb], desk.found(request.asker, number, now()), now()
    form = _form(move, case, request, request.POST, request.FILES)
    form.full_clean()
    form.keep_files(at)
    if isinstance(form, TemplatedForm):
        form.fill()
    if move.keeps and isinstance(form, PhotoForm):
        unsent.keep(move, form, case.id, at)
    return _case_page(desk, request, case, (verb, form, None), status=422 if form.errors else 200)


def _onwards(desk: Desk, request: AskedRequest, move: Move, case: DeskCase) -> HttpResponse:
    """Say what was done and go on; whoever is led to another case is told that it is another."""
    shown = read_shown(request.GET, desk.sections)
    if move.stays:
        messages.success(request, move.done)
        return see_other(desk.case_address(case.number, shown))
    following = desk.next_after(case, request.asker, shown, now())
    done = f"{case.number}: {move.done}"
    messages.success(request, gettext("%(done)s Here is the next one.") % {"done": done} if following else done)
    return see_other(desk.case_address(following, shown) if following else desk.address(shown.bare()))


def _after_refusal(desk: Desk, request: AskedRequest, number: str, sent: Sent) -> HttpResponse:
    try:
        case = desk.found(request.asker, number, now())
    except NotFound:
        return _gone(desk, request, desk.moves[sent[0]])
    status = sent[2].status if sent[2] else 422
    return _case_page(desk, request, case, sent, status=int(status))


def _gone(desk: Desk, request: AskedRequest, move: Move) -> HttpResponse:
    """Tell that there is no such case here, as for any number that does not exist, and give back what was typed."""
    own = {name: field.label for name, field in move.form.base_fields.items() if name != "seen"}
    typed = [(label, request.POST[name]) for name, label in own.items() if request.POST.get(name)]
    context = {"desk": desk, "typed": typed, "queue_url": addresses.of(f"{desk.space}:queue")}
    return render(request, "desks/gone.html", context, status=404)


def _case_page(
    desk: Desk,
    request: AskedRequest,
    case: DeskCase,
    sent: Sent | None,
    *,
    status: int = 200,
    back_again: bool = False,
) -> HttpResponse:
    at, shown = now(), read_shown(request.GET, desk.sections)
    if "tab" not in request.GET and not sent:
        shown = desk.where(case, shown)
    action, query = addresses.of(f"{desk.space}:case", case.number), shown.address("")
    page = case_page(case, at=at, query=query)
    offered = _offered(desk, request, case, sent)
    reader = _reader(desk, request, case)
    around = Around(
        page=page, action=action, query=query, token=get_token(request), desk=desk, who=reader["who"], keeps=True
    )
    context = {
        "desk": desk,
        "shown": shown,
        "page": page,
        "offers": offered,
        "moves": drawn(offered, around),
        "agency_names": agency_names() if desk.whose == "ioc" and case.moves else "",
        **faults(sent),
        "action": action,
        "printed": print_head(request, action, at, with_code=True),
        "query": query,
        "back_again": back_again,
        "tabs": tabs(desk, None, shown),
        "counts_url": desk.address(shown, "counts"),
        "queue_url": desk.address(shown),
        "beside_url": desk.address(shown, "beside"),
    }
    return render(request, f"{desk.template}/case.html", context | reader, status=status)


def _offered(desk: Desk, request: AskedRequest, case: DeskCase, sent: Sent | None) -> list[Offer]:
    """Return what can be done to the case, with what was kept of it on other devices."""
    offered = offers(
        [move.on(case) for verb, move in desk.moves.items() if verb in case.moves],
        new=lambda move: _form(move, case, request),
        sent=(desk.moves[sent[0]].on(case), sent[1]) if sent else None,
        asked=request.GET.get("do", ""),
    )
    return [_with_others(offer, case) for offer in offered]


def _reader(desk: Desk, request: AskedRequest, case: DeskCase) -> dict[str, Any]:
    """Return what a page says of whoever reads it, for themselves alone."""
    here = addresses.of(f"{desk.space}:here", case.number) if request.asker.may(*desk.movers) else ""
    return {"here_url": here, "me": request.asker.person_id, "who": signedout.name_of(request)}


def _form(
    move: Move, case: DeskCase, request: AskedRequest, sent: QueryDict | None = None, files: Any = None
) -> MoveForm:
    draft = None if sent else unsent.begun(move, request.asker, case.id)
    begun = unsent.start(draft)
    form = move.form(sent, files, case=case, by=request.asker, auto_id=f"{move.code}-%s", **begun)
    if isinstance(form, PhotoForm):
        form.draft = draft
    return form


def _with_others(offer: Offer, case: DeskCase) -> Offer:
    """Return an offer with what was kept of it on other devices."""
    if not offer.move.keeps or not isinstance(offer.form, PhotoForm):
        return offer
    return replace(offer, beside=unsent.beside(offer.move, offer.form, case.id))
