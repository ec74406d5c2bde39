"""What a Zalo Official Account sends: JSON events, each with a digest that takes the account's secret to make."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from hues.kernel.delivery.channels import Way
from hues.kernel.letters.incoming import Incoming
from hues.surfaces.letters.parts import Attached, attached, instant_of, read_json

SAID_BY_PEOPLE = ("user_send_", "anonymous_send_")
RECEIVED, SEEN = "user_received_message", "user_seen_message"
NOT_SAID = frozenset({"user_send_sticker"})


def is_signed(secret: str, body: bytes, signature: str) -> bool:
    """Test `X-ZEvent-Signature`: "mac=" and the SHA-256 of app id, body, timestamp and the account's secret key."""
    event = read_json(body)
    said = (str(event.get("app_id", "")), body, str(event.get("timestamp", "")), secret)
    mac = sha256(b"".join(part if isinstance(part, bytes) else part.encode("utf-8", "replace") for part in said))
    return compare_digest(f"mac={mac.hexdigest()}".encode(), signature.encode("utf-8", "replace"))


def letters_in(body: bytes) -> Iterator[Incoming]:
    """Yield what a person wrote, if that is what happened."""
    event = read_json(body)
    name, message = str(event.get("event_name", "")), event.get("message")
    if not name.startswith(SAID_BY_PEOPLE) or name in NOT_SAID or not isinstance(message, Mapping):
        return
    sender, came = event.get("sender"), _attached(message)
    yield Incoming(
        way=Way.ZALO,
        message_id=str(message.get("msg_id") or ""),
        sender=str(sender.get("id") or "") if isinstance(sender, Mapping) else "",
        text=str(message.get("text") or ""),
        pictures=came.pictures,
        point=came.point,
        left_out=came.left_out,
        written_at=instant_of(event.get("timestamp")) or datetime.fromtimestamp(0, UTC),
    )


def who_left(body: bytes) -> tuple[str, datetime | None]:
    """Return who follows the account no more, if that is what happened, and since when."""
    event = read_json(body)
    follower = event.get("follower")
    left = event.get("event_name") == "unfollow" and isinstance(follower, Mapping)
    who = str(follower.get("id") or "") if left and isinstance(follower, Mapping) else ""
    return who, instant_of(event.get("timestamp"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What became of messages of ours, by Zalo's names for them; who opened one has got it."""

    names: tuple[str, ...]
    opened: bool


def told_of(body: bytes) -> Told | None:
    """Return of which messages an event says that they arrived or were opened, None if it is about something else."""
    event = read_json(body)
    message, name = event.get("message"), event.get("event_name")
    if name not in (RECEIVED, SEEN) or not isinstance(message, Mapping):
        return None
    several = message.get("msg_ids")
    found = [message.get("msg_id"), *(several if isinstance(several, list) else [])]
    return Told(names=tuple(str(one) for one in found if one and isinstance(one, str | int)), opened=name == SEEN)


def _attached(message: Mapping[str, Any]) -> Attached:
    return attached(message.get("attachments"), lat="latitude", lng="longitude")
