"""Addresses of notices for citizens."""

from django.urls import URLPattern, path, re_path

from hues.functions.notices.views import embed, public

app_name = "notices"
NAMED = r"(?P<notice>[A-Z]{2}-\d{4}-\d{6,})"
urlpatterns: list[URLPattern] = [
    path("", public.listing, name="list"),
    path("feed.rss", public.feed, name="feed"),
    path("corrections/", public.corrections, name="corrections"),
    path("channels/", public.channels, name="channels"),
    path("embed/", embed.how, name="embed"),
    path("embed/banner/", embed.banner, name="banner"),
    re_path(rf"^{NAMED}/$", public.one, name="notice"),
    re_path(rf"^{NAMED}\.xml$", public.message, name="message"),
    path("verify/<str:notice>/", public.verify, name="verify"),
]
