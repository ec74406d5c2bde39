"""Addresses of alerts for machines; they know no language."""

from django.urls import URLPattern, path, re_path

from hues.functions.alerts.urls import NAMED
from hues.functions.alerts.views import machines

app_name = "cap"
urlpatterns: list[URLPattern] = [
    path("cap/feed.atom", machines.atom, name="atom"),
    path("cap/feed.rss", machines.rss, name="rss"),
    path("cap/alerts.json", machines.json, name="json"),
    path("cap/alerts.geojson", machines.areas, name="areas"),
    path("cap/certificates.pem", machines.certificates, name="certificates"),
    path("cap/certificates.json", machines.keys, name="keys"),
    re_path(rf"^cap/alerts/{NAMED}\.xml$", machines.message, name="message"),
]
