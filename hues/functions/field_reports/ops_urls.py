"""Addresses of those who write reports down for others."""

from django.urls import URLPattern, path, re_path

from hues.functions.field_reports.urls import NUMBER
from hues.functions.field_reports.views import calls

app_name = "calls"
urlpatterns: list[URLPattern] = [
    path("", calls.new, name="new"),
    path("near/", calls.near, name="near"),
    re_path(rf"^join/{NUMBER}/$", calls.join, name="join"),
]
