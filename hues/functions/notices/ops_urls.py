"""Addresses of the desk of notices."""

from django.urls import URLPattern, path

from hues.functions.notices.views import desk, reach, writing

app_name = "notices_desk"
urlpatterns: list[URLPattern] = [
    path("", desk.listing, name="list"),
    path("new/", writing.new, name="new"),
    path("<uuid:notice_id>/", desk.one, name="one"),
    path("<uuid:notice_id>/edit/", writing.edit, name="edit"),
    path("<uuid:notice_id>/message.xml", desk.message, name="message"),
    path("<uuid:notice_id>/reach/", reach.board, name="reach"),
    path("<uuid:notice_id>/reach.csv", reach.table, name="reach_csv"),
    path("<uuid:notice_id>/<slug:move>/", desk.make, name="move"),
]
