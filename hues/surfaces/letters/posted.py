"""Read an e-mail of whatever shape, in a time that grows with its length and no faster."""

from email import message_from_bytes
from email.message import Message
from email.policy import Compat32, default

LONGEST_HEADER = 2000  # characters; what the library makes of one takes a time that grows with their square


class Unreadable(Exception):
    """No e-mail can be made of it."""


class _Bounded(Compat32):
    """Headers without their structure, cut to what mail programs write."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST_HEADER].encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def read_mail(body: bytes) -> Message:
    """
    Return an e-mail.

    :raises Unreadable: if it is nested beyond all reason, or the library chokes on it
    """
    try:
        found = message_from_bytes(body, policy=_Bounded())
        for _part in found.walk():  # as deep as anybody will go
            pass
    except (RecursionError, TypeError) as wrong:
        raise Unreadable from wrong
    return found


def header(mail: Message, name: str) -> str:
    """Return the words of a header in one line; "" if it has none that can be read."""
    try:
        return " ".join(str(default.header_fetch_parse(name, str(mail.get(name, "")))).split())
    except (ValueError, LookupError, IndexError, AttributeError, RecursionError):  # headers that the library chokes on
        return ""


def charset(part: Message) -> str:
    """Return in which letters a part says that it is written."""
    try:
        return part.get_content_charset() or "utf-8"
    except TypeError:  # parameters that the library chokes on
        return "utf-8"
