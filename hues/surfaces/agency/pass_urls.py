"""Addresses of links that open one case."""

from django.urls import URLPattern, URLResolver, path

from hues.surfaces.agency import passing

app_name = "pass"
urlpatterns: list[URLPattern | URLResolver] = [
    path("<str:token>/", passing.show, name="show"),
    path("<str:token>/again/", passing.again, name="again"),
    path("<str:token>/<slug:code>/", passing.move, name="move"),
    path("<str:token>/<slug:code>/fill/", passing.fill, name="fill"),
]
