"""Reporters who write their own number or name into what they say are not known by it: it goes under seal at once."""

from typing import Any

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.covering import without_name
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import DAI_NOI, MONDAY, POTHOLE, Known, a_case, a_case_in, routed, the_city
from hues.kernel.agencies import testing as cast

pytestmark = pytest.mark.django_db
ADVERT = "Khoan cắt bê tông 0905 111 222 dán kín cột điện."
OWN = [
    "Gọi tôi số 0901000001.",
    "Gọi tôi số 0901 000 001.",
    "Gọi tôi +84 901-000-001.",
    "Gọi tôi không chín không một không không không không không một.",
]


def read_by_agency(case: Known) -> str:
    shown = queries.desk_case(cast.minh(), case.number, at=MONDAY)
    return " ".join([shown.text, *(step.text for step in shown.timeline)])


@pytest.mark.parametrize("own", OWN)
def test_ones_own_number_is_covered_in_a_report_and_that_of_an_advert_is_not(own: str) -> None:
    case = routed(a_case(text=f"{ADVERT} {own} Cảm ơn."))
    read = read_by_agency(case)
    assert "0905 111 222" in read
    assert "[…]" in read
    assert not any(part in read for part in ("000001", "000 001", "000-001", "không một"))
    assert queries.words_are_covered(cast.operator(), case.number, 1)
    seen = actions.see_words(case_id=case.id, seq=1, purpose="Gọi lại người phản ánh", by=cast.operator(), at=MONDAY)
    assert seen == {queries.TEXT: f"{ADVERT} {own} Cảm ơn."}


def test_ones_whole_name_is_covered_with_tone_marks_or_not_unless_it_is_to_be_shown() -> None:
    said = "Tôi là Trần Thị Lan (tran thi lan), báo đèn hỏng trước đình Lan Xuân."
    hidden = routed(a_case(text=said))
    assert read_by_agency(hidden).startswith("Tôi là […] ([…]), báo đèn hỏng trước đình Lan Xuân.")
    assert "Trần Thị Lan" in read_by_agency(routed(a_case(text=said, show_name=True)))


def test_it_is_covered_in_all_that_a_reporter_adds_to_a_report() -> None:
    lan, own = cast.lan(), "Tôi là Trần Thị Lan, số 0901000001, hố vẫn còn đó nguyên."
    case = a_case_in(State.PUBLISHED)
    actions.reopen(case_id=case.id, text=own, by=lan, seen=case.version, at=MONDAY)
    asked = a_case_in(State.WAITING)
    actions.reply(case_id=asked.id, text=own, by=lan, seen=asked.version, at=MONDAY)
    added = a_case_in(State.ASSIGNED)
    actions.add_words(case_id=added.id, text=own, by=lan, seen=added.version, at=MONDAY)
    rated = a_case_in(State.PUBLISHED)
    actions.rate(case_id=rated.id, stars=2, text=own, by=lan, seen=rated.version, at=MONDAY)
    for one in (case, asked, added, rated):
        read = read_by_agency(one)
        assert "hố vẫn còn đó nguyên" in read
        assert "Trần Thị Lan" not in read
        assert "0901000001" not in read


def test_callers_are_known_neither_by_the_number_they_left_nor_by_their_name() -> None:
    the_city()
    told = "Bà Trần Thị Lan báo, gọi lại 0901 000 001 hoặc 0905 333 444."
    common: dict[str, Any] = {
        "category": POTHOLE,
        "text": told,
        "place": DAI_NOI,
        "channel": "phone",
        "by": cast.operator(),
    }
    left = actions.open_case(**common, contact="+84905333444", at=MONDAY)
    known = actions.open_case(**common, contact="+84901000001", caller=cast.lan().person_id, at=MONDAY)
    assert "0905 333 444" not in read_by_agency(routed(left))
    assert read_by_agency(routed(known)).startswith("Bà […] báo, gọi lại […] hoặc 0905 333 444.")


def test_the_centre_can_show_what_was_covered_by_itself() -> None:
    case = routed(a_case(text=f"{ADVERT} {OWN[0]}"))
    actions.uncover_words(case_id=case.id, seq=1, reason="Số của một cửa hàng.", by=cast.operator(), at=MONDAY)
    assert "0901000001" in read_by_agency(case)


def test_words_without_anything_of_ones_own_are_left_as_they_are() -> None:
    case = routed(a_case(text=ADVERT))
    assert queries.desk_case(cast.minh(), case.number, at=MONDAY).text == ADVERT
    assert not queries.words_are_covered(cast.operator(), case.number, 1)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Tran  Thi\nLan báo", "[…] báo"),
        ("TRẦN THỊ LAN", "[…]"),
        ("Trần Thị Lan Anh", "[…] Anh"),
        ("Ông Trần Thị Lang", "Ông Trần Thị Lang"),
        ("Phố Lan", "Phố Lan"),
    ],
)
def test_a_whole_name_is_found_as_people_write_it(text: str, left: str) -> None:
    assert without_name(text, "Trần Thị Lan") == left


@pytest.mark.parametrize("name", ["", "Lan", "  "])
def test_one_word_is_no_name(name: str) -> None:
    assert without_name("Trước đình Lan Xuân", name) == "Trước đình Lan Xuân"
