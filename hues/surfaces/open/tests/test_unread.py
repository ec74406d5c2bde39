"""What a program reads of a request before anybody of the city has read it."""

import pytest

from hues.surfaces.open.tests.programs import listed, sent
from hues.surfaces.open.tests.test_seal import everything

pytestmark = pytest.mark.django_db


def test_neither_houses_nor_names_nor_numbers_stand_in_words_that_nobody_read_yet() -> None:
    said = "Hố ga trước số nhà 127 Lê Lợi mất nắp, gọi anh Trần Văn MARKBÌNH 0905 111 222 hoặc markbinh@gmail.com."
    number = sent(description=said, address_string="127/4 Lê Lợi, Thuận Hóa, 0905111222")
    (found,) = listed(f"/requests/{number}.json")
    assert found["description"].startswith("Hố ga trước Lê Lợi mất nắp, gọi anh […]")
    assert "Lê Lợi" in found["address"]
    told = "".join(everything(number))
    assert [mark for mark in ("127", "MARKBÌNH", "markbinh", "0905", "111 222") if mark in told] == []


def test_whoever_speaks_of_their_own_house_is_shown_by_the_area_alone() -> None:
    number = sent(description="Cống trước nhà tôi nghẹt, nước tràn vào sân.", address_string="Kim Long")
    (found,) = listed(f"/requests/{number}.json", extensions="true")
    assert (found["description"], found["address"]) == ("", None)
    assert found["extended_attributes"]["approximate"]
    assert abs(found["lat"] - 16.4637) > 1e-5
