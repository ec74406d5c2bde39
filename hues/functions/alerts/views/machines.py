"""What machines read: feeds, signed messages, certificates."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import override
from django.views.decorators.http import conditional_page, require_safe

from hues.engines.bulletins import queries
from hues.engines.bulletins.queries.cards import KeyCard
from hues.engines.bulletins.rules.cap import CONTENT_TYPE
from hues.functions.alerts import feeds, geojson
from hues.kit import clock
from hues.surfaces.shell.access import ANYONE, open_to
from hues.surfaces.shell.addresses import MAIN
from hues.surfaces.shell.sharing import FOR_EVERYBODY


@open_to(ANYONE)
@require_safe
@conditional_page
def atom(request: HttpRequest) -> HttpResponse:
    """Return the Atom feed."""
    with override(MAIN):
        return _said(feeds.atom(queries.feed(clock.now())), "application/atom+xml; charset=utf-8")


@open_to(ANYONE)
@require_safe
@conditional_page
def rss(request: HttpRequest) -> HttpResponse:
    """Return the RSS feed."""
    with override(MAIN):
        return _said(feeds.rss(queries.feed(clock.now())), "application/rss+xml; charset=utf-8")


@open_to(ANYONE)
@require_safe
@conditional_page
def areas(request: HttpRequest) -> HttpResponse:
    """Return the alerts in force as areas on a map, to pages of others too."""
    answer = _said(geojson.collection(queries.in_force(clock.now())), geojson.KIND)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@open_to(ANYONE)
@require_safe
@conditional_page
def json(request: HttpRequest) -> HttpResponse:
    """Return the same stories as the feeds as JSON, to pages of others too."""
    answer = _said(geojson.feed(queries.feed(clock.now())), geojson.FEED)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@open_to(ANYONE)
@require_safe
@conditional_page
def message(request: HttpRequest, identifier: str) -> HttpResponse:
    """Return the signed message of an alert, whatever became of it."""
    return _said(queries.proof(identifier).body, f"{CONTENT_TYPE}; charset=utf-8")


@open_to(ANYONE)
@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    """Return the certificates of the city, the one in use first, each below a comment that says how far it holds."""
    chain = "".join(f"# {holds_until(key)}\n{key.certificate}" for key in queries.certificates())
    return _said(chain.encode(), "application/x-pem-file")


@open_to(ANYONE)
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Return the same certificates as JSON: `trusted_until` is null where all that the key signed holds."""
    answer = JsonResponse(
        [
            {
                "fingerprint": key.fingerprint,
                "in_use": key.is_current,
                "made_at": key.made_at.isoformat(),
                "trusted_until": key.trusted_until.isoformat() if key.trusted_until else None,
                "certificate": key.certificate,
            }
            for key in queries.certificates()
        ],
        safe=False,
        headers={"Cache-Control": FOR_EVERYBODY},
    )
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def holds_until(key: KeyCard) -> str:
    """Say how far a certificate is to be trusted, as machines and their keepers read it."""
    if key.trusted_until:
        return f"{key.fingerprint} trusted only for what was issued until {key.trusted_until.isoformat()}"
    return f"{key.fingerprint} {'in use' if key.is_current else 'signs no more; what it signed holds'}"


def _said(body: bytes, content_type: str) -> HttpResponse:
    return HttpResponse(body, content_type=content_type, headers={"Cache-Control": FOR_EVERYBODY})
