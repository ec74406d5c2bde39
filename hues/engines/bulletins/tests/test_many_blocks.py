"""A message beyond all reason makes few drafts, in no time, and says what of it was not read."""

from time import process_time

import pytest

from hues.engines.bulletins import queries
from hues.engines.bulletins.rules import incoming
from hues.engines.bulletins.rules.incoming import MOST_BLOCKS, MOST_REFERENCES, pieces
from hues.engines.bulletins.testing import PHU_XUAN, a_message, received
from hues.engines.bulletins.tests.receiving import taken
from hues.engines.bulletins.tests.test_two_dangers import with_infos

pytestmark = pytest.mark.usefixtures("the_city")


def _many(number: int) -> bytes:
    return with_infos(*(("vi-VN", f"{n:04}: sông Hương", PHU_XUAN) for n in range(number)))


def test_as_many_blocks_as_are_read_make_their_drafts_and_nothing_is_left_out() -> None:
    assert [card.outcome for card in taken(_many(MOST_BLOCKS))] == ["drafted"] * MOST_BLOCKS


def test_three_hundred_blocks_make_few_drafts_and_one_word_about_the_others() -> None:
    first, *others = taken(_many(300))
    assert (first.outcome, first.reason, first.headline) == ("unread", "many", "")
    assert [card.headline for card in others] == [f"{n:04}: sông Hương" for n in range(MOST_BLOCKS)]
    assert queries.how_many() == MOST_BLOCKS
    assert taken(_many(300)) == [first, *others]


def test_thousands_of_blocks_are_read_at_once_and_each_language_keeps_its_order() -> None:
    begun = process_time()
    said = incoming.read(_many(2_000))
    assert (len(said.told), said.left_out) == (MOST_BLOCKS, 2_000 - MOST_BLOCKS)
    assert process_time() - begun < 1
    tongues = ("vi-VN", "vi-VN", "en-US", "vi", "fr", "EN", "fr")
    mixed = incoming.read(with_infos(*((code, str(n), PHU_XUAN) for n, code in enumerate(tongues))))
    assert [[told.text.headline for told in piece.told] for piece in pieces(mixed)] == [
        ["0", "2", "4"],
        ["1", "5", "6"],
        ["3"],
    ]


def test_lost_areas_names_and_references_beyond_all_count_are_no_reason_not_to_hear_it() -> None:
    circles = "".join(f"<circle>{n}</circle>" for n in range(12_000))
    places = "".join(f"<area><areaDesc>Thôn {n}</areaDesc>{circles * (n == 0)}</area>" for n in range(1_500))
    card = received(areas=places)
    assert (card.outcome, card.lost, len(card.places)) == ("drafted", 12_000, incoming.LONGEST_WORDS)
    references = " ".join(f"met@example,M{n},2026-03-02T09:00:00+07:00" for n in range(5_000))
    said = incoming.read(a_message(references=references))
    assert (len(said.references), said.skipped) == (MOST_REFERENCES, 5_000 - MOST_REFERENCES)
    assert received(identifier="MET-2", msg_type="Cancel", references=references).reason == "unknown"


def test_more_lost_areas_than_a_table_counts() -> None:
    body = with_infos(("vi-VN", "A", PHU_XUAN)).decode()
    circles = "".join(f"<circle>{n:x}</circle>" for n in range(40_000))
    card = taken(body.replace("<geocode>", f"{circles}<geocode>").encode())[0]
    assert (card.outcome, card.lost) == ("drafted", 32_767)
