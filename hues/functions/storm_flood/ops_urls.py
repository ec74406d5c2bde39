"""Addresses of the desk of rescue and of river levels."""

from django.urls import URLPattern, path

from hues.functions.storm_flood.views import desk, levels

app_name = "rescue_desk"
urlpatterns: list[URLPattern] = [
    path("rescue/", desk.queue, name="queue"),
    path("rescue/points.json", desk.points, name="points"),
    path("rescue/calls.csv", desk.export, name="export"),
    path("rescue/<str:rescue>/", desk.one, name="one"),
    path("rescue/<str:rescue>/<slug:move>/", desk.make, name="make"),
    path("levels/", levels.levels, name="levels"),
    path("levels/import/", levels.import_file, name="import"),
]
