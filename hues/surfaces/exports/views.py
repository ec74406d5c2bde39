"""Ask for a list as a file, see how far it is, fetch it: the same at every desk."""

from collections.abc import Callable, Iterator
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hues.kernel.errors import Invalid, NotFound, WrongState
from hues.kernel.people.asker import Role
from hues.kit.clock import now
from hues.kit.text import Words
from hues.surfaces.desks.answers import see_other
from hues.surfaces.desks.desk import Desk
from hues.surfaces.desks.queue import Shown, read_shown
from hues.surfaces.exports import actions, writing
from hues.surfaces.exports.models import State
from hues.surfaces.exports.queries import FileCard, file_of, files_of
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest, open_to

KIND_WORDS: Final[dict[str, Words]] = {
    "xlsx": gettext_lazy("Excel (XLSX)"),
    "csv": gettext_lazy("Table for programs (CSV)"),
    "geojson": gettext_lazy("Points for a map (GeoJSON)"),
}
PIECE: Final = 64 * 1024  # bytes

type View = Callable[..., HttpResponseBase]


def file_addresses(desk: Desk, *roles: Role) -> list[URLPattern]:
    """Return the addresses of a desk's files, open to those with one of `roles`."""

    def at(where: str, view: View, name: str, methods: Callable[[View], View]) -> URLPattern:
        @open_to(*roles)
        @methods
        @never_cache
        def door(request: AskedRequest, **named: Any) -> HttpResponseBase:
            return view(desk, request, **named)

        return path(f"files/{where}", door, name=name)

    return [
        at("", files, "files", require_http_methods(["GET", "HEAD", "POST"])),
        at("<uuid:file_id>/", one, "file", require_safe),
        at("<uuid:file_id>/cancel/", cancel, "file_cancel", require_POST),
        at("<uuid:file_id>/again/", again, "file_again", require_POST),
        at("<uuid:file_id>/fetch/", fetch, "file_fetch", require_POST),
    ]


def files(desk: Desk, request: AskedRequest) -> HttpResponse:
    """Show the asker's files, and take a wish for another one."""
    shown, at = read_shown(request.GET, desk.sections), now()
    wrong = ""
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        query = Shown.address(shown, "")
        try:
            made = actions.ask(
                space=desk.space, query=query, kind=kind, language=addresses.language(), by=request.asker, at=at
            )
        except (Invalid, WrongState) as refusal:
            said = refusal.fields.get("kind", refusal) if isinstance(refusal, Invalid) else refusal
            wrong, status = str(said), refusal.status
        else:
            return see_other(reverse(f"{desk.space}:file", args=[made]))
    own = [_told(desk, card) for card in files_of(request.asker, desk.space)]
    about = desk.about_rows(request.asker, shown, writing.MOST_ROWS, at)
    context = {
        "desk": desk,
        "shown": shown,
        "section": desk.sections[shown.tab],
        "about": about,
        "most": writing.MOST_ROWS if about == writing.MOST_ROWS else 0,
        "kinds": KIND_WORDS.items(),
        "days": actions.days(),
        "own": own,
        "pending": next((told for told in own if told["card"].pending), None),
        "wrong": wrong,
        "queue_url": desk.address(shown),
    }
    return render(request, "exports/files.html", context, status=status if wrong else 200)


def one(desk: Desk, request: AskedRequest, file_id: UUID) -> HttpResponse:
    """Show how far a file is."""
    card = file_of(request.asker, desk.space, file_id)
    context = {"desk": desk, **_told(desk, card), "files_url": reverse(f"{desk.space}:files")}
    return render(request, "exports/file.html", context)


def cancel(desk: Desk, request: AskedRequest, file_id: UUID) -> HttpResponse:
    """Give a file up."""
    return _changed(desk, request, file_id, actions.cancel, gettext("The file is given up."))


def again(desk: Desk, request: AskedRequest, file_id: UUID) -> HttpResponse:
    """Have a file written that failed, or is out of date."""
    return _changed(desk, request, file_id, actions.ask_again, gettext("It is written again."))


def fetch(desk: Desk, request: AskedRequest, file_id: UUID) -> HttpResponseBase:
    """Send a file that is ready, and write down who took it."""
    actions.end_outdated(at=now())  # not left to the reaction: it may still wait in line
    card = file_of(request.asker, desk.space, file_id)
    if card.state == State.STALE:
        return see_other(reverse(f"{desk.space}:file", args=[file_id]))
    if not card.ready:
        raise NotFound
    try:
        opened = default_storage.open(actions.path_of(card.id, card.tries, card.kind), "rb")
    except FileNotFoundError as gone:
        raise NotFound(gettext_lazy("This file is no longer there. Ask for it anew.")) from gone
    actions.note_taken(file_id=card.id, by=request.asker, at=now())
    answer = StreamingHttpResponse(_pieces(opened), content_type=writing.KINDS[card.kind])
    answer["Content-Length"] = str(opened.size)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    day = localtime(card.at)  # as the reader's calendar has it
    answer["Content-Disposition"] = f'attachment; filename="{desk.space}-{card.tab}-{day:%Y-%m-%d}.{card.kind}"'
    return answer


def _pieces(opened: "File[bytes]") -> Iterator[bytes]:
    with opened:
        while piece := opened.read(PIECE):
            yield piece


def _changed(desk: Desk, request: AskedRequest, file_id: UUID, action: Callable[..., None], done: str) -> HttpResponse:
    file_of(request.asker, desk.space, file_id)
    try:
        action(file_id=file_id, by=request.asker, at=now())
    except WrongState as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return see_other(reverse(f"{desk.space}:file", args=[file_id]))


def _told(desk: Desk, card: FileCard) -> dict[str, Any]:
    shown = writing.shown_of(desk, card.query or f"?tab={card.tab}")
    return {
        "card": card,
        "title": desk.sections[shown.tab].title,
        "narrowed": shown.narrowed,
        "words": shown.text,
        "kind": KIND_WORDS[card.kind],
        "queue_url": desk.address(shown),
        "href": reverse(f"{desk.space}:file", args=[card.id]),
        "fetch_url": reverse(f"{desk.space}:file_fetch", args=[card.id]),
        "cancel_url": reverse(f"{desk.space}:file_cancel", args=[card.id]),
        "again_url": reverse(f"{desk.space}:file_again", args=[card.id]),
    }
