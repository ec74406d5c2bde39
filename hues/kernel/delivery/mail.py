"""E-mail by SMTP: one connection for a batch, and a way out in every message (RFC 8058)."""

import re
import smtplib
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import HeaderRegistry, MessageIDHeader
from email.message import EmailMessage
from email.policy import default as modern
from email.utils import format_datetime, formataddr
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from hues.kernel.city import city
from hues.kernel.delivery import bounded
from hues.kernel.delivery.channels import Message, Outcome, Result
from hues.kit.text import pick

SALT, LESS, ON = "hues.delivery.mail", "hues.delivery.mail.less", "hues.delivery.mail.on"
SECONDS = 15
LINE = "mail"
PERMANENT = 500
# What an e-mail answers, among the keys of an address; one that no mail program would find again is not named.
ANSWERS, NAMED = "answers", re.compile(r"<[!-;=?-~]{1,198}>")
# The library writes a long name of a message as letters in code, in which no mail program looks for it.
WHOLE = HeaderRegistry()
for _name in ("in-reply-to", "references"):
    WHOLE.map_to_type(_name, MessageIDHeader)  # type: ignore[arg-type]  # the stubs take only one kind for a header
NO_SUCH_BOX = frozenset({550, 551, 553})
type Compose = Callable[[Message, datetime], EmailMessage]


def send(messages: Sequence[Message], *, at: datetime) -> list[Result]:
    """Send one e-mail for each message through HUES_MAIL_URL (smtp:// with STARTTLS, smtps://; ?tls=no for neither)."""
    return _send(messages, letter, at)


def send_in_answer(messages: Sequence[Message], *, at: datetime) -> list[Result]:
    """Answer people who wrote to the city's address, from that address, so that they can write on."""
    return _send(messages, answer, at)


def _send(messages: Sequence[Message], compose: Compose, at: datetime) -> list[Result]:
    try:
        server = _server(settings.HUES.mail_url)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        said = type(error).__name__
        return [_result(message, Outcome.AGAIN, said) for message in messages]
    results = [_one(server, message, compose, at) for message in messages]
    with suppress(OSError, smtplib.SMTPException):  # what was sent is sent, however the server says goodbye
        server.quit()
    return results


def _one(server: smtplib.SMTP, message: Message, compose: Compose, at: datetime) -> Result:
    try:
        mail = compose(message, at)
    except (ValueError, LookupError, MessageError) as wrong:  # an address of which no header can be made
        return _result(message, Outcome.REFUSED, f"unfit: {type(wrong).__name__}")
    try:
        server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as refused:
        status = next(iter(refused.recipients.values()))[0]
        if status in NO_SUCH_BOX:
            return _result(message, Outcome.GONE, f"SMTP {status}")
        outcome = Outcome.REFUSED if status >= PERMANENT else Outcome.AGAIN
        # The server is well: it is this box that it does not take now.
        return Result(ref=message.ref, outcome=outcome, line="", said=f"SMTP {status}")
    except smtplib.SMTPResponseException as error:
        final = error.smtp_code >= PERMANENT
        return _result(message, Outcome.REFUSED if final else Outcome.AGAIN, f"SMTP {error.smtp_code}")
    except (OSError, smtplib.SMTPException) as error:
        return _result(message, Outcome.AGAIN, type(error).__name__)
    return _result(message, Outcome.SENT, "")


def letter(message: Message, at: datetime) -> EmailMessage:
    """Return the e-mail; the same message has the same Message-ID however often it is sent."""
    mail = _begun(message, f"no-reply@{_host()}", at)
    foot = _way_out(mail, message) if message.asked_for else ""
    mail.set_content(f"{_said(message)}\n{foot}")
    return mail


def _way_out(mail: EmailMessage, message: Message) -> str:
    """
    Write the ways out into a message, and return its foot.

    The mail program's own button ends the subject where there is one: who is tired of power cuts keeps the warnings.
    """
    off, subject = off_address(message.address), message.words.subject
    less = less_address(message.address, subject) if subject else ""
    mail["List-Unsubscribe"] = f"<{less or off}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    with translation.override(message.language):
        fewer = f"{gettext('To hear no more about this topic:')}\n{less}\n" if less else ""
        goodbye = gettext("You get this because you gave the city this address. To get no more of it:")
    return f"\n-- \n{fewer}{goodbye}\n{off}\n"


def answer(message: Message, at: datetime) -> EmailMessage:
    """Return the e-mail that answers one who wrote to the city."""
    with translation.override(message.language):
        goodbye = gettext("Answer this e-mail if you want to add something.")
    mail = _begun(message, settings.HUES.letters_address, at)
    if theirs := message.keys.get(ANSWERS):
        mail["In-Reply-To"] = mail["References"] = theirs
    mail.set_content(f"{_said(message)}\n\n-- \n{goodbye}\n")
    return mail


def _begun(message: Message, sender: str, at: datetime) -> EmailMessage:
    words, language = message.words, message.language
    mail = EmailMessage(policy=modern.clone(header_factory=WHOLE))
    mail["From"] = formataddr((pick(city().name, language), sender))
    mail["To"] = message.address
    mail["Subject"] = " ".join(pick(words.title, language).split())
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id(words.key, message.address)
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = language
    return mail


def message_id(key: str, address: str) -> str:
    """Return the Message-ID of what is told to an address, the same each time; only who saw the e-mail knows it."""
    mark = salted_hmac("hues.delivery.mail.id", f"{key} {address}", algorithm="sha256").hexdigest()
    return f"<{mark[:40]}@{_host()}>"


def _said(message: Message) -> str:
    prefix = "" if message.language == "vi" else f"/{message.language}"
    link = f"\n\n{settings.HUES.origin}{prefix}{message.words.link}" if message.words.link else ""
    return pick(message.words.body, message.language) + link


def _host() -> str:
    return (urlsplit(settings.HUES.origin).hostname or "localhost").lower()


def off_address(address: str) -> str:
    """Return the page that ends messages to an e-mail address, which only who reads its mail knows."""
    return f"{settings.HUES.origin}/push/mail-off/{signing.dumps(address, salt=SALT)}"


def address_in(token: str) -> str:
    """Return the e-mail address that such a page is for, or "" if it is forged."""
    try:
        return str(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        return ""


def on_token(address: str, person_id: UUID, at: datetime) -> str:
    """Return what only who reads the mail of an address knows, once somebody said that it is theirs."""
    return signing.dumps([address, str(person_id), at.isoformat()], salt=ON)


def on_in(token: str) -> tuple[str, UUID | None, datetime | None]:
    """Return the address, who said that it is theirs, and when; nothing if it is forged."""
    try:
        address, person, at = signing.loads(token, salt=ON)
        return str(address), UUID(person), datetime.fromisoformat(at)
    except (signing.BadSignature, ValueError):
        return "", None, None


def less_address(address: str, subject: str) -> str:
    """Return the page that ends messages about one subject to the owner of an e-mail address."""
    return f"{settings.HUES.origin}/push/less/{signing.dumps([address, subject], salt=LESS)}"


def less_in(token: str) -> tuple[str, str]:
    """Return the e-mail address and the subject that such a page is for, ("", "") if it is forged."""
    try:
        address, subject = signing.loads(token, salt=LESS)
    except (signing.BadSignature, ValueError):
        return "", ""
    return str(address), str(subject)


def _server(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("HUES_MAIL_URL is no smtp address")
    trust = bounded.trusted()
    server: smtplib.SMTP  # told our name: else it is looked up, for as long as that takes
    if parts.scheme == "smtps":
        server = bounded.Smtps(parts.hostname, parts.port or 465, _host(), timeout=SECONDS, context=trust)
    else:
        server = bounded.Smtp(parts.hostname, parts.port or 587, _host(), timeout=SECONDS)
        if parse_qs(parts.query).get("tls", [""])[0] != "no":
            server.starttls(context=trust)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def _result(message: Message, outcome: Outcome, said: str) -> Result:
    return Result(ref=message.ref, outcome=outcome, line=LINE, said=said)
