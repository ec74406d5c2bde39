"""Numbers of houses in sentences: those that lead to somebody's door are left out, the others count something else."""

import pytest

from hues.engines.cases.queries import offered
from hues.engines.cases.rules.houses import names_a_home, street_of, words_without_houses


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Ngập ở số 24 đường Lê Lợi", "Ngập ở … đường Lê Lợi"),
        ("Ngập trước 24 đường Lê Lợi", "Ngập trước đường Lê Lợi"),
        ("Ngập trước 24/6 đường Lê Lợi", "Ngập trước đường Lê Lợi"),
        ("Rác ở cổng nhà 24 đường Lê Lợi", "Rác ở cổng … đường Lê Lợi"),
        ("Rác ở 24 kiệt 5 Lê Lợi", "Rác ở kiệt 5 Lê Lợi"),
        ("Rác ở kiệt 12/24", "Rác ở kiệt 12"),
        ("Rác ở K12/24 Bà Triệu", "Rác ở K12 Bà Triệu"),
        ("Rác ở SN24, rất hôi", "Rác ở …, rất hôi"),
        ("Nước chảy từ căn hộ 1205 chung cư", "Nước chảy từ … chung cư"),
        ("trước nhà 24 le loi", "trước … le loi"),
        ("truoc 24 le loi", "truoc le loi"),
        ("Rác trước 5 đường Lê Lợi", "Rác trước đường Lê Lợi"),
    ],
)
def test_a_number_that_leads_to_a_door_is_left_out(written: str, left: str) -> None:
    assert words_without_houses(written, "24 Lê Lợi") == left


@pytest.mark.parametrize(
    "text",
    [
        "Ngập cả 2 đường Lê Lợi và Hùng Vương",
        "Ngập ngày 24/6 đường Lê Lợi",
        "Tối 30/4 Lê Lợi tắc cứng",
        "Cột đèn 24 đường Lê Lợi không sáng",
        "Cổng số 2 đường Đặng Thái Thân",
        "Kiệt 12 Bà Triệu, hẻm 5",
        "Các căn hộ 2 phòng ngủ, căn hộ 70m2",
        "Ngập 12 đường, 3 kiệt",
        "Trước nhà 2 tầng",
        "Từ 7h30 đường Lê Lợi kẹt, lúc 8 giờ 30 đường Lê Lợi vẫn kẹt",
        "Năm 2026 đường Lê Lợi ngập, ngày 24 đường Lê Lợi khô",
        "Đường số 3, khu phố 5",
    ],
)
def test_a_number_that_counts_or_names_what_is_everybodys_stays(text: str) -> None:
    assert words_without_houses(text, "24 Lê Lợi") == text


STREETS = {"le loi", "nguyen hue", "hai ba trung"}


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Rác trước nhà bà Hoa 24 Lê Lợi", "Rác trước nhà bà Hoa Lê Lợi"),
        ("rác trước nhà bà hoa 24 lê lợi", "rác trước nhà bà hoa lê lợi"),
        ("Nhà Mây 24 Lê Lợi, anh Trần Văn Thôn 26 Lê Lợi", "Nhà Mây Lê Lợi, anh Trần Văn Thôn Lê Lợi"),
        ("Ngập Lê Lợi 24", "Ngập Lê Lợi"),
        ("ngập đường lê lợi 24, rất hôi", "ngập đường lê lợi, rất hôi"),
        ("24 lê lợi", "lê lợi"),
        ("ở 24 nguyen hue", "ở nguyen hue"),
        ("ở 24b hai bà trưng", "ở hai bà trưng"),
        ("24 (cũ 30) Lê Lợi", "Lê Lợi"),
        ("kiệt 12/24 (số cũ: 30) Lê Lợi", "kiệt 12 Lê Lợi"),
        ("Nước chảy từ phòng 305 chung cư", "Nước chảy từ phòng chung cư"),
        ("căn 12.05 chung cư A", "căn chung cư A"),
        ("30/4 Lê Lợi", "Lê Lợi"),
        ("rác ở 30/4 lê lợi", "rác ở lê lợi"),
        ("Sáng nay, 24 Lê Lợi ngập", "Sáng nay, Lê Lợi ngập"),
        ("từ 2 Lê Lợi đến 24 Lê Lợi, đối diện 7 Lê Lợi", "từ Lê Lợi đến Lê Lợi, đối diện Lê Lợi"),
        ("đối diện 5 đường Lê Lợi, đến 5 đường Lê Lợi", "đối diện đường Lê Lợi, đến đường Lê Lợi"),
        ("bên 24 Lê Lợi; quán 24 Lê Lợi; doi dien 24 le loi", "bên Lê Lợi; quán Lê Lợi; doi dien le loi"),
    ],
)
def test_without_an_address_a_house_is_known_by_the_street_beside_it(written: str, left: str) -> None:
    assert words_without_houses(written, streets=STREETS) == left


@pytest.mark.parametrize(
    "text",
    [
        "Điều 5 Luật Đất đai, Quý 4 Ủy Ban chưa họp",
        "xe buýt số 11 Lê Lợi, điểm dừng 24 Lê Lợi",
        "lúc 7 Lê Lợi kẹt, thứ 7 Lê Lợi vắng",
        "Lớp 5 Trường Lê Lợi ồn, ngày 20 Ủy Ban hứa",
        "Nhà máy 24 Lê Lợi, Nhà Máy 2 Phú Bài, Nhà Văn Hóa Thôn 5 Phú Bài",
        "Chị tổ 5 Lê Lợi, có cột 24 Lê Lợi, cột điện 24 Lê Lợi, Bến 2 Phú Bài",
        "Lê Lợi 2 ổ gà, Lê Lợi 30 phút",
        "Ngập Lê Lợi 24/11; Trường Lê Lợi 2; từ Nguyễn Huệ 2026",
        "Phòng 305 bệnh viện, phòng 2 trường Lê Lợi",
    ],
)
def test_beside_a_street_that_is_known_other_numbers_stand(text: str) -> None:
    assert words_without_houses(text, streets=STREETS) == text


def test_the_streets_of_the_city_are_known_in_what_is_offered() -> None:
    assert offered.words("rác ở 24 lê lợi", "") == "rác ở lê lợi"


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Ngập vào P.305 chung cư Vicoland", "Ngập vào … chung cư Vicoland"),
        ("P305 bị thấm, p302 cũng vậy, cả P. 1204B", "… bị thấm, … cũng vậy, cả …"),
        ("phòng 12A05, tòa B", "…, tòa B"),
        ("Căn hộ B2-1203 mất nước, can B1203 cung vay", "… mất nước, … cung vay"),
        ("căn 1203, tòa A; căn số 1204", "…, tòa A; …"),
        ("tầng 12 căn 05 tòa CT2", "tầng 12 căn tòa CT2"),
    ],
)
def test_the_number_of_a_flat_is_left_out_however_it_is_written(written: str, left: str) -> None:
    assert words_without_houses(written) == left


@pytest.mark.parametrize(
    "text",
    [
        "Phòng PC07, phòng PA05 Công an thành phố, Phòng 113",
        "P. Phú Xuân, P.12, phòng khám 24/7, phòng 1 cửa",
        "Dự án 1200 căn hộ, mỗi căn 1200 triệu, căn 100 m2, căn 120m2",
    ],
)
def test_an_office_a_ward_and_a_sum_are_no_flat(text: str) -> None:
    assert words_without_houses(text) == text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("P.305, chung cư Vicoland, Lê Lợi", "chung cư Vicoland, Lê Lợi"),
        ("Chung cư Manor, căn hộ B2-1203, Lê Lợi", "Chung cư Manor, Lê Lợi"),
        ("nhà bà Hoa 24 Lê Lợi", "nhà bà Hoa Lê Lợi"),
        ("SN24 Lê Lợi", "Lê Lợi"),
        ("K12/24 Bà Triệu", "K12 Bà Triệu"),
        ("Căn hộ 1205, Lê Lợi", "Lê Lợi"),
    ],
)
def test_an_address_shows_no_door_either(written: str, shown: str) -> None:
    assert street_of(written) == shown


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


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Nước ngập trước nhà tôi", True),
        ("trước nhà mẹ em, nhà ba mẹ tôi", True),
        ("cạnh phòng trọ của em", True),
        ("Khói bay vào nhà của gia đình tôi", True),
        ("Gia đình tôi bốn người đau bụng sau khi ăn ở quán", False),
        ("In front of our apartment", True),
        ("Nhà bà con hai bên đường bị ngập", False),
        ("Nhà văn hóa, nhà dân, gia đình văn hóa, phòng trọ bà Hoa", False),
    ],
)
def test_whoever_speaks_of_where_they_live_names_a_home(text: str, *, own: bool) -> None:
    assert names_a_home(text) is own
