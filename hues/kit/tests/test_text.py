"""Text as it is kept: composed, with nothing in it that nobody sees."""

import pytest
from lxml import etree

from hues.kit.text import tidy

UNSEEN = (
    "\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200d\u202e\u2060\u2063\u2066\u2800\u3164\ufe0f\ufeff\uffa0"
    "\ufffe\uffff\U000e0041\x00\x0b"
)


@pytest.mark.parametrize("sign", UNSEEN)
def test_what_nobody_sees_is_gone_and_xml_can_hold_the_rest(sign: str) -> None:
    assert tidy(f"09{sign}01 234{sign} 567") == "0901 234 567"
    etree.Element("said").text = tidy(f"Lũ{sign}")


def test_every_mark_of_vietnamese_stays_and_is_composed() -> None:
    assert tidy("Nghi\u0323t O\u031b\u0309 đa\u0306\u0301ng\r\nQuận 1 ") == "Nghịt Ở đắng\nQuận 1"
