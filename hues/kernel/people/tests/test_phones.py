"""Which phone numbers sign in, and in which form they are kept."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from hues.kernel.errors import Invalid
from hues.kernel.people.phones import masked, normal, shown


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0901234567", "+84901234567"),
        (" 0901 234 567 ", "+84901234567"),
        ("090.123.4567", "+84901234567"),
        ("090-123-4567", "+84901234567"),
        ("(090) 123 4567", "+84901234567"),
        ("+84901234567", "+84901234567"),
        ("+84 90 123 45 67", "+84901234567"),
        ("84901234567", "+84901234567"),
        ("0084901234567", "+84901234567"),
        ("0321234567", "+84321234567"),
        ("0561234567", "+84561234567"),
        ("0701234567", "+84701234567"),
        ("0851234567", "+84851234567"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("+1 650 253 0000", "+16502530000"),
        ("+82 10-1234-5678", "+821012345678"),
    ],
)
def test_a_mobile_number_is_kept_in_one_form_however_it_is_typed(typed: str, kept: str) -> None:
    assert normal(typed) == kept


@pytest.mark.parametrize("typed", ["113", "114", "115", "112", "1022", "1-0-2-2", "12345"])
def test_a_short_number_is_refused_with_the_reason(typed: str) -> None:
    with pytest.raises(Invalid, match=r"short number") as refusal:
        normal(typed)
    assert "phone" in refusal.value.fields


@pytest.mark.parametrize("typed", ["19001075", "18001166", "0234 3822 222", "02439412345"])
def test_a_number_that_takes_no_text_messages_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="cannot receive text messages"):
        normal(typed)


@pytest.mark.parametrize("typed", ["090123456", "01201234567", "0901234567890", "+999123456789", "+84", "09012345678"])
def test_a_number_that_nobody_can_have_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        normal(typed)


@pytest.mark.parametrize("typed", ["", "   ", "lan", "lan@example.org", "0" * 400, "+" * 20, "\x00", "số của tôi"])
def test_junk_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        normal(typed)


def test_a_number_is_shown_as_people_here_read_it_and_can_be_masked() -> None:
    assert shown("+84901234567") == "0901 234 567"
    assert shown("+33612345678") == "+33 6 12 34 56 78"
    assert "901" not in masked("+84901234567")
    assert masked("+84901234567").endswith("567")
