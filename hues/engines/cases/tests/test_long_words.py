"""However long words are, looking for houses and contacts in them takes as much longer as they are longer."""

from collections.abc import Callable
from time import process_time

import pytest

from hues.engines.cases.rules.contacts import found, without
from hues.engines.cases.rules.houses import street_of, words_without_houses

SHORT, TIMES = 1_000, 8
REPEATED = [
    "0 ",
    "1 Aa Bb ",
    "1,",
    "24/",
    "nhà 1 ",
    "1 (cũ 1) ",
    "Bà Hoa 1 ",
    "phòng 1 ",
    "a . ",
    ". ",
    "a@",
    "at gmail ",
    "0901 ",
    "1.000",
    "fb.com/?",
    "75A ",
    "zalo: ab",
    "@ab_",
    "a @ ",
    "a.gov.vn/",
    "cột số ",
    "100",
]
TRAILING = ["nhà", "số", "24", "a", "a@", "zalo:", "CMND"]  # and spaces behind it
TEXTS = [((piece * SHORT)[:SHORT], (piece * SHORT * TIMES)[: SHORT * TIMES]) for piece in REPEATED]
TEXTS += [(word + " " * SHORT, word + " " * SHORT * TIMES) for word in TRAILING]


def needed(work: Callable[[str], object], text: str) -> float:
    """Return the time of the processor that the quicker of two goes takes."""

    def once() -> float:
        since = process_time()
        work(text)
        return process_time() - since

    return min(once(), once())


@pytest.mark.parametrize("work", [words_without_houses, street_of, without])
@pytest.mark.parametrize(("short", "long"), TEXTS, ids=[*REPEATED, *TRAILING])
def test_words_eight_times_as_long_take_not_much_more_than_eight_times(
    work: Callable[[str], object], short: str, long: str
) -> None:
    # Squared it would be sixty-four times.
    assert needed(work, long) < 3 * TIMES * needed(work, short) + 0.005


def test_an_address_is_found_amid_dots() -> None:
    assert found("a . b . lan @ gmail . com") == ("a . b . lan @ gmail . com",)
