"""What stands beside a queue: what narrows it, and the views that its reader keeps."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from hues.engines.cases.queries import deadlines
from hues.kernel.errors import Invalid, TooMany
from hues.kit.clock import now
from hues.surfaces.desks import actions
from hues.surfaces.desks.answers import see_other
from hues.surfaces.desks.choices import CLASS_NAMES, agency_options, category_options, ward_options
from hues.surfaces.desks.desk import Desk
from hues.surfaces.desks.queries import ViewCard
from hues.surfaces.desks.queue import Shown, read_shown
from hues.surfaces.desks.widgets import chosen, drawn
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest


def finder(desk: Desk, shown: Shown, kept: tuple[ViewCard, ...]) -> dict[str, Any]:
    """Return what the template of the filters needs; `kept` are the reader's own views."""
    here = replace(shown, first="", after="").address("")
    queue = addresses.of(f"{desk.space}:queue")
    classes = [(code, CLASS_NAMES.get(code, code)) for code in deadlines().answers]
    return {
        "categories": category_options(shown.category),
        "wards": ward_options(shown.ward),
        "classes": chosen(drawn(classes), shown.service_class),
        "agencies": agency_options(str(shown.agency or "")) if desk.whose == "ioc" else "",
        "views": [{"card": card, "href": queue + card.query, "current": card.query == here} for card in kept],
        "kept": next((card for card in kept if card.query == here), None),
        "view_drop": f"{desk.space}:drop_view",
        "here": here,
        "save_url": shown.address(addresses.of(f"{desk.space}:views")),
    }


def keep_view(desk: Desk, request: AskedRequest) -> HttpResponse:
    """Keep what the address asks for under the name that was sent."""
    shown = read_shown(request.GET, desk.sections)
    here = replace(shown, first="", after="")
    try:
        actions.save_view(
            space=desk.space,
            name=request.POST.get("name", ""),
            query=here.address(""),
            is_first="is_first" in request.POST,
            by=request.asker,
            at=now(),
        )
    except (Invalid, TooMany) as refusal:
        said = refusal.fields["name"] if isinstance(refusal, Invalid) else refusal.message
        messages.error(request, str(said))
    else:
        messages.success(request, _("The view is kept."))
    return see_other(here.address(addresses.of(f"{desk.space}:queue")))


def drop_view(desk: Desk, request: AskedRequest, view_id: UUID) -> HttpResponse:
    """Delete a view of the asker's."""
    name = actions.drop_view(space=desk.space, view_id=view_id, by=request.asker, at=now())
    messages.success(request, _("“%(name)s” is deleted.") % {"name": name})
    shown = read_shown(request.GET, desk.sections)
    return see_other(replace(shown, first="", after="").address(addresses.of(f"{desk.space}:queue")))
