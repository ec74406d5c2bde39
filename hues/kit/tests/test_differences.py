"""What has changed between two texts."""

from collections.abc import Sequence
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hues.kit.differences import MOST, marked, matched


def test_only_what_changed_is_marked() -> None:
    assert marked("Cúp điện từ 7 giờ.", "Cúp điện từ 9 giờ.") == [
        ("same", "Cúp điện từ "),
        ("out", "7"),
        ("in", "9"),
        ("same", " giờ."),
    ]
    assert marked("0.28 km²", "0.50 km²") == [("out", "0.28"), ("in", "0.50"), ("same", " km²")]
    assert marked("Do not cross flooded roads or low bridges.", "Do not enter moving water or low bridges.") == [
        ("same", "Do not "),
        ("out", "cross flooded roads"),
        ("in", "enter moving water"),
        ("same", " or low bridges."),
    ]
    assert marked("", "Mới") == [("in", "Mới")]
    assert marked("a " * 3_000, "b") == [("out", "a " * 3_000), ("in", "b")]


@given(st.text("ab đ.\n", max_size=60), st.text("ab đ.\n", max_size=60))
def test_both_texts_can_be_read_from_the_parts(then: str, now: str) -> None:
    parts = marked(then, now)
    assert "".join(words for kind, words in parts if kind != "in") == then
    assert "".join(words for kind, words in parts if kind != "out") == now


class Word(str):
    """A word that counts how often it is compared."""

    __slots__ = ()
    counted: ClassVar[int] = 0
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        """Compare, and count it."""
        Word.counted += 1
        return str.__eq__(self, other)


def _words(text: Sequence[str]) -> list[str]:
    return [Word(one) for word in text for one in (word, " ")]


LONG = [f"từ{n}" for n in range(1_000)]
WORST = {
    "every second word is another": (LONG, [f"{word}x" if n % 2 else word for n, word in enumerate(LONG)]),
    "the other way round": (LONG, LONG[::-1]),
    "few words, many times": (["lũ", "mưa"] * 1_500, ["mưa", "to", "lũ"] * 1_000),
    "nothing in common but spaces": (LONG, [f"{word}x" for word in LONG]),
    "twice as long": (LONG * 2, [f"{word}{n}" if n % 3 else word for n, word in enumerate(LONG * 2)]),
}


@pytest.mark.parametrize("case", WORST)
def test_however_long_the_texts_the_comparisons_are_bounded(case: str) -> None:
    then, now = map(_words, WORST[case])
    Word.counted = 0
    matched(then, now)
    assert 0 < Word.counted < 2 * MOST + 20 * (len(then) + len(now))


def test_of_a_long_text_the_words_that_changed_are_still_marked() -> None:
    then, now = (" ".join(words) for words in WORST["every second word is another"])
    parts = marked(then, now)
    assert [words for kind, words in parts if kind == "out"] == LONG[1::2]
    assert "".join(words for kind, words in parts if kind != "out") == now


def test_a_passage_too_long_to_compare_is_one_after_the_other_and_the_rest_is_marked_word_by_word() -> None:
    then, now = "lũ mưa " * 300, "mưa to lũ " * 300
    parts = marked(f"{' '.join(LONG)} 7 giờ. Phần: {then}hết", f"{' '.join(LONG)} 9 giờ. Phần: {now}hết")
    assert ("out", "7") in parts
    assert ("in", "9") in parts
    assert len(parts) < 10


def test_spaces_in_common_make_no_two_sentences_alike() -> None:
    then = "Tâm bão cách bờ 19 km, gió mạnh cấp 12, giật cấp 15. Dự kiến đổ bộ lúc 19 giờ ngày 3. Mưa rất to."
    now = "Thành phố đã hủy cảnh báo này: Bão số 9 đổ bộ vào Huế trong 19 giờ tới"
    assert marked(then, now) == [("out", then), ("in", now)]
