"""Addresses of which nothing can be made, and sides that say nothing: none of them holds up who is beside them."""

import socket
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings as present
from django.test import Client

from hues.kernel.agencies.testing import eve, lan
from hues.kernel.delivery import actions
from hues.kernel.delivery.actions import handing
from hues.kernel.delivery.channels import Message, Outcome, Result, Urgency, Way, Whom, Words
from hues.kernel.delivery.encrypting import bytes_of, text_of
from hues.kernel.delivery.models import Hook, Line, Parcel, Subscription
from hues.kernel.delivery.sealing import lock
from hues.kernel.delivery.testing import PushService, a_gateway, a_postbox, a_receiver
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.delivery.tests.telling import NOON, subscribed, tell
from hues.kernel.errors import Invalid
from hues.kit.ids import new_id

pytestmark = pytest.mark.django_db
RECEIVER = a_receiver("https://push.example/1")
LONG = ".".join(["a" * 60] * 3)


def _subscribe(endpoint: str = RECEIVER.endpoint, **keys: str) -> int:
    said = RECEIVER.json()
    body = {"endpoint": endpoint, "keys": {**said["keys"], **keys}}
    return Client().post("/push/subscriptions", body, content_type="application/json").status_code


@pytest.mark.parametrize(
    "endpoint",
    [
        f"https://{LONG}.example.com/x",
        " https://push.example/1",
        "HTTPS://push.example/1",
        "https://Push.example/1",
        "https://user@push.example/1",
        "https://push.example:0/1",
        "https://push.example/1 2",
        "https:///x",
        f"https://push.example/{'x' * 1_000}",
    ],
)
def test_what_is_no_plain_address_of_a_push_service_is_not_taken(endpoint: str) -> None:
    assert _subscribe(endpoint) == 422
    assert not Subscription.objects.exists()


def test_a_browser_is_told_once_whatever_stands_behind_the_number_sign() -> None:
    for n in range(3):
        assert _subscribe(f"{RECEIVER.endpoint}#{n}") == 201
    assert Subscription.objects.get().address == RECEIVER.endpoint


@pytest.mark.parametrize("key", ["", "\0\0", "!" * 300, text_of(b"\2" * 33), text_of(b"\4" * 66)])
def test_what_is_no_key_is_not_taken(key: str) -> None:
    assert (_subscribe(p256dh=key), _subscribe(auth=key)) == (422, 422)


def test_of_keys_nothing_is_kept_but_their_bytes() -> None:
    auth = RECEIVER.json()["keys"]["auth"]
    assert _subscribe(auth=f"!{auth[:4]}!!{auth[4:]}==") == 201
    kept = Subscription.objects.get().keys
    assert {name: len(bytes_of(key)) for name, key in kept.items()} == {"p256dh": 65, "auth": 16}
    assert kept["auth"] == auth.rstrip("=")


@pytest.mark.parametrize("address", ["=?utf-8?b?Cg==?=@example.com", "=?punycode?q?-?=@e.com", '"a b"@example.com'])
def test_an_address_that_a_mail_program_reads_otherwise_is_not_taken_and_one_of_before_stops_nobody(
    address: str, settings: Any
) -> None:
    with pytest.raises(Invalid):
        actions.subscribe(way=Way.MAIL, address=address, person_id=lan().person_id, language="vi", at=NOON)
    for at, one in enumerate((f"a@{'x' * 5}.vn", address, "b@example.vn")):
        person = (lan, eve)[at % 2]().person_id
        Subscription.objects.create(channel=Way.MAIL, address=one, person_id=person, language="vi", since=NOON, at=NOON)
    with a_postbox() as box:
        settings.HUES = replace(present.HUES, mail_url=box.url)
        tell(urgency=Urgency.EXTREME)
        send_all(NOON)
    assert {"a@xxxxx.vn", "b@example.vn"} <= {str(letter["To"]) for letter in box.letters}
    assert not Parcel.objects.filter(sent_at=None, failed_at=None).exclude(lease=None).exists()


def test_a_hook_of_which_no_request_can_be_made_is_refused_and_stops_no_other() -> None:
    with pytest.raises(Invalid):
        actions.add_hook(label="Đài", url="https://đài.example/đài", at=NOON)
    with a_gateway() as other:
        for url in ("http://127.0.0.1:1/đài", other.url):
            Hook(id=new_id(), label="x", url=url, sealed=lock().encrypt(b"secret"), at=NOON).save()
        actions.broadcast(_words(), Whom(wards=None))
        send_all(NOON)
    assert len(other.received) == 1
    assert Parcel.objects.get(channel=Way.WEBHOOK, sent_at=None).last_error == "unfit: UnicodeEncodeError"


def _words() -> Words:
    return Words(key="k", topic="t", urgency=Urgency.HIGH, title={"vi": "x"}, body={"vi": "y"}, link="/", at=NOON)


def test_what_a_channel_cannot_bear_waits_alone_for_its_next_try() -> None:
    def breaks(messages: Sequence[Message], *, at: datetime) -> list[Result]:
        if any(message.address == "poison" for message in messages):
            raise RuntimeError
        return [Result(ref=message.ref, outcome=Outcome.SENT, line="x") for message in messages]

    several = [Message(ref=name, address=name, language="vi", words=_words()) for name in ("a", "poison", "b")]
    found = handing.hand_over(lambda _way, _at: breaks, Way.SMS, several, NOON)
    assert [(one.ref, one.outcome) for one in found] == [
        ("a", Outcome.SENT),
        ("poison", Outcome.AGAIN),
        ("b", Outcome.SENT),
    ]


def test_boxes_that_take_nothing_now_close_no_line_to_the_mail_server(settings: Any) -> None:
    with a_postbox() as box:
        box.busy.add("@example.vn")
        settings.HUES = replace(present.HUES, mail_url=box.url)
        for n in range(25):
            Subscription.objects.create(
                channel=Way.MAIL,
                address=f"p{n}@example.vn",
                person_id=lan().person_id,
                language="vi",
                since=NOON,
                at=NOON,
            )
        tell(urgency=Urgency.EXTREME)
        send_all(NOON)
    assert Parcel.objects.filter(channel=Way.MAIL, sent_at=None, failed_at=None).count() == 25
    assert not Line.objects.filter(closed_until__isnull=False).exists()


def test_who_answers_is_not_held_up_by_who_says_nothing(service: PushService) -> None:
    subscribed(service, "lan", lan())
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert _subscribe(f"https://localhost:{silent.getsockname()[1]}/x") == 201
        tell()
        send_all(NOON)
    assert len(service.received) == 1
    assert Parcel.objects.get(channel=Way.PUSH).last_error == ""
    assert Line.objects.get(pk__startswith="push:").last_error == "Silent"
