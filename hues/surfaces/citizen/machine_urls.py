"""What browsers ask by themselves; it knows no language."""

from django.urls import URLPattern, path

from hues.surfaces.citizen.views import push

urlpatterns: list[URLPattern] = [
    path("push/key", push.key),
    path("push/here", push.here),
    path("push/opened", push.opened),
    path("push/subscriptions", push.subscriptions),
]
