"""First question: what does it look like?"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from hues.functions.field_reports import drafting, writing
from hues.functions.field_reports.drafting import MOST_PHOTOS, Draft
from hues.kernel import visits
from hues.kernel.errors import NotFound, Refusal
from hues.kernel.media import actions as media
from hues.kernel.media import queries as kept
from hues.kit import clock
from hues.kit.text import Words
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to


@dataclass(frozen=True, kw_only=True, slots=True)
class Thumb:
    """A photo of the draft, as its writer sees it."""

    id: UUID
    address: str
    full: str
    is_clip: bool
    has_place: bool


@csrf_exempt
@open_to(ANYONE)
def photos(request: AskedRequest) -> HttpResponse:
    """Ask for photos, and take them."""
    at = clock.now()
    if request.method == "POST":
        try:
            request.FILES  # noqa: B018
        except (TooManyFilesSent, RequestDataTooBig, MultiPartParserError):
            # Nothing of the request can be read any more, its token included; so nothing is changed either.
            return _show(request, writing.found_draft(request, at), [too_much()], at)
    return _guarded(request, at)


@csrf_protect
def _guarded(request: AskedRequest, at: datetime) -> HttpResponse:
    draft = writing.found_draft(request, at)
    if request.method != "POST":
        visits.count("field_reports", "citizen")
        if request.session.session_key is None:
            drafting.keep(request, draft, at)  # a session, so that what is sent at once from here is kept together
        return _show(request, draft, [], at)
    if draft.sent:
        return writing.see_other(reverse("field_reports:report", args=[draft.sent]))
    gone = tuple(photo for photo in draft.photos if str(photo) == request.POST.get("remove"))
    new, wrong = _taken(request, MOST_PHOTOS - len(draft.photos) + len(gone), at)
    draft = drafting.add_photos(request, draft, new, gone, at)
    if not set(new) <= set(draft.photos) and not wrong:
        wrong.append(too_many())
    if wrong:
        return _show(request, draft, wrong, at)
    if "go" not in request.POST and "skip" not in request.POST:
        return writing.see_other(writing.address_of("photos"))
    return writing.go_on(request, draft, done="photos", at=at)


@require_POST
@open_to(ANYONE)
def start_over(request: AskedRequest) -> HttpResponse:
    """Forget the report being written and begin another."""
    draft = drafting.load(request, clock.now())
    if draft is not None:
        drafting.forget(request, draft)
    return writing.see_other(writing.address_of("photos"))


def thumbs(draft: Draft, at: datetime) -> tuple[Thumb, ...]:
    """Return the draft's photos with links that only its writer is given."""
    photos = kept.photos(draft.photos)
    cards = [photos.get(medium) or _clip(medium) for medium in draft.photos]
    return tuple(_thumb(card, at) for card in cards if card is not None)


def _clip(medium: UUID) -> kept.ClipCard | None:
    try:
        return kept.clip(medium)
    except NotFound:
        return None


def _thumb(card: kept.PhotoCard | kept.ClipCard, at: datetime) -> Thumb:
    is_clip = isinstance(card, kept.ClipCard)
    return Thumb(
        id=card.id,
        address="" if is_clip else kept.link_to(card, "thumb", at),
        full=kept.link_to(card, "clip" if is_clip else "full", at),
        is_clip=is_clip,
        has_place=card.lat is not None,
    )


def _taken(request: AskedRequest, room: int, at: datetime) -> tuple[list[UUID], list[Words]]:
    """Return every upload that could be taken, and a sentence for each that could not."""
    taken: list[UUID] = []
    wrong: list[Words] = []
    uploads = [*request.FILES.getlist("photos"), *request.FILES.getlist("clip")]
    if len(uploads) > room:
        wrong.append(too_many())
    for upload in uploads[: max(0, room)]:
        try:
            taken.append(_store(request, upload, at))
        except Refusal as refusal:
            wrong.append(f"{upload.name}: {refusal}")
    return taken, wrong


def _store(request: AskedRequest, upload: "UploadedFile[bytes]", at: datetime) -> UUID:
    store = media.store_clip if _is_clip(upload) else media.store_photo
    return store(upload, by=request.asker.person_id, at=at).id


def _is_clip(upload: "UploadedFile[bytes]") -> bool:
    return (upload.content_type or "").split("/")[0] in ("video", "audio")


def too_many() -> Words:
    """Return what is said of photos beyond the most that a report may have."""
    return _("A report has at most %(most)d photos; the first ones were kept.") % {"most": MOST_PHOTOS}


def too_much() -> Words:
    """Return what is said of a request that was larger than a report may be."""
    return _("That was too much at once. Send at most %(most)d photos of 10 MB each.") % {"most": MOST_PHOTOS}


def _show(request: AskedRequest, draft: Draft, wrong: list[Words], at: datetime) -> HttpResponse:
    room = MOST_PHOTOS - len(draft.photos)
    onward = {"onward": writing.address_of(draft.gap)}
    return writing.page(
        request,
        draft,
        "photos",
        {"thumbs": thumbs(draft, at), "room": room, "most": MOST_PHOTOS, "wrong": wrong, **onward},
        wrong=bool(wrong),
    )
