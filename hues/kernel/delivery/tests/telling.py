"""A browser that subscribed, who is signed in there, something told to it, and what it reads."""

import json
from datetime import UTC, datetime, timedelta

import http_ece
from django.contrib.sessions.models import Session
from django.test import Client

from hues.kernel.delivery import actions
from hues.kernel.delivery.channels import Urgency, Whom, Words
from hues.kernel.delivery.testing import Pushed, PushService, Receiver, a_receiver
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in

NOON = datetime(2036, 3, 2, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TITLE, BODY = {"vi": "Lũ khẩn cấp", "en": "Flash flood"}, {"vi": "Lên chỗ cao.", "en": "Go to high ground."}
HINT = "Bạn có tin mới"
# What a browser hears: the whole words of what is one's own, a hint of it, or a warning.
SAID, HINTED, WARNED = (TITLE["vi"], "/me/"), (HINT, "/me/inbox/"), (TITLE["vi"], "/x/")


def subscribed(service: PushService, name: str, asker: Asker | None = None) -> Receiver:
    """Subscribe a browser through the door that browsers use."""
    receiver = a_receiver(f"{service.origin}/{name}")
    browser_of(asker, receiver)
    return receiver


def browser_of(asker: Asker | None, receiver: Receiver) -> Client:
    """Subscribe a browser, where somebody is signed in if named, and return it."""
    browser = Client()
    if asker:
        sign_in(browser, asker)
    assert browser.post("/push/subscriptions", receiver.json(), content_type="application/json").status_code == 201
    return browser


def say_who_is_here(browser: Client, receiver: Receiver) -> None:
    said = {"endpoint": receiver.endpoint}
    assert browser.post("/push/here", said, content_type="application/json").status_code == 204


def come(asker: Asker, receiver: Receiver) -> None:
    """Sign somebody in at a browser that subscribed before."""
    browser = Client()
    sign_in(browser, asker)
    say_who_is_here(browser, receiver)


def end_sessions() -> None:
    """Do as somebody on another device, or the centre, may; no browser is told of it."""
    Session.objects.all().delete()


def let_sessions_run_out() -> None:
    Session.objects.update(expire_date=NOON - MINUTE)


def tell_one(asker: Asker, reason: str = "case:1") -> None:
    assert asker.person_id
    actions.plan([asker.person_id], reason=reason, title=TITLE, body=BODY, link="/me/", at=NOON)


def tell(key: str = "flood:1", *, urgency: Urgency = Urgency.HIGH, at: datetime = NOON, training: bool = False) -> None:
    words = Words(key=key, topic="flood", urgency=urgency, title=TITLE, body=BODY, link="/x/", at=at)
    actions.broadcast(words, Whom(wards=None), training=training)


def opened(receiver: Receiver, pushed: Pushed) -> dict[str, object]:
    """Decrypt with a library that we did not write."""
    plain = http_ece.decrypt(pushed.body, private_key=receiver.private, auth_secret=receiver.auth, version="aes128gcm")
    found: dict[str, object] = json.loads(plain)
    return found


def heard(service: PushService, receiver: Receiver) -> list[object]:
    """Return the title of each push that came, where it leads, and hold that no word of ours is in one without them."""
    found = [opened(receiver, pushed) for pushed in service.received]
    assert not [one for one in found if one["title"] == HINT and (BODY["vi"] in str(one) or TITLE["vi"] in str(one))]
    return [(one["title"], one["url"]) for one in found]
