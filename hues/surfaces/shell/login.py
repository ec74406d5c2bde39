"""The way in and out: a phone number, a code, and goodbye."""

from typing import Any

from allauth.account.internal.flows import logout as leaving
from allauth.core.internal import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hues.kernel.agencies.queries import asker_for
from hues.kernel.errors import Invalid, TooMany
from hues.kernel.people.phones import normal, shown
from hues.kit.clock import now
from hues.kit.text import Words
from hues.surfaces.shell import known, late, limits
from hues.surfaces.shell.access import ANYONE, open_to
from hues.surfaces.shell.accounts import PhoneCode, door_of
from hues.surfaces.shell.addresses import to

TOO_MANY_CODES = _("Too many codes were asked for.")
ASKED_BY_OTHERS = _(
    "Too many codes were asked for, perhaps by somebody else. A phone or computer that has signed in with this number "
    "before still gets one. Here, please try again later; if it goes on, tomorrow."
)
SPENT = _("That was wrong too often. Please ask for a new code.")
OVER = _("Your code has expired. Please enter your number again.")
WRONG = _("This is not the code we sent last. Please look again.")
WAIT = _("Please wait %(seconds)s seconds more before you ask for another code.")
EXHAUSTED = _("We have sent several codes already. Please begin again.")


class PhoneForm(forms.Form):
    """The number to send a code to."""

    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=40,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel", "autofocus": True}),
    )

    def clean_phone(self) -> str:
        """Return the number in E.164."""
        try:
            return normal(self.cleaned_data["phone"])
        except Invalid as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class CodeForm(forms.Form):
    """The code that was sent."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "class": "code-input"}
        ),
    )

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_code(self) -> str:
        """Compare in constant time; spaces and hyphens don't count."""
        code: str = self.cleaned_data["code"]
        if not compare_user_code(actual=code, expected=self.expected):
            raise forms.ValidationError(WRONG)
        return code


@never_cache
@sensitive_post_parameters("phone")
@require_http_methods(["GET", "POST"])
@open_to(ANYONE)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the phone number, and send a code to it."""
    if request.user.is_authenticated:
        return _onward(request)
    if request.method != "POST":
        return _ask_for_phone(request, PhoneForm(), told=OVER if "over" in request.GET else "")
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _ask_for_phone(request, form, status=422)
    phone = form.cleaned_data["phone"]
    if refused := _refused(request, phone):
        return _slowed(_ask_for_phone(request, form, told=str(refused), status=429), refused.wait)
    PhoneCode.begin(request, phone)
    return _see(request, "account_confirm_login_code")


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@open_to(ANYONE)
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the code, and sign in whoever knows it."""
    if request.user.is_authenticated:
        return _onward(request)
    process = PhoneCode.underway(request)
    if process is None:
        return _see(request, "account_login", over="1")
    if request.method != "POST":
        return _ask_for_code(request, process, CodeForm(expected=""))
    if request.POST.get("action") == "resend":
        return _resend(request, process)
    return _verify(request, process)


@never_cache
@require_http_methods(["GET", "POST"])
@open_to(ANYONE)
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; a mere visit asks first, so that no link or picture signs anybody out."""
    if request.method != "POST":
        return render(request, "account/logout.html")
    leaving.logout(request)
    answer = HttpResponseRedirect(to("/"), status=303)
    # Phones are shared: “back” would show the pages that were read before, as the browser left them.
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _verify(request: HttpRequest, process: PhoneCode) -> HttpResponse:
    form = CodeForm(request.POST, expected=process.code)
    again = PhoneForm(initial={"phone": shown(process.phone)})
    # Counted before it is looked at, so that a thousand guesses at once are a thousand guesses; by this sign-in alone,
    # so that nobody's guesses stand in the way of whoever types the right code.
    guess = _counted(request, "guess_login_code", process.ticket)
    if guess and form.is_valid():
        guess.rollback()
        response = process.finish(next_of(request))
        known.remember(request, response, process.phone)
        return response
    flood = guess and not _counted(request, "wrong_login_code", "")
    if not guess or flood or not process.record_invalid_attempt():
        process.abort()
        return _ask_for_phone(request, again, told=SPENT, status=422)
    return _ask_for_code(request, process, form, status=422)


def _resend(request: HttpRequest, process: PhoneCode) -> HttpResponse:
    form = CodeForm(expected="")
    if not process.can_resend:
        return _ask_for_code(request, process, form, told=EXHAUSTED, status=429)
    if wait := process.seconds_to_wait:
        told = WAIT % {"seconds": wait}
        return _slowed(_ask_for_code(request, process, form, told=told, status=429), wait)
    if refused := _refused(request, process.phone):
        return _slowed(_ask_for_code(request, process, form, told=str(refused), status=429), refused.wait)
    process.resend()
    return _see(request, "account_confirm_login_code", again="1")


def _ask_for_phone(request: HttpRequest, form: PhoneForm, *, told: Words = "", status: int = 200) -> HttpResponse:
    words = {"form": form, "told": told, "next": next_of(request), "kept": late.KEPT in request.session}
    return render(request, "account/login.html", words, status=status)


def _ask_for_code(
    request: HttpRequest, process: PhoneCode, form: CodeForm, *, told: Words = "", status: int = 200
) -> HttpResponse:
    words = {
        "form": form,
        "told": told,
        "next": next_of(request),
        "phone": shown(process.phone),
        "can_resend": process.can_resend,
        "again": "again" in request.GET,
        "outbox": outbox_of(process.phone),
    }
    return render(request, "account/confirm_login_code.html", words, status=status)


def outbox_of(phone: str) -> str:
    """Return where the demo shows the message; a real city shows it on the phone alone."""
    return f"{reverse('demo:outbox')}?{urlencode({'to': phone})}" if settings.HUES.demo else ""


def _refused(request: HttpRequest, phone: str) -> TooMany | None:
    """
    Count a code asked for; return why there is none. A browser that has held the number counts by itself.

    No other learns how long it has to wait: that would tell when codes were asked for by whoever else did.
    """
    browser = known.name_of(request, phone)
    if not browser:
        return None if _counted(request, "request_login_code", phone) else TooMany(ASKED_BY_OTHERS)
    for action, key in (("request_known_code", f"{browser}:{phone}"), ("request_known_codes", phone)):
        if not _counted(request, action, key):
            return TooMany(TOO_MANY_CODES, wait=limits.wait_for(request, action, key))
    return None


def _slowed(answer: HttpResponse, wait: int) -> HttpResponse:
    if wait:
        answer["Retry-After"] = str(wait)
    return answer


def _counted(request: HttpRequest, action: str, key: str) -> Any:
    """Count one try against the limits of `key` and of the address; falsy if there were too many."""
    return ratelimit.consume(request, app="allauth.account", action=action, key=key)


def next_of(request: HttpRequest) -> str:
    """Return the page of this site to go on to, or nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    inside = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if inside else ""


def _onward(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(next_of(request) or door_of(asker_for(request.user.pk, now())), status=303)


def _see(request: HttpRequest, name: str, **query: str) -> HttpResponse:
    if wanted := next_of(request):
        query["next"] = wanted
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode(query)}" if query else reverse(name), status=303)
