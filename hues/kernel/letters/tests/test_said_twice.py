"""A worker that dies while it warns by Zalo, which takes no key, leaves one message in doubt; it says so itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as present

from hues.kernel.delivery import actions
from hues.kernel.delivery.actions.sending import LEASE
from hues.kernel.delivery.channels import Message, Outcome, Result, Urgency, Way, Whom, Words
from hues.kernel.delivery.messengers import SAID, Zalo
from hues.kernel.delivery.models import Chunk, Tally
from hues.kernel.letters.testing import Messenger, a_zalo
from hues.kernel.people import actions as people

pytestmark = pytest.mark.django_db
NOON = datetime(2036, 3, 2, 5, tzinfo=UTC)
LATER = NOON + LEASE + timedelta(seconds=1)
TITLE, BODY = {"vi": "Lũ khẩn cấp", "en": "Flash flood"}, {"vi": "Lên chỗ cao.", "en": "Go to high ground."}
PEOPLE = 9


class Dies(BaseException):
    """Nothing catches it, like the end of a process."""


@pytest.fixture
def zalo(settings: Any) -> Iterator[Messenger]:
    """Run Zalo, with everybody who joined it."""
    with a_zalo() as machine:
        settings.HUES = replace(
            present.HUES, zalo_url=machine.url, zalo_page="https://zalo.me/1", zalo_secret="a-secret-of-the-channel"
        )
        actions.keep_zalo_pass(refresh="refresh-0", at=NOON)
        for n in range(PEOPLE):
            person = people.open_account(phone=f"+8490177{n:04}", at=NOON - timedelta(days=1))
            actions.subscribe(way=Way.OA, address=f"z{n}", person_id=person, language="vi", at=NOON)
        yield machine


def warn(body: dict[str, str] = BODY) -> None:
    words = Words(key="flood:1", topic="f", urgency=Urgency.EXTREME, title=TITLE, body=body, link="/x/", at=NOON)
    actions.broadcast(words, Whom(wards=None))


def die_after(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a worker die when Zalo has so many messages, before the last of them is written down."""
    left = iter(range(1, number))
    whole = Zalo.__call__

    def dying(self: Zalo, messages: Sequence[Message], *, at: datetime) -> list[Result]:
        results = whole(self, messages, at=at)
        if next(left, None) is None:
            raise Dies
        return results

    with monkeypatch.context() as patched, pytest.raises(Dies):
        patched.setattr(Zalo, "__call__", dying)
        actions.send_owed(at=NOON)


def send_all(at: datetime) -> None:
    while actions.send_owed(at=at):
        pass


def said_to(zalo: Messenger) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for to, payload in zalo.warnings:
        found.setdefault(to, []).append(payload["elements"][1]["content"])
    return found


def counted() -> dict[str, int]:
    rows = Tally.objects.filter(channel=Way.OA).values_list("outcome", "n")
    return {outcome: sum(n for other, n in rows if other == outcome) for outcome, _n in rows}


@pytest.mark.parametrize("number", [1, 5, PEOPLE])
def test_one_message_alone_is_said_twice_and_says_so(
    zalo: Messenger, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    warn()
    die_after(number, monkeypatch)
    assert len(zalo.warnings) == number
    send_all(NOON)
    assert len(zalo.warnings) == number, "the lease of the dead still holds"
    send_all(LATER)
    twice = zalo.warnings[number - 1][0]
    plain, marked = BODY["vi"], f"(Gửi lại, có thể bạn đã nhận.) {BODY['vi']}"
    wanted = {f"z{n}": [plain] for n in range(PEOPLE)} | {twice: [plain, marked]}
    assert said_to(zalo) == wanted
    assert counted() == {Outcome.SENT: PEOPLE, Outcome.TWICE: 1}
    assert not Chunk.objects.filter(done_at=None, channel=Way.OA).exists()


def test_without_a_death_each_is_said_once_and_none_is_marked(zalo: Messenger) -> None:
    warn()
    send_all(NOON)
    assert said_to(zalo) == {f"z{n}": [BODY["vi"]] for n in range(PEOPLE)}
    assert counted() == {Outcome.SENT: PEOPLE}


def test_the_mark_stands_in_front_where_words_are_cut(zalo: Messenger, monkeypatch: pytest.MonkeyPatch) -> None:
    warn({"vi": "dài " * 100, "en": "long"})
    die_after(1, monkeypatch)
    send_all(LATER)
    (_first, again) = said_to(zalo)[zalo.warnings[0][0]]
    assert again.startswith("(Gửi lại")
    assert len(again) == SAID


def test_a_busy_answer_in_between_is_owed_and_the_others_go_on(zalo: Messenger) -> None:
    warn()
    zalo.answers[:] = [{"error": 0}, {"error": -32}, {"error": 0}]
    send_all(NOON)
    assert len(zalo.warnings) == PEOPLE
    send_all(LATER)
    assert len(zalo.warnings) == PEOPLE + 1
    assert counted() == {Outcome.SENT: PEOPLE, Outcome.AGAIN: 1}
