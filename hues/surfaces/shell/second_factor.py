"""A second proof at sign-in for those who want it: an authenticator app, and codes for a lost phone."""

from io import BytesIO
from typing import Any

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import views as entering
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from qrcode.image.svg import SvgPathFillImage

from hues.kernel.city import document
from hues.kernel.people.asker import Role
from hues.kernel.people.phones import shown
from hues.surfaces.shell.access import ANYONE, open_to
from hues.surfaces.shell.accounts import Account
from hues.surfaces.shell.addresses import language


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Names the city in the authenticator app, and says in our words what went wrong."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is wrong or has expired. Enter the one shown now."),
    }

    def get_totp_label(self, user: Account) -> str:
        """Return what the app shows beside the code."""
        return shown(user.phone)

    def get_totp_issuer(self) -> str:
        """Return whose code it is."""
        return str(document("city.toml")["app_name"][language()])

    def build_totp_svg(self, url: str) -> str:
        """Return the picture black on white, which cameras read in the dark look too."""
        picture = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(picture)
        return picture.getvalue().decode()


class _Coded(forms.Form):
    """Gives the code's field our own label and the phone's number keys."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].widget = forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code-input"}
        )


class SecondCode(_Coded, AuthenticateForm):  # type: ignore[misc]
    """The code of the app, or a recovery code, at sign-in."""


class CodeAgain(_Coded, ReauthenticateForm):  # type: ignore[misc]
    """The same once more, before the second factor is changed."""


class ProofCode(CodeAgain):
    """The same before a deed of weight; whoever asks counts the guesses, so that they lock nobody out of signing in."""

    def clean_code(self) -> str:
        """
        Return the code, if an app or a spare code of this account has it.

        :raises ValidationError: if none has
        """
        code: str = self.cleaned_data["code"]
        for one in Authenticator.objects.filter(user=self.user).exclude(type=Authenticator.Type.WEBAUTHN):
            if one.wrap().validate_code(code):
                one.user = self.user
                self.authenticator = one
                return code
        raise forms.ValidationError(MFAAdapter.error_messages["incorrect_code"])


class FirstCode(_Coded, ActivateTOTPForm):  # type: ignore[misc]
    """The app's first code, which shows that it has taken the secret."""


_mine = open_to(Role.CITIZEN)
enter = never_cache(open_to(ANYONE)(entering.authenticate))
overview = never_cache(_mine(entering.index))
again = never_cache(_mine(entering.reauthenticate))
turn_on = never_cache(_mine(totp.activate_totp))
turn_off = never_cache(_mine(totp.deactivate_totp))
spare_codes = never_cache(_mine(codes.view_recovery_codes))
new_spare_codes = never_cache(_mine(codes.generate_recovery_codes))
