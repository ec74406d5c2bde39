"""That a browser without an account opened something counts only if it was told, and stays when the browser goes."""

from datetime import datetime, timedelta

import pytest

from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.testing import PushService, a_receiver
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.delivery.tests.telling import MINUTE, NOON, tell

pytestmark = pytest.mark.django_db


def subscribed(service: PushService, name: str, at: datetime) -> str:
    said = a_receiver(f"{service.origin}/{name}").json()
    actions.subscribe(way=Way.PUSH, address=said["endpoint"], keys=said["keys"], person_id=None, language="vi", at=at)
    return str(said["endpoint"])


def opened(*addresses: str, at: datetime = NOON + MINUTE) -> int:
    for address in addresses:
        actions.note_opened_at(address=address, link="/x/", at=at)
    return queries.board(["flood:1"]).devices_opened


def test_what_subscribes_after_an_alert_has_not_opened_it(service: PushService) -> None:
    there = subscribed(service, "there", NOON - MINUTE)
    tell()
    late = [subscribed(service, "late", NOON + MINUTE / 2)]
    send_all(NOON)
    late += [subscribed(service, f"later-{n}", NOON + MINUTE) for n in range(3)]
    assert opened(*late) == 0
    subscribed(service, "there", NOON + MINUTE)  # what was there and says so again was there
    assert opened(there, there) == 1


def test_what_was_not_handed_over_was_not_opened(service: PushService) -> None:
    there, busy = (subscribed(service, name, NOON - MINUTE) for name in ("there", "busy"))
    service.answers["/busy"] = [(503, "")]
    tell()
    assert opened(there, busy) == 0
    send_all(NOON)
    assert opened(busy) == 0
    assert opened(there) == 1
    send_all(NOON + timedelta(hours=2))
    assert opened(busy) == 2


def test_what_subscribed_later_counts_once_it_is_told_again(service: PushService) -> None:
    tell()
    send_all(NOON)
    late = subscribed(service, "late", NOON + MINUTE)
    assert actions.repeat(key="flood:1", at=NOON + 20 * MINUTE)
    assert opened(late, at=NOON + 20 * MINUTE) == 0
    send_all(NOON + 20 * MINUTE)
    assert opened(late, at=NOON + 21 * MINUTE) == 1


@pytest.mark.parametrize("pruned", [True, False])
def test_a_browser_that_goes_leaves_its_count(service: PushService, *, pruned: bool) -> None:
    there = subscribed(service, "there", NOON - MINUTE)
    tell()
    send_all(NOON)
    assert opened(there) == 1
    if pruned:
        service.answers["/there"] = [(410, "")]
        tell("flood:2", at=NOON + MINUTE)
        send_all(NOON + MINUTE)
    else:
        assert actions.unsubscribe(way=Way.PUSH, address=there)
    assert not queries.is_subscribed(there)
    assert opened() == 1
    subscribed(service, "there", NOON + 2 * MINUTE)
    assert opened(there, at=NOON + 2 * MINUTE) == 1
