"""Addresses of this door."""

from django.urls import URLPattern, URLResolver, path

from hues.surfaces.agency import leave, views
from hues.surfaces.desks.numbers import NUMBER

app_name = "agency"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.queue, name="queue"),
    path("table.csv", views.table, name="table"),
    path("counts/", views.counts, name="counts"),
    path("beside/", views.beside, name="beside"),
    path("leave/", leave.leave, name="leave"),
    path("leave/<uuid:agency_id>/", leave.back, name="back"),
    path("views/", views.keep_view, name="views"),
    path("views/<uuid:view_id>/", views.drop_view, name="drop_view"),
    path("together/<slug:code>/", views.together, name="together"),
    path(f"{NUMBER}/", views.case, name="case"),
    path(f"{NUMBER}/<slug:code>/", views.move, name="move"),
]
