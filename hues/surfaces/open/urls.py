"""Addresses of GeoReport v2, each in XML and in JSON; they know no language."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from hues.surfaces.open import rendering, views

BELOW = "open311/v2"


def _patterns() -> Iterator[URLPattern]:
    for form in rendering.TYPES:
        given = {"form": form}
        yield path(f"open311/discovery.{form}", views.discovery, given)
        yield path(f"{BELOW}/discovery.{form}", views.discovery, given)
        yield path(f"{BELOW}/services.{form}", views.services, given)
        yield path(f"{BELOW}/services/<str:code>.{form}", views.definition, given)
        yield path(f"{BELOW}/requests.{form}", views.requests, given)
        yield path(f"{BELOW}/requests/<str:number>.{form}", views.one, given)
        yield path(f"{BELOW}/tokens/<str:token>.{form}", views.token, given)
        yield path(f"{BELOW}/servicerequestupdates.{form}", views.updates, given)


urlpatterns = list(_patterns())
