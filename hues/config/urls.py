"""Addresses: Vietnamese at the root, English below /en/, machines outside of both."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from hues.kernel.registry import functions, rooms

type Pattern = URLPattern | URLResolver


def _slot(name: str, prefix: str) -> list[Pattern]:
    return [path(prefix.format(room.label), include(where)) for room in rooms() if (where := getattr(room, name))]


def _functions() -> list[Pattern]:
    return [path(f"f/{f.label}/", include(f.citizen_urls)) for f in functions() if f.citizen_urls]


_people: list[Pattern] = [
    path("", include("hues.surfaces.shell.urls")),
    path("", include("hues.surfaces.shell.login_urls")),
    path("", include("hues.surfaces.citizen.urls")),
    path("", include("hues.surfaces.letters.people_urls")),
    path("desk/", include("hues.surfaces.agency.urls")),
    path("pass/", include("hues.surfaces.agency.pass_urls")),
    *_slot("ops_urls", "ops/{}/"),
    path("ops/", include("hues.surfaces.operations.urls")),
    *_functions(),
    *([path("demo/", include("hues.surfaces.shell.demo_urls"))] if settings.HUES.demo else []),
]
urlpatterns: list[Pattern] = [
    path("", include("hues.surfaces.shell.machine_urls")),
    path("", include("hues.surfaces.open.urls")),
    *_slot("machine_urls", ""),
    *i18n_patterns(*_people, prefix_default_language=False),
]
handler400 = "hues.surfaces.shell.views.bad_request"
handler403 = "hues.surfaces.shell.views.forbidden"
handler404 = "hues.surfaces.shell.views.not_found"
handler500 = "hues.surfaces.shell.views.broken"
