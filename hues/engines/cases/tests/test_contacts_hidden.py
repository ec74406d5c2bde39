"""Contacts written so that nobody finds them, accounts and plates; and the numbers of everyday that are none."""

import pytest

from hues.engines.cases.rules.contacts import found, without
from hues.engines.cases.rules.houses import words_without_houses

HIDDEN = [
    ("gọi 0901,234,567 nhé", ("0901,234,567",)),
    ("0901, 234, 567; 090,123,4567; 0234,3822123", ("0901, 234, 567", "090,123,4567", "0234,3822123")),
    ("0901.234,567 và +84,901,234,567", ("0901.234,567", "+84,901,234,567")),
    ("gọi 0901\n234567, hoặc 0901-\n234-568", ("0901\n234567", "0901-\n234-568")),
    ("gọi 0901 234\r\n567", ("0901 234\r\n567",)),
    ("CCCD 046201\n001234", ("046201\n001234",)),
    ("CCCD: 046201001234.", ("046201001234",)),
    ("0901234567\n0912345678", ("0901234567", "0912345678")),
    ("05\n0901 234 567", ("0901 234 567",)),
    ("lan.tran\n@gmail.com", ("lan.tran\n@gmail.com",)),
    ("lan@\ngmail.com nhé", ("lan@\ngmail.com",)),
    ("lan . tran @ gmail . com nhé", ("lan . tran @ gmail . com",)),
    ("lan [at] gmail [dot] com", ("lan [at] gmail [dot] com",)),
    ("lan[a còng]gmail[chấm]com", ("lan[a còng]gmail[chấm]com",)),
    ("lan[@]gmail.com", ("lan[@]gmail.com",)),
    ("lan at gmail dot com", ("lan at gmail dot com",)),
    ("Zalo: zalo.me/lan.tran, https://zalo.me/g/abcxyz123", ("zalo.me/lan.tran", "https://zalo.me/g/abcxyz123")),
    ("www.facebook.com/lan.tran.9, m.me/lan", ("www.facebook.com/lan.tran.9", "m.me/lan")),
    ("xe 75A-123.45 đỗ", ("75A-123.45",)),
    ("xe 75A 123.45, 75A12345, 75a-12345", ("75A 123.45", "75A12345", "75a-12345")),
    ("xe máy 75-F1 123.45 và 75F1-123.45, 75H-1234", ("75-F1 123.45", "75F1-123.45", "75H-1234")),
]


@pytest.mark.parametrize(("text", "contacts"), HIDDEN)
def test_what_was_meant_to_be_overlooked_is_found(text: str, contacts: tuple[str, ...]) -> None:
    assert found(text) == contacts
    left = text
    for contact in contacts:
        left = left.replace(contact, "[…]", 1)
    assert without(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "1.500.000 đồng, 1,500,000 đồng, 1.500.000đ, 100,000,000",
        "28/11/2026 08:30, ngày 01.12.2026, 7h30 – 17h00, 20h 2026",
        "PA-2026-000123 và PA-2026-000123-2",
        "16.4637123, 107.590912; 16,4637, 107,5909; 16.46N 107.59E; 16N 107.5909",
        "lúc 08:00\n16.4637, 107.5909",
        "các tổ 01, 02, 03, 04, 05, 06, 07",
        "cột 125\n126\n127\n128",
        "1. Đường 01\n2. Đường 02",
        "24B Lê Lợi, kiệt 42A 123 Bà Triệu, 12A, 12B, Quốc lộ 49B km 12",
        "10h30 có 12345 người; 50B 123.45m2; QL49B 123.45",
        "Lô 12A-2026, số 15B-1234/QĐ-UBND",
        "sạch sẽ\n@ chợ, rẽ phải",
        "https://hue.gov.vn/lien-he, chấm com",
        "Nghị định 45/2020/NĐ-CP, 0,012345678 m",
    ],
)
def test_numbers_of_everyday_are_left_alone(text: str) -> None:
    assert found(text) == ()
    assert without(text) == text


def test_an_account_of_the_city_is_free_however_it_is_written() -> None:
    assert found("https://www.facebook.com/TPHue/ và fb.com/lan", {"facebook.com/tphue"}) == ("fb.com/lan",)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Nhà tôi số 24 bị ngập", "Nhà tôi … bị ngập"),
        ("Trước nhà em, số 12/5 kiệt 42 Bà Triệu", "Trước nhà em, … kiệt 42 Bà Triệu"),
        ("nhà mình ở số 7 đường Hùng Vương", "nhà mình ở … đường Hùng Vương"),
        ("Nhà tôi, 24 le loi, bị mất điện", "Nhà tôi, le loi, bị mất điện"),
        ("nha toi o so 24 duong le loi", "nha toi o … duong le loi"),
        ("số 24 là nhà tôi", "… là nhà tôi"),
        ("My house at 24 le loi", "My house at le loi"),
    ],
)
def test_the_number_of_ones_own_house_is_left_out(text: str, left: str) -> None:
    assert words_without_houses(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Nhà tôi 24/7 có tiếng ồn",
        "Nhà tôi 5 người, có 2 tầng, ở 30 năm",
        "nhà tôi cách trường 50 m",
        "nhà tôi ở tổ 5, đường số 3, kiệt 12",
        "trước nhà tôi, 2 cây đổ 3 tháng nay",
    ],
)
def test_what_else_is_counted_about_a_house_stands(text: str) -> None:
    assert words_without_houses(text) == text
