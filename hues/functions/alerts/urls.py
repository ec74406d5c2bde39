"""Addresses of alerts for citizens."""

from django.urls import URLPattern, path, re_path

from hues.engines.bulletins.rules.numbers import IDENTIFIER
from hues.functions.alerts.views import echo, public

app_name = "alerts"
NAMED = rf"(?P<identifier>{IDENTIFIER.pattern})"
urlpatterns: list[URLPattern] = [
    path("", public.listing, name="list"),
    path("verify/", public.lookup, name="lookup"),
    path("verify/<str:identifier>/", public.verify, name="verify"),
    re_path(rf"^{NAMED}/card\.png$", public.picture, name="picture"),
    re_path(rf"^{NAMED}/answer/$", echo.answer, name="answer"),
    re_path(rf"^{NAMED}/$", public.alert, name="alert"),
]
