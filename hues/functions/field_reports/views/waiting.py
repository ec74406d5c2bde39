"""A report written without a network: one page that phones keep, and the door its report comes in by, once."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.intake import Place
from hues.functions.field_reports import catalogue, places
from hues.functions.field_reports.drafting import MOST_PHOTOS, Spot
from hues.functions.field_reports.forms import PlaceForm, WordsForm
from hues.functions.field_reports.views.photos import too_much
from hues.kernel.city import city
from hues.kernel.errors import Invalid, TooLarge, WrongState
from hues.kernel.media import actions as media
from hues.kernel.media.queries import PhotoCard
from hues.kernel.people.asker import Role
from hues.kit import clock
from hues.kit.text import Words
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to
from hues.surfaces.shell.sharing import shared


@require_safe
@open_to(ANYONE)
@shared
def waiting(request: AskedRequest) -> HttpResponse:
    """Show the whole report on one page, the same for everybody, and what waits in this browser."""
    language = get_language() or "vi"
    asked = [
        (leaf.code, WordsForm(questions=leaf.questions, language=language, auto_id=f"{leaf.code}_%s").questions)
        for group in catalogue.groups()
        for leaf in group.leaves
        if leaf.questions
    ]
    context = {"groups": catalogue.groups(), "wards": places.wards_by_name(), "asked": asked, "most": MOST_PHOTOS}
    return render(request, "field_reports/waiting.html", {**context, "zone": city().timezone})


@csrf_exempt
@require_POST
@open_to(Role.CITIZEN)
def deliver(request: AskedRequest) -> HttpResponse:
    """
    Take a whole report at once; the same report under the same key again gives the same number.

    :raises WrongState: if the key was used for a report in other words
    :raises TooLarge: if it is more than a report may have
    :raises Invalid: with a sentence for each field that has to be corrected
    """
    try:
        request.FILES  # noqa: B018
    except (TooManyFilesSent, RequestDataTooBig, MultiPartParserError) as broken:
        raise TooLarge(too_much()) from broken
    return _guarded(request, clock.now())


@csrf_protect
def _guarded(request: AskedRequest, at: datetime) -> HttpResponse:
    number = _opened_once(request, _key(request), at)
    link = reverse("field_reports:report", args=[number])
    return JsonResponse({"number": number, "link": link}, status=HTTPStatus.CREATED)


def _opened_once(request: AskedRequest, key: str, at: datetime) -> str:
    """Return the number of the one report of that key; one that was changed after it had come in is told so."""
    try:
        return _open(request, key, at)
    except WrongState as other:
        if not (number := queries.number_sent(request.asker, key)):
            raise
        said = _("%(number)s was noted before with this form, in other words. Sent once more, this is another report.")
        raise WrongState(said % {"number": number}) from other


def _open(request: AskedRequest, key: str, at: datetime) -> str:
    leaf = catalogue.leaf(request.POST.get("category", ""))
    words = WordsForm(request.POST, questions=leaf.questions if leaf else (), language=get_language() or "vi")
    place = PlaceForm(request.POST)
    wrong: dict[str, Words] = {} if leaf else {"category": _("Choose what it is about.")}
    wrong |= _wrong(words) | _wrong(place)
    if wrong:
        raise Invalid(None, wrong)
    photos = _photos(request, at)
    spot = _spot(place.cleaned_data, photos)
    receipt = actions.open_case(
        kind=catalogue.KIND,
        category=request.POST["category"],
        text=words.cleaned_data["text"],
        place=Place(lat=spot.lat, lng=spot.lng, address=spot.address, source=spot.source),
        photos=[photo.id for photo in photos],
        answers=words.answers,
        by=request.asker,
        show_name=words.cleaned_data["show_name"],
        channel="web",
        key=key,
        at=at,
    )
    return receipt.number


def _key(request: AskedRequest) -> str:
    try:
        return str(UUID(request.headers.get("Idempotency-Key", "")))
    except ValueError:
        raise Invalid(_("The report has no key of its own, so it could be taken twice.")) from None


def _photos(request: AskedRequest, at: datetime) -> list[PhotoCard]:
    uploads = request.FILES.getlist("photos")
    if len(uploads) > MOST_PHOTOS:
        sentence = _("A report has at most %(most)d photos.") % {"most": MOST_PHOTOS}
        raise Invalid(sentence, {"photos": sentence})
    return [media.store_photo(upload, by=request.asker.person_id, at=at) for upload in uploads]


def _spot(given: Mapping[str, Any], photos: list[PhotoCard]) -> Spot:
    """Return the place that was meant; where nothing was said, the one that a photo knows."""
    said = given["lat"] is not None or given["address"] or given["ward"]
    for photo in photos if not said else ():
        if photo.lat is not None and photo.lng is not None:
            return places.spot_from_point(photo.lat, photo.lng, source="photo", address="")
    return places.spot_meant(dict(given))


def _wrong(form: Form) -> dict[str, Words]:
    return {name: str(errors[0]) for name, errors in form.errors.items()}
