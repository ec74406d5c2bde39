"""Addresses of this door."""

from django.urls import URLPattern, URLResolver, path

from hues.kernel.people.asker import Role
from hues.surfaces.agency import leave, views
from hues.surfaces.agency.desk import DESK
from hues.surfaces.desks.numbers import NUMBER
from hues.surfaces.exports.views import file_addresses

app_name = "agency"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.queue, name="queue"),
    path("table.csv", views.table, name="table"),
    *file_addresses(DESK, Role.CASE_WORKER, Role.AGENCY_HEAD),
    path("counts/", views.counts, name="counts"),
    path("beside/", views.beside, name="beside"),
    path("leave/", leave.leave, name="leave"),
    path("leave/<uuid:agency_id>/", leave.back, name="back"),
    path("views/", views.keep_view, name="views"),
    path("views/<uuid:view_id>/", views.drop_view, name="drop_view"),
    path("together/<slug:code>/", views.together, name="together"),
    path(f"{NUMBER}/", views.case, name="case"),
    path(f"{NUMBER}/here/", views.here, name="here"),
    path(f"{NUMBER}/<slug:code>/", views.move, name="move"),
    path(f"{NUMBER}/<slug:code>/keep/", views.keep, name="keep"),
    path(f"{NUMBER}/<slug:code>/fill/", views.fill, name="fill"),
]
