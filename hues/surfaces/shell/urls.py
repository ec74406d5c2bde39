"""Addresses of the frame's own pages."""

from django.urls import URLPattern, URLResolver, path

from hues.surfaces.shell import views

app_name = "shell"
urlpatterns: list[URLPattern | URLResolver] = [
    path("design/", views.design, name="design"),
    path("offline/", views.offline, name="offline"),
    path("errors/<slug:code>", views.explain, name="explain"),
]
