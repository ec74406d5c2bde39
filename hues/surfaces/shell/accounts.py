"""Sign-in by a code sent to the phone: our side of allauth."""

import secrets
import time
from datetime import datetime, timedelta
from typing import Any, Protocol, Self
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hues.kernel.agencies.queries import asker_for
from hues.kernel.city import document
from hues.kernel.delivery.actions import text
from hues.kernel.errors import NotAllowed
from hues.kernel.people import actions as people
from hues.kernel.people.asker import AGENCY_ROLES, Asker, Role
from hues.kit.clock import now
from hues.surfaces.shell import addresses

SECONDS_BETWEEN_CODES = 30
CITY_WIDE = frozenset(Role) - AGENCY_ROLES - {Role.CITIZEN}


class Account(Protocol):
    """What allauth and we need of a person's account."""

    pk: UUID
    phone: str
    phone_verified_at: datetime | None


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Keeps phone numbers on Person and sends codes through delivery."""

    def get_user_by_phone(self, phone: str) -> AbstractBaseUser | None:
        """Return the account that signs in with this number."""
        return get_user_model().objects.filter(phone=phone).first()

    def get_phone(self, user: Account) -> tuple[str, bool] | None:
        """Return the number of an account, and whether its owner has shown to hold it."""
        return user.phone, user.phone_verified_at is not None

    def set_phone(self, user: Account, phone: str, verified: bool) -> None:  # noqa: FBT001
        """Refuse: the number is the sign-in name and does not change in passing."""
        raise NotAllowed

    def set_phone_verified(self, user: Account, phone: str) -> None:
        """Note that the owner typed the code that was sent to the number."""
        at = now()
        people.verify_phone(person_id=user.pk, at=at)
        user.phone_verified_at = user.phone_verified_at or at

    def send_verification_code_sms(self, user: Account | None, phone: str, code: str, **kwargs: Any) -> None:
        """Owe the text message that carries the code."""
        text(phone, code_message(code), useful_for=timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT), at=now())

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:
        """
        Refuse a closed account; only who typed the right code learns that it is closed.

        :raises NotAllowed: always
        """
        raise NotAllowed(_("This account is closed."))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where somebody goes who came from nowhere in particular."""
        return door_of(asker_for(request.user.pk, now()))

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: our pages tell what happened where it happened."""


class PhoneCode(LoginCodeVerificationProcess):  # type: ignore[misc]
    """
    One sign-in in progress. A number without an account is treated exactly as one that has it.

    The account is opened only once the code was right: so nobody learns which numbers are known,
    and nobody opens accounts for the numbers of others.
    """

    @classmethod
    def begin(cls, request: HttpRequest, phone: str) -> Self:
        """Send a code to an E.164 number, and remember in the session what was sent."""
        login = Login(phone=phone)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        # Without a user: whether there is one is looked up after the code was right, and not before.
        begun = cls.initial_state(user=None, phone=phone)
        stage.state.update(begun, initiated_by_user=True, ticket=secrets.token_urlsafe(12))
        process = cls(stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def underway(cls, request: HttpRequest) -> Self | None:
        """Return the sign-in that this browser has begun, unless its time is over."""
        stage = LoginStageController.enter(request, LoginByCodeStage.key)
        if stage is None or not {"sent_at", "ticket"} <= set(stage.state):
            return None
        process: Self | None = cls(stage).abort_if_invalid()
        return process

    @property
    def phone(self) -> str:
        """Return the number that the code went to."""
        return str(self.state["phone"])

    @property
    def ticket(self) -> str:
        """Return what names this sign-in and no other: by it guesses are counted."""
        return str(self.state["ticket"])

    @property
    def seconds_to_wait(self) -> int:
        """Return how long it is until another code may be asked for."""
        passed = time.time() - float(self.state["sent_at"])
        return max(0, round(SECONDS_BETWEEN_CODES - passed))

    def generate_code(self) -> str:
        """Make a fresh code; the one before it is worth nothing from now on."""
        code: str = Adapter(self.request).generate_login_code()
        self.state.update(code=code, sent_at=time.time(), at=time.time())
        return code

    def send(self, skip_enumeration_mails: bool = False) -> None:  # noqa: FBT001, FBT002
        """Send a fresh code, whoever it is."""
        Adapter(self.request).send_verification_code_sms(None, self.phone, self.generate_code())

    def resend(self) -> None:
        """Send another code and count it."""
        self.send()
        self.record_resend()
        self.persist()

    def finish(self, redirect_url: str | None) -> HttpResponse:
        """Open the account if the number has none, and sign in."""
        person_id = people.open_account(phone=self.phone, language=addresses.language(), at=now())
        self._user = get_user_model().objects.get(pk=person_id)
        response: HttpResponse = super().finish(redirect_url)
        return response


def code_message(code: str, *, for_deed: bool = False) -> str:
    """
    Return the text message that carries `code`; at a real address phones offer to fill it in.

    One `for_deed` is not to sign in, and says so: whoever did not just approve something is warned by it.
    """
    if for_deed:
        said = gettext(
            "%(app)s: %(code)s is your code to approve a warning or a notice of the city. It works for 10 minutes. "
            "Never tell it to anybody."
        )
    else:
        said = gettext("%(app)s: your code is %(code)s. It works for 10 minutes. Never tell it to anybody.")
    words = said % {"app": document("city.toml")["app_name"][addresses.language()], "code": code}
    if not settings.HTTPS:
        return words
    host = settings.HUES.origin.removeprefix("https://").partition(":")[0]
    return f"{words}\n\n@{host} #{code}"


def door_of(asker: Asker) -> str:
    """Return where somebody with these roles begins the day."""
    if asker.may(*CITY_WIDE):
        return addresses.to("/ops/")
    return addresses.to("/desk/" if asker.agencies else "/")
