"""Contacts with signs, blanks and letters between that nobody counted on; and numbers in rows that are none."""

import pytest

from hues.engines.cases.rules.contacts import found, without

MISSED = [
    ("xe 75F1 1234, 75-F1 1234 và 75C/12345", ("75F1 1234", "75-F1 1234", "75C/12345")),
    ("xe 80-NG 123-45, 41-291-NG-01", ("80-NG 123-45", "41-291-NG-01")),
    ("gọi 09O1234567 hoặc O901 234 567", ("09O1234567", "O901 234 567")),
    ("gọi 0901/234/567, 0901;234;567; 0901~234~567", ("0901/234/567", "0901;234;567", "0901~234~567")),
    ("gọi 0901, 23 45 67 nhé", ("0901, 23 45 67",)),
    ("gọi 0901    234    567", ("0901    234    567",)),
    ("lan(a)gmail.com", ("lan(a)gmail.com",)),
    ("viết lan a cong gmail cham com", ("lan a cong gmail cham com",)),
    ("lan at hue dot vn nhé", ("lan at hue dot vn",)),
    ("zalo: lan.tran, fb @lantran", ("lan.tran", "fb @lantran")),
    ("CMND 19 123 4567", ("19 123 4567",)),
    ("CCCD số 0462 01 00 1234", ("0462 01 00 1234",)),
    ("hộ chiếu C1234567, Passport: b12345678", ("C1234567", "b12345678")),
]


@pytest.mark.parametrize(("text", "contacts"), MISSED)
def test_whatever_stands_between_it_is_found(text: str, contacts: tuple[str, ...]) -> None:
    assert found(text) == contacts
    left = text
    for contact in contacts:
        left = left.replace(contact, "[…]", 1)
    assert without(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "gọi 113 114 115, 113-114-115",
        "lúc 22h 12345 hộ, 18h 30000 hộ mất điện; 75A 12345 hộ",
        "Lô 12 A 12345, 11A 123.45 km",
        "phạt 150.000.000 theo quy định, 100.000.000 người",
        "cột 012, 013, 014, 015; tổ 01; 02; 03, ngày 01/11 – 05/11 – 07/11",
        "điểm (a) và mục 2 (b) Điều 5",
        "zalo: Lan Trần, Facebook: hue.gov.vn, facebook: UBND",
        "chat gmail, at home dot",
        "kiệt 12/345/6, K12/24, 24O Lê Lợi",
    ],
)
def test_rows_hours_and_sums_are_nobodys(text: str) -> None:
    assert found(text) == ()
    assert without(text) == text
