"""What machines ask of the frame: the manifest, the service worker, robots, security.txt, metrics, the base map."""

import hashlib
import json
from datetime import timedelta
from secrets import compare_digest

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, override
from django.views.decorators.http import condition, require_GET
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest

from hues.kernel.city import city, document, path
from hues.kernel.errors import NotAllowed, NotFound, SignInNeeded
from hues.kit import clock
from hues.kit.text import pick
from hues.surfaces.shell import addresses, offline
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to

ICONS = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("icon-maskable.png", 512, "maskable"))
PRIVATE = ("/me/", "/desk/", "/ops/", "/login/", "/demo/", "/metrics")
SECURITY_DAYS = 180
KEPT = ("shell/app.css", "shell/app.js", "shell/mark.svg", "vendor/icons.svg")


@open_to(ANYONE)
def manifest(request: HttpRequest) -> HttpResponse:
    """Say what the city's app is called, how it looks and where it starts; its language is the city's."""
    with override(addresses.MAIN):
        short = [
            {"name": gettext("Report something"), "url": "/f/field_reports/new/"},
            {"name": gettext("Map"), "url": "/map/"},
            {"name": gettext("Inbox"), "url": "/me/inbox/"},
        ]
        description = gettext("Tell the city what is broken, follow the answer, be warned in time.")
    body = {
        "id": "/",
        "name": f"Hue-S · {pick(city().name, addresses.MAIN)}",
        "short_name": "Hue-S",
        "description": description,
        "lang": addresses.MAIN,
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf8f4",
        "theme_color": "#6b2d8c",
        "categories": ["government", "utilities"],
        "icons": [
            {"src": static(f"shell/{name}"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for name, size, purpose in ICONS
        ],
        "shortcuts": short,
    }
    return _public(json.dumps(body, ensure_ascii=False), "application/manifest+json", seconds=3600)


@open_to(ANYONE)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Send the service worker, named by what it keeps, so that a new release replaces the old one."""
    context = {
        "kept": json.dumps([static(name) for name in KEPT]),
        "icon": static("shell/icon-192.png"),
        "idb": static("vendor/idb.js"),
        "outbox": static("shell/outbox.js"),
        "ready": json.dumps({code: offline.made_ready(code) for code, _ in settings.LANGUAGES}),
    }
    script = render_to_string("shell/sw.js", context)
    version = hashlib.sha256(script.encode()).hexdigest()[:12]
    answer = HttpResponse(script.replace("{VERSION}", version), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_GET
@open_to(ANYONE)
def outbox_token(request: AskedRequest) -> HttpResponse:
    """
    Tell a page that was kept whose it is now (a mark that names nobody), with the token its forms need.

    A stranger gets neither: a token is a cookie, which would replace that of the form they may be opening just now.
    """
    told = {"token": "", "me": ""}
    if request.asker.signed_in:
        me = salted_hmac("outbox", str(request.asker.person_id), algorithm="sha256").hexdigest()[:16]
        told = {"token": get_token(request), "me": me}
    answer = JsonResponse(told)
    answer["Cache-Control"] = "no-store"
    return answer


@open_to(ANYONE)
def robots(request: HttpRequest) -> HttpResponse:
    """Ask robots to leave alone what is personal."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {addresses.to(p, code)}" for code, _ in settings.LANGUAGES for p in PRIVATE),
    ]
    return _public("\n".join(lines) + "\n", "text/plain; charset=utf-8", seconds=86400)


@open_to(ANYONE)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a weakness (RFC 9116)."""
    contact = document("city.toml").get("security", {}).get("contact") or f"tel:{city().hotline}"
    expires = (clock.now() + timedelta(days=SECURITY_DAYS)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires}",
        "Preferred-Languages: vi, en",
        f"Canonical: {settings.HUES.origin}/.well-known/security.txt",
    ]
    return _public("\n".join(lines) + "\n", "text/plain; charset=utf-8", seconds=86400)


@open_to(ANYONE)
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that guess to the mark."""
    return HttpResponseRedirect(static("shell/icon-48.png"))


@open_to(ANYONE)
def metrics(request: HttpRequest) -> HttpResponse:
    """
    Send this process's metrics to who holds the token.

    :raises NotFound: if the operator has set no token
    :raises SignInNeeded: without a token
    :raises NotAllowed: with a wrong one
    """
    expected = settings.HUES.metrics_token
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if not expected:
        raise NotFound
    if scheme.lower() != "bearer":
        raise SignInNeeded
    if not compare_digest(given.encode(), expected.encode()):
        raise NotAllowed
    answer = HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)
    answer["Cache-Control"] = "no-store"
    return answer


def _map_etag(request: HttpRequest) -> str | None:
    file = path(document("city.toml")["map"]["schematic"])
    return f'"{hashlib.sha256(file.read_bytes()).hexdigest()[:16]}"' if file.exists() else None


@open_to(ANYONE)
@condition(etag_func=_map_etag)
def base_map(request: HttpRequest) -> HttpResponse:
    """
    Send the city's own sketch of land, water and names.

    :raises NotFound: if the city has none
    """
    file = path(document("city.toml")["map"]["schematic"])
    if not file.exists():
        raise NotFound
    return _public(file.read_text("utf-8"), "application/geo+json", seconds=3600)


def _public(body: str, kind: str, *, seconds: int) -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    patch_cache_control(answer, public=True, max_age=seconds)
    return answer
