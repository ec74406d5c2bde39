"""The page of one report: the reporter sees their own, everybody else what was published."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hues.engines.cases import actions, queries
from hues.engines.cases.queries import MyCase
from hues.engines.cases.rules.workflow import Verb
from hues.functions.field_reports import writing
from hues.functions.field_reports.adding import AddForm, WithPhotos
from hues.functions.field_reports.forms import MoreForm, RateForm, ReopenForm, ReplyForm
from hues.functions.field_reports.looked import about_look
from hues.functions.field_reports.sheet import sheet_of
from hues.functions.field_reports.views import sharing
from hues.kernel import visits
from hues.kernel.delivery import actions as delivery
from hues.kernel.errors import NotFound, Refusal
from hues.kernel.people.asker import Role
from hues.kit import clock
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to
from hues.surfaces.shell.refusing import mark
from hues.surfaces.shell.sharing import offline_briefly, shared_with_strangers

type Act = Callable[[MyCase, AddForm, datetime], object]


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """Something a reporter may do to the own report: its form, where it is on the page, and what it calls."""

    form: type[AddForm]
    name: str
    act: Act


@open_to(ANYONE)
@shared_with_strangers
@offline_briefly
def report(request: AskedRequest, number: str) -> HttpResponse:
    """Show one report."""
    at = clock.now()
    visits.count("field_reports", "citizen")
    mine = _mine(request, number, at)
    # A page that is only fetched to be kept on the phone was not read.
    if request.asker.signed_in and request.headers.get("Sec-Fetch-Dest", "document") == "document":
        delivery.read_there(by=request.asker, link=f"/f/field_reports/{number}/", at=at)
    return _private(request, mine, at, {}) if mine else _public(request, number, at)


@require_POST
@open_to(Role.CITIZEN)
def move(request: AskedRequest, number: str, verb: str) -> HttpResponse:
    """Reply, add something, rate or reopen."""
    at = clock.now()
    case = queries.my_case(request.asker, number, at=at)
    asked = MOVES[Verb(verb)]
    form = asked.form(request.POST, request.FILES, auto_id=f"{asked.name}_%s", by=request.asker)
    form.full_clean()
    form.keep_files(at)
    if form.errors:
        return _private(request, case, at, {asked.name: form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        asked.act(case, form, at)
    except Refusal as refusal:
        mark(form, refusal)
        return _private(request, case, at, {asked.name: form}, status=refusal.status)
    return writing.see_other(f"{reverse('field_reports:report', args=[number])}#{asked.name}")


def _reply(case: MyCase, form: AddForm, at: datetime) -> object:
    return actions.reply(case_id=case.id, by=form.by, at=at, **_with_photos(form))


def _more(case: MyCase, form: AddForm, at: datetime) -> object:
    return actions.add_words(case_id=case.id, by=form.by, at=at, **_with_photos(form))


def _rate(case: MyCase, form: AddForm, at: datetime) -> object:
    given = form.cleaned_data
    return actions.rate(
        case_id=case.id,
        by=form.by,
        seen=given["seen"],
        stars=given["stars"],
        fixed=given["fixed"],
        text=given["text"],
        at=at,
    )


def _reopen(case: MyCase, form: AddForm, at: datetime) -> object:
    return actions.reopen(case_id=case.id, by=form.by, at=at, **_with_photos(form))


def _with_photos(form: AddForm) -> dict[str, Any]:
    given = form.cleaned_data
    photos = tuple(form.stored) if isinstance(form, WithPhotos) else ()
    return {"text": given["text"], "photos": photos, "seen": given["seen"]}


MOVES: dict[Verb, Move] = {
    Verb.REPLY: Move(form=ReplyForm, name="reply", act=_reply),
    Verb.ADD: Move(form=MoreForm, name="add", act=_more),
    Verb.RATE: Move(form=RateForm, name="rate", act=_rate),
    Verb.REOPEN: Move(form=ReopenForm, name="reopen", act=_reopen),
}


def _mine(request: AskedRequest, number: str, at: datetime) -> MyCase | None:
    if not request.asker.signed_in:
        return None
    try:
        return queries.my_case(request.asker, number, at=at)
    except NotFound:
        return None


def _private(
    request: AskedRequest,
    case: MyCase,
    at: datetime,
    tried: dict[str, AddForm],
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Draw the reporter's page; what was tried and refused keeps its words, with the version as it is now."""
    open_forms = {
        MOVES[verb].name: MOVES[verb].form(
            auto_id=f"{MOVES[verb].name}_%s", initial={"seen": case.version}, by=request.asker
        )
        for verb in case.moves
        if verb in MOVES and not (verb == Verb.RATE and case.rating)
    }
    for name, form in tried.items():
        form.data = {**{key: form.data[key] for key in form.data}, "seen": str(case.version)}
        open_forms[name] = form
    context = {"case": case, "sheet": sheet_of(case, at), "forms": open_forms, "tried": tried, **about_look(case)}
    answer = render(request, "field_reports/mine_one.html", context, status=status)
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _public(request: AskedRequest, number: str, at: datetime) -> HttpResponse:
    case = queries.public_case(number, at=at)
    sheet = sheet_of(case, at)
    context = {
        "case": case,
        "sheet": sheet,
        "origin": settings.HUES.origin,
        "picture": sharing.picture_of(case.number, sheet.before),
    }
    return render(request, "field_reports/public_one.html", context)
