"""Small whole answers in ASGI's words."""

import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from hues.kernel.published.queries import PublishedPage

type Message = MutableMapping[str, Any]
type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type Application = Callable[[Scope, Receive, Send], Awaitable[None]]
type Pairs = list[tuple[bytes, bytes]]

GZIP = re.compile(rb"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[0-9.]+\s*)?(?:,|$)")


def header(scope: Scope, name: bytes) -> bytes:
    """Return a request header's value, several joined by a comma, or nothing."""
    return b", ".join(value for key, value in scope["headers"] if key == name)


def takes_gzip(scope: Scope) -> bool:
    """Say whether whoever asks takes a compressed answer."""
    return bool(GZIP.search(header(scope, b"accept-encoding")))


async def answer(send: Send, status: int, body: bytes, headers: Iterable[tuple[bytes, bytes]] = ()) -> None:
    """Send a whole answer; without a content type it is plain text."""
    pairs = list(headers)
    if not any(name == b"content-type" for name, _ in pairs):
        pairs.append((b"content-type", b"text/plain; charset=utf-8"))
    if not any(name == b"content-length" for name, _ in pairs):
        pairs.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})


async def answer_page(scope: Scope, send: Send, page: PublishedPage) -> None:
    """Send a published page: in full, compressed, without its body, or only the news that nothing is new."""
    form = page.packed if page.gzip and takes_gzip(scope) else page.plain
    known = header(scope, b"if-none-match")
    if known and _knows(known, page.etag.encode()):
        status, pairs, body = 304, form.unchanged, b""
    else:
        status, pairs, body = 200, form.full, b"" if scope["method"] == "HEAD" else form.body
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})


def _knows(known: bytes, etag: bytes) -> bool:
    """Say whether If-None-Match names the page, compressed or not, weakly or not."""
    if known.strip() == b"*":
        return True
    tags = (tag.strip().removeprefix(b"W/").strip(b'"').removesuffix(b"-gz") for tag in known.split(b","))
    return etag in tags
