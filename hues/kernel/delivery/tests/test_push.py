"""Web push against a service with TLS that keeps what it gets: what arrives, what is tried again, what is dropped."""

import json
from datetime import time, timedelta

import http_ece
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from django.db import IntegrityError, connection, transaction
from django.test import Client

from hues.kernel.agencies.testing import duty_leader, eve, lan
from hues.kernel.delivery import actions, encrypting, queries
from hues.kernel.delivery.actions import leasing
from hues.kernel.delivery.channels import Urgency
from hues.kernel.delivery.encrypting import bytes_of
from hues.kernel.delivery.lanes import Kind
from hues.kernel.delivery.testing import Pushed, PushService, a_receiver
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.delivery.tests.telling import MINUTE, NOON, TITLE, opened, subscribed, tell, tell_one
from hues.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db


def test_a_browser_reads_what_was_sent_and_knows_the_sender(service: PushService) -> None:
    receiver = subscribed(service, "lan", lan())
    tell()
    send_all(NOON)
    (pushed,) = service.received
    told = opened(receiver, pushed)
    assert (told["title"], told["body"]) == ("Lũ khẩn cấp", "Lên chỗ cao.")
    assert told["url"] == "/x/"
    assert (pushed.headers["ttl"], pushed.headers["urgency"]) == ("21600", "high")
    assert pushed.headers["content-encoding"] == "aes128gcm"
    assert len(pushed.headers["topic"]) == 32
    assert told["tag"] == pushed.headers["topic"]
    check_sender(pushed, service.origin)


def check_sender(pushed: Pushed, origin: str) -> None:
    scheme, _, rest = pushed.headers["authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    head, claims, signature = parts["t"].split(".")
    said, raw = json.loads(bytes_of(claims)), bytes_of(signature)
    key = Client().get("/push/key").json()["key"]
    assert (scheme, said["aud"], parts["k"]) == ("vapid", origin, key)
    assert NOON.timestamp() < said["exp"] <= NOON.timestamp() + 24 * 3600
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes_of(key))
    r, s = int.from_bytes(raw[:32]), int.from_bytes(raw[32:])
    public.verify(encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))


def test_a_message_of_each_length_is_read_by_another_library() -> None:
    receiver = a_receiver("https://push.example/1")
    p256dh = encrypting.point(receiver.private)
    shared = encrypting.agree(p256dh=p256dh, auth=receiver.auth)
    for length in (0, 1, 100, encrypting.MOST):
        body = encrypting.encrypt(b"x" * length, shared)
        assert len(body) <= 4096
        read = http_ece.decrypt(body, private_key=receiver.private, auth_secret=receiver.auth, version="aes128gcm")
        assert read == b"x" * length
    with pytest.raises(ValueError, match="too long"):
        encrypting.encrypt(b"x" * (length + 1), shared)


def test_a_killed_worker_loses_nothing_and_what_is_sent_again_replaces_itself(service: PushService) -> None:
    subscribed(service, "lan", lan())
    tell()
    held = leasing.chunk(Kind.PUSHES, at=NOON)  # a worker takes it and dies
    assert len(held.ids) == 1
    send_all(NOON + MINUTE)
    assert service.received == []
    assert queries.owing().chunks == 1
    send_all(NOON + 2 * MINUTE)
    assert len(service.received) == 1
    assert queries.owing().chunks == 0
    send_all(NOON + 9 * MINUTE)
    assert len(service.received) == 1


def test_what_is_told_again_goes_out_under_the_same_topic_and_a_key_only_once(service: PushService) -> None:
    subscribed(service, "lan", lan())
    for key in ("flood:1", "flood:1", "flood:2"):
        tell(key)
    send_all(NOON)
    assert len(service.received) == 2
    assert len({pushed.headers["topic"] for pushed in service.received}) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(service: PushService, status: int) -> None:
    receiver = subscribed(service, "lan", lan())
    subscribed(service, "eve", eve())
    service.answers["/lan"] = [(status, "")]
    tell()
    send_all(NOON)
    assert not queries.is_subscribed(receiver.endpoint)
    assert queries.is_subscribed(f"{service.origin}/eve")
    (reach,) = queries.reached()
    assert reach.ends == (("push", "sent", 1), ("push", "gone", 1))


def test_a_service_that_is_busy_is_asked_again_when_it_said(service: PushService) -> None:
    subscribed(service, "lan", lan())
    service.answers["/lan"] = [(429, "120"), (503, "")]
    tell()
    send_all(NOON)
    send_all(NOON + MINUTE)
    assert len(service.received) == 1
    send_all(NOON + 2 * MINUTE)
    assert len(service.received) == 2
    send_all(NOON + 3 * MINUTE)
    assert len(service.received) == 3
    assert queries.owing().parcels == 0


def test_what_is_never_taken_becomes_a_dead_letter_that_can_be_played_again(service: PushService) -> None:
    subscribed(service, "lan", lan())
    service.answers["/lan"] = [(500, "")] * 13
    tell()
    at = NOON
    for _ in range(14):
        send_all(at)
        at += timedelta(hours=2)
    (dead,) = queries.dead_letters()
    assert (dead.channel, dead.last_error, dead.title) == ("push", "HTTP 500", TITLE)
    with pytest.raises(NotAllowed):
        actions.replay(by=lan(), items=[dead.id], at=at)
    assert actions.replay(by=duty_leader(), items=[dead.id], at=at) == 1
    send_all(at)
    assert queries.dead_letters() == ()
    assert len(service.received) == 14


def test_a_service_that_fails_for_everybody_is_left_alone_for_a_while(service: PushService) -> None:
    for number in range(20):
        subscribed(service, f"b{number}")
        service.answers[f"/b{number}"] = [(503, "")]
    tell()
    send_all(NOON)
    (line,) = queries.lines()
    assert (line.failures, line.closed_until) == (20, NOON + MINUTE)
    send_all(NOON + timedelta(seconds=30))
    assert len(service.received) == 20
    send_all(NOON + 2 * MINUTE)
    assert len(service.received) == 40
    assert queries.lines() == ()


def test_quiet_hours_let_only_danger_to_life_through(service: PushService) -> None:
    person = lan().person_id
    assert person
    subscribed(service, "lan", lan())
    actions.prefer(
        person_id=person,
        least=Urgency.NORMAL,
        quiet_from=time(11),  # noon is 5 UTC
        quiet_until=time(13),
        at=NOON,
    )
    tell("calm", urgency=Urgency.LOW)
    tell("warning", urgency=Urgency.HIGH)
    tell("danger", urgency=Urgency.EXTREME)
    send_all(NOON)
    assert len(service.received) == 1
    send_all(NOON + timedelta(minutes=59))
    assert len(service.received) == 1
    send_all(NOON + timedelta(hours=1))
    assert len(service.received) == 2


def test_training_never_leaves_the_house_not_even_by_hand(service: PushService) -> None:
    subscribed(service, "lan", lan())
    tell(training=True)
    send_all(NOON)
    assert service.received == []
    assert queries.inbox(lan()).rows == ()
    for training in ("true", "false"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO delivery_chunk (broadcast_id, training, channel, low, high, due_at, tries)"
                f" SELECT id, {training}, 'push', 1, 9, at, 0 FROM delivery_broadcast"
            )
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_personal_message_is_pushed_to_all_devices_of_that_person_alone(service: PushService) -> None:
    ours, theirs = lan(), eve()
    subscribed(service, "phone", ours)
    subscribed(service, "laptop", ours)
    subscribed(service, "eve", theirs)
    for _ in range(2):
        tell_one(ours)
    send_all(NOON)
    assert sorted(pushed.path for pushed in service.received) == ["/laptop", "/phone"]


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": "http://push.example/1"},
        {"endpoint": "https://user@push.example/1"},
        {"endpoint": 7},
        {"keys": {"p256dh": "AAAA", "auth": "AAAA"}},
        {"keys": None},
    ],
)
def test_what_is_no_subscription_is_refused(change: dict[str, object]) -> None:
    said = a_receiver("https://push.example/1").json() | change
    answer = Client().post("/push/subscriptions", said, content_type="application/json")
    assert answer.status_code == 422
    assert not queries.is_subscribed("https://push.example/1")


def test_a_foreign_page_can_subscribe_nobody_and_a_form_is_no_json() -> None:
    said = a_receiver("https://push.example/1").json()
    foreign = {"Sec-Fetch-Site": "cross-site"}
    answer = Client().post("/push/subscriptions", said, content_type="application/json", headers=foreign)
    assert answer.status_code == 403
    assert Client().post("/push/subscriptions", {"endpoint": "https://push.example/1"}).status_code == 422


def test_a_subscription_is_taken_back_with_its_address(service: PushService) -> None:
    receiver = subscribed(service, "lan")
    assert Client().delete("/push/subscriptions", receiver.json(), content_type="application/json").status_code == 204
    tell()
    send_all(NOON)
    assert service.received == []
