"""What everybody may know: what was published, where it may be known, and nothing that was taken out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.queries import CaseFilters
from hues.engines.cases.rules.houses import street_of, words_without_houses
from hues.engines.cases.rules.workflow import State, Verb
from hues.engines.cases.testing import DAI_NOI, MONDAY, POTHOLE, Known, a_case, a_case_in, routed
from hues.kernel.agencies import testing as cast
from hues.kernel.errors import Invalid, NotFound, SignInNeeded
from hues.kernel.media import queries as media
from hues.kernel.media.testing import a_photo
from hues.kernel.people.asker import STRANGER
from hues.kit import cells

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


def answered(*, by: str = "", category: str = "roads-pothole", photos: tuple[object, ...] = ()) -> Known:
    case = a_case(category=category, photos=photos, text=by or "Ổ gà trước nhà ông Bảy số 12, rất sâu.")  # type: ignore[arg-type]
    known = routed(case)
    minh = cast.minh()
    moved = actions.take(case_id=case.id, by=minh, seen=known.version, at=MONDAY)
    proof = a_photo(by=minh.person_id, at=MONDAY, seed=5)
    moved = actions.answer_case(
        case_id=case.id,
        text="Đã dặm vá mặt đường.",
        outcome="fixed",
        proof=(proof.id,),
        by=minh,
        seen=moved.version,
        at=MONDAY,
    )
    return Known(id=case.id, number=case.number, version=moved.version)


def test_words_that_name_somebody_are_replaced_and_cannot_be_searched_for() -> None:
    case = answered()
    actions.publish(
        case_id=case.id,
        public_text="Ổ gà trước số 12, rất sâu.",
        text="Cảm ơn bạn đã phản ánh.",
        by=cast.operator(),
        seen=case.version,
        at=TUESDAY,
    )
    page = queries.public_case(case.number, at=TUESDAY)
    assert page.text == "Ổ gà trước số 12, rất sâu."
    assert page.answer == "Đã dặm vá mặt đường."
    assert [step.text for step in page.timeline if step.verb == Verb.PUBLISH] == ["Cảm ơn bạn đã phản ánh."]

    def found(text: str) -> list[str]:
        return [row.number for row in queries.public_cases(CaseFilters(text=text), at=TUESDAY).rows]

    assert found("o ga") == found("ổ gà rất sâu") == found("dặm vá") == [case.number]
    assert found("ong bay") == found("Bảy") == []
    assert "Bảy" in queries.my_case(cast.lan(), case.number, at=TUESDAY).text


def test_a_report_about_a_home_shows_its_quarter_not_its_door() -> None:
    case = answered(category="noise-karaoke", by="Hát karaoke đến khuya, cả xóm mất ngủ.")
    actions.publish(case_id=case.id, by=cast.operator(), seen=case.version, at=TUESDAY)
    page = queries.public_case(case.number, at=TUESDAY)
    middle = cells.center(cells.cell_of(DAI_NOI.lat, DAI_NOI.lng, 9))
    assert (page.lat, page.lng, page.address, page.coarse) == (*middle, "", True)
    near = (DAI_NOI.lat - 1e-5, DAI_NOI.lng - 1e-5, DAI_NOI.lat + 1e-5, DAI_NOI.lng + 1e-5)
    assert queries.public_cases(CaseFilters(bounds=near), at=TUESDAY).rows == ()
    assert queries.map_points(near, at=TUESDAY) == ()
    assert len(queries.map_points(near, asker=cast.operator(), at=TUESDAY) or ()) == 1
    assert queries.public_cases(CaseFilters(text="23 thang 8"), at=TUESDAY).rows == ()


def test_photos_become_public_with_the_answer_but_not_those_that_were_hidden() -> None:
    lan = cast.lan()
    shown, private = (a_photo(by=lan.person_id, at=MONDAY, seed=seed).id for seed in (1, 2))
    case = answered(photos=(shown, private))
    before = queries.my_case(lan, case.number, at=TUESDAY)
    assert [(photo.photo_id, photo.role) for photo in before.photos] == [
        (shown, "report"),
        (private, "report"),
    ]
    assert not media.photo(shown).is_public
    actions.publish(case_id=case.id, hidden_photos=(private,), by=cast.operator(), seen=case.version, at=TUESDAY)
    page = queries.public_case(case.number, at=TUESDAY)
    assert [photo.role for photo in page.photos] == ["report", "proof"]
    assert media.photo(shown).is_public
    assert not media.photo(private).is_public
    assert all(media.photo(photo.photo_id).is_public for photo in page.photos)


def test_the_proof_of_an_answer_that_was_sent_back_is_shown_to_nobody_outside() -> None:
    case = answered()
    operator, minh, lan = cast.operator(), cast.minh(), cast.lan()
    moved = actions.return_answer(
        case_id=case.id, reason="Ảnh không đúng chỗ.", by=operator, seen=case.version, at=TUESDAY
    )
    assert len(queries.desk_case(minh, case.number, at=TUESDAY).photos) == 1
    proof = a_photo(by=minh.person_id, at=TUESDAY, seed=9)
    moved = actions.answer_case(
        case_id=case.id,
        text="Đã làm lại.",
        outcome="fixed",
        proof=(proof.id,),
        by=minh,
        seen=moved.version,
        at=TUESDAY,
    )
    assert queries.my_case(lan, case.number, at=TUESDAY).photos == ()
    actions.publish(case_id=case.id, by=operator, seen=moved.version, at=TUESDAY)
    for photos in (
        queries.public_case(case.number, at=TUESDAY).photos,
        queries.my_case(lan, case.number, at=TUESDAY).photos,
    ):
        assert [photo.photo_id for photo in photos] == [proof.id]


def test_an_answer_is_read_by_nobody_outside_before_it_is_published() -> None:
    case = answered()
    mine = queries.my_case(cast.lan(), case.number, at=TUESDAY)
    assert (mine.answer, mine.photos, mine.state) == ("", (), State.ANSWERED)
    assert "dặm vá" not in repr(mine)


def test_published_cases_come_page_by_page_the_last_first() -> None:
    numbers = []
    for minutes in range(5):
        at = MONDAY + timedelta(minutes=minutes // 2)  # two at the same instant
        numbers.append(a_case_in(State.PUBLISHED, at=at).number)
    seen, after = list[str](), ""
    while True:
        page = queries.public_cases(after=after, limit=2, at=TUESDAY)
        seen += [row.number for row in page.rows]
        if page.next is None:
            break
        after = page.next
    assert seen == sorted(numbers, reverse=True)


def test_filters_narrow_what_is_public() -> None:
    case = a_case_in(State.PUBLISHED)
    a_case_in(State.ANSWERED)

    def numbers(**chosen: object) -> list[str]:
        return [row.number for row in queries.public_cases(CaseFilters(**chosen), at=TUESDAY).rows]  # type: ignore[arg-type]

    one = [case.number]
    assert numbers() == numbers(ward="19753") == numbers(category="roads") == numbers(text=case.number.lower()) == one
    assert numbers(category="roads-pothole", outcome="not_ours", since=MONDAY) == one
    assert numbers(ward="19774") == numbers(category="lights") == numbers(until=MONDAY) == []
    assert numbers(states=frozenset({State.CLOSED})) == numbers(text="PA-2026-999999") == []
    assert numbers(bounds=(16.0, 107.0, 16.1, 107.1)) == []


def test_met_this_too_is_counted_once_for_each_person() -> None:
    case = a_case_in(State.PUBLISHED)
    minh, eve = cast.minh(), cast.eve()
    assert actions.support(number=case.number, by=eve, at=TUESDAY) == 1
    assert actions.support(number=case.number, by=eve, at=TUESDAY) == 1
    assert actions.support(number=case.number, by=minh, at=TUESDAY) == 2
    assert queries.supported(eve, case.id)
    assert actions.withdraw_support(number=case.number, by=eve, at=TUESDAY) == 1
    assert actions.withdraw_support(number=case.number, by=eve, at=TUESDAY) == 1
    assert not queries.supported(eve, case.id)
    assert queries.public_case(case.number, at=TUESDAY).supports == 1
    with pytest.raises(SignInNeeded):
        actions.support(number=case.number, by=STRANGER, at=TUESDAY)
    with pytest.raises(NotFound):
        actions.support(number=a_case().number, by=eve, at=TUESDAY)


def test_its_reporter_is_not_counted_beside_themselves() -> None:
    case = a_case_in(State.PUBLISHED)
    assert actions.support(number=case.number, by=cast.lan(), at=TUESDAY) == 0
    assert actions.support(number=case.number, by=cast.eve(), at=TUESDAY) == 1
    assert actions.withdraw_support(number=case.number, by=cast.lan(), at=TUESDAY) == 1
    assert queries.public_case(case.number, at=TUESDAY).supports == 1


def test_a_public_text_has_a_length() -> None:
    case = answered()
    with pytest.raises(Invalid):
        actions.publish(case_id=case.id, public_text="x" * 4001, by=cast.operator(), seen=case.version, at=TUESDAY)


def test_a_reopened_case_stays_public_and_says_so() -> None:
    case = a_case_in(State.PUBLISHED)
    actions.reopen(case_id=case.id, text="Mặt đường lại lún như cũ rồi.", by=cast.lan(), seen=case.version, at=TUESDAY)
    page = queries.public_case(case.number, at=TUESDAY)
    assert page.state == State.ASSIGNED
    assert page.timeline[-1].verb == Verb.REOPEN
    assert "Lại lún" not in repr(page)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("24 Lê Lợi, cạnh cổng trường", "Lê Lợi, cạnh cổng trường"),
        ("Số nhà 12/5B, Nguyễn Huệ", "Nguyễn Huệ"),
        ("trước 193 Nguyễn Trãi", "trước Nguyễn Trãi"),
        ("Kiệt 42, nhà số 7, An Dương Vương", "Kiệt 42, An Dương Vương"),
        ("23 Tháng 8, Phú Xuân", "23 Tháng 8, Phú Xuân"),
        ("30/4, Thuận Hóa", "30/4, Thuận Hóa"),
        ("Cây số 17, Hương Trà", "Cây số 17, Hương Trà"),
        ("Cổng chợ Đông Ba", "Cổng chợ Đông Ba"),
        ("24, Lê Lợi", "Lê Lợi"),
        ("tại 24 Lê Lợi", "tại Lê Lợi"),
        ("SN 24 Lê Lợi", "Lê Lợi"),
        ("Số nhà: 24, Lê Lợi", "Lê Lợi"),
        ("so nha 24 Le Loi", "Le Loi"),
        ("Lê Lợi 24", "Lê Lợi"),
        ("Lê Lợi số 24, Phú Xuân", "Lê Lợi, Phú Xuân"),
        ("24bis Lê Lợi", "Lê Lợi"),
        ("12A1 Lê Lợi", "Lê Lợi"),
        ("24 – 26 Lê Lợi", "Lê Lợi"),
        ("24 Lê Lợi và 26 Lê Lợi", "Lê Lợi và Lê Lợi"),
        ("24 Nam Cao", "Nam Cao"),
        ("30/4 Lê Lợi", "Lê Lợi"),
        ("5 kiệt 42/7 Nguyễn Trãi", "kiệt 42 Nguyễn Trãi"),
        ("Trường Tiểu học số 1 Kim Long", "Trường Tiểu học số 1 Kim Long"),
        ("Đường số 3, khu đô thị An Cựu City", "Đường số 3, khu đô thị An Cựu City"),
        ("Quốc lộ số 1A", "Quốc lộ số 1A"),
        ("Km17+300 Quốc lộ 1A", "Km17+300 Quốc lộ 1A"),
        ("Nhà 2 tầng", "Nhà 2 tầng"),
        ("Cổng số 2 chợ Đông Ba", "Cổng số 2 chợ Đông Ba"),
        ("Ngã 6 Hùng Vương", "Ngã 6 Hùng Vương"),
    ],
)
def test_the_number_of_a_house_is_shown_only_if_somebody_says_so(written: str, shown: str) -> None:
    assert street_of(written) == shown
    case = a_case_in(State.ANSWERED, place=replace(DAI_NOI, address=written))
    actions.publish(case_id=case.id, by=cast.operator(), seen=case.version, at=MONDAY)
    assert queries.public_case(case.number, at=MONDAY).address == shown


def test_a_place_that_nobody_pointed_at_is_told_as_approximate_everywhere() -> None:
    words = replace(DAI_NOI, source="address")
    for place in (words, DAI_NOI):
        case = a_case_in(State.PUBLISHED, place=place)
        said = place is words
        everywhere = (DAI_NOI.lat - 1, DAI_NOI.lng - 1, DAI_NOI.lat + 1, DAI_NOI.lng + 1)
        for points in (
            queries.map_points(everywhere, CaseFilters(kind="report"), at=TUESDAY),
            queries.map_points(everywhere, CaseFilters(category=POTHOLE), at=TUESDAY),
            queries.map_points(everywhere, asker=cast.operator(), at=TUESDAY),
        ):
            assert {p.number: p.approximate for p in points or ()}[case.number] is said
        assert queries.public_case(case.number, at=TUESDAY).approximate is said
        assert {row.number: row.approximate for row in queries.public_cases(at=TUESDAY).rows}[case.number] is said
        assert queries.ops_case(cast.operator(), case.number, at=TUESDAY).approximate is said
        assert queries.my_case(cast.lan(), case.number, at=TUESDAY).approximate is said
        assert queries.open_requests([case.number])[0].approximate is said
        lines = b"".join(queries.public_table(language="vi", at=TUESDAY)).decode().splitlines()
        assert any(case.number in line and (",approximate," if said else ",exact,") in line for line in lines)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Ổ gà trước 24 Lê Lợi, sâu 20 cm.", "Ổ gà trước Lê Lợi, sâu 20 cm."),
        ("o ga truoc 24 le loi, sau 20cm", "o ga truoc le loi, sau 20cm"),
        ("Nước chảy từ nhà số 24 Lê Lợi ra 2 ngày nay.", "Nước chảy từ Lê Lợi ra 2 ngày nay."),
        ("Trước số 12, rất sâu.", "Trước …, rất sâu."),
        ("Có 2 ổ gà, rộng 3 m, gọi 3 lần.", "Có 2 ổ gà, rộng 3 m, gọi 3 lần."),
        ("Nhà 2 tầng xây trái phép", "Nhà 2 tầng xây trái phép"),
        ("Trường Tiểu học số 1 Kim Long ngập", "Trường Tiểu học số 1 Kim Long ngập"),
        ("Quốc lộ 1A Phú Bài hỏng", "Quốc lộ 1A Phú Bài hỏng"),
        ("Cột đèn số 24 không sáng từ 23 Tháng 8", "Cột đèn số 24 không sáng từ 23 Tháng 8"),
    ],
)
def test_words_name_no_house_unless_somebody_says_so(written: str, shown: str) -> None:
    assert words_without_houses(written, "24 Lê Lợi") == shown
    case = a_case_in(State.ANSWERED, text=written, place=replace(DAI_NOI, address="24 Lê Lợi"))
    actions.publish(case_id=case.id, by=cast.operator(), seen=case.version, at=MONDAY)
    assert queries.public_case(case.number, at=MONDAY).text == shown


def test_a_place_is_shown_to_about_ten_metres() -> None:
    case = a_case_in(State.ANSWERED, place=replace(DAI_NOI, lat=16.4698123, lng=107.5772456))
    actions.publish(case_id=case.id, by=cast.operator(), seen=case.version, at=MONDAY)
    page = queries.public_case(case.number, at=MONDAY)
    assert (page.lat, page.lng) == (16.4698, 107.5772)


@pytest.mark.parametrize("said", ["Ngập trước nhà tôi", "ngap nha em", "Flooding at my house"])
def test_ones_own_house_is_shown_as_an_area_unless_the_centre_says_otherwise(said: str) -> None:
    for coarse, expected in ((None, True), (False, False)):
        case = a_case_in(State.ANSWERED, text=said)
        actions.publish(case_id=case.id, coarse=coarse, by=cast.operator(), seen=case.version, at=MONDAY)
        page = queries.public_case(case.number, at=MONDAY)
        assert (page.coarse, page.address == "") == (expected, expected), coarse
