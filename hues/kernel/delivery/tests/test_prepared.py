"""What was agreed with browsers before: used once, made again, never in two hands."""

import pytest

from hues.kernel.agencies.testing import eve, lan
from hues.kernel.delivery import actions, encrypting
from hues.kernel.delivery.actions import leasing, preparing
from hues.kernel.delivery.actions.broadcasting import words_of
from hues.kernel.delivery.channels import Message
from hues.kernel.delivery.lanes import Kind
from hues.kernel.delivery.models import Broadcast, PreparedKey, Subscription
from hues.kernel.delivery.push import Push
from hues.kernel.delivery.testing import Pushed, PushService, a_receiver
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.delivery.tests.telling import MINUTE, NOON, opened, subscribed, tell, tell_one

pytestmark = pytest.mark.django_db


def test_what_was_prepared_is_used_for_one_broadcast_and_made_again_when_there_is_time(service: PushService) -> None:
    receiver = subscribed(service, "lan", lan())
    (kept,) = prepared()
    for number in (1, 2):  # the second finds nothing prepared
        tell(f"flood:{number}")
        send_all(NOON)
        assert opened(receiver, service.received[-1])["title"] == "Lũ khẩn cấp"
        assert prepared() == []
    assert actions.prepare() == 1
    assert actions.prepare() == 0
    assert prepared() != [kept]
    tell("flood:3")
    send_all(NOON)
    assert opened(receiver, service.received[-1])["body"] == "Lên chỗ cao."
    assert len({public_of(pushed) for pushed in service.received}) == 3


def test_nothing_is_prepared_while_a_broadcast_is_on_its_way(service: PushService) -> None:
    subscribed(service, "lan", lan())
    tell()
    send_all(NOON)
    tell("flood:2")
    assert actions.prepare() == 0
    send_all(NOON)
    assert actions.prepare() == 1


def test_a_worker_killed_with_prepared_keys_in_hand_takes_them_along_and_nothing_is_lost(service: PushService) -> None:
    ours, theirs = subscribed(service, "lan", lan()), subscribed(service, "eve", eve())
    tell()
    leasing.chunk(Kind.PUSHES, at=NOON)
    words = words_of(Broadcast.objects.get())
    held = [
        Message(ref=str(pk), address=address, language="vi", words=words, keys=keys)
        for pk, address, keys in Subscription.objects.values_list("pk", "address", "keys")
    ]
    dead = preparing.equipped(held)  # … and it dies after one of the two was sent
    with Push(actions.sender_key(NOON)) as push:
        push(dead[:1], at=NOON)
    assert prepared() == []
    send_all(NOON + 2 * MINUTE)
    assert len(service.received) == 3
    assert len({public_of(pushed) for pushed in service.received}) == 3
    assert len({pushed.headers["topic"] for pushed in service.received}) == 1
    assert {pushed.path for pushed in service.received[1:]} == {"/lan", "/eve"}
    for pushed in service.received:
        assert opened(ours if pushed.path == "/lan" else theirs, pushed)["title"] == "Lũ khẩn cấp"


def test_two_workers_never_hold_the_same_key(service: PushService) -> None:
    subscribed(service, "lan", lan())
    tell()
    words = words_of(Broadcast.objects.get())
    (row,) = Subscription.objects.all()
    message = Message(ref=str(row.pk), address=row.address, language="vi", words=words, keys=row.keys)
    (first,), (second,) = preparing.equipped([message]), preparing.equipped([message])
    assert first.shared
    assert second.shared is None


def test_a_key_that_came_back_with_a_backup_still_meets_no_second_message_under_the_same_cipher() -> None:
    receiver = a_receiver("https://push.example/1")
    shared = encrypting.agree(p256dh=encrypting.point(receiver.private), auth=receiver.auth)
    first, second = (encrypting.encrypt("Lũ".encode(), shared) for _ in range(2))
    assert first[:16] != second[:16]
    assert first[86:] != second[86:]


def test_a_browser_with_new_keys_is_told_by_its_new_ones(service: PushService) -> None:
    subscribed(service, "lan", lan())
    before = prepared()
    receiver = subscribed(service, "lan", lan())
    assert len(before) == 1
    assert prepared() != before
    PreparedKey.objects.update(sealed=before[0])  # made for the old ones, a moment too late
    tell()
    send_all(NOON)
    assert opened(receiver, service.received[0])["title"] == "Lũ khẩn cấp"


def test_what_is_prepared_is_closed_and_no_word_to_one_person_uses_it(service: PushService) -> None:
    ours = lan()
    receiver = subscribed(service, "lan", ours)
    (kept,) = prepared()
    tell_one(ours)
    send_all(NOON)
    assert prepared() == [kept]
    assert public_of(service.received[0]) not in kept
    assert opened(receiver, service.received[0])["title"] == "Lũ khẩn cấp"


def prepared() -> list[bytes]:
    return [bytes(sealed) for sealed in PreparedKey.objects.order_by("pk").values_list("sealed", flat=True)]


def public_of(pushed: Pushed) -> bytes:
    """Return the public half that a message was encrypted with."""
    return pushed.body[21:86]
