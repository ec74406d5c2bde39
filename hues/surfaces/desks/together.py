"""One move on many cases: chosen in the queue, confirmed on a page of its own, each made or refused by itself."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import Textarea
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hues.engines.cases.queries import DeskCase
from hues.engines.cases.rules import numbers
from hues.kernel.errors import NotFound, Refusal
from hues.kernel.people.asker import Asker
from hues.kit.clock import now
from hues.kit.text import Words, pick
from hues.surfaces.desks.answers import see_other
from hues.surfaces.desks.desk import Desk
from hues.surfaces.desks.forms import MoveForm
from hues.surfaces.desks.moves import Move, Target, Together, attempt
from hues.surfaces.desks.queue import read_shown
from hues.surfaces.desks.signedout import name_of
from hues.surfaces.desks.waiting import again, taken_up
from hues.surfaces.desks.widgets import Options
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest

MOST = 100
VERSION = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Pick:
    """
    A chosen case as its row showed it, and what became of it: `refusal` says why it was not moved.

    `own` names what the case has of its own where nothing is chosen for all, as the agency that is suggested for it.
    """

    number: str
    seen: int
    href: str
    case: DeskCase | None = None
    refusal: Words = ""
    own: tuple[Words, ...] = ()

    @property
    def title(self) -> str:
        """Return what it is about."""
        return pick(self.case.category_title, addresses.language()) if self.case else ""

    @property
    def changed(self) -> bool:
        """Test if somebody has moved the case since its row was shown."""
        return self.case is not None and self.case.version != self.seen


def show_together(desk: Desk, request: AskedRequest, code: str) -> HttpResponse:
    """
    Show what was chosen with the form of the move; sent from there, make the moves and tell what became of each.

    What was sent without a session is only shown again.
    """
    verb = next((verb for verb in desk.together if desk.moves[verb].code == code), None)
    if verb is None:
        raise NotFound
    shown = read_shown(request.GET, desk.sections)
    waited = taken_up(request)
    if request.method != "POST" and waited is None:
        return see_other(desk.address(shown))
    sent = waited or request.POST
    picks = _picks(desk, request, sent)
    if not 0 < len(picks) <= MOST:
        messages.error(request, _("Choose between 1 and %(most)d reports.") % {"most": MOST})
        return see_other(desk.address(shown))
    move, terms, sure = desk.moves[verb], desk.together[verb], "sure" in sent
    form = _form(terms, move, picks, request.asker, sent if sure else None)
    if form and waited:
        again(form)
    queue_url = desk.address(replace(shown, after=""))
    context = {"desk": desk, "move": move, "form": form, "queue_url": queue_url, "who": name_of(request)}
    context |= {"back_again": waited is not None, "typed": None if form else _typed_for(move, terms, sent)}
    if waited or not sure or form is None or not form.is_valid():
        context["picks"] = [replace(one, own=_own(one, move, terms, request.asker)) for one in picks]
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form is None or (form.errors and not waited) else HTTPStatus.OK
        return render(request, "desks/together.html", context, status=status)
    picks = [_spared(chosen, terms) for chosen in picks]
    made = [_made(chosen, move, form.cleaned_data, request) for chosen in picks]
    left = [chosen for chosen in made if chosen.refusal]
    done = ngettext("%(n)s report: %(words)s", "%(n)s reports: %(words)s", len(made) - len(left))
    told = done % {"n": len(made) - len(left), "words": move.done} if len(left) < len(made) else ""
    if not left:
        messages.success(request, told)
        return see_other(queue_url)
    status = HTTPStatus.OK if told else HTTPStatus.CONFLICT  # what waited is kept while nothing came of it
    context |= {"picks": picks, "left": left, "told": told, "typed": _typed(form)}
    return render(request, "desks/together_done.html", context, status=status)


def _typed(form: MoveForm) -> list[tuple[Words, str]]:
    """Return the words that were written once for all, each with its label: they are kept for those left behind."""
    written = [(field.label or "", field.value()) for field in form if isinstance(field.field.widget, Textarea)]
    return [(label, words) for label, words in written if words]


def _typed_for(move: Move, together: Together, sent: QueryDict) -> list[tuple[Words, str]]:
    """Return the words that were written for cases of which none is left, so that no form can be made for them."""
    asked = [(move.form.base_fields[name], sent.get(name, "").strip()) for name in together.asked]
    return [(field.label or "", words) for field, words in asked if words and isinstance(field.widget, Textarea)]


def _picks(desk: Desk, request: AskedRequest, sent: QueryDict) -> list[Pick]:
    """Return what was chosen, each once; what is no longer there is told so."""
    shown, at = read_shown(request.GET, desk.sections), now()
    found = []
    for name in dict.fromkeys(sent.getlist("pick")):
        number, _dot, seen = name.rpartition(".")
        if numbers.is_public(number) and VERSION.fullmatch(seen):
            found.append(Pick(number=number, seen=int(seen), href=desk.case_address(number, shown)))
    return [_found(desk, chosen, request, at) for chosen in found[: MOST + 1]]


def _found(desk: Desk, chosen: Pick, request: AskedRequest, at: datetime) -> Pick:
    try:
        case = desk.found(request.asker, chosen.number, at)
    except NotFound:
        return replace(chosen, href="", refusal=_("No such case here"))
    except Refusal as refusal:
        return replace(chosen, href="", refusal=refusal.message)
    return replace(chosen, case=case)


def _form(together: Together, move: Move, picks: Iterable[Pick], by: Asker, sent: QueryDict | None) -> MoveForm | None:
    """Return the form that is filled in once, made after the first case; None if none is left."""
    case = next((chosen.case for chosen in picks if chosen.case), None)
    if case is None:
        return None
    form = move.form(sent, case=case, by=by, auto_id=f"{move.code}-%s")
    for name in [name for name in form.fields if name not in together.asked]:
        del form.fields[name]
    for name, choices in together.own.items():
        form.fields[name].widget = Options()
        form.choose_from(name, choices())
        form.fields[name].required = False
        form.initial.pop(name, None)
    return form


def _own(chosen: Pick, move: Move, together: Together, by: Asker) -> tuple[Words, ...]:
    """Return in words what a case has of its own; empty words where it has nothing."""
    if chosen.case is None or not together.own:
        return ()
    as_is = move.form(case=chosen.case, by=by)
    kept = {name: str(as_is.get_initial_for_field(as_is.fields[name], name) or "") for name in together.own}
    named = {name: {str(code): words for code, words in choices() if code} for name, choices in together.own.items()}
    return tuple(named[name].get(code, "") for name, code in kept.items())


def _spared(chosen: Pick, together: Together) -> Pick:
    """Leave out what is not to be moved along with others."""
    why = together.spares(chosen.case) if chosen.case and together.spares else ""
    return replace(chosen, refusal=why) if why else chosen


def _made(chosen: Pick, move: Move, said: Mapping[str, Any], request: AskedRequest) -> Pick:
    """Make the move on one case, in a transaction of its own, with what was said for all and the rest as it stands."""
    if chosen.case is None or chosen.refusal:
        return chosen
    as_is = move.form(case=chosen.case, by=request.asker)
    data = {name: as_is.get_initial_for_field(asked, name) for name, asked in as_is.fields.items()}
    data |= {name: value for name, value in said.items() if value not in (None, "")} | {"seen": chosen.seen}
    form = move.form(data, case=chosen.case, by=request.asker)
    form.full_clean()
    told = None
    if not form.errors:
        target = Target(case_id=chosen.case.id, seen=chosen.seen, by=request.asker, at=now())
        told = attempt(move, form, target)
    return replace(chosen, refusal=_wrong(form) or (told.message if told else ""))


def _wrong(form: MoveForm) -> str:
    """Return what is wrong with a form, each field by its name."""
    named = [(form.fields[name].label if name in form.fields else "", errors) for name, errors in form.errors.items()]
    return " ".join(f"{label}: {error}" if label else str(error) for label, errors in named for error in errors)
