"""The addresses that channels call; they know no language."""

from django.urls import URLPattern, path

from hues.surfaces.letters import views

urlpatterns: list[URLPattern] = [
    path("letters/zalo/", views.zalo_events),
    path("letters/facebook/", views.facebook_events),
    path("receipts/sms/", views.text_receipts),
    path("letters/mail/", views.mail_letter),
]
