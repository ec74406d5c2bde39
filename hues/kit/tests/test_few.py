"""Numbers of people, told roughly."""

import pytest

from hues.kit.few import in_a_file, roughly


@pytest.mark.parametrize(
    ("exact", "told"),
    [
        (0, 0),
        (9, 0),
        (10, 10),
        (11, 10),
        (14, 10),
        (15, 20),
        (994, 990),
        (999, 1_000),
        (1_049, 1_000),
        (86_751, 86_800),
    ],
)
def test_a_number_is_told_to_the_ten_or_the_hundred(exact: int, told: int) -> None:
    assert roughly(exact) == told


def test_a_file_says_that_it_is_fewer_than_ten() -> None:
    assert [in_a_file(n, rough=True) for n in (0, 3, 12)] == ["<10", "<10", 10]
    assert [in_a_file(n, rough=False) for n in (0, 3, 12)] == [0, 3, 12]
