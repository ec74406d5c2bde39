"""An e-mail as a mail server hands it over: raw, with a signature over instant and bytes."""

import hmac
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from hashlib import sha256
from uuid import UUID

from lxml import etree

from hues.kernel.delivery import webhook
from hues.kernel.delivery.channels import Way
from hues.kernel.errors import Invalid, TooLarge
from hues.kernel.letters.incoming import MOST_PICTURES, Incoming
from hues.kernel.media import actions as media
from hues.kit.years import in_utc
from hues.surfaces.letters.posted import charset, header, read_mail
from hues.surfaces.letters.quoted import answered

MOST_BYTES = 256 * 1024  # of the words and their form; a report takes 4,000 letters
LATE = timedelta(minutes=5)
SIGNATURE = re.compile(r"t=(\d{1,12}),v1=[0-9a-f]{64}")


def is_signed(secret: str, body: bytes, signature: str, at: datetime) -> bool:
    """Test `Hues-Signature` ("t=…,v1=…", as on the city's own webhooks), and that it is not five minutes old."""
    said = SIGNATURE.fullmatch(signature)
    if not said or abs(at.timestamp() - int(said[1])) > LATE.total_seconds():
        return False
    return hmac.compare_digest(webhook.signature(secret.encode(), int(said[1]), body), signature)


def letters_in(body: bytes, at: datetime) -> Iterator[Incoming]:
    """Yield the letter, unless a machine wrote it: what answers by itself would be answered for ever."""
    mail = read_mail(body)
    name, sender = parseaddr(header(mail, "From"))
    if "@" not in sender or _is_automatic(mail):
        return
    photos, left_out = _pictures(mail, at)
    yield Incoming(
        way=Way.LETTER,
        message_id=header(mail, "Message-ID") or sha256(body).hexdigest(),
        sender=sender.lower(),
        name=name,
        text=_words(mail),
        photos=photos,
        left_out=left_out,
        written_at=_written_at(mail, at),
    )


def _is_automatic(mail: Message) -> bool:
    by_itself = header(mail, "Auto-Submitted").lower()
    bulk = header(mail, "Precedence").lower() in ("bulk", "list", "junk", "auto_reply")
    return bulk or by_itself not in ("", "no") or header(mail, "Return-Path") == "<>" or bool(mail.get("List-Id"))


def _words(mail: Message) -> str:
    """Return subject and words, without what they answer; the subject of an answer says nothing new."""
    subject = header(mail, "Subject")
    is_answer = bool(mail.get("In-Reply-To")) or subject.lower().startswith(("re:", "trả lời:"))
    said = answered(_body(mail)) if is_answer else _body(mail)
    return "\n\n".join(part for part in ("" if is_answer else subject, said) if part)


def _body(mail: Message) -> str:
    """Return the words: those without form, else those of a page; phones write below a picture in a part of its own."""
    own = [part for part in _leaves(mail) if not _is_attached(part)]
    for kind in ("text/plain", "text/html"):
        said = [_said(part) for part in own if part.get_content_type() == kind]
        if words := "\n".join(filter(None, said)):
            return words
    return ""


def _said(part: Message) -> str:
    raw = part.get_payload(decode=True)
    text = _decoded(raw if isinstance(raw, bytes) else b"", charset(part))
    return (_without_tags(text) if part.get_content_type() == "text/html" else text).strip()


def _leaves(mail: Message) -> Iterator[Message]:
    """Yield what an e-mail itself is made of, not what another one is that came along."""
    inside = mail.get_payload() if mail.get_content_maintype() == "multipart" else ""
    if isinstance(inside, list):
        for part in inside:
            yield from _leaves(part) if isinstance(part, Message) else ()
    else:
        yield mail


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _decoded(raw: bytes, written_in: str) -> str:
    raw = raw[:MOST_BYTES]
    try:
        return raw.decode(written_in, "replace")
    except (LookupError, ValueError):  # one that is none, or that can't be read so
        return raw.decode("utf-8", "replace")


def _without_tags(text: str) -> str:
    if not text.strip():
        return ""
    page = etree.HTML(text.encode(), etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    if page is None:  # nothing but comments
        return ""
    etree.strip_elements(page, "script", "style", "head", "blockquote", with_tail=False)
    for line in page.iter("br", "p", "div", "li"):
        line.tail = "\n" + (line.tail or "")
    return str(etree.tostring(page, method="text", encoding="unicode"))


def _pictures(mail: Message, at: datetime) -> tuple[tuple[UUID, ...], int]:
    """Store the pictures, nobody's yet, and count what else is attached."""
    photos, left_out = list[UUID](), 0
    for part in mail.walk():
        kind = part.get_content_maintype()
        if part.is_multipart() or (kind == "text" and not _is_attached(part)):
            continue
        raw = part.get_payload(decode=True)
        photo = _stored(raw, at) if kind == "image" and isinstance(raw, bytes) and len(photos) < MOST_PICTURES else None
        photos += [photo] if photo else []
        left_out += not photo
    return tuple(photos), left_out


def _stored(raw: bytes, at: datetime) -> UUID | None:
    try:
        return media.store_photo(raw, by=None, at=at).id
    except (Invalid, TooLarge):
        return None


def _written_at(mail: Message, at: datetime) -> datetime:
    """Return when it was written, as far as that can be believed: it was sent just now, signed just now."""
    try:
        found = in_utc(parsedate_to_datetime(header(mail, "Date")), UTC)
    except (ValueError, TypeError, OverflowError):
        return at
    return found if found and at - timedelta(days=1) < found <= at else at
