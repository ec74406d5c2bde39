"""All that a sender wrote and photographed reaches the report, however many letters it came in."""

from uuid import UUID

import pytest
from django.test import Client

from hues.engines.cases import queries
from hues.engines.cases.rules.intake import LONGEST_TEXT, MOST_PHOTOS
from hues.functions.field_reports.tests.lettering import (
    QUEUE,
    SENDER,
    TOLD,
    a_waiting_letter,
    number_in,
    sender,
)
from hues.functions.field_reports.threads import portions
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery.channels import Way
from hues.kernel.letters import actions
from hues.kernel.letters import queries as letters
from hues.kernel.letters.incoming import Incoming
from hues.kernel.media.testing import a_photo
from hues.kit import clock

pytestmark = pytest.mark.django_db


def a_letter_with(photos: int, *, key: str, text: str = "") -> tuple[UUID, list[UUID]]:
    at = clock.now()
    sent = [a_photo(by=None, at=at).id for _n in range(photos)]
    came = Incoming(way=Way.ZALO, message_id=key, sender=SENDER, text=text, photos=tuple(sent), written_at=at)
    found = actions.receive(came, at=at)
    assert found
    return found, sent


@pytest.mark.parametrize("letters_of", [(4, 4), (5, 5, 5, 5, 3)])
def test_every_photo_of_the_letters_goes_with_the_report(desk: Client, letters_of: tuple[int, ...]) -> None:
    kept = [a_letter_with(n, key=f"photos-{at}") for at, n in enumerate(letters_of)]
    ids, sent = [str(letter) for letter, _ in kept], [photo for _, photos in kept for photo in photos]
    number = number_in(desk.post(f"{QUEUE}{ids[0]}/", {"letter": ids, **TOLD}))
    case = queries.ops_case(cast.operator(), number, at=clock.now())
    assert sorted(photo.photo_id for photo in case.photos) == sorted(sent)
    assert len([step for step in case.timeline if step.verb == "add"]) == (len(sent) - 1) // MOST_PHOTOS
    assert letters.waiting(cast.operator()) == ()


def test_long_letters_are_added_word_for_word_in_as_many_steps_as_they_need(desk: Client) -> None:
    number = number_in(desk.post(f"{QUEUE}{a_waiting_letter(key='opened')}/", TOLD))
    said = [f"{n} " + "ngập " * 719 + "hết" for n in range(3)]
    kept = [a_letter_with(4, key=f"long-{n}", text=text) for n, text in enumerate(said)]
    ids = [str(letter) for letter, _ in kept]
    assert number_in(desk.post(f"{QUEUE}{ids[0]}/add/{number}/", {"letter": ids})) == number
    mine = queries.my_case(sender(), number, at=clock.now())
    assert [step.text for step in mine.timeline[-3:]] == said
    assert len(mine.photos) == 12
    assert letters.waiting(cast.operator()) == ()


@pytest.mark.parametrize("text", ["", "a", "a\n\nb", "x" * LONGEST_TEXT, "x" * (LONGEST_TEXT * 2 + 1), "ab\n" * 3000])
def test_portions_fit_and_leave_nothing_out(text: str) -> None:
    found = list(portions(text))
    assert all(0 < len(portion) <= LONGEST_TEXT for portion in found)
    assert "".join(found).replace("\n", "") == text.replace("\n", "")
