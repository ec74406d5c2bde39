"""Photos, recordings and papers as they are sent: by signed link, or to everybody once published."""

import logging
import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final
from uuid import UUID

from django.core.files.base import File
from django.http import HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from hues.kernel.errors import NotFound
from hues.kernel.media import blobs, links, queries
from hues.kernel.media.actions.squares import make_tiny
from hues.kit import clock
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to

logger = logging.getLogger(__name__)
# Not for ever: a photo may have to be withdrawn, and then the copies in browsers end within the day.
PUBLIC_CACHE: Final = "public, max-age=86400"
SMALL: Final = 1024 * 1024
CHUNK: Final = 64 * 1024
RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


@require_safe
@open_to(ANYONE)
def signed(request: AskedRequest, token: str) -> HttpResponseBase:
    """Send the file that a signed link opens: whoever has the link was shown it."""
    now = clock.now()
    grant = links.grant(token, now)
    left = grant.until - int(now.timestamp())
    return _send(request, queries.granted_file(grant), cache=f"private, max-age={left}")


@require_safe
@open_to(ANYONE)
def published(request: AskedRequest, medium_id: UUID, name: str) -> HttpResponseBase:
    """Send a published photo or recording, at an address that stays."""
    file = queries.public_file(medium_id, name.partition(".")[0])
    if not file.filename.endswith(f"-{name}"):
        raise NotFound
    answer = _send(request, file, cache=PUBLIC_CACHE)
    # Other sites may show what the city has published.
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _send(request: AskedRequest, file: queries.MediaFile, *, cache: str) -> HttpResponseBase:
    if not file.sha256:
        file = _made(file)
    etag = f'"{file.sha256}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        answer: HttpResponseBase = HttpResponseNotModified()
    else:
        answer = _body(request, _open(file.sha256), etag)
        answer.headers["Content-Type"] = file.mime
        # A document may hold programs: it is saved, and never opened under the city's own address.
        how = "attachment" if file.mime == queries.PDF_MIME else "inline"
        answer.headers["Content-Disposition"] = f'{how}; filename="{file.filename}"'
        answer.headers["Accept-Ranges"] = "bytes"
        answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = cache
    return answer


def _made(file: queries.MediaFile) -> queries.MediaFile:
    try:
        return make_tiny(file)
    except FileNotFoundError as error:
        logger.exception("the bytes of %s are gone from storage", file.made_of)
        raise NotFound from error


def _open(sha256: str) -> "File[bytes]":
    try:
        return blobs.read(sha256)
    except FileNotFoundError as error:
        logger.exception("the bytes of %s are gone from storage", sha256)
        raise NotFound from error


def _body(request: AskedRequest, opened: "File[bytes]", etag: str) -> HttpResponseBase:
    size = opened.size
    wanted = RANGE.fullmatch(request.headers.get("Range", ""))
    if wanted and request.headers.get("If-Range", etag) == etag and any(wanted.groups()):
        return _part(opened, size, *_span(wanted[1], wanted[2], size))
    if size <= SMALL:
        content = opened.read()
        opened.close()
        return HttpResponse(content)
    return _stream(opened, 0, size, HTTPStatus.OK)


def _span(first: str, last: str, size: int) -> tuple[int, int]:
    """Return the first byte and the one after the last (RFC 9110, 14.1.2); empty if there are none such."""
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(size, int(last) + 1) if last else size


def _part(opened: "File[bytes]", size: int, start: int, end: int) -> HttpResponseBase:
    if start >= end:
        opened.close()
        answer: HttpResponseBase = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        answer.headers["Content-Range"] = f"bytes */{size}"
        return answer
    answer = _stream(opened, start, end, HTTPStatus.PARTIAL_CONTENT)
    answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return answer


def _stream(opened: "File[bytes]", start: int, end: int, status: HTTPStatus) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(_pieces(opened, start, end), status=status)
    answer.headers["Content-Length"] = str(end - start)
    return answer


def _pieces(opened: "File[bytes]", start: int, end: int) -> Iterator[bytes]:
    try:
        opened.seek(start)
        while start < end and (piece := opened.read(min(CHUNK, end - start))):
            start += len(piece)
            yield piece
    finally:
        opened.close()
