"""Addresses of the way in; named as allauth knows them, so that its flows lead here."""

from django.urls import path

from hues.surfaces.shell import login, second_factor

urlpatterns = [
    path("login/", login.sign_in, name="account_login"),
    path("login/", login.sign_in, name="account_request_login_code"),
    path("login/code/", login.confirm, name="account_confirm_login_code"),
    path("login/second/", second_factor.enter, name="mfa_authenticate"),
    path("logout/", login.sign_out, name="account_logout"),
    path("me/security/", second_factor.overview, name="mfa_index"),
    path("me/security/again/", second_factor.again, name="mfa_reauthenticate"),
    path("me/security/app/", second_factor.turn_on, name="mfa_activate_totp"),
    path("me/security/app/off/", second_factor.turn_off, name="mfa_deactivate_totp"),
    path("me/security/codes/", second_factor.spare_codes, name="mfa_view_recovery_codes"),
    path("me/security/codes/new/", second_factor.new_spare_codes, name="mfa_generate_recovery_codes"),
]
