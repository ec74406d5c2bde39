"""Addresses of the desk of alerts."""

from django.urls import URLPattern, path

from hues.functions.alerts.views import area, desk, echo, others, writing

app_name = "alerts_desk"
urlpatterns: list[URLPattern] = [
    path("", desk.listing, name="list"),
    path("new/", writing.new, name="new"),
    path("estimate/", area.estimate, name="estimate"),
    path("wards.geojson", area.outlines, name="wards"),
    path("others/", others.listing, name="others"),
    path("others/<uuid:incoming_id>.xml", others.message, name="others_message"),
    path("keys/", desk.keys, name="keys"),
    path("<uuid:bulletin_id>/", desk.one, name="one"),
    path("<uuid:bulletin_id>/edit/", writing.edit, name="edit"),
    path("<uuid:bulletin_id>/reach/", echo.board, name="reach"),
    path("<uuid:bulletin_id>/reach.csv", echo.table, name="reach_csv"),
    path("<uuid:bulletin_id>/message.xml", desk.message, name="message"),
    path("<uuid:bulletin_id>/<slug:move>/", desk.make, name="move"),
]
