"""What has changed between two texts."""

from hypothesis import given
from hypothesis import strategies as st

from hues.kit.differences import marked


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
