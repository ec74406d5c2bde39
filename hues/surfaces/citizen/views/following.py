"""Topics of notices that I follow or not: from the inbox by one press, and from an e-mail without signing in."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from hues.engines.bulletins.queries import topics
from hues.engines.bulletins.rules.notices import subject_of
from hues.kernel.delivery import actions, mail, queries
from hues.kernel.delivery.channels import Way
from hues.kernel.errors import NotFound
from hues.kernel.people.asker import Role
from hues.kit import clock
from hues.kit.text import pick
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to


def subjects() -> dict[str, str]:
    """Return the names of all topics of notices, in the reader's language, by what one follows."""
    return {subject_of(card.code): pick(card.name, addresses.language()) for card in topics()}


@require_POST
@open_to(Role.CITIZEN)
def follow(request: AskedRequest) -> HttpResponse:
    """
    Follow one topic again, or no longer.

    :raises NotFound: if the city has no such topic
    """
    assert request.asker.person_id is not None  # noqa: S101
    person_id, subject = request.asker.person_id, request.POST.get("subject", "")
    name = subjects().get(subject)
    if name is None:
        raise NotFound
    if "again" in request.POST:
        left = queries.wishes(person_id).unfollowed - {subject}
        actions.unfollow(person_id=person_id, subjects=left, at=clock.now())
        messages.success(request, gettext("You hear of “%(topic)s” again.") % {"topic": name})
    else:
        actions.unfollow_one(person_id=person_id, subject=subject, at=clock.now())
        messages.success(request, gettext("You hear no more about “%(topic)s”. Warnings still come.") % {"topic": name})
    return HttpResponseRedirect(reverse("citizen:inbox"), status=HTTPStatus.SEE_OTHER)


# The mail provider presses this button for its reader (RFC 8058); the signed address is all it has.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
def less(request: AskedRequest, token: str) -> HttpResponse:
    """
    Ask if no more shall come about a topic, and see to it.

    :raises NotFound: if the link is not one of ours, or its topic is none any more
    """
    address, subject = mail.less_in(token)
    topic = subjects().get(subject)
    if not address or topic is None:
        raise NotFound
    person_id, done = queries.person_at(Way.MAIL, address), request.method == "POST"
    if done and person_id:
        actions.unfollow_one(person_id=person_id, subject=subject, at=clock.now())
    context = {"done": done, "known": person_id is not None, "address": address, "topic": topic}
    answer = render(request, "citizen/less.html", context)
    answer["Cache-Control"] = "no-store"
    return answer
