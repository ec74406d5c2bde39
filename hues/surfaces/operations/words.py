"""Cover names and numbers in what was written; undo it, or read the original."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hues.engines.cases import actions, queries
from hues.engines.cases.queries import DeskCase
from hues.kernel.errors import Invalid, NotFound, Stale
from hues.kernel.people.asker import Role
from hues.kit.clock import now
from hues.surfaces.desks.forms import Prose
from hues.surfaces.desks.queue import read_shown
from hues.surfaces.operations.desk import DESK
from hues.surfaces.operations.forms import LookForm, UncoverForm
from hues.surfaces.shell.access import AskedRequest, open_to

LONGEST_ANSWERS = 30_000  # characters of the answers of six agencies, put together


class WordsForm(forms.Form):
    """Words without what has to be covered; `seen` is the version of the case that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = Prose(
        max_length=LONGEST_ANSWERS,
        label=_("The words as everybody will read them"),
        help_text=_("Replace names, phones, plates and numbers of houses, for example with […]."),
        rows=8,
    )


@open_to(Role.OPERATOR, Role.DUTY_LEADER)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def words(request: AskedRequest, number: str, seq: int) -> HttpResponse:
    """Show words to be covered, and keep what is left of them."""
    at, case = now(), queries.ops_case(request.asker, number, at=now())
    if request.method != "POST":
        return _page(request, case, seq)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, case, seq, form=form, status=422)
    said = form.cleaned_data
    try:
        actions.cover_words(case_id=case.id, seq=seq, by=request.asker, at=at, **said)
    except Invalid as wrong:
        form.add_error("text", str(wrong))
        return _page(request, case, seq, form=form, status=422)
    except Stale as late:
        form.add_error("text", str(late))
        return _page(request, case, seq, form=form, status=409)
    messages.success(request, gettext("Covered, wherever these words are read. The original is under seal."))
    return HttpResponseRedirect(_back(request, number))


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


@open_to(Role.OPERATOR, Role.DUTY_LEADER)
@require_POST
@never_cache
def original_words(request: AskedRequest, number: str, seq: int) -> HttpResponse:
    """Show the original to whoever says what for; who looked is written down."""
    at, form = now(), LookForm(request.POST)
    case = queries.ops_case(request.asker, number, at=at)
    if not form.is_valid():
        return _page(request, case, seq, look_form=form, status=422)
    purpose = form.cleaned_data["purpose"]
    try:
        original = actions.see_words(case_id=case.id, seq=seq, purpose=purpose, by=request.asker, at=at)
    except Invalid as wrong:
        form.add_error("purpose", str(wrong))
        return _page(request, case, seq, look_form=form, status=422)
    return _page(request, case, seq, original=original)


def _page(request: AskedRequest, case: DeskCase, seq: int, *, status: int = 200, **more: Any) -> HttpResponse:
    text = _said(case, seq)
    context = {
        "desk": DESK,
        "case": case,
        "here": reverse("operations:words", args=[case.number, seq]),
        "query": read_shown(request.GET, DESK.sections).address(""),
        "back": _back(request, case.number),
        "form": WordsForm(initial={"text": text}),
        "is_covered": queries.words_are_covered(request.asker, case.number, seq),
        "look_form": LookForm(),
        "uncover_form": UncoverForm(),
    }
    return render(request, "operations/words.html", context | more, status=status)


def _said(case: DeskCase, seq: int) -> str:
    """Return what was said with a step of the case; the first one is the report."""
    if seq == 1:
        return case.public_text or case.text
    text = next((step.text for step in case.timeline if step.seq == seq), "")
    if not text:
        raise NotFound
    return text


def _back(request: AskedRequest, number: str) -> str:
    return DESK.case_address(number, read_shown(request.GET, DESK.sections))
