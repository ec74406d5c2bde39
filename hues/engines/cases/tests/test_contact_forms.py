"""Numbers, addresses, accounts and plates are found as they stand, however written; what is nobody's is left alone."""

import pytest

from hues.engines.cases.rules.contacts import bare, found, without

OFFICE = "02343822123"
TELEPHONES = [
    ("Gọi 0901234567 nhé", ("0901234567",)),
    ("Gọi 0901.234.567, hoặc +84 901 234 567.", ("0901.234.567", "+84 901 234 567")),
    ("Máy bàn (0234) 3822 123", ("(0234) 3822 123",)),
    ("0901234567/0912345678", ("0901234567", "0912345678")),
    ("0901234567-0912345678", ("0901234567", "0912345678")),
    ("0901234567,0912345678", ("0901234567", "0912345678")),
    ("0901234567 0912345678", ("0901234567", "0912345678")),
    ("0901234567\n0912345678", ("0901234567", "0912345678")),
    ("0901 234 567 0912 345 678", ("0901 234 567", "0912 345 678")),
    ("(0234)3822123-0234.3822124", ("(0234)3822123", "0234.3822124")),
    ("0084901234567, 0084 912 345 678", ("0084901234567", "0084 912 345 678")),
    ("(+84) 901234567, +84 (0) 912 345 678", ("(+84) 901234567", "+84 (0) 912 345 678")),
    ("gọi 0901\u00a0234\u202f567 nhé", ("0901\u00a0234\u202f567",)),
    ("gọi 0901\u200b234\u200b567", ("0901\u200b234\u200b567",)),
    ("gọi 0901    234    567", ("0901    234    567",)),
    ("gọi 0901\n234567, hoặc 0901-\n234-568", ("0901\n234567", "0901-\n234-568")),
    ("gọi 0901 234\r\n567", ("0901 234\r\n567",)),
    ("05\n0901 234 567", ("0901 234 567",)),
    ("gọi ０９０１２３４５６７", ("０９０１２３４５６７",)),
    ("gọi 09O1234567 hoặc O901 234 567", ("09O1234567", "O901 234 567")),
    ("gọi 0901–234–567 hoặc 0901_234_568", ("0901–234–567", "0901_234_568")),
    ("gọi 0901,234,567 nhé", ("0901,234,567",)),
    ("0901, 234, 567; 090,123,4567; 0234,3822123", ("0901, 234, 567", "090,123,4567", "0234,3822123")),
    ("0901.234,567 và +84,901,234,567", ("0901.234,567", "+84,901,234,567")),
    ("gọi 0901/234/567, 0901;234;567; 0901~234~567", ("0901/234/567", "0901;234;567", "0901~234~567")),
    ("gọi 0901, 23 45 67 nhé", ("0901, 23 45 67",)),
    ("0901|234|567; 0901:234:567", ("0901|234|567", "0901:234:567")),
    ("0901+234+567 hay 0901=234=567", ("0901+234+567", "0901=234=567")),
    ("0901'234'567, 0901’234’568", ("0901'234'567", "0901’234’568")),
    ("gọi 09\u200b01 23\n45 67 nhé", ("09\u200b01 23\n45 67",)),
    ("tổ 5,0901234567; 1.0912345678", ("0901234567", "0912345678")),
    ("0901234567 đồng chí Lan", ("0901234567",)),
    ("0901 234 567 đồng", ("0901 234 567",)),
    ("ngày 28/11/2026 0901234567", ("0901234567",)),
    ("PA-2026-000123: 0901234567", ("0901234567",)),
    ("gọi 0901\\234\\567", ("0901\\234\\567",)),
    ("gọi không chín không một hai ba bốn năm sáu bảy nhé", ("không chín không một hai ba bốn năm sáu bảy",)),
    ("goi khong chin, khong mot, hai ba bon nam sau bay", ("khong chin, khong mot, hai ba bon nam sau bay",)),
    ("KHÔNG CHÍN KHÔNG MỐT - HAI BA TƯ - LĂM SÁU BẢY", ("KHÔNG CHÍN KHÔNG MỐT - HAI BA TƯ - LĂM SÁU BẢY",)),
    (
        "0901 hai ba bốn năm sáu bảy, hoặc 09 không một hai ba 4567",
        ("0901 hai ba bốn năm sáu bảy", "09 không một hai ba 4567"),
    ),
    ("ĐT 3822 123, sđt: 3822.124; điện thoại bàn 3822125", ("3822 123", "3822.124", "3822125")),
]
IDENTITY = [
    ("CCCD 046201001234, CMND 191 234 567", ("046201001234", "191 234 567")),
    ("CCCD: 046201001234.", ("046201001234",)),
    ("CCCD 046 201 001 234", ("046 201 001 234",)),
    ("CCCD 046.201.001.234", ("046.201.001.234",)),
    ("CCCD 046-201-001-234 và 046 201 001 235", ("046-201-001-234", "046 201 001 235")),
    ("CCCD 0462 0100 1234", ("0462 0100 1234",)),
    ("CCCD số 0462 01 00 1234", ("0462 01 00 1234",)),
    ("CCCD 046201\n001234", ("046201\n001234",)),
    ("CMND 191.234.567, 191-234-568,191234569", ("191.234.567", "191-234-568", "191234569")),
    ("CMND 19 123 4567", ("19 123 4567",)),
    ("191 234 567 đồng chí Lan, 191234568 đồng ý", ("191 234 567", "191234568")),
    ("1234567890 đồng sở hữu", ("1234567890",)),
    ("191234567 dong y; 191234568 đồng sở hữu", ("191234567", "191234568")),
    ("hộ chiếu C1234567, Passport: b12345678", ("C1234567", "b12345678")),
    ("số tài khoản 12345678901234", ("12345678901234",)),
    ("stk 1903 1234 5678 90, STK: 12345678", ("1903 1234 5678 90", "12345678")),
]
MAIL = [
    ("Thư: lan.tran+x@gmail.com.", ("lan.tran+x@gmail.com",)),
    ("lan @ gmail.com, ＬＡＮ＠gmail.com", ("lan @ gmail.com", "ＬＡＮ＠gmail.com")),
    ("lan . tran @ gmail . com nhé", ("lan . tran @ gmail . com",)),
    ("lan.tran\n@gmail.com", ("lan.tran\n@gmail.com",)),
    ("lan@\ngmail.com nhé", ("lan@\ngmail.com",)),
    ("lan[@]gmail.com", ("lan[@]gmail.com",)),
    ("lan(a)gmail.com", ("lan(a)gmail.com",)),
    ("lan(at)gmail hoặc lan [at] gmail.com", ("lan(at)gmail", "lan [at] gmail.com")),
    ("lan [at] gmail [dot] com", ("lan [at] gmail [dot] com",)),
    ("lan[a còng]gmail[chấm]com", ("lan[a còng]gmail[chấm]com",)),
    ("lan a còng gmail.com", ("lan a còng gmail.com",)),
    ("viết lan a cong gmail cham com", ("lan a cong gmail cham com",)),
    ("lan at gmail dot com", ("lan at gmail dot com",)),
    ("lan at hue dot vn nhé", ("lan at hue dot vn",)),
]
ACCOUNTS = [
    ("Zalo0901234567, zalo.me/0912345678", ("0901234567", "0912345678")),
    ("Zalo: zalo.me/lan.tran, https://zalo.me/g/abcxyz123", ("zalo.me/lan.tran", "https://zalo.me/g/abcxyz123")),
    ("zalo: lan.tran, fb @lantran", ("lan.tran", "fb @lantran")),
    ("www.facebook.com/lan.tran.9, m.me/lan", ("www.facebook.com/lan.tran.9", "m.me/lan")),
    ("zalo: lantran. Hay wechat: lan99", ("lantran", "lan99")),
    ("zalo lan.tran99, instagram lan.tran", ("lan.tran99", "lan.tran")),
    ("fb: Lan Tran; skype:live:lan", ("Lan Tran", "live:lan")),
    ("liên hệ: @lan_tran99", ("@lan_tran99",)),
    ("@lan_tran99", ("@lan_tran99",)),
    ("https://youtube.com/@lantran, www.youtube.com/c/lan", ("https://youtube.com/@lantran", "www.youtube.com/c/lan")),
]
PLATES = [
    ("xe 75A-123.45 đỗ", ("75A-123.45",)),
    ("xe 75A 123.45, 75A12345, 75a-12345", ("75A 123.45", "75A12345", "75a-12345")),
    ("xe máy 75-F1 123.45 và 75F1-123.45, 75H-1234", ("75-F1 123.45", "75F1-123.45", "75H-1234")),
    ("xe 75F1 1234, 75-F1 1234 và 75C/12345", ("75F1 1234", "75-F1 1234", "75C/12345")),
    ("xe 75-B1\n123.45, 75A_123_45, 75A*123*45", ("75-B1\n123.45", "75A_123_45", "75A*123*45")),
    ("xe 80-NG 123-45, 41-291-NG-01", ("80-NG 123-45", "41-291-NG-01")),
]
NOBODYS = [
    "đếm một hai ba bốn, năm sáu bảy tám chín người; hai ba bốn năm nữa mới xong",
    "ĐT 10B km 5+300, ĐT 601 dài 12 km; đt 500 m2, tài khoản nộp 100.000.000 đồng, tel: 19001075",
    "500.000 đồng, 2 triệu, 120.000.000đ, 100000000 VND, 100 000 000 đồng",
    "1.084.500.000 đồng, 84 500 000 000 đồng, 100\u00a0000\u00a0000 đồng",
    "1.500.000 đồng, 1,500,000 đồng, 1.500.000đ, 100,000,000",
    "1.200.345.678 đồng cho 120.000.000 m2",
    "phạt 150.000.000 theo quy định, 100.000.000 người",
    "28/11/2026, 01.02.2026 - 05.03.2026, 2026-11-28 08:30, 7h30–17h00",
    "28/11/2026 08:30, ngày 01.12.2026, 7h30 – 17h00, 20h 2026",
    "10h30 có 12345 người; 50B 123.45m2; QL49B 123.45",
    "lúc 22h 12345 hộ, 18h 30000 hộ mất điện; 75A 12345 hộ",
    "PA-2026-000123 ngày 28/11/2026, 120.000.000 đồng, 100 000 000 đồng, 0,012345678 m",
    "PA-2026-000123, PA-2026-000124 2026, TB-2026-000001",
    "PA-2026-000123 và PA-2026-000123-2",
    "số 12/34/56 Lê Lợi, 24B, kiệt 42/15, Quốc lộ 1A km 825+300",
    "24B Lê Lợi, kiệt 42A 123 Bà Triệu, 12A, 12B, Quốc lộ 49B km 12",
    "kiệt 12/345/6, K12/24, 24O Lê Lợi",
    "Lô 12 A 12345, 11A 123.45 km",
    "Lô 12A-2026, số 15B-1234/QĐ-UBND",
    "16.4637123, 107.590912, 16,46 và 107,59; 0,012345678 m",
    "16.4637123, 107.590912; 16,4637, 107,5909; 16.46N 107.59E; 16N 107.5909",
    "lúc 08:00\n16.4637, 107.5909",
    "các tổ 01, 02, 03, 04, 05, 06, 07",
    "cột 012, 013, 014, 015; tổ 01; 02; 03, ngày 01/11 – 05/11 – 07/11",
    "cột 125\n126\n127\n128",
    "1. Đường 01\n2. Đường 02",
    "Quyết định 123456789/QĐ-UBND, 16.4637123, 107.590912",
    "Quyết định 123456789/QĐ-UBND, Nghị định 45/2020/NĐ-CP",
    "Nghị định 45/2020/NĐ-CP, 0,012345678 m",
    "điểm (a) và mục 2 (b) Điều 5",
    "19001075, 1900 123 456, 1800.1234, 113, 114, 115, 1022",
    "gọi 113 114 115, 113-114-115",
    "Tổng đài 19001075 hay 1800 1234; so-xay-dung@hue.gov.vn",
    "so-xay-dung@hue.gov.vn, so-xay-dung @ hue.gov.vn",
    "https://hue.gov.vn/lien-he, chấm com",
    "zalo: Lan Trần, Facebook: hue.gov.vn, facebook: UBND",
    "chat gmail, at home dot",
    "pothole at school, 3 at once",
    "sạch sẽ\n@ chợ, rẽ phải",
    "gặp nhau @ 5 giờ chiều, 7.30 @ 8.30, tổ 12 @ phường",
    "1234567890 đồng, 12345678901 đ, trị giá 500000000, 3.000.000.000 và 3.250.500.000",
    "đèn LED 75W 12000 lm, QL 49A 12345, Tỉnh lộ 14B 12345",
    "cột điện 075-123-456, cột đèn số 075 123 457, thửa 123 456 789",
    "https://hue.gov.vn/tin/1234567890, sxd.hue.gov.vn/a.aspx?id=1234567890",
    "zalo: nhắn mãi không trả lời, zalo: nhan mai, Facebook TP.Huế, zalo nhóm.Sau đó, @ngã.Sau",
    "https://youtube.com/watch?v=abc, đường 24B\n12345 hộ",
]


@pytest.mark.parametrize(("text", "contacts"), [*TELEPHONES, *IDENTITY, *MAIL, *ACCOUNTS, *PLATES])
def test_however_it_is_written_it_is_found_and_nothing_else_is_covered(text: str, contacts: tuple[str, ...]) -> None:
    assert found(text) == contacts
    left = text
    for contact in contacts:
        left = left.replace(contact, "[…]", 1)
    assert without(text) == left


@pytest.mark.parametrize("text", NOBODYS)
def test_what_is_nobodys_own_stays_free(text: str) -> None:
    assert found(text) == ()
    assert without(text) == text


def test_the_number_of_an_office_is_free_however_it_is_written() -> None:
    text = "gọi 0234 3822 123 hoặc (0234) 3822.123, 0084 234 3822 123"
    assert found(text, {OFFICE}) == ()
    assert without(text, {OFFICE}) == text
    assert found("Gọi +84 234 3822 123 hoặc 0905111222", {OFFICE}) == ("0905111222",)


def test_an_account_of_the_city_is_free_however_it_is_written() -> None:
    assert found("https://www.facebook.com/TPHue/ và fb.com/lan", {"facebook.com/tphue"}) == ("fb.com/lan",)


def test_what_is_covered_is_covered_where_it_stands_in_letters_of_several_signs() -> None:
    text = "Tra\u0302\u0300n ﬁ 0901\u00a0234 567 ﬃ ho\u0309ng"  # folding makes it shorter here, longer there
    assert without(text) == "Tra\u0302\u0300n ﬁ […] ﬃ ho\u0309ng"


@pytest.mark.parametrize(
    "written", ["+84 234 3822 123", "0084 (234) 3822123", "(0234)3822.123", "+84 (0) 234 3822 123"]
)
def test_one_number_is_one_however_it_is_written(written: str) -> None:
    assert bare(written) == OFFICE
