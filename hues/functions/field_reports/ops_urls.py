"""Addresses of those who write reports down for others."""

from django.urls import URLPattern, path, re_path

from hues.functions.field_reports.urls import NUMBER
from hues.functions.field_reports.views import calls, keywords, letters

app_name = "calls"
urlpatterns: list[URLPattern] = [
    path("", calls.new, name="new"),
    path("near/", calls.near, name="near"),
    path("questions/", calls.questions, name="questions"),
    re_path(rf"^join/{NUMBER}/$", calls.join, name="join"),
    path("keywords/", keywords.listing, name="keywords"),
    path("keywords/table.csv", keywords.as_csv, name="keywords_csv"),
    path("keywords/import/", keywords.bring, name="keywords_import"),
    path("keywords/<uuid:keyword_id>/", keywords.one, name="keyword"),
    path("keywords/<uuid:keyword_id>/remove/", keywords.remove, name="keyword_remove"),
    path("letters/", letters.queue, name="letters"),
    path("letters/<uuid:letter_id>/", letters.one, name="letter"),
    path("letters/<uuid:letter_id>/near/", letters.near, name="letter_near"),
    path("letters/<uuid:letter_id>/aside/", letters.aside, name="letter_aside"),
    path("letters/<uuid:letter_id>/back/", letters.back, name="letter_back"),
    path("letters/<uuid:letter_id>/add/<str:number>/", letters.add, name="letter_add"),
    path("letters/<uuid:letter_id>/join/<str:number>/", letters.join, name="letter_join"),
]
