"""Addresses of photos for staff: signed and short-lived, made without asking the database."""

from datetime import datetime
from uuid import UUID

from hues.kernel.media import links
from hues.kernel.media.queries import SIGNED


def address_of(photo_id: UUID, size: str, at: datetime) -> str:
    """Return where a photo's "thumb" or "full" size is; the reader may see the case that it belongs to."""
    return SIGNED + links.token(photo_id, size, at)
