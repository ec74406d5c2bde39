"""Addresses of the way in; named as allauth knows them, so that its flows lead here."""

from django.urls import path

from hues.surfaces.shell import login

urlpatterns = [
    path("login/", login.sign_in, name="account_login"),
    path("login/", login.sign_in, name="account_request_login_code"),
    path("login/code/", login.confirm, name="account_confirm_login_code"),
    path("logout/", login.sign_out, name="account_logout"),
]
