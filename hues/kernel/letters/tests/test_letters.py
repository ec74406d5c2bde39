"""Letters are kept once, of a sender who stays the same, and their pictures are fetched from outside only."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as present

from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.queries import person_at, would_reach
from hues.kernel.errors import NotAllowed
from hues.kernel.journal import queries as journal
from hues.kernel.letters import actions, queries
from hues.kernel.letters.fetching import Unreachable
from hues.kernel.letters.incoming import Incoming
from hues.kernel.letters.queries import LetterCard
from hues.kernel.letters.testing import a_host, a_letter
from hues.kernel.media import queries as media
from hues.kernel.media.testing import a_picture
from hues.kernel.people.queries import person_card

pytestmark = pytest.mark.django_db
NOON = datetime(2036, 3, 2, 5, tzinfo=UTC)


def waiting() -> tuple[LetterCard, ...]:
    return tuple(letter for thread in queries.waiting(cast.operator()) for letter in thread.letters)


def with_pictures(*addresses: str) -> UUID:
    letter = Incoming(way=Way.ZALO, message_id="p", sender="4242", pictures=addresses, written_at=NOON)
    found = actions.receive(letter, at=NOON)
    assert found
    return found


def test_a_sender_is_one_guest_who_cannot_sign_in_and_is_no_account_of_the_city() -> None:
    before = would_reach(None)
    a_letter(key="m1", name="Nguyễn Ánh", at=NOON)
    a_letter(key="m2", at=NOON)
    a_letter(key="m3", sender="77", at=NOON)
    first, other = person_at(Way.ZALO, "4242"), person_at(Way.ZALO, "77")
    assert first
    assert first != other
    card = person_card(first)
    assert card is not None
    assert (card.name, card.phone) == ("Nguyễn Ánh", "")
    assert would_reach(None) == before


def test_an_address_of_an_account_stays_the_accounts() -> None:
    lan = cast.lan().person_id
    delivery.subscribe(way=Way.MAIL, address="lan@example.vn", person_id=lan, language="vi", at=NOON)
    a_letter(way=Way.LETTER, sender="lan@example.vn", at=NOON)
    assert person_at(Way.MAIL, "lan@example.vn") == lan
    assert person_at(Way.LETTER, "lan@example.vn") not in (lan, None)


def test_what_came_before_is_empty_or_too_old_is_not_kept() -> None:
    assert a_letter(at=NOON)
    assert a_letter(at=NOON) is None
    assert a_letter(key="m1", way=Way.FACEBOOK, at=NOON)
    assert a_letter(key="m2", text=" \u200b ", at=NOON) is None
    old = Incoming(way=Way.ZALO, message_id="m3", sender="1", text="Ngập.", written_at=NOON - timedelta(days=8))
    assert actions.receive(old, at=NOON) is None
    assert len(waiting()) == 2


def test_who_floods_the_queue_fills_it_no_further_and_others_still_get_in() -> None:
    for number in range(actions.MOST_WAITING + 3):
        a_letter(key=f"m{number}", at=NOON)
    assert len(waiting()) == actions.MOST_WAITING
    assert a_letter(key="other", sender="77", at=NOON)


def test_words_are_kept_composed_and_whole() -> None:
    a_letter(text="O\u0302\u0309 ga\u0300\x00 \ud83d sâu", at=NOON)
    (letter,) = waiting()
    assert letter.text.startswith("Ổ gà")
    assert "\x00" not in letter.text


def test_the_journal_and_the_queue_do_not_say_who_wrote() -> None:
    found = a_letter(sender="sender-4242", name="Nguyễn Ánh", at=NOON)
    assert found
    told = repr(list(journal.entries_about(found))) + repr(waiting())
    assert "letters.letter.came" in told
    assert [trace for trace in ("sender-4242", "Ánh", str(person_at(Way.ZALO, "sender-4242"))) if trace in told] == []


def test_only_the_centre_reads_letters() -> None:
    for asker in (cast.lan(), cast.minh(), cast.leader(), cast.admin()):
        with pytest.raises(NotAllowed):
            queries.waiting(asker)


def test_pictures_are_fetched_stored_and_what_cannot_be_had_is_counted() -> None:
    with a_host() as host:
        host.found = {
            "/1.jpg": (200, a_picture()),
            "/2.jpg": (200, b"no picture"),
            "/4.jpg": (302, b""),
        }
        letter = with_pictures(*(f"{host.url}/{n}.jpg" for n in (1, 2, 3, 4)))
        assert waiting()[0].coming == 4
        actions.fetch_pictures(letter, at=NOON)
    (found,) = waiting()
    assert (found.coming, len(found.photos), found.left_out) == (0, 1, 3)
    assert media.photos(found.photos)


def test_a_host_that_is_busy_is_asked_again_and_what_is_there_is_not_fetched_twice() -> None:
    with a_host() as host:
        host.found = {"/1.jpg": (200, a_picture()), "/2.jpg": (503, b"")}
        letter = with_pictures(f"{host.url}/1.jpg", f"{host.url}/2.jpg")
        with pytest.raises(Unreachable):
            actions.fetch_pictures(letter, at=NOON)
        host.found["/2.jpg"] = (200, a_picture(seed=1))
        actions.fetch_pictures(letter, at=NOON)
        actions.fetch_pictures(letter, at=NOON)
    (found,) = waiting()
    assert (found.coming, len(found.photos), found.left_out) == (0, 2, 0)


def test_after_the_last_try_nothing_is_on_its_way_any_more() -> None:
    with a_host() as gone:
        letter = with_pictures(f"{gone.url}/1.jpg")
    with pytest.raises(Unreachable):
        actions.fetch_pictures(letter, at=NOON)
    actions.fetch_pictures(letter, last=True, at=NOON)
    (found,) = waiting()
    assert (found.coming, found.left_out) == (0, 1)
    assert "letters.letter.whole" in [entry.event for entry in journal.entries_about(letter)]


@pytest.mark.parametrize(
    "address",
    ["http://example.vn/1.jpg", "https://127.0.0.1/1.jpg", "https://[::1]/1.jpg", "file:///etc/passwd", "https://"],
)
def test_nothing_is_fetched_from_inside_of_the_house(settings: Any, address: str) -> None:
    settings.HUES = replace(present.HUES, demo=False)
    actions.fetch_pictures(with_pictures(address), at=NOON)
    (found,) = waiting()
    assert (found.coming, found.photos, found.left_out) == (0, (), 1)


def test_a_letter_that_is_too_long_says_that_it_goes_on() -> None:
    letter_id = a_letter(text="Đèn tắt. " * 1000, at=NOON)
    (thread,) = queries.waiting(cast.operator())
    assert letter_id
    assert len(thread.text) == 4000
    assert thread.text.endswith("[…]")
