"""Everybody who joined Zalo to their account, a warning to them, and a worker that dies of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as present

from hues.kernel.delivery import actions
from hues.kernel.delivery.actions.sending import LEASE
from hues.kernel.delivery.channels import Message, Result, Urgency, Way, Whom, Words
from hues.kernel.delivery.messengers import Zalo
from hues.kernel.delivery.models import Tally
from hues.kernel.letters.testing import Messenger, a_zalo
from hues.kernel.people import actions as people

NOON = datetime(2036, 3, 2, 5, tzinfo=UTC)
LATER = NOON + LEASE + timedelta(seconds=1)
TITLE, BODY = {"vi": "Lũ khẩn cấp", "en": "Flash flood"}, {"vi": "Lên chỗ cao.", "en": "Go to high ground."}
PEOPLE = 9
MARK = "(Gửi lại, có thể bạn đã nhận.) "
PLAIN, MARKED = BODY["vi"], f"{MARK}{BODY['vi']}"


class Dies(BaseException):
    """Nothing catches it, like the end of a process."""


@contextmanager
def everybody_by_zalo(settings: Any) -> Iterator[Messenger]:
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


def die_after(number: int, monkeypatch: pytest.MonkeyPatch, at: datetime = NOON) -> None:
    """Have a worker die when so much was handed over, before the last of it is written down."""
    left = iter(range(1, number))
    whole = Zalo.__call__

    def dying(self: Zalo, messages: Sequence[Message], *, at: datetime) -> list[Result]:
        results = whole(self, messages, at=at)
        if next(left, None) is None:
            raise Dies
        return results

    die_of(Zalo, "__call__", dying, monkeypatch, at)


def die_of(owner: object, name: str, dying: object, monkeypatch: pytest.MonkeyPatch, at: datetime = NOON) -> None:
    """Have a worker send with something in the place of ours that ends it."""
    with monkeypatch.context() as patched, pytest.raises(Dies):
        patched.setattr(owner, name, dying)
        actions.send_owed(at=at)


def said_to(zalo: Messenger) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for to, payload in zalo.warnings:
        found.setdefault(to, []).append(payload["elements"][1]["content"])
    return found


def once_but_for(*twice: str) -> dict[str, list[str]]:
    """Return what is said to everybody: the plain words, and to some once more, marked."""
    return {who: [PLAIN, MARKED] if who in twice else [PLAIN] for who in (f"z{n}" for n in range(PEOPLE))}


def counted() -> dict[str, int]:
    rows = Tally.objects.filter(channel=Way.OA).values_list("outcome", "n")
    return {outcome: sum(n for other, n in rows if other == outcome) for outcome, _n in rows}
