"""The many ways in which people write numbers and addresses: each is found as it stands, and covered with one mark."""

import pytest

from hues.engines.cases.rules.contacts import bare, found, without

OFFICE = "02343822123"


@pytest.mark.parametrize(
    ("text", "contacts"),
    [
        ("0901234567/0912345678", ("0901234567", "0912345678")),
        ("0901234567-0912345678", ("0901234567", "0912345678")),
        ("0901234567,0912345678", ("0901234567", "0912345678")),
        ("0901234567 0912345678", ("0901234567", "0912345678")),
        ("0901 234 567 0912 345 678", ("0901 234 567", "0912 345 678")),
        ("(0234)3822123-0234.3822124", ("(0234)3822123", "0234.3822124")),
        ("gọi 0901\u00a0234\u202f567 nhé", ("0901\u00a0234\u202f567",)),
        ("gọi 0901\u200b234\u200b567", ("0901\u200b234\u200b567",)),
        ("gọi ０９０１２３４５６７", ("０９０１２３４５６７",)),
        ("gọi 0901–234–567 hoặc 0901_234_568", ("0901–234–567", "0901_234_568")),
        ("Zalo0901234567, zalo.me/0912345678", ("0901234567", "0912345678")),
        ("0084901234567, 0084 912 345 678", ("0084901234567", "0084 912 345 678")),
        ("(+84) 901234567, +84 (0) 912 345 678", ("(+84) 901234567", "+84 (0) 912 345 678")),
        ("tổ 5,0901234567; 1.0912345678", ("0901234567", "0912345678")),
        ("CCCD 046.201.001.234", ("046.201.001.234",)),
        ("CCCD 046-201-001-234 và 046 201 001 235", ("046-201-001-234", "046 201 001 235")),
        ("CCCD 0462 0100 1234", ("0462 0100 1234",)),
        ("CMND 191.234.567, 191-234-568,191234569", ("191.234.567", "191-234-568", "191234569")),
        ("số tài khoản 12345678901234", ("12345678901234",)),
        ("lan @ gmail.com, ＬＡＮ＠gmail.com", ("lan @ gmail.com", "ＬＡＮ＠gmail.com")),
        ("lan(at)gmail hoặc lan [at] gmail.com", ("lan(at)gmail", "lan [at] gmail.com")),
        ("lan a còng gmail.com", ("lan a còng gmail.com",)),
        ("0901234567 đồng chí Lan", ("0901234567",)),
        ("0901 234 567 đồng", ("0901 234 567",)),
        ("191 234 567 đồng chí Lan, 191234568 đồng ý", ("191 234 567", "191234568")),
        ("191234567 dong y; 191234568 đồng sở hữu", ("191234567", "191234568")),
        ("ngày 28/11/2026 0901234567", ("0901234567",)),
        ("PA-2026-000123: 0901234567", ("0901234567",)),
    ],
)
def test_however_it_is_written_it_is_found_and_nothing_else_is_covered(text: str, contacts: tuple[str, ...]) -> None:
    assert found(text) == contacts
    left = text
    for contact in contacts:
        left = left.replace(contact, "[…]", 1)
    assert without(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "500.000 đồng, 2 triệu, 120.000.000đ, 100000000 VND, 100 000 000 đồng",
        "1.084.500.000 đồng, 84 500 000 000 đồng, 100\u00a0000\u00a0000 đồng",
        "1.200.345.678 đồng cho 120.000.000 m2",
        "28/11/2026, 01.02.2026 - 05.03.2026, 2026-11-28 08:30, 7h30–17h00",
        "PA-2026-000123, PA-2026-000124 2026, TB-2026-000001",
        "số 12/34/56 Lê Lợi, 24B, kiệt 42/15, Quốc lộ 1A km 825+300",
        "16.4637123, 107.590912, 16,46 và 107,59; 0,012345678 m",
        "Quyết định 123456789/QĐ-UBND, Nghị định 45/2020/NĐ-CP",
        "19001075, 1900 123 456, 1800.1234, 113, 114, 115, 1022",
        "so-xay-dung@hue.gov.vn, so-xay-dung @ hue.gov.vn",
        "pothole at school, 3 at once",
        "gọi 0234 3822 123 hoặc (0234) 3822.123, 0084 234 3822 123",
    ],
)
def test_what_is_nobodys_own_stays_free(text: str) -> None:
    assert found(text, {OFFICE}) == ()
    assert without(text, {OFFICE}) == text


def test_what_is_covered_is_covered_where_it_stands_in_letters_of_several_signs() -> None:
    text = "Tra\u0302\u0300n ﬁ 0901\u00a0234 567 ﬃ ho\u0309ng"  # folding makes it shorter here, longer there
    assert without(text) == "Tra\u0302\u0300n ﬁ […] ﬃ ho\u0309ng"


@pytest.mark.parametrize(
    "written", ["+84 234 3822 123", "0084 (234) 3822123", "(0234)3822.123", "+84 (0) 234 3822 123"]
)
def test_one_number_is_one_however_it_is_written(written: str) -> None:
    assert bare(written) == OFFICE
