"""A worker that dies while it warns by Zalo, which takes no key, leaves one message in doubt; it says so itself."""

import pytest

from hues.kernel.delivery.channels import Outcome, Way
from hues.kernel.delivery.messengers import SAID
from hues.kernel.delivery.models import Chunk
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.letters.testing import Messenger
from hues.kernel.letters.tests.dying import LATER, NOON, PEOPLE, counted, die_after, once_but_for, said_to, warn

pytestmark = pytest.mark.django_db


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
    assert said_to(zalo) == once_but_for(zalo.warnings[number - 1][0])
    assert counted() == {Outcome.SENT: PEOPLE, Outcome.TWICE: 1}
    assert not Chunk.objects.filter(done_at=None, channel=Way.OA).exists()


def test_without_a_death_each_is_said_once_and_none_is_marked(zalo: Messenger) -> None:
    warn()
    send_all(NOON)
    assert said_to(zalo) == once_but_for()
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
