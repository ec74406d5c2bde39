"""
Who else looks at a case right now, or writes: told from page to page, and kept nowhere.

Each page says every twenty seconds that it is open; the live process passes that on to the other pages of the same
desk, which forget it after forty-five. An agency's people hear of one another, and so do the operators of the centre:
neither hears of the other, nor does anybody else.
"""

import re
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from hues.engines.cases.queries import place_of
from hues.kernel import live
from hues.kernel.agencies import queries as agencies
from hues.kernel.errors import NotAllowed
from hues.kernel.live import News
from hues.kernel.people import queries as people
from hues.kernel.people.asker import IOC_ROLES
from hues.kit.clock import now
from hues.surfaces.desks.desk import Desk
from hues.surfaces.shell.access import AskedRequest

KIND = "here"
PAGE = re.compile(r"[0-9a-f-]+")
STATES = frozenset({"hello", "looking", "writing", "gone"})
MOST = 20  # names on one page


def say_here(desk: Desk, request: AskedRequest, number: str) -> JsonResponse:
    """
    Pass on that the asker has this case open, and return a ticket to hear who else has.

    :raises NotFound: if the asker has no such case
    """
    topic, _whose = _topic(desk, request, number)
    said = request.POST.get("state", "")
    state = said if said in STATES else "looking"
    page = "".join(PAGE.findall(request.POST.get("page", "")))[:36]
    live.tell(News(topic=topic, kind=KIND, subject=f"{request.asker.person_id} {state} {page}"))
    answer = JsonResponse({"ticket": live.ticket([topic])})
    answer["Cache-Control"] = "no-store"
    return answer


def name_them(desk: Desk, request: AskedRequest, number: str) -> HttpResponse:
    """
    Return in words who of the asker's own desk looks at this case and who writes, from ids that the page has heard.

    :raises NotFound: if the asker has no such case
    """
    _topic_of_it, agency_id = _topic(desk, request, number)
    heard = {state: _ids(request.GET.get(state, "")) for state in ("writing", "looking")}
    staff = _staff(desk, agency_id, {person for ids in heard.values() for person in ids})
    context = {state: [staff[one] for one in ids if one in staff] for state, ids in heard.items()}
    answer = render(request, "desks/_here.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _topic(desk: Desk, request: AskedRequest, number: str) -> tuple[str, UUID | None]:
    case_id, agency_id = place_of(request.asker, number)
    if desk.whose == "ioc":
        if not request.asker.in_ioc:
            raise NotAllowed
        return f"here:ioc:{case_id}", None
    return f"here:{agency_id}:{case_id}", agency_id


def _staff(desk: Desk, agency_id: UUID | None, heard: set[UUID]) -> dict[UUID, str]:
    """Return the names of those who work at this desk: whoever makes an id up learns nothing by it."""
    at = now()
    if desk.whose != "ioc":
        return agencies.staff_of(agency_id, at)
    operators = {person for role in IOC_ROLES for person in agencies.people_with(role, at)}
    return people.names_of(heard & operators)


def _ids(said: str) -> list[UUID]:
    found = []
    for one in said.split(",")[:MOST]:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found
