"""What is told of messages after they were taken: the gateway's receipts, and e-mails that came back (RFC 3464)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from hues.surfaces.letters.parts import read_json
from hues.surfaces.letters.posted import read_mail

STATES = {"delivered": True, "failed": False}
MESSAGE_ID = re.compile(r"<[^<>\s]{1,200}>")


@dataclass(frozen=True, kw_only=True, slots=True)
class CameBack:
    """An e-mail that was given up by a mail server on its way: of which message, to whom, with which status."""

    message_id: str
    address: str
    status: str


def texts_in(body: bytes) -> Iterator[tuple[str, bool]]:
    """Yield the id of each text message of a receipt, and whether it arrived; what is still on its way is none."""
    said = read_json(body)
    several = said.get("receipts")
    for one in several if isinstance(several, list) else [said]:
        key, state = (one.get("id"), one.get("state")) if isinstance(one, dict) else (None, None)
        if isinstance(key, str) and state in STATES:
            yield key, STATES[state]


def mails_in(body: bytes) -> Iterator[CameBack]:
    """Yield what a report says could not be delivered for good; nothing, if it is no such report."""
    mail = read_mail(body)
    if mail.get_content_type() != "multipart/report":
        return
    ours = _message_id(mail)
    for part in mail.walk():
        if part.get_content_type() != "message/delivery-status" or not ours:
            continue
        for block in part.get_payload():
            said = {name.lower(): str(words) for name, words in block.items()} if isinstance(block, Message) else {}
            address = said.get("original-recipient") or said.get("final-recipient", "")
            status = said.get("status", "").split(" ")[0]
            if said.get("action", "").strip().lower() == "failed" and status.startswith("5."):
                yield CameBack(message_id=ours, address=address.rpartition(";")[2].strip(), status=status)


def _message_id(mail: Message) -> str:
    """Return the Message-ID of what came back, from the part that returns it or its headers."""
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            raw = part.get_payload(decode=True)
            found = read_mail(raw if isinstance(raw, bytes) else b"").get("Message-ID", "")
        elif part is not mail and part.get("Message-ID") and kind != "message/delivery-status":
            found = part.get("Message-ID", "")
        else:
            continue
        if said := MESSAGE_ID.search(str(found)):
            return said[0]
    return ""
