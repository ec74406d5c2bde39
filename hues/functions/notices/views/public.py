"""Notices for everybody: the list, one notice, corrections of rumours, the official channels, the proof."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hues.engines.bulletins import queries
from hues.engines.bulletins.declare import DOUBT, VERDICT_WORDS
from hues.engines.bulletins.queries import NoticeFilters
from hues.engines.bulletins.rules.notices import Kind, NoticeState, Verdict
from hues.functions.notices.ownways import own_ways
from hues.functions.notices.sheet import entry, line, pack, passed_on, sheet
from hues.kernel import city, visits
from hues.kernel.areas import queries as areas
from hues.kernel.errors import NotFound
from hues.kit import clock
from hues.kit.text import fold, pick, tidy
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to
from hues.surfaces.shell.codes import code_of
from hues.surfaces.shell.sharing import shared

NEWEST = 50
CHANNELS = "official_channels.csv"


@require_safe
@open_to(ANYONE)
@shared
def listing(request: AskedRequest) -> HttpResponse:
    """List what the city announces now, narrowed by words, topic and ward."""
    visits.count("notices", "citizen")
    return _list(request, _filters(request.GET), "notices/list.html")


@require_safe
@open_to(ANYONE)
@shared
def corrections(request: AskedRequest) -> HttpResponse:
    """List the rumours that the city has answered."""
    verdict = request.GET.get("verdict", "")
    filters = NoticeFilters(
        kind=Kind.CORRECTION,
        verdict=verdict if verdict in Verdict else "",
        text=tidy(request.GET.get("q", ""))[:80],
    )
    return _list(request, filters, "notices/corrections.html")


@require_safe
@open_to(ANYONE)
@shared
def one(request: AskedRequest, notice: str) -> HttpResponse:
    """Show one notice, whatever became of it."""
    at = clock.now()
    shown = sheet(queries.notice(notice), at, whole=True)
    said = passed_on(shown, at)
    link = settings.HUES.origin + reverse("notices:verify", args=[said[2]])
    doubt = DOUBT if shown.valid and shown.card.doubted else ""
    context = {"sheet": shown, "title": said[0], "words": said[1], "pack": pack(said, link), "doubt": doubt}
    return render(request, "notices/notice.html", context)


@require_safe
@open_to(ANYONE)
@shared
def verify(request: AskedRequest, notice: str) -> HttpResponse:
    """
    Say what a notice is and whether it still holds; the signature is checked on the spot.

    A number in another spelling, or of an alert, leads to what it means.
    """
    number = queries.number_in(notice)
    try:
        card, (_body, holds, fingerprint, distrusted) = queries.notice(number), queries.signed_notice(number)
    except NotFound:
        if queries.is_alert(number) and (known := addresses.if_there("alerts:verify", number)):
            return HttpResponseRedirect(known)
        return render(request, "notices/unknown.html", status=HTTPStatus.NOT_FOUND)
    if number != notice:
        return HttpResponseRedirect(reverse("notices:verify", args=[number]))
    page = settings.HUES.origin + reverse("notices:verify", args=[number])
    context = {
        "sheet": sheet(card, clock.now()),
        "holds": holds,
        "distrusted_from": distrusted,
        "fingerprint": fingerprint,
        "page": page,
        "code": code_of(page),
    }
    return render(request, "notices/verify.html", context)


@require_safe
@open_to(ANYONE)
@shared
def message(request: AskedRequest, notice: str) -> HttpResponse:
    """Send the signed bytes of a notice; of one that was withdrawn only that it is gone, and where that is told."""
    if queries.notice(notice).state is NoticeState.WITHDRAWN:
        told = settings.HUES.origin + reverse("notices:notice", args=[notice])
        words = _("The city has withdrawn this notice: %(address)s") % {"address": told}
        return HttpResponse(f"{words}\n", content_type="text/plain; charset=utf-8", status=HTTPStatus.GONE)
    body, *_proof = queries.signed_notice(notice)
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


@require_safe
@open_to(ANYONE)
@shared
def channels(request: AskedRequest) -> HttpResponse:
    """List the channels through which the city speaks: whatever is not here is not the city."""
    rows = city.rows(CHANNELS) if city.path(CHANNELS).exists() else []
    found = [
        {
            "icon": row["icon"],
            "name": {"vi": row["vi"], "en": row["en"]},
            "purpose": {"vi": row["purpose_vi"], "en": row["purpose_en"]},
            "words": row["address"].removeprefix("tel:").removeprefix("mailto:"),
            "href": row["address"],
        }
        for row in rows
    ]
    context = {"channels": found, "ways": own_ways(), "origin": settings.HUES.origin}
    return render(request, "notices/channels.html", context)


@require_safe
@open_to(ANYONE)
@shared
def feed(request: AskedRequest) -> HttpResponse:
    """Send the newest notices as an RSS feed, narrowed as the list is."""
    language, filters = get_language() or "vi", _filters(request.GET)
    asked = f"?{request.GET.urlencode()}" if request.GET else ""
    written = Rss201rev2Feed(
        title=_("Notices of %(city)s") % {"city": pick(city.city().name, language)},
        link=f"{settings.HUES.origin}{reverse('notices:list')}{asked}",
        description=_("What the city announces, and what is true of what is being told."),
        language=language,
        feed_url=f"{settings.HUES.origin}{reverse('notices:feed')}{asked}",
    )
    for card in queries.notices(filters, at=clock.now(), limit=NEWEST).rows:
        address, said = (
            settings.HUES.origin + reverse("notices:notice", args=[card.number]),
            entry(card.content, language),
        )
        written.add_item(
            title=said.title,
            link=address,
            description=f"{DOUBT}\n\n{said.words}" if card.doubted else said.words,
            unique_id=address,
            pubdate=card.sent_at,
            categories=[pick(card.topic.name, language)],
        )
    return HttpResponse(written.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def _list(request: AskedRequest, filters: NoticeFilters, template: str) -> HttpResponse:
    at = clock.now()
    found = queries.notices(filters, at=at, after=request.GET.get("after", "")[:200])
    context: dict[str, Any] = {
        "lines": [line(card, at) for card in found.rows],
        "next": found.next,
        "filters": filters,
        "narrowed": bool(filters.text or filters.topic or filters.ward or filters.verdict),
        "topics": queries.topics(),
        "verdicts": [(verdict.value, words) for verdict, words in VERDICT_WORDS.items()],
        "wards": sorted(areas.wards(), key=lambda ward: fold(ward.name["vi"])),
        "query": request.GET.urlencode(),
    }
    return render(request, template, context)


def _filters(query: QueryDict) -> NoticeFilters:
    return NoticeFilters(
        topic=tidy(query.get("topic", ""))[:32],
        ward=tidy(query.get("ward", ""))[:8],
        kind=Kind.CORRECTION if query.get("kind") == Kind.CORRECTION else "",
        text=tidy(query.get("q", ""))[:80],
    )
