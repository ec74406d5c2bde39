"""Addresses that know no language."""

from django.urls import URLPattern, URLResolver, path

from hues.surfaces.shell import files, machines

urlpatterns: list[URLPattern | URLResolver] = [
    path("manifest.webmanifest", machines.manifest),
    path("sw.js", machines.service_worker),
    path("robots.txt", machines.robots),
    path(".well-known/security.txt", machines.security_txt),
    path("favicon.ico", machines.favicon),
    path("outbox/token/", machines.outbox_token),
    path("metrics", machines.metrics),
    path("map/base.json", machines.base_map),
    path("media/s/<str:token>", files.signed),
    path("media/p/<uuid:medium_id>/<str:name>", files.published),
]
