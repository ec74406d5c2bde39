"""What is owed to one by Zalo or Facebook is said one by one too, and a doubt is carried along until it is said."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as present

from hues.kernel.delivery import actions, messengers
from hues.kernel.delivery.actions import sending
from hues.kernel.delivery.channels import Message, Outcome, Result, Way
from hues.kernel.delivery.models import Line, Parcel
from hues.kernel.delivery.queries import person_at
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.letters.testing import Messenger, a_facebook, a_letter
from hues.kernel.letters.tests.dying import (
    BODY,
    LATER,
    MARK,
    MARKED,
    NOON,
    PEOPLE,
    PLAIN,
    TITLE,
    Dies,
    counted,
    die_after,
    die_of,
    once_but_for,
    said_to,
    warn,
)

pytestmark = pytest.mark.django_db
BUSY = {"error": -32}
SOON = NOON + timedelta(seconds=10)  # after a first busy answer


def answer(way: Way, sender: str) -> None:
    a_letter(way=way, sender=sender, key=sender, at=NOON)
    person = person_at(way, sender)
    assert person
    actions.plan([person], reason="r1", title=TITLE, body=BODY, link="/f/field_reports/PA-2036-000001/", at=NOON)


def said_to_the_first(zalo: Messenger) -> list[str]:
    return said_to(zalo)[zalo.warnings[0][0]]


def test_what_a_busy_answer_put_off_is_in_doubt_for_one_alone(zalo: Messenger, monkeypatch: pytest.MonkeyPatch) -> None:
    zalo.answers[:] = [BUSY] * PEOPLE
    warn()
    send_all(NOON)
    zalo.warnings.clear()
    die_after(3, monkeypatch, SOON)
    assert len(zalo.warnings) == 3
    send_all(SOON + sending.LEASE + timedelta(seconds=1))
    assert said_to(zalo) == once_but_for(zalo.warnings[2][0])
    assert counted()[Outcome.SENT] == PEOPLE
    assert counted()[Outcome.TWICE] == 1
    assert not Parcel.objects.filter(sent_at=None).exists()


def test_a_doubt_survives_a_busy_answer_and_is_counted_once(zalo: Messenger, monkeypatch: pytest.MonkeyPatch) -> None:
    warn()
    die_after(1, monkeypatch)
    zalo.answers[:] = [BUSY]
    send_all(LATER)
    zalo.answers[:] = [BUSY]
    send_all(LATER + timedelta(seconds=10))
    send_all(LATER + timedelta(minutes=5))
    assert said_to_the_first(zalo) == [PLAIN, *[MARKED] * 3]
    assert counted()[Outcome.TWICE] == 1


def test_a_doubt_survives_a_closed_line(zalo: Messenger, monkeypatch: pytest.MonkeyPatch) -> None:
    warn()
    die_after(1, monkeypatch)
    closed = {"closed_until": LATER + timedelta(minutes=1), "at": LATER}
    Line.objects.update_or_create(pk=Way.OA, defaults=closed)
    send_all(LATER)
    assert len(zalo.warnings) == 1
    send_all(LATER + timedelta(minutes=2))
    assert said_to_the_first(zalo) == [PLAIN, MARKED]


def test_a_doubt_survives_the_rate_of_the_city(zalo: Messenger, monkeypatch: pytest.MonkeyPatch) -> None:
    warn()
    die_after(1, monkeypatch)
    with monkeypatch.context() as patched:
        patched.setattr("hues.kernel.delivery.actions.handing.chosen", lambda: {"rates": {Way.OA: 0.001}})
        send_all(LATER)
    assert len(zalo.warnings) == 1
    send_all(LATER + timedelta(seconds=2))
    assert said_to_the_first(zalo) == [PLAIN, MARKED]


def test_answers_by_zalo_are_in_doubt_one_by_one(zalo: Messenger, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(3):
        answer(Way.ZALO, f"w{n}")
    die_after(2, monkeypatch)
    assert len(zalo.texts) == 2
    send_all(LATER)
    said = [text for to, text, _headers in zalo.texts if to == zalo.texts[1][0]]
    assert len(said) == 2
    assert (said[0].startswith(MARK), said[1].startswith(MARK)) == (False, True)
    assert len(zalo.texts) == 4
    assert sum(text.startswith(MARK) for _to, text, _headers in zalo.texts) == 1


def test_answers_by_facebook_are_in_doubt_one_by_one(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def dying(messages: list[Message], *, at: Any) -> list[Result]:
        messengers.facebook(messages, at=at)
        raise Dies

    with a_facebook() as machine:
        settings.HUES = replace(present.HUES, facebook_url=machine.url)
        for n in range(3):
            answer(Way.FACEBOOK, f"w{n}")
        die_of(sending, "ALWAYS", {**sending.ALWAYS, Way.FACEBOOK: dying}, monkeypatch)
        assert len(machine.texts) == 1
        send_all(LATER)
        assert len(machine.texts) == 4
        assert [text.startswith(MARK) for _to, text, _headers in machine.texts].count(True) == 1
