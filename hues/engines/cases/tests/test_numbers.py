"""Public numbers."""

import pytest

from hues.engines.cases.rules.numbers import can_be_split, is_far, is_public, meant, parse, public_number


def test_a_number_has_at_least_six_digits() -> None:
    assert public_number("PA", 2026, 123) == "PA-2026-000123"
    assert public_number("PA", 2026, 12_345_678) == "PA-2026-12345678"


@pytest.mark.parametrize("text", ["PA-2026-000123", " pa-2026-000123 "])
def test_a_number_is_read_as_people_type_it(text: str) -> None:
    assert parse(text) == ("PA", 2026, 123)


@pytest.mark.parametrize("text", ["", "PA-2026", "PA-26-000123", "PA-2026-123", "PA-2026-00012x", "x PA-2026-000123"])
def test_anything_else_is_no_number(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("PA-2026-001903", "PA-2026-001903"),
        (" pa-2026-001903 ", "PA-2026-001903"),
        ("PA-2026-001903-2", "PA-2026-001903-2"),
        ("SIG-12345", "SIG-12345"),
        ("1903", "PA-2026-001903"),
        ("001903", "PA-2026-001903"),
        ("2026-1903", "PA-2026-001903"),
        ("2025-001903", "PA-2025-001903"),
        ("2025 1903", "PA-2025-001903"),
        ("CH 1903", "CH-2026-001903"),
    ],
)
def test_a_number_may_be_typed_in_short(typed: str, first: str) -> None:
    assert meant(typed, prefix="PA", year=2026)[0] == first


def test_a_number_without_a_year_may_be_of_the_year_before_and_one_with_a_year_is_of_no_other() -> None:
    assert meant("1903", prefix="PA", year=2026) == ("PA-2026-001903", "PA-2025-001903")
    assert meant("2026-1903", prefix="PA", year=2026) == ("PA-2026-001903",)


@pytest.mark.parametrize("typed", ["", "24", "24 Lê Lợi", "cây đổ", "kiệt 1903", "1903/2", "0905111222333", "-1903"])
def test_words_and_numbers_of_houses_mean_no_case(typed: str) -> None:
    assert meant(typed, prefix="PA", year=2026) == ()


@pytest.mark.parametrize(
    ("number", "may"), [("SIG-12345678901234", True), ("ABCDEF-12345678901234", True), ("SIG-123456789012345", False)]
)
def test_a_number_leaves_room_for_those_of_its_parts(number: str, may: bool) -> None:  # noqa: FBT001
    assert is_public(number)
    assert can_be_split(number) is may


@pytest.mark.parametrize(
    ("year", "count", "far"),
    [
        (2026, 1, False),
        (2026, 1_000_400, False),
        (2026, 1_000_401, True),
        (2025, 1_000_000, False),
        (2025, 1_000_001, True),
        (2027, 1, True),
    ],
)
def test_a_number_far_beyond_the_last_of_its_year_is_a_slip(year: int, count: int, far: bool) -> None:  # noqa: FBT001
    assert is_far(year, count, last={2026: 400}, this_year=2026) is far
