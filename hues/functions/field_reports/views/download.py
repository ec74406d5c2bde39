"""The public reports as files, narrowed like the list."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from hues.engines.cases import queries
from hues.functions.field_reports import opendata
from hues.functions.field_reports.choosing import read_choice
from hues.kit import clock
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to


@require_safe
@open_to(ANYONE)
def as_csv(request: AskedRequest) -> StreamingHttpResponse:
    """Send the reports as a table."""
    filters, language = read_choice(request.GET).filters(), get_language() or "vi"
    pages = queries.public_table(filters, language=language, at=clock.now())
    return _file(pages, "text/csv; charset=utf-8", "reports.csv")


@require_safe
@open_to(ANYONE)
def as_geojson(request: AskedRequest) -> StreamingHttpResponse:
    """Send the reports as points."""
    found = opendata.rows(read_choice(request.GET).filters(), at=clock.now())
    pieces = opendata.as_geojson(found, get_language() or "vi")
    return _file(pieces, "application/geo+json", "reports.geojson")


def _file(pieces: Iterator[str] | Iterator[bytes], kind: str, name: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(pieces, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
