"""The channels as they call the city, each signing as its own rule has it."""

import hmac
import json
from datetime import datetime
from email.message import EmailMessage
from hashlib import sha256
from typing import Any

from django.test import Client

from hues.kernel.delivery.webhook import signature

SECRET, VERIFY = "a-secret-of-the-channel", "a-token-of-the-city"


def zalo_event(
    *, at: datetime, event: str = "user_send_text", key: str = "m1", sender: str = "4242", **said: Any
) -> bytes:
    """Return an event as a Zalo Official Account tells it."""
    told = {
        "app_id": "2026",
        "user_id_by_app": "99",
        "event_name": event,
        "timestamp": str(int(at.timestamp() * 1000)),
        "sender": {"id": sender},
        "recipient": {"id": "oa"},
        "message": {"msg_id": key, **said},
    }
    return json.dumps(told).encode()


def zalo_posts(body: bytes, *, secret: str = SECRET) -> Any:
    """Post an event with the digest over app id, body, timestamp and secret."""
    event = json.loads(body.decode("utf-8", "replace"))
    mac = sha256(event["app_id"].encode() + body + event["timestamp"].encode() + secret.encode()).hexdigest()
    return post("/letters/zalo/", body, "application/json", {"X-ZEvent-Signature": f"mac={mac}"})


def facebook_event(*, at: datetime, key: str = "f1", sender: str = "5151", **said: Any) -> bytes:
    """Return an event as a Facebook page's Messenger tells it."""
    message = {"mid": key, **said}
    one = {"sender": {"id": sender}, "recipient": {"id": "page"}, "timestamp": int(at.timestamp() * 1000)}
    return json.dumps(
        {"object": "page", "entry": [{"id": "page", "messaging": [{**one, "message": message}]}]}
    ).encode()


def facebook_posts(body: bytes, *, secret: str = SECRET) -> Any:
    """Post an event with the HMAC of its body."""
    signed = f"sha256={hmac.new(secret.encode(), body, sha256).hexdigest()}"
    return post("/letters/facebook/", body, "application/json", {"X-Hub-Signature-256": signed})


def an_email(
    words: str, *, subject: str = "Phản ánh", sender: str = "Nguyễn Ánh <anh@example.vn>", **headers: str
) -> EmailMessage:
    """Return an e-mail to the city."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "phananh@hue.example", subject
    mail["Message-ID"] = "<1@example.vn>"
    for name, value in headers.items():
        del mail[name.replace("_", "-")]
        mail[name.replace("_", "-")] = value
    mail.set_content(words)
    return mail


def mail_posts(body: bytes, *, at: datetime, secret: str = SECRET) -> Any:
    """Post a raw e-mail as the city's mail server does, signed over instant and bytes."""
    signed = signature(secret.encode(), int(at.timestamp()), body)
    return post("/letters/mail/", body, "message/rfc822", {"Hues-Signature": signed})


def post(path: str, body: bytes, kind: str, headers: dict[str, str]) -> Any:
    """Post bytes as a machine does: without a cookie or a token of ours."""
    return Client(enforce_csrf_checks=True).post(path, body, content_type=kind, headers=headers)
