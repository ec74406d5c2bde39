"""Whether messages leave the house: what is owed, how far they got, lines in trouble, and what was given up."""

from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.channels import Outcome, Way
from hues.kernel.delivery.reasons import Reason
from hues.kernel.journal import jobs
from hues.kernel.people.asker import Role
from hues.kit.clock import now
from hues.kit.text import Words
from hues.surfaces.operations.places import KEEPERS, places
from hues.surfaces.shell.access import AskedRequest, open_to

DIGITS = 18  # of the id of a job
MENDERS = (Role.DUTY_LEADER, Role.ADMIN)
WAYS: dict[str, Words] = {
    Way.PUSH: _("Push"),
    Way.MAIL: _("E-mail"),
    Way.SMS: _("Text message"),
    Way.WEBHOOK: _("Webhook"),
    Way.SIREN: _("Siren"),
    Way.OA: _("Zalo, warnings"),
    Way.ZALO: _("Zalo"),
    Way.FACEBOOK: _("Facebook"),
    Way.LETTER: _("E-mail, in answer"),
}
ENDS: dict[str, tuple[Words, str]] = {
    Outcome.SENT: (_("sent"), "good"),
    Outcome.ARRIVED: (_("confirmed"), "good"),
    Outcome.GONE: (_("gone"), ""),
    Outcome.AGAIN: (_("to be tried again"), "wait"),
    Outcome.REFUSED: (_("refused"), "bad"),
    Outcome.REPLACED: (_("told something newer"), ""),
    Outcome.OVER: (_("over before it could be sent"), ""),
    Outcome.TWICE: (_("perhaps told twice, and said so"), ""),
}


REASONS: dict[str, Words] = {
    Reason.NO_ADDRESS: _("nobody is at that address any more"),
    Reason.UNREACHABLE: _("the other side gave no answer"),
    Reason.BUSY: _("the other side was too busy, each time"),
    Reason.TROUBLE: _("the other side had an error of its own"),
    Reason.NOT_ALLOWED: _("the other side does not let us in"),
    Reason.NOT_DELIVERED: _("it was taken, and did not arrive"),
    Reason.SILENT: _("the siren does not say that it sounds"),
    Reason.REFUSED: _("the other side refused it"),
}


@require_safe
@open_to(*KEEPERS)
def deliveries(request: AskedRequest) -> HttpResponse:
    """Show what is owed, how far the last messages got, and what was given up."""
    reached = [(reach, [(WAYS[way], *ENDS[end], n) for way, end, n in reach.ends]) for reach in queries.reached()]
    dead = [(letter, WAYS[letter.channel]) for letter in queries.dead_letters()]
    context = {
        "owing": queries.owing(),
        "reached": reached,
        "lines": [(line, *_whom(line.name)) for line in queries.lines()],
        "dead": dead,
        "jobs": jobs.failed_jobs(),
        "may_mend": request.asker.may(*MENDERS),
        "places": places(request.asker, "deliveries"),
        "at": now(),
    }
    return render(request, "operations/deliveries.html", context)


@require_POST
@open_to(*MENDERS)
def replay(request: AskedRequest) -> HttpResponse:
    """Send dead letters again."""
    items = [UUID(text) for text in request.POST.getlist("item") if _is_id(text)]
    n = actions.replay(by=request.asker, items=items, at=now())
    if n or not items:
        text = ngettext("%(n)s message is sent again.", "%(n)s messages are sent again.", n) % {"n": n}
        messages.success(request, text)
    if left := len(items) - n:
        text = ngettext(
            "%(n)s message is not sent again: it tells of what is over, or was sent meanwhile.",
            "%(n)s messages are not sent again: they tell of what is over, or were sent meanwhile.",
            left,
        )
        messages.warning(request, text % {"n": left})
    return HttpResponseRedirect(reverse("operations:deliveries"), status=HTTPStatus.SEE_OTHER)


@require_POST
@open_to(*MENDERS)
def put_back(request: AskedRequest) -> HttpResponse:
    """Let jobs run again that were given up."""
    ids = [
        int(text) for text in request.POST.getlist("job") if text.isascii() and text.isdigit() and len(text) < DIGITS
    ]
    n = jobs.put_back(ids, by=request.asker.person_id, at=now())
    text = ngettext("%(n)s job runs again.", "%(n)s jobs run again.", n) % {"n": n}
    (messages.success if n else messages.warning)(request, text)
    return HttpResponseRedirect(reverse("operations:deliveries"), status=HTTPStatus.SEE_OTHER)


def _whom(line: str) -> tuple[Words, str]:
    """Return by which way a line goes, and the other side's host where there are several."""
    way, _colon, origin = line.partition(":")
    return WAYS.get(way, way), urlsplit(origin).netloc


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
