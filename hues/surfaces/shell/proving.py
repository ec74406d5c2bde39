"""Is it still you: a code once more before a deed of weight, so that a session somebody took over is not enough."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core.internal import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hues.kernel.delivery.actions import text
from hues.kernel.errors import Invalid, ProofNeeded, Refusal, SignInNeeded, TooMany
from hues.kernel.people import actions as people
from hues.kernel.people.phones import shown
from hues.kit.clock import now
from hues.surfaces.shell import limits
from hues.surfaces.shell.access import AskedRequest
from hues.surfaces.shell.accounts import SECONDS_BETWEEN_CODES, Adapter, code_message
from hues.surfaces.shell.login import EXHAUSTED, SPENT, TOO_MANY_CODES, WAIT, WRONG, outbox_of
from hues.surfaces.shell.second_factor import ProofCode

KEPT = "hues_proof"
FIELD = "code"
SIGNED_OUT = _("Too many wrong codes: to be safe, you were signed out here. Sign in again and go on; nothing was done.")
OVER = _("This code has expired. Ask for another one.")


class ProofForm(forms.Form):
    """The code, once more."""

    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=20,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "class": "code-input"}
        ),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Challenge:
    """
    What is asked of somebody: a code of their app, or one that was `sent` to `phone`.

    `told` says what went wrong besides the code itself; `outbox` is where the demo shows the message.
    """

    form: ProofForm
    by_app: bool
    phone: str
    sent: bool
    told: str = ""
    outbox: str = ""


class PhoneProof(AbstractCodeVerificationProcess):  # type: ignore[misc]
    """A code on its way to the phone of somebody who is signed in."""

    def __init__(self, request: HttpRequest, state: dict[str, object]) -> None:
        self.request = request
        super().__init__(
            max_attempts=settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS,
            timeout=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
            state=state,
            user=request.user,
        )

    @classmethod
    def begin(cls, request: HttpRequest) -> Self:
        """
        Send a code, and return what waits for it.

        :raises TooMany: if too many were asked for
        """
        begun = cls(request, cls.initial_state(user=request.user, phone=request.user.phone))  # type: ignore[union-attr]
        begun.send()
        return begun

    @classmethod
    def underway(cls, request: HttpRequest) -> Self | None:
        """Return the proof that was asked for and can still be given."""
        state = request.session.get(KEPT)
        found: Self | None = cls(request, state).abort_if_invalid() if state else None
        return found

    def persist(self) -> None:
        """Keep it in the session."""
        self.request.session[KEPT] = self.state

    def abort(self) -> None:
        """Forget it."""
        self.request.session.pop(KEPT, None)

    def send(self) -> None:
        """
        Send a fresh code.

        :raises TooMany: if too many were asked for
        """
        if not _counted(self.request, "request_proof"):
            wait = limits.wait_for(self.request, "request_proof", _key(self.request))
            raise TooMany(TOO_MANY_CODES, wait=wait)
        self.state.update(code=Adapter(self.request).generate_login_code(), at=time.time())
        holds = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
        text(self.state["phone"], code_message(self.code, for_deed=True), useful_for=holds, at=now())
        self.persist()


def proved_at(request: HttpRequest) -> datetime | None:
    """Return when whoever is signed in last showed once more who they are; None if never in this session."""
    records = get_authentication_records(request, request.user)
    instants = [record["at"] for record in records if record.get("reauthenticated")]
    return datetime.fromtimestamp(instants[-1], UTC) if instants else None


def ask(request: AskedRequest, refusal: Refusal) -> Challenge:
    """
    Ask for the code of the authenticator app of whoever has one, else for one that is sent to their phone.

    Only ProofNeeded sends it; after any other `refusal` whoever wants another code says so.
    """
    form, told = ProofForm(request.POST), ""
    if isinstance(refusal, Invalid):
        form.add_error(FIELD, str(refusal.fields[FIELD]))
    elif isinstance(refusal, TooMany):
        told = str(refusal)
    by_app = is_mfa_enabled(request.user)
    process = None if by_app else PhoneProof.underway(request)
    if isinstance(refusal, ProofNeeded) and not by_app and process is None:
        try:
            process = PhoneProof.begin(request)
        except TooMany as too_many:
            told = str(too_many)
    phone = request.user.phone or ""  # type: ignore[union-attr]
    return Challenge(
        form=form, by_app=by_app, phone=shown(phone), sent=process is not None, told=told, outbox=outbox_of(phone)
    )


def take(request: AskedRequest) -> None:
    """
    Take the code that was sent with a form, if there is one; who asks for another code is asked again.

    :raises Invalid: if it is not the code
    :raises ProofNeeded: if another code was sent
    :raises TooMany: if too many were asked for
    :raises SignInNeeded: if too many were tried: this session is over
    """
    if "resend" in request.POST:
        _resend(request)
        raise ProofNeeded
    code = request.POST.get(FIELD, "").strip()
    if not code:
        return
    way = "app" if is_mfa_enabled(request.user) else "phone"
    guess = _guessed(request)
    (_take_app if way == "app" else _take_phone)(request, code)
    guess.rollback()
    # Whoever holds the old cookie, the owner's or a stolen one, holds nothing any more.
    request.session.cycle_key()
    if request.asker.person_id:
        people.note_proof(person_id=request.asker.person_id, way=way, at=now())


def _take_app(request: AskedRequest, code: str) -> None:
    form = ProofCode(user=request.user, data={FIELD: code})
    if not form.is_valid():
        raise Invalid(fields={FIELD: str(form.errors[FIELD][0])})
    form.save()


def _take_phone(request: AskedRequest, code: str) -> None:
    process = PhoneProof.underway(request)
    if process is None:
        raise Invalid(fields={FIELD: OVER})
    if not compare_user_code(actual=code, expected=process.code):
        raise Invalid(fields={FIELD: WRONG if process.record_invalid_attempt() else SPENT})
    process.abort()
    record_authentication(request, request.user, method="phone", reauthenticated=True)


def _resend(request: AskedRequest) -> None:
    process = PhoneProof.underway(request)
    if process is None:
        PhoneProof.begin(request)
        return
    if process.is_resend_quota_reached(settings.ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND):
        raise TooMany(EXHAUSTED)
    wait = SECONDS_BETWEEN_CODES - (time.time() - process.state["at"])
    if wait > 0:
        raise TooMany(WAIT % {"seconds": round(wait)})
    process.record_resend()
    process.send()


def _guessed(request: AskedRequest) -> ratelimit.RateLimitUsage:
    """
    Count a guess before it is looked at, so that a thousand at once are a thousand.

    Guesses are counted by session, and one that has guessed too often is over: whoever took it has lost it, and the
    owner signs in anew, with a code that only the owner's phone gets, and begins at nought. Nobody is locked out.
    """
    guess = _counted(request, "guess_proof")
    if guess:
        return guess
    if request.asker.person_id:
        people.note_refusal(person_id=request.asker.person_id, at=now())
    logout(request)
    raise SignInNeeded(SIGNED_OUT)


def _counted(request: HttpRequest, action: str) -> ratelimit.RateLimitUsage | None:
    app, key = "allauth.account", _key(request)
    usage: ratelimit.RateLimitUsage | None = ratelimit.consume(request, app=app, action=action, key=key)
    return usage


def _key(request: HttpRequest) -> str:
    # By session, apart from sign-in: who guesses or asks for codes here takes nothing from anybody else.
    return f"proof:{request.session.session_key}"
