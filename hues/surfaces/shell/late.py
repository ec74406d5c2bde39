"""
What a form sent too late: the session was over, or its token was that of before. It is kept for its writer.

Nothing is done by itself. Whoever wrote it finds it on a page of its own, to be sent now or thrown away; anybody else
finds nothing, and it is forgotten. Kept are a few forms, in the browser's session, without files and without secrets.
Why there is one door for all: decision 36.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hues.kernel.errors import Refusal, SignInNeeded
from hues.kernel.people.asker import Role
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest, open_to
from hues.surfaces.shell.refusing import page, page_of, tell, wants_json
from hues.surfaces.shell.writers import Writer

KEPT: Final = "shell_late"
FIELD: Final = "late"  # the field in which a form that is sent after all says which it was
IN_WHO: Final = "~"  # what comes before that in what a page of a desk says of whom it was drawn for
MOST: Final = 5  # forms that wait, the newest first
LONGEST: Final = 100_000  # characters of one
NOWHERE: Final = ("/login/", "/logout/", "/demo/", "/me/security/", "/late/")
SECRET: Final = frozenset({"csrfmiddlewaretoken", "code", "password", "who", FIELD})
FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
ADDRESS: Final = "/late/"


class TooLong(Refusal):
    """Somebody sent too late what is too long to be kept for them."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "too-long-to-keep"
    sentence = gettext_lazy(
        "You are signed out here, or the page is an old one, and this is too long to be kept for you. Go back and copy "
        "what you typed; then load the page again."
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Late:
    """A form that waits: whose it is, where it goes, what was typed, the page it stood on, and if files are missing."""

    key: str
    who: str
    action: str
    said: str
    back: str
    files: bool = False
    place: str = ""  # a page that shows it in its own form

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Return what will be sent."""
        return [(name, value) for name, values in QueryDict(self.said).lists() for value in values]

    @property
    def words(self) -> list[str]:
        """Return what somebody wrote, of all that will be sent: the rest are numbers, names and choices."""
        return _words(self.fields)

    @property
    def rest(self) -> list[tuple[str, str]]:
        """Return what will be sent besides the words."""
        return [(name, value) for name, value in self.fields if value and value not in self.words]


def led_back(request: HttpRequest) -> HttpResponse | None:
    """
    Keep what was sent without a session, and lead by the sign-in to it; None if there is nothing to keep.

    Of whoever signed out here nothing is kept: their words come back once, on the page that says so.
    """
    if hasattr(request, "writer") or not _is_form(request):
        return None
    writer = Writer.of(request)
    return _kept(request, writer.who) if writer.who else _given_back(request)


def with_old_token(request: HttpRequest) -> HttpResponse | None:
    """Keep what came from a page of ours with the token of before, and lead to it; None if it is not such a form."""
    writer = Writer.of(request)
    if not writer.drew(request) or not _is_form(request) or not _from_here(request):
        return None
    asker = getattr(request, "asker", None)
    if asker and asker.signed_in and str(asker.person_id) != writer.who:
        return None
    return _kept(request, writer.who)


def put_by(
    request: HttpRequest, who: str, typed: QueryDict, *, action: str, back: str, place: str = "", instead: bool = False
) -> bool:
    """
    Keep a form for `who`, the newest first; say if it was short enough.

    It takes the place of one that says the same, or of any other from its `place` if it is meant `instead`.
    """
    for name in SECRET & set(typed):
        del typed[name]
    if sum(len(name) + len(value) for name, values in typed.lists() for value in values) > LONGEST:
        return False
    said, files = typed.urlencode(), bool(request.FILES) and not place
    late = Late(key=uuid4().hex, who=who, action=action, said=said, back=back, files=files, place=place)
    kept = [one for one in _all(request) if one.who == who and replace(one, key=late.key) != late]
    others = [one for one in kept if not (instead and one.place == place)]
    _keep(request, [late, *others][:MOST])
    return True


def of_before(request: HttpRequest, who: str, place: str) -> QueryDict:
    """Return what `who` sent too late from that place before."""
    return QueryDict(next((one.said for one in _all(request) if (one.who, one.place) == (who, place)), ""))


def found(request: AskedRequest, place: str) -> Late | None:
    """Return the newest that waits for whoever asks to be shown in its own place; the form there says which it is."""
    here = (one for one in waiting_for(request) if one.place == place or one.place.startswith(f"{place}#"))
    late = next(here, None)
    if late:
        request.late_key = late.key  # type: ignore[attr-defined]
    return late


def drop(request: AskedRequest, late: Late) -> None:
    """Forget one that is kept elsewhere from now on."""
    _keep(request, [one for one in waiting_for(request) if one.key != late.key])


def key_of(request: HttpRequest) -> str:
    """Return which form that waited is shown on the page that is asked for, or was sent from it; "" if none."""
    if key := getattr(request, "late_key", ""):
        return str(key)
    _who, _bar, more = request.POST.get("who", "").partition(IN_WHO)
    return str(request.POST.get(FIELD, "")) or more.partition(":")[0]


def waiting_for(request: AskedRequest) -> list[Late]:
    """Return what waits for whoever asks, the newest first; what others left is forgotten."""
    kept = _all(request)
    mine = [one for one in kept if one.who == str(request.asker.person_id)]
    if len(mine) < len(kept):
        _keep(request, mine)
    return mine


def note_sent(request: AskedRequest, answer: HttpResponse) -> None:
    """Forget what was sent after all, or stands on the page that says what is wrong with it."""
    key = key_of(request) if _is_form(request) else ""
    taken = answer.status_code < HTTPStatus.BAD_REQUEST or answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    if not key or not taken or not request.asker.signed_in:
        return
    before = waiting_for(request)
    left = [one for one in before if one.key != key]
    if len(left) == len(before):
        return
    _keep(request, left)
    if left:
        more = _("Something else that you wrote has not been sent yet. It waits at %(address)s")
        messages.warning(request, more % {"address": addresses.to(ADDRESS)})


@never_cache
@require_safe
@open_to(Role.CITIZEN)
def waiting(request: AskedRequest) -> HttpResponse:
    """Show what its reader sent too late, to be sent now or thrown away."""
    return render(request, "shell/late.html", {"waiting": waiting_for(request), "field": FIELD})


@require_POST
@open_to(Role.CITIZEN)
def forget(request: AskedRequest, key: str) -> HttpResponse:
    """Throw away what waits."""
    before = waiting_for(request)
    gone = next((one for one in before if one.key == key), None)
    left = [one for one in before if one.key != key]
    _keep(request, left)
    back = gone.back if gone and gone.back and not left else addresses.to(ADDRESS)
    return HttpResponseRedirect(back, status=HTTPStatus.SEE_OTHER)


def _kept(request: HttpRequest, who: str) -> HttpResponse:
    if not put_by(request, who, request.POST.copy(), action=request.get_full_path(), back=page_of(request)):
        return tell(request, TooLong())
    return HttpResponseRedirect(addresses.to(ADDRESS), status=HTTPStatus.SEE_OTHER)


def _given_back(request: HttpRequest) -> HttpResponse | None:
    sent = [(name, value) for name, values in request.POST.lists() if name not in SECRET for value in values]
    if not (typed := _words(sent)):
        return None
    sentence = _(
        "You are signed out here, so what you typed was not kept: on a shared computer somebody else could find it. It "
        "stands below, for as long as this page is open. Copy it before you sign in."
    )
    status = SignInNeeded.status
    return page(request, status=status, code=SignInNeeded.code, sentence=sentence, typed=typed)


def _words(sent: Iterable[tuple[str, str]]) -> list[str]:
    return [value for _name, value in sent if " " in value.strip() or not value.isascii()]


def _all(request: HttpRequest) -> list[Late]:
    return [Late(**one) for one in request.session.get(KEPT, ())]


def _keep(request: Any, kept: list[Late]) -> None:
    request.session[KEPT] = [asdict(one) for one in kept]


def _is_form(request: HttpRequest) -> bool:
    """Test if somebody sent a form by hand: no script, no machine, and nothing of the door itself."""
    by_hand = request.method == "POST" and request.content_type in FORMS and "HX-Request" not in request.headers
    view = request.resolver_match.func if request.resolver_match else None
    machine = wants_json(request) or getattr(view, "csrf_exempt", False)
    meant = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    return by_hand and meant and not machine and not addresses.bare(request.path).startswith(NOWHERE)


def _from_here(request: HttpRequest) -> bool:
    """Test if the browser says that the form stood on a page of ours."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    ours = (f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS)
    if origin is None and site is None:
        return urlsplit(request.headers.get("Referer", "")).netloc == request.get_host()
    return (origin is None or origin in ours) and site in (None, "same-origin")
