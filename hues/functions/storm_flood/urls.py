"""Addresses of storm and flood."""

from django.urls import URLPattern, path

from hues.functions.storm_flood.views import flood, sos

app_name = "storm_flood"
urlpatterns: list[URLPattern] = [
    path("", flood.flood, name="flood"),
    path("places.json", flood.points, name="points"),
    path("sos/", sos.sos, name="sos"),
    path("sos/place/", sos.place_found, name="place_found"),
    path("sos/phone/", sos.my_phone, name="phone"),
    path("sos/<str:rescue>/", sos.follow, name="follow"),
    path("sos/<str:rescue>/safe/", sos.safe, name="safe"),
    path("sos/<str:rescue>/again/", sos.again, name="again"),
]
