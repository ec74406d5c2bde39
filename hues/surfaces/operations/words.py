"""Cover names and numbers in what was written; undo it, or read the original."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hues.engines.cases import actions, queries
from hues.engines.cases.queries import DeskCase
from hues.kernel.errors import Invalid, Stale
from hues.kernel.people.asker import Role
from hues.kit.clock import now
from hues.kit.text import Words, pick
from hues.surfaces.desks.forms import Line, Prose
from hues.surfaces.desks.queue import read_shown
from hues.surfaces.desks.signedout import name_of
from hues.surfaces.desks.waiting import again, page_waits, taken_up
from hues.surfaces.operations.desk import DESK
from hues.surfaces.operations.forms import LookForm, UncoverForm, waited_form
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest, open_to
from hues.surfaces.shell.refusing import mark

LABELS: Mapping[str, Words] = {
    queries.TEXT: _("The words as everybody will read them"),
    queries.PUBLIC_TEXT: _("The words as they were published"),
    queries.ADDRESS: _("Address"),
    queries.PUBLIC_ADDRESS: _("The address as it was published"),
    queries.INTERNAL: _("What staff wrote, for staff"),
    queries.TASK: _("What the agency is to do"),
}
PUBLISHED = {queries.TEXT: queries.PUBLIC_TEXT, queries.ADDRESS: queries.PUBLIC_ADDRESS}
ADDRESSES = (queries.ADDRESS, queries.PUBLIC_ADDRESS)


class WordsForm(forms.Form):
    """Each of the texts without what has to be covered; `seen` is the version of the case that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, sent: QueryDict | None, texts: Mapping[str, str], titles: Mapping[str, str]) -> None:
        super().__init__(sent, initial=dict(texts))
        for name, text in texts.items():
            shown: Prose | Line = (
                Line(required=False, max_length=2 * len(text) + 200)
                if name in ADDRESSES
                else Prose(required=False, max_length=2 * len(text) + 200, rows=min(8, 3 + len(text) // 80))
            )
            shown.label = LABELS.get(name) or titles.get(name, name)
            self.fields[name] = shown

    def texts(self) -> dict[str, str]:
        """Return what was sent; a text that was not stays as it is."""
        return {name: text for name, text in self.cleaned_data.items() if name != "seen" and name in self.data}


class LookAtWordsForm(LookForm):
    """What the original words are needed for."""

    purpose = Prose(
        label=_("What do you need the original words for?"),
        help_text=_("The citizen reads who looked, when, and these words."),
        rows=2,
    )


@page_waits()
@open_to(Role.OPERATOR, Role.DUTY_LEADER)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def words(request: AskedRequest, number: str, seq: int) -> HttpResponse:
    """Show words to be covered, and keep what is left of them."""
    at, case = now(), queries.ops_case(request.asker, number, at=now())
    if request.method != "POST":
        return _page(request, case, seq, **_waited(request, case, seq))
    form = _form(request, case, seq, request.POST)
    if not form.is_valid():
        return _page(request, case, seq, form=form, status=422)
    seen = form.cleaned_data["seen"]
    try:
        actions.cover_words(case_id=case.id, seq=seq, texts=form.texts(), by=request.asker, seen=seen, at=at)
    except Invalid as wrong:
        mark(form, wrong)
        return _page(request, case, seq, form=form, status=422)
    except Stale as late:
        form.add_error(None, str(late))
        return _page(request, case, seq, form=form, status=409)
    messages.success(request, gettext("Covered, wherever these words are read. The original is under seal."))
    return HttpResponseRedirect(_back(request, number))


@page_waits(above=True)
@open_to(Role.OPERATOR, Role.DUTY_LEADER)
@require_POST
def uncover_words(request: AskedRequest, number: str, seq: int) -> HttpResponse:
    """Show words as they were written, to everybody who may see the case."""
    at, form = now(), UncoverForm(request.POST)
    case = queries.ops_case(request.asker, number, at=at)
    if not form.is_valid():
        return _page(request, case, seq, uncover_form=form, status=422)
    actions.uncover_words(case_id=case.id, seq=seq, reason=form.cleaned_data["reason"], by=request.asker, at=at)
    messages.success(request, gettext("The words are shown as they were written."))
    return HttpResponseRedirect(_back(request, number))


@page_waits(above=True)
@open_to(Role.OPERATOR, Role.DUTY_LEADER)
@require_POST
@never_cache
def original_words(request: AskedRequest, number: str, seq: int) -> HttpResponse:
    """Show the original to whoever says what for; who looked is written down."""
    at, form = now(), LookAtWordsForm(request.POST)
    case = queries.ops_case(request.asker, number, at=at)
    if not form.is_valid():
        return _page(request, case, seq, look_form=form, status=422)
    purpose = form.cleaned_data["purpose"]
    try:
        original = actions.see_words(case_id=case.id, seq=seq, purpose=purpose, by=request.asker, at=at)
    except Invalid as wrong:
        form.add_error("purpose", str(wrong))
        return _page(request, case, seq, look_form=form, status=422)
    titles = _titles(case)
    shown = [(LABELS.get(name) or titles.get(name, name), text) for name, text in original.items()]
    return _page(request, case, seq, original=shown)


def _waited(request: AskedRequest, case: DeskCase, seq: int) -> dict[str, Any]:
    """Return the form that was sent without a session, to be sent again."""
    typed = taken_up(request)
    if typed is None:
        return {}
    name, form = waited_form(typed, LookAtWordsForm) or ("form", _form(request, case, seq, typed))
    again(form)
    return {name: form, "back_again": True}


def _page(request: AskedRequest, case: DeskCase, seq: int, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "desk": DESK,
        "case": case,
        "here": reverse("operations:words", args=[case.number, seq]),
        "query": read_shown(request.GET, DESK.sections).address(""),
        "back": _back(request, case.number),
        "form": more.pop("form", None) or _form(request, case, seq),
        "is_covered": queries.words_are_covered(request.asker, case.number, seq),
        "who": name_of(request),
        "look_form": LookAtWordsForm(),
        "uncover_form": UncoverForm(),
    }
    return render(request, "operations/words.html", context | more, status=status)


def _form(request: AskedRequest, case: DeskCase, seq: int, sent: QueryDict | None = None) -> WordsForm:
    """Return the form of what was said with a step of the case; what was published is apart where it differs."""
    texts = queries.words_to_cover(request.asker, case.number, seq)
    for written, published in PUBLISHED.items():
        if published in texts and texts[published] == texts.get(written):
            del texts[published]
    return WordsForm(sent, texts, _titles(case))


def _titles(case: DeskCase) -> dict[str, str]:
    card, language = queries.category(case.category), addresses.language()
    return {f"{queries.ANSWER}{one.key}": pick(one.title, language) for one in card.questions} if card else {}


def _back(request: AskedRequest, number: str) -> str:
    return DESK.case_address(number, read_shown(request.GET, DESK.sections))
