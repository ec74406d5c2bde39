"""Read what is published."""

from collections.abc import Mapping
from dataclasses import dataclass

from hues.kernel.published.models import Page


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """A page as it is sent; `gzip` is empty where compression gains nothing."""

    path: str
    version: int
    etag: str
    headers: Mapping[str, str]
    body: bytes
    gzip: bytes


def since(version: int) -> tuple[PublishedPage, ...]:
    """Return the pages published after `version`, oldest first."""
    rows = Page.objects.filter(version__gt=version).order_by("version")
    return tuple(
        PublishedPage(path, number, etag, headers, bytes(body), bytes(packed or b""))
        for path, number, etag, headers, body, packed in rows.values_list(
            "path", "version", "etag", "headers", "body", "gzip"
        )
    )
