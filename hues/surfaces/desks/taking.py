"""By which ways a list of cases leaves a desk: at once as a table, by a worker as a file, on paper."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.timezone import localtime
from django.utils.translation import get_language

from hues.engines.cases import actions
from hues.kit.clock import now
from hues.kit.tables import geojson
from hues.surfaces.desks import table
from hues.surfaces.desks.desk import Desk
from hues.surfaces.desks.printing import print_head
from hues.surfaces.desks.queue import Shown, read_shown
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest


def taken_away(desk: Desk, request: AskedRequest, shown: Shown, at: datetime) -> dict[str, Any]:
    """Return the addresses from which a list is taken away."""
    return {
        "table_url": desk.address(shown, "table"),
        "files_url": replace(shown, after="").address(addresses.of(f"{desk.space}:files")),
        "printed": print_head(request, desk.address(shown), at, with_code=False),
    }


def send_table(desk: Desk, request: AskedRequest) -> StreamingHttpResponse:
    """Send what stands in the tab as a file, a table or points on a map, and write down who took it."""
    at, shown = now(), read_shown(request.GET, desk.sections)
    language, on_map = get_language() or "vi", request.POST.get("as") == "geojson"
    actions.note_export(desk=desk.space, tab=shown.tab, by=request.asker, at=at)
    pieces: Iterator[str] | Iterator[bytes]
    if on_map:
        pieces = geojson(table.facts(table.rows(desk, request.asker, shown, at), language))
    else:
        pieces = desk.table(request.asker, shown, language, at)
    kind, end = ("application/geo+json", "geojson") if on_map else ("text/csv", "csv")
    answer = StreamingHttpResponse(pieces, content_type=f"{kind}; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = f'attachment; filename="{desk.space}-{shown.tab}-{localtime(at):%Y-%m-%d}.{end}"'
    return answer
