"""Covering takes words out and changes none; where the same words stand again, they are taken out too."""

import pytest

from hues.engines.cases.rules.covering import covered_like, marked, taken_out

SAID = "Ông Thuyết ở kiệt 42, gọi 0905111222, đổ xà bần."


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (SAID, ()),
        ("[…] ở kiệt 42, gọi 0905111222, đổ xà bần.", ("Ông Thuyết",)),
        ("[…], gọi […], đổ xà bần.", ("Ông Thuyết ở kiệt 42", "0905111222")),
        ("[…]", (SAID,)),
        ("Ông Thuyết ở kiệt 42, gọi […]", ("0905111222, đổ xà bần.",)),
        ("Ông Thuyết ở kiệt 42, đổ xà bần.", None),
        ("Ông Thuyết không ở kiệt […], gọi 0905111222, đổ xà bần.", None),
        ("[…] không đổ xà bần.", None),
        (SAID + " […]", None),
        ("[…][…]" + SAID, None),
        ("", None),
    ],
)
def test_only_marks_may_differ(after: str, words: tuple[str, ...] | None) -> None:
    assert taken_out(SAID, after) == words


def test_more_can_be_covered_beside_what_is_covered() -> None:
    assert taken_out("[…] ở kiệt 42.", "[…] ở […].") == ("[…]", "kiệt 42")
    assert taken_out("[…] ở kiệt 42.", "[…].") == ("[…] ở kiệt 42",)


@pytest.mark.parametrize("typed", ["[...]", "[…]", "[ ... ]", "[.....]"])
def test_a_mark_is_typed_in_any_way(typed: str) -> None:
    assert marked(f"{typed} đổ xà bần.") == "[…] đổ xà bần."


def test_what_holds_the_words_or_is_part_of_them_is_covered_at_the_same_places() -> None:
    part, covered = "Đã nhắc ông Đạm dọn.", "Đã nhắc […] dọn."
    whole = f"1. Phường:\n{part}\n\n2. Sở:\nĐã cắt cành."
    assert covered_like(part, covered, whole) == whole.replace(part, covered)
    after = whole.replace("ông Đạm dọn.\n\n2. Sở:\nĐã", "[…]")
    assert covered_like(whole, after, part) == "Đã nhắc […]"
    assert covered_like(whole, after, "Đã cắt cành.") == "[…] cắt cành."
    assert covered_like(whole, after, "Phường") == "Phường"


def test_elsewhere_whole_names_are_covered_and_short_words_are_not() -> None:
    before, after = "Ông Đạm ở số 7.", "[…] ở số […]."
    assert covered_like(before, after, "Gặp Ông Đạm lúc 7 giờ.") == "Gặp […] lúc 7 giờ."
    assert covered_like(before, after, "Ông Đạmm") == "Ông Đạmm"
    assert covered_like(before, after, "") == ""
