"""Addresses that exist in the demo alone."""

from django.urls import URLPattern, URLResolver, path

from hues.surfaces.shell import demo

app_name = "demo"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", demo.people, name="people"),
    path("outbox.json", demo.outbox, name="outbox"),
]
