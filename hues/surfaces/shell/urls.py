"""Addresses of the frame's own pages."""

from django.urls import URLPattern, URLResolver, path

from hues.surfaces.shell import late, views

app_name = "shell"
urlpatterns: list[URLPattern | URLResolver] = [
    path("design/", views.design, name="design"),
    path("design/desk/", views.design_desk, name="design_desk"),
    path("offline/", views.offline, name="offline"),
    path("late/", late.waiting, name="late"),
    path("late/<str:key>/forget/", late.forget, name="forget_late"),
    path("errors/<slug:code>", views.explain, name="explain"),
]
