"""Public numbers."""

import pytest

from hues.engines.cases.rules.numbers import parse, public_number


def test_a_number_has_at_least_six_digits() -> None:
    assert public_number("PA", 2026, 123) == "PA-2026-000123"
    assert public_number("PA", 2026, 12_345_678) == "PA-2026-12345678"


@pytest.mark.parametrize("text", ["PA-2026-000123", " pa-2026-000123 "])
def test_a_number_is_read_as_people_type_it(text: str) -> None:
    assert parse(text) == ("PA", 2026, 123)


@pytest.mark.parametrize("text", ["", "PA-2026", "PA-26-000123", "PA-2026-123", "PA-2026-00012x", "x PA-2026-000123"])
def test_anything_else_is_no_number(text: str) -> None:
    assert parse(text) is None
