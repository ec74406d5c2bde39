"""Addresses of the super app."""

from django.urls import URLPattern, path

from hues.surfaces.citizen.views import following, here, home, joining, looking, map, me, telling

app_name = "citizen"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("search/", looking.search, name="search"),
    path("map/", map.city_map, name="map"),
    path("map/cells.json", map.cells, name="cells"),
    path("me/", me.me, name="me"),
    path("me/fragment", home.fragment, name="fragment"),
    path("me/unread", home.unread, name="unread"),
    path("me/inbox/", me.inbox, name="inbox"),
    path("me/inbox/read/", me.read_all, name="read_all"),
    path("me/inbox/<uuid:item_id>/", me.open_item, name="open_item"),
    path("warn-me/", here.here, name="here"),
    path("me/telling/", telling.telling, name="telling"),
    path("me/telling/zalo/", joining.zalo, name="zalo"),
    path("push/mail-on/<str:token>", telling.mail_on, name="mail_on"),
    path("push/mail-off/<str:token>", telling.mail_off, name="mail_off"),
    path("me/topics/", following.follow, name="follow"),
    path("push/less/<str:token>", following.less, name="less"),
    path("me/privacy/", me.privacy, name="privacy"),
]
