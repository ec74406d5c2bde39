"""Write a notice: a new one, or a draft again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.declare import FAULT_WORDS, NOTICE_WRITERS
from hues.engines.bulletins.queries import DeskNotice
from hues.engines.bulletins.rules.notices import MOST_PAPERS, MOST_PICTURES, Kind, NoticeState
from hues.functions.notices import beginnings, deskpage
from hues.functions.notices.forms import NoticeForm, start_with
from hues.functions.notices.sheet import papers, picture
from hues.kernel.errors import Invalid, Refusal, WrongState
from hues.kernel.media import actions as media
from hues.kit import clock
from hues.kit.text import number, tidy
from hues.surfaces.desks.answers import see_other
from hues.surfaces.desks.beginning import Beginning, begun_again
from hues.surfaces.operations.places import places
from hues.surfaces.shell.access import AskedRequest, open_to
from hues.surfaces.shell.refusing import mark

FIRST = 1  # the version of a draft that was just begun


@open_to(*NOTICE_WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AskedRequest) -> HttpResponse:
    """Ask for a notice, begun from a template if one is named; sent, keep it as a draft."""
    at, name = clock.now(), request.GET.get("template", "")
    if request.method == "POST" and "template" in request.POST:
        before, after = beginnings.start(request.POST.get("begun", "")), request.POST["template"]
        begun = begun_again(after, NoticeForm(request.POST), before=before, after=beginnings.start(after))
        return _shown(request, NoticeForm(initial=begun.initial), None, at, begun)
    initial = beginnings.start(name)
    if about := tidy(request.GET.get("about", ""))[:64]:
        initial |= {"kind": Kind.CORRECTION.value, "about": about}
    form = NoticeForm(*_sent(request), initial=initial)
    return _answer(request, form, None, at, Beginning(name=request.POST.get("begun", name)))


@open_to(*NOTICE_WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AskedRequest, notice_id: UUID) -> HttpResponse:
    """Show a draft to be changed; sent, keep the change."""
    found = queries.desk_notice(request.asker, notice_id)
    if found.state is not NoticeState.DRAFT:
        raise WrongState
    content = found.content
    form = NoticeForm(*_sent(request), initial=start_with(content), there=content)
    return _answer(request, form, found, clock.now())


def _sent(request: AskedRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _answer(
    request: AskedRequest, form: NoticeForm, found: DeskNotice | None, at: datetime, begun: Beginning | None = None
) -> HttpResponse:
    if form.is_valid() and (kept := _keep(request, form, found, at)):
        return see_other(reverse("notices_desk:one", args=[kept]))
    return _shown(request, form, found, at, begun)


def _shown(
    request: AskedRequest, form: NoticeForm, found: DeskNotice | None, at: datetime, begun: Beginning | None
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "notice": found,
        "seen": request.POST.get("seen", "") or (found.version if found else ""),
        "templates": () if found else beginnings.titles(),
        "begun": begun,
        "lost": not form.is_bound and any(request.FILES.values()),
        "pictures": [(photo, picture(photo, at)) for photo in form.pictures_there],
        "papers": papers(form.papers_there, at),
        "lacks": deskpage.lacks(found, at) if found and not form.is_bound else (),
        "places": places(request.asker, "notices_desk:list"),
    }
    return render(request, "notices/write.html", context, status=422 if form.is_bound else 200)


def _keep(request: AskedRequest, form: NoticeForm, found: DeskNotice | None, at: datetime) -> UUID | None:
    """Keep what was written, submit it if that was asked for; None if the form has to be shown again."""
    by, version = request.asker, FIRST
    try:
        content = form.content(*_brought(request, form, at))
        if found is None:
            kept = actions.draft_notice(content=content, by=by, at=at)
        else:
            kept, seen = found.id, number(request.POST.get("seen", ""))
            version = actions.rewrite_notice(notice_id=kept, content=content, by=by, seen=seen, at=at)
    except Refusal as wrong:
        mark(form, wrong)
        return None
    if "submit" in request.POST:
        try:
            actions.submit_notice(notice_id=kept, by=by, seen=version, at=at)
        except Invalid:
            return kept  # as a draft, whose page says so for as long as something is missing
        else:
            messages.success(request, _("Submitted. A different person has to approve it."))
    return kept


def _brought(request: AskedRequest, form: NoticeForm, at: datetime) -> tuple[list[UUID], list[UUID]]:
    """Store the pictures and documents that were sent, and return them after those that stay."""
    said, by = form.cleaned_data, request.asker.person_id
    pictures, documents = form.kept(form.pictures_there), form.kept(form.papers_there)
    # More of them than a notice may have are not even looked at.
    if len(pictures) + len(said["pictures"]) > MOST_PICTURES:
        raise Invalid(fields={"pictures": FAULT_WORDS["pictures-many"]})
    if len(documents) + len(said["papers"]) > MOST_PAPERS:
        raise Invalid(fields={"papers": FAULT_WORDS["papers-many"]})
    field = "pictures"
    try:
        pictures += [media.store_photo(one, by=by, at=at).id for one in said["pictures"]]
        field = "papers"
        documents += [media.store_paper(one, name=one.name, by=by, at=at).id for one in said["papers"]]
    except Refusal as wrong:
        raise Invalid(fields={field: str(wrong)}) from wrong
    return pictures, documents
