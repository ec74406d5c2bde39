"""Addresses of this door."""

from django.urls import URLPattern, URLResolver, path

from hues.surfaces.desks.numbers import NUMBER
from hues.surfaces.exports.views import file_addresses
from hues.surfaces.operations import (
    answering,
    catalogue,
    changing,
    covering,
    deliveries,
    health,
    linking,
    routes,
    sealed,
    setting,
    staff,
    views,
    wall,
    words,
)
from hues.surfaces.operations.desk import DESK
from hues.surfaces.operations.places import WATCHERS

app_name = "operations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.queue, name="queue"),
    path("table.csv", views.table, name="table"),
    *file_addresses(DESK, *WATCHERS),
    path("counts/", views.counts, name="counts"),
    path("beside/", views.beside, name="beside"),
    path("views/", views.keep_view, name="views"),
    path("views/<uuid:view_id>/", views.drop_view, name="drop_view"),
    path("together/<slug:code>/", views.together, name="together"),
    path("points.json", views.points, name="points"),
    path("wall/", wall.wall, name="wall"),
    path("wall/now/", wall.board, name="board"),
    path("people/", staff.staff, name="staff"),
    path("people/<slug:agency>/<uuid:person_id>/<slug:role>/", staff.dismiss, name="dismiss"),
    path("agencies/", catalogue.agency_list, name="agencies"),
    path("agencies/changes/", changing.change_list, name="changes"),
    path("agencies/changes/plan/", changing.plan, name="plan_change"),
    path("agencies/changes/<uuid:change_id>/", changing.show, name="change"),
    path("agencies/changes/<uuid:change_id>/plan/", changing.plan, name="replan"),
    path("agencies/changes/<uuid:change_id>/off/", changing.call_off, name="call_off"),
    path("agencies/<slug:agency>/", linking.linking, name="linking"),
    path("categories/", catalogue.category_list, name="categories"),
    path("categories/times/<slug:code>/", setting.time, name="time"),
    path("categories/<slug:code>/", setting.category, name="category"),
    path("templates/", answering.template_list, name="templates"),
    path("templates/new/", answering.new, name="new_template"),
    path("templates/<uuid:template_id>/", answering.one, name="template"),
    path("templates/<uuid:template_id>/remove/", answering.remove, name="remove_template"),
    path("routes/", routes.routes, name="routes"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/replay/", deliveries.replay, name="replay"),
    path("deliveries/jobs/", deliveries.put_back, name="put_back"),
    path("health/", health.health, name="health"),
    path(f"{NUMBER}/", views.case, name="case"),
    path("sealed/", sealed.sealed_list, name="sealed"),
    path(f"{NUMBER}/sealed/", sealed.sealed, name="sealed_one"),
    path(f"{NUMBER}/sealed/lift/", sealed.lift, name="lift"),
    path(f"{NUMBER}/reporter/", views.unseal, name="unseal"),
    path(f"{NUMBER}/photos/<uuid:photo_id>/", covering.photo, name="photo"),
    path(f"{NUMBER}/photos/<uuid:photo_id>/look.jpg", covering.look, name="look"),
    path(f"{NUMBER}/photos/<uuid:photo_id>/uncover/", covering.uncover, name="uncover"),
    path(f"{NUMBER}/photos/<uuid:photo_id>/original/", covering.original, name="original"),
    path(f"{NUMBER}/words/<int:seq>/", words.words, name="words"),
    path(f"{NUMBER}/words/<int:seq>/uncover/", words.uncover_words, name="uncover_words"),
    path(f"{NUMBER}/words/<int:seq>/original/", words.original_words, name="original_words"),
    path(f"{NUMBER}/here/", views.here, name="here"),
    path(f"{NUMBER}/<slug:code>/", views.move, name="move"),
]
