"""Read what is published."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from hues.kernel.published.models import Page

ASK_FIRST = b"no-cache"


@dataclass(frozen=True, slots=True)
class Sent:
    """One form of a page in ASGI's words: header fields with its body, those that say that nothing is new, the body."""

    full: tuple[tuple[bytes, bytes], ...]
    unchanged: tuple[tuple[bytes, bytes], ...]
    body: bytes


@dataclass(frozen=True)
class PublishedPage:
    """A page as it is sent; `gzip` is empty where compression gains nothing."""

    path: str
    version: int
    etag: str
    headers: Mapping[str, str]
    body: bytes
    gzip: bytes

    @cached_property
    def plain(self) -> Sent:
        """The page as it is sent to everybody, put together once."""
        return self._sent("", self.body)

    @cached_property
    def packed(self) -> Sent:
        """The page as it is sent to whoever takes it compressed."""
        return self._sent("-gz", self.gzip, (b"content-encoding", b"gzip"))

    def _sent(self, form: str, body: bytes, *more: tuple[bytes, bytes]) -> Sent:
        pairs = [(name.encode(), value.encode("latin-1")) for name, value in self.headers.items()]
        pairs += [(b"etag", f'"{self.etag}{form}"'.encode()), (b"vary", b"accept-encoding")]
        if "cache-control" not in self.headers:
            pairs.append((b"cache-control", ASK_FIRST))
        unchanged = tuple(pair for pair in pairs if pair[0] not in (b"content-type", b"content-length"))
        return Sent((*pairs, (b"content-length", str(len(body)).encode()), *more), unchanged, body)


def since(version: int) -> tuple[PublishedPage, ...]:
    """Return the pages published after `version`, oldest first."""
    rows = Page.objects.filter(version__gt=version).order_by("version")
    return tuple(
        PublishedPage(path, number, etag, headers, bytes(body), bytes(packed or b""))
        for path, number, etag, headers, body, packed in rows.values_list(
            "path", "version", "etag", "headers", "body", "gzip"
        )
    )
