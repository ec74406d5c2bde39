"""A browser that subscribed, something told to it, and what it reads."""

import json
from datetime import UTC, datetime, timedelta

import http_ece
from django.test import Client

from hues.kernel.delivery import actions
from hues.kernel.delivery.channels import Urgency, Whom, Words
from hues.kernel.delivery.testing import Pushed, PushService, Receiver, a_receiver
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in

NOON = datetime(2036, 3, 2, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TITLE, BODY = {"vi": "Lũ khẩn cấp", "en": "Flash flood"}, {"vi": "Lên chỗ cao.", "en": "Go to high ground."}


def subscribed(service: PushService, name: str, asker: Asker | None = None) -> Receiver:
    """Subscribe a browser through the door that browsers use."""
    browser, receiver = Client(), a_receiver(f"{service.origin}/{name}")
    if asker:
        sign_in(browser, asker)
    answer = browser.post("/push/subscriptions", receiver.json(), content_type="application/json")
    assert answer.status_code == 201
    return receiver


def tell(key: str = "flood:1", *, urgency: Urgency = Urgency.HIGH, at: datetime = NOON, training: bool = False) -> None:
    words = Words(key=key, topic="flood", urgency=urgency, title=TITLE, body=BODY, link="/x/", at=at)
    actions.broadcast(words, Whom(wards=None), training=training)


def send_all(at: datetime) -> None:
    while actions.send_owed(at=at):
        pass


def opened(receiver: Receiver, pushed: Pushed) -> dict[str, object]:
    """Decrypt with a library that we did not write."""
    plain = http_ece.decrypt(pushed.body, private_key=receiver.private, auth_secret=receiver.auth, version="aes128gcm")
    found: dict[str, object] = json.loads(plain)
    return found
