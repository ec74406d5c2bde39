"""Addresses of this door."""

from django.urls import URLPattern, URLResolver

app_name = "agency"
urlpatterns: list[URLPattern | URLResolver] = []
