"""What a Facebook page sends: JSON events of Messenger, signed with the app's secret."""

import hmac
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from hues.kernel.delivery.channels import Way
from hues.kernel.letters.incoming import Incoming
from hues.surfaces.letters.parts import attached, instant_of, read_json


def is_signed(secret: str, body: bytes, signature: str) -> bool:
    """Test `X-Hub-Signature-256`: "sha256=" and the HMAC of the body by the app's secret."""
    expected = f"sha256={hmac.new(secret.encode(), body, sha256).hexdigest()}"
    return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace"))


def letters_in(body: bytes) -> Iterator[Incoming]:
    """Yield what people wrote to the page; what the page itself wrote (an echo) is left out."""
    for entry in _rows(read_json(body).get("entry")):
        for event in _rows(entry.get("messaging")):
            message, sender = event.get("message"), event.get("sender")
            if isinstance(message, Mapping) and isinstance(sender, Mapping) and not message.get("is_echo"):
                yield _letter(message, str(sender.get("id") or ""), event.get("timestamp"))


def _letter(message: Mapping[str, Any], sender: str, timestamp: object) -> Incoming:
    came = attached(message.get("attachments"), lat="lat", lng="long")
    return Incoming(
        way=Way.FACEBOOK,
        message_id=str(message.get("mid") or ""),
        sender=sender,
        text=str(message.get("text") or ""),
        pictures=came.pictures,
        point=came.point,
        left_out=came.left_out,
        written_at=instant_of(timestamp) or datetime.fromtimestamp(0, UTC),
    )


def _rows(found: object) -> list[Mapping[str, Any]]:
    return [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []
