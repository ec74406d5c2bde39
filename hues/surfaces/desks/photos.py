"""Addresses of photos for staff: signed and short-lived, made without asking the database."""

from datetime import datetime
from functools import lru_cache
from uuid import UUID

from hues.kernel.media import links
from hues.kernel.media.queries import SIGNED


def address_of(photo_id: UUID, size: str, at: datetime) -> str:
    """Return where a photo's "tiny", "thumb" or "full" size is; the reader may see the case that it belongs to."""
    # The links of one minute are all the same, and a queue is read again and again.
    return _signed(photo_id, size, at.replace(second=0, microsecond=0))


@lru_cache(maxsize=4096)
def _signed(photo_id: UUID, size: str, minute: datetime) -> str:
    return SIGNED + links.token(photo_id, size, minute)
