"""The address by which guests come in."""

from django.urls import path

from hues.surfaces.letters import entering

app_name = "letters"
urlpatterns = [path("in/<str:entry>/<path:there>", entering.enter, name="enter")]
