"""The addresses of GeoReport v2."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.views.decorators.csrf import csrf_exempt

from hues.engines.cases import queries as cases
from hues.engines.cases.queries import OpenRequest
from hues.kernel.errors import NotFound
from hues.kit import clock
from hues.surfaces.open import asking, catalogue, receipts, sending, showing
from hues.surfaces.open.book import by_the_book
from hues.surfaces.open.keys import holder_of
from hues.surfaces.open.rendering import Body, Value
from hues.surfaces.shell.access import ANYONE, open_to
from hues.surfaces.shell.sharing import shared

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGED = "2026-11-23T00:00:00+07:00"


@open_to(ANYONE)
@shared
@by_the_book("GET")
def discovery(request: HttpRequest) -> Body:
    """Say where the services are, and how to get a key."""
    endpoint: dict[str, Value] = {
        "specification": SPECIFICATION,
        "url": f"{settings.HUES.origin}/open311/v2",
        "changeset": CHANGED,
        "type": "test" if settings.HUES.demo else "production",
        "formats": ["text/xml", "application/json"],
    }
    content: dict[str, Value] = {
        "changeset": CHANGED,
        "contact": showing.whom_to_ask(),
        "key_service": showing.how_to_get_a_key(),
        "endpoints": [endpoint],
    }
    return Body(root="discovery", content=content)


@open_to(ANYONE)
@shared
@by_the_book("GET")
def services(request: HttpRequest) -> Body:
    """List what can be reported."""
    asking.here(request.GET)
    return Body(root="services", content=[catalogue.service(leaf) for leaf in catalogue.leaves()])


@open_to(ANYONE)
@shared
@by_the_book("GET")
def definition(request: HttpRequest, *, code: str) -> Body:
    """List what is asked of one service."""
    asking.here(request.GET)
    return Body(root="service_definition", content=catalogue.definition(catalogue.leaf(code)))


@csrf_exempt
@open_to(ANYONE)
@shared
@by_the_book("GET", "POST")
def requests(request: HttpRequest) -> Body:
    """List requests, or take one."""
    return _take(request) if request.method == "POST" else _list(request)


@open_to(ANYONE)
@shared
@by_the_book("GET")
def one(request: HttpRequest, *, number: str) -> Body:
    """Show one request; whoever sent it reads it as they sent it."""
    asking.here(request.GET)
    at = clock.now()
    own = _as_sent(request, number, at)
    found = (own,) if own else cases.open_requests([number])
    if not found:
        raise NotFound
    content = showing.requests(found, extended=asking.extended(request.GET), at=at)
    return Body(root="service_requests", content=content, own=own is not None)


@open_to(ANYONE)
@shared
@by_the_book("GET")
def token(request: HttpRequest, *, token: str) -> Body:
    """Return the request of a token; requests get their id at once here, and the id is the token."""
    asking.here(request.GET)
    if not cases.open_requests([token]):
        raise NotFound
    return Body(root="service_requests", content=[{"token": token, "service_request_id": token}])


@open_to(ANYONE)
@shared
@by_the_book("GET")
def updates(request: HttpRequest) -> Body:
    """List what happened to requests."""
    asking.here(request.GET)
    since, until = asking.span(request.GET, clock.now())
    number = request.GET.get("service_request_id", "").strip()
    found = cases.open_updates(since, until, number=number, limit=asking.MOST)
    return Body(root="service_request_updates", content=showing.updates(found))


def _as_sent(request: HttpRequest, number: str, at: datetime) -> OpenRequest | None:
    if receipts.holds(request, number, at):
        return cases.sent_request(number, sender=None)
    holder = holder_of(request.GET, at)
    return cases.sent_request(number, sender=holder) if holder else None


def _take(request: HttpRequest) -> Body:
    at = clock.now()
    receipt = sending.take(request, at)
    content = {"service_request_id": receipt.number, "service_notice": showing.notice(receipt), "account_id": None}
    return Body(root="service_requests", content=[content], sent=receipt.number)


def _list(request: HttpRequest) -> Body:
    asking.here(request.GET)
    at = clock.now()
    asked = asking.asked(request.GET, at)
    if asked.ids:
        found = cases.open_requests(asked.ids)
    else:
        over = "closed" in asked.statuses if len(asked.statuses) == 1 else None
        found = cases.open_requests_between(
            asked.since, asked.until, categories=asked.codes, over=over, offset=asked.offset, limit=asked.limit
        )
    return Body(root="service_requests", content=showing.requests(found, extended=asked.extended, at=at))
