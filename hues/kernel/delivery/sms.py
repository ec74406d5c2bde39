"""Text messages of broadcasts, through the gateway: few segments, with marks or without as the city chose."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from hues.kernel.delivery import gateway
from hues.kernel.delivery.channels import Message, Outcome, Result
from hues.kernel.delivery.choosing import chosen
from hues.kernel.delivery.segments import bare, shortened
from hues.kit.text import pick

LINE = "sms"
SEGMENTS = 2


def send(messages: Sequence[Message], *, at: datetime) -> list[Result]:
    """Send one text message for each, in the order given."""
    return [_one(message) for message in messages]


def _one(message: Message) -> Result:
    try:
        key = f"{message.words.key}:{message.address}"
        gateway.send(settings.HUES.sms_url, key=key, to=message.address, body=body(message))
    except gateway.Refused as error:
        return Result(ref=message.ref, outcome=Outcome.REFUSED, line=LINE, said=str(error))
    except gateway.Unreachable as error:
        return Result(ref=message.ref, outcome=Outcome.AGAIN, line=LINE, said=str(error))
    return Result(ref=message.ref, outcome=Outcome.SENT, line=LINE)


def body(message: Message) -> str:
    """Return the text: title and body on one line, its length and marks as delivery.toml's [sms] says."""
    words, wish = message.words, _wish()
    text = " ".join(f"{pick(words.title, message.language)}. {pick(words.body, message.language)}".split())
    if not wish.get("marks", False):
        text = bare(text)
    return shortened(text, int(wish.get("segments", SEGMENTS)))


def _wish() -> dict[str, Any]:
    found: dict[str, Any] = chosen().get("sms", {})
    return found
