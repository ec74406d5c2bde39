"""Links to files that are not for everybody: signed, and good for ten minutes."""

import base64
import binascii
import struct
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.signing import BadSignature, Signer

from hues.kernel.errors import NotFound

GOOD_FOR: Final = timedelta(minutes=10)
# "original" is a photo before parts of it were covered: only whoever opened its seal is given a link.
SIZES: Final = ("full", "thumb", "clip", "poster", "original", "paper", "tiny")
_PAYLOAD: Final = struct.Struct(">16sBI")
_SALT: Final = "hues.media.links"


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """What a link opens, and until when (Unix seconds)."""

    medium_id: UUID
    size: str
    until: int


def token(medium_id: UUID, size: str, at: datetime) -> str:
    """Return a token that opens one size of a medium for ten minutes from the minute of `at`."""
    # To the minute, so that a page read twice asks for the same address and the browser already has it.
    until = int((at + GOOD_FOR).timestamp()) // 60 * 60
    packed = _PAYLOAD.pack(medium_id.bytes, SIZES.index(size), until)
    return Signer(salt=_SALT, sep=".").sign(base64.urlsafe_b64encode(packed).decode().rstrip("="))


def grant(signed: str, now: datetime) -> Grant:
    """
    Return what a token opens.

    :raises NotFound: if we did not sign it, or its time is over
    """
    try:
        text = Signer(salt=_SALT, sep=".").unsign(signed)
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        raw, size, until = _PAYLOAD.unpack(packed)
    except (BadSignature, binascii.Error, struct.error, ValueError) as error:
        raise NotFound from error
    if now.timestamp() >= until:
        raise NotFound
    return Grant(medium_id=UUID(bytes=raw), size=SIZES[size], until=until)
