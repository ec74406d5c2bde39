"""Addresses of field reports."""

from django.urls import URLPattern, path, re_path

from hues.engines.cases.rules.numbers import SHAPE
from hues.functions.field_reports.views import (
    agency,
    category,
    check,
    download,
    feed,
    figures,
    following,
    listing,
    near,
    photos,
    place,
    promises,
    report,
    sharing,
    support,
    waiting,
    words,
)

app_name = "field_reports"
NUMBER = rf"(?P<number>{SHAPE})"
urlpatterns: list[URLPattern] = [
    path("", listing.public, name="list"),
    path("mine/", listing.mine, name="mine"),
    path("promises/", promises.register, name="promises"),
    path("agencies/<slug:agency>/", agency.show, name="agency"),
    path("figures/", figures.figures, name="figures"),
    path("feed.rss", feed.feed, name="feed"),
    path("around/", following.mine, name="around"),
    path("around/follow/", following.change, name="follow"),
    path("reports.csv", download.as_csv, name="csv"),
    path("reports.geojson", download.as_geojson, name="geojson"),
    path("map/", listing.on_map, name="map"),
    path("new/", photos.photos, name="new"),
    path("new/place/", place.place, name="place"),
    path("new/place/found/", place.place_found, name="place_found"),
    path("new/place/keep/", place.keep_place, name="keep_place"),
    path("new/category/", category.category, name="category"),
    path("new/words/", words.words, name="words"),
    path("new/near/", near.near, name="near"),
    path("new/words/keep/", words.keep_words, name="keep_words"),
    path("new/check/", check.check, name="check"),
    path("new/offline/", waiting.waiting, name="waiting"),
    path("new/offline/send/", waiting.deliver, name="deliver"),
    path("new/over/", photos.start_over, name="start_over"),
    re_path(rf"^{NUMBER}/$", report.report, name="report"),
    re_path(rf"^{NUMBER}/join/$", near.join, name="join"),
    re_path(rf"^{NUMBER}/card.png$", sharing.card, name="card"),
    re_path(rf"^{NUMBER}/support/$", support.support, name="support"),
    re_path(rf"^{NUMBER}/sent/$", check.sent, name="sent"),
    re_path(rf"^{NUMBER}/(?P<verb>reply|add|rate|reopen)/$", report.move, name="move"),
]
