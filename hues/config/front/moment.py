"""Answers that are the same for everybody, kept for a moment: a crowd costs one rendering a second."""

import asyncio
import gzip
import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.conf import settings

from hues.config.front.answers import Application, Message, Receive, Scope, Send, answer_page, header, takes_gzip
from hues.kernel.published.queries import PublishedPage
from hues.surfaces.shell.sharing import KEEPS, SHARED

MOST = 512  # answers kept
LARGEST = 1024 * 1024  # bytes of an answer worth keeping
PERSONAL = (b"authorization", b"hx-request", b"range")
# Cookies that tell no two strangers' pages apart.
NOBODYS = frozenset({settings.CSRF_COOKIE_NAME.encode(), settings.KNOWN_COOKIE_NAME.encode()})

type Key = tuple[bytes, str, bytes]


@dataclass(slots=True)
class _Kept:
    page: PublishedPage
    until: float

    async def answer(self, scope: Scope, send: Send) -> None:
        """Send it, compressed for those who take that; it is compressed when the first one does."""
        if not self.page.gzip and takes_gzip(scope):
            self.page = replace(self.page, gzip=gzip.compress(self.page.body, 5, mtime=0))
        await answer_page(scope, send, self.page)


class Moment:
    """
    Passes requests on, and answers those that carry nothing personal from what was answered less than a second ago.

    Requests for the same address that arrive meanwhile wait for the one that is under way. `seen` hears the path of
    each request that Django does not get to see.
    """

    def __init__(
        self,
        inner: Application,
        *,
        seen: Callable[[str], None] = lambda path: None,
        seconds: float = 1.0,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._inner, self._seen, self._seconds, self._now = inner, seen, seconds, now
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._coming: dict[Key, asyncio.Future[_Kept | None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = _key(scope)
        if key is None:
            return await self._inner(scope, receive, send)
        kept = self._kept.get(key)
        if (kept is None or kept.until <= self._now()) and key in self._coming:
            kept = await self._coming[key]
        if kept is not None and kept.until > self._now():
            self._seen(scope["path"])
            return await kept.answer(scope, send)
        return await self._ask(key, scope, receive, send)

    async def _ask(self, key: Key, scope: Scope, receive: Receive, send: Send) -> None:
        coming = self._coming.setdefault(key, asyncio.get_running_loop().create_future())
        heard = _Heard(scope["path"], send, until=self._now() + self._seconds)
        try:
            await self._inner({**scope, KEEPS: True}, receive, heard)
        finally:
            if self._coming.get(key) is coming:
                del self._coming[key]
            kept = heard.kept()
            if kept:
                self._kept[key] = kept
                self._kept.move_to_end(key)
                while len(self._kept) > MOST:
                    self._kept.popitem(last=False)
            if not coming.done():
                coming.set_result(kept)
        if kept:
            await kept.answer(scope, send)


class _Heard:
    """Holds an answer back while it may be worth keeping; any other goes straight through."""

    def __init__(self, path: str, send: Send, *, until: float) -> None:
        self._path, self._send, self._until = path, send, until
        self._start: Message | None = None
        self._body = bytearray()
        self._whole = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_shared(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            self._whole = not message.get("more_body", False)
            if len(self._body) > LARGEST:
                start, self._start, self._whole = self._start, None, False
                await self._send(start)
                await self._send({**message, "body": bytes(self._body)})

    def kept(self) -> _Kept | None:
        """Return the answer, if it came whole and is for everybody."""
        if self._start is None or not self._whole:
            return None
        headers = {
            name.decode(): value.decode("latin-1")
            for name, value in self._start["headers"]
            if name not in (b"content-length", b"etag", b"vary", b"date", b"server")
        }
        headers["vary"] = "cookie"  # for caches on the way: whoever is signed in gets another page here
        body = bytes(self._body)
        etag = hashlib.sha256(body).hexdigest()[:24]
        return _Kept(PublishedPage(self._path, 0, etag, headers, body, b""), self._until)


def _key(scope: Scope) -> Key | None:
    if scope["type"] != "http" or scope["method"] != "GET" or any(header(scope, name) for name in PERSONAL):
        return None
    cookies = (pair.partition(b"=")[0].strip() for pair in re.split(b"[;,]", header(scope, b"cookie")))
    if any(name and name not in NOBODYS for name in cookies):
        return None
    return header(scope, b"host"), scope["path"], scope["query_string"]


def _is_shared(start: Message) -> bool:
    fields = dict(start["headers"])
    own = b"set-cookie" in fields or b"content-encoding" in fields
    return start["status"] == 200 and SHARED.encode() in fields.get(b"cache-control", b"") and not own
