"""A report from the first photo to the receipt, in a browser without JavaScript."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hues.engines.cases import queries as cases
from hues.functions.field_reports.tests.walking import CITADEL, NEW, WORDS, a_file, hidden, post, up_to_check
from hues.kernel.agencies.testing import eve, lan
from hues.kit import clock


def sign_in(browser: Client) -> None:
    browser.force_login(get_user_model().objects.get(pk=str(lan().person_id)))


def numbers_of_lan() -> list[str]:
    return [row.number for row in cases.my_cases(lan(), at=clock.now()).rows]


def test_lan_reports_and_gets_a_receipt(as_lan: Client) -> None:
    up_to_check(as_lan)
    page = as_lan.get(NEW + "check/").content.decode()
    assert WORDS in page
    assert "Phường Phú Xuân" in page
    answer = post(as_lan, "check/")
    assert answer.status_code == 303
    receipt = as_lan.get(answer["Location"]).content.decode()
    (number,) = numbers_of_lan()
    assert number in receipt
    case = cases.my_case(lan(), number, at=clock.now())
    assert (case.category, case.text, case.ward_code) == ("roads-pothole", WORDS, "19753")
    assert len(case.photos) == 1
    assert case.show_name is False


def test_a_stranger_is_asked_to_sign_in_at_the_end_only_and_keeps_everything() -> None:
    stranger = Client()
    up_to_check(stranger)
    answer = post(stranger, "check/")
    assert answer.status_code == 303
    assert answer["Location"] == "/login/?next=%2Ff%2Ffield_reports%2Fnew%2Fcheck%2F"
    sign_in(stranger)
    page = stranger.get(NEW + "check/").content.decode()
    assert WORDS in page
    answer = post(stranger, "check/")
    (number,) = numbers_of_lan()
    assert answer["Location"] == f"/f/field_reports/{number}/sent/"
    assert len(cases.my_case(lan(), number, at=clock.now()).photos) == 1


def test_the_photo_knows_the_place(as_lan: Client) -> None:
    post(as_lan, "", photos=[a_file(place=CITADEL)], go="1")
    page = as_lan.get(NEW + "place/").content.decode()
    assert "Phường Phú Xuân" in page
    post(as_lan, "place/", lat=CITADEL[0], lng=CITADEL[1], source="photo")
    post(as_lan, "category/", category="roads-pothole")
    post(as_lan, "words/", text=WORDS)
    post(as_lan, "check/")
    case = cases.my_case(lan(), numbers_of_lan()[0], at=clock.now())
    assert (round(case.lat, 4), round(case.lng, 4)) == CITADEL


def test_the_point_of_the_photo_that_the_map_shows_as_chosen_is_chosen(as_lan: Client) -> None:
    post(as_lan, "", photos=[a_file(place=CITADEL)], go="1")
    own_form = as_lan.get(NEW + "place/").content.decode().split("data-keep=")[1]
    assert post(as_lan, "place/", **hidden(own_form)).status_code == 303
    assert f'data-lat="{CITADEL[0]:.6f}"' in as_lan.get(NEW + "place/").content.decode()


@pytest.mark.parametrize(("source", "shown"), [("photo", True), ("map", True), ("address", False)])
def test_the_point_that_others_will_see_is_shown_before_it_is_sent(as_lan: Client, source: str, *, shown: bool) -> None:
    post(as_lan, "", photos=[a_file()], go="1")
    point = {"lat": CITADEL[0], "lng": CITADEL[1], "source": source} if shown else {"lat": "", "lng": ""}
    post(as_lan, "place/", address="Gần cổng Ngọ Môn", ward="19753", **point)
    post(as_lan, "category/", category="roads-pothole")
    post(as_lan, "words/", text=WORDS)
    page = as_lan.get(NEW + "check/").content.decode()
    assert (f'data-lat="{CITADEL[0]:.6f}" data-lng="{CITADEL[1]:.6f}"' in page) is shown


def test_sending_twice_is_sending_once(as_lan: Client) -> None:
    up_to_check(as_lan)
    key = hidden(as_lan.get(NEW + "check/").content.decode())["draft"]
    first = as_lan.post(NEW + "check/", {"draft": key, "mine": "1"})
    second = as_lan.post(NEW + "check/", {"draft": key, "mine": "1"})
    assert first["Location"] == second["Location"]
    assert len(numbers_of_lan()) == 1


def test_after_sending_the_next_report_begins_empty(as_lan: Client) -> None:
    up_to_check(as_lan)
    post(as_lan, "check/")
    assert WORDS not in as_lan.get(NEW + "words/").content.decode()
    up_to_check(as_lan, photo=False)
    post(as_lan, "check/")
    assert len(numbers_of_lan()) == 2


def test_the_form_of_a_report_already_sent_leads_to_that_report(as_lan: Client) -> None:
    up_to_check(as_lan)
    key = hidden(as_lan.get(NEW + "check/").content.decode())["draft"]
    post(as_lan, "check/")
    (number,) = numbers_of_lan()
    answer = as_lan.post(NEW + "words/", {"draft": key, "text": WORDS})
    assert answer["Location"] == f"/f/field_reports/{number}/"


def test_whose_receipt_was_lost_on_the_way_finds_it_where_they_sent(as_lan: Client) -> None:
    up_to_check(as_lan)
    post(as_lan, "check/")
    (number,) = numbers_of_lan()
    assert as_lan.get(NEW + "check/")["Location"] == f"/f/field_reports/{number}/sent/"


def test_another_browser_goes_on_with_the_same_draft(as_lan: Client) -> None:
    post(as_lan, "", photos=[a_file()], go="1")
    post(as_lan, "place/", address="24 Lê Lợi", ward="19753")
    elsewhere = Client()
    sign_in(elsewhere)
    assert "24 Lê Lợi" in elsewhere.get(NEW + "place/").content.decode()


def test_a_session_that_ends_on_the_way_leads_back_to_the_same_draft(as_lan: Client) -> None:
    post(as_lan, "", photos=[a_file()], go="1")
    post(as_lan, "place/", address="24 Lê Lợi", ward="19753")
    post(as_lan, "category/", category="roads-pothole")
    key = hidden(as_lan.get(NEW + "words/").content.decode())["draft"]
    as_lan.cookies.clear()
    answer = as_lan.post(NEW + "words/", {"draft": key, "mine": "1", "text": WORDS})
    assert answer["Location"] == "/login/?next=%2Ff%2Ffield_reports%2Fnew%2Fcheck%2F"
    sign_in(as_lan)
    page = as_lan.get(NEW + "check/").content.decode()
    assert WORDS in page
    assert "24 Lê Lợi" in page
    assert page.count("/media/s/") >= 2
    post(as_lan, "check/")
    assert len(numbers_of_lan()) == 1


def test_what_is_typed_is_kept_before_it_is_sent() -> None:
    stranger = Client()
    post(stranger, "category/", category="lights-out")
    key = hidden(stranger.get(NEW + "words/").content.decode())["draft"]
    answer = stranger.post(NEW + "words/keep/", {"draft": key, "text": "Đèn", "q_lamps": "few"})
    assert answer.status_code == 204
    page = stranger.get(NEW + "words/").content.decode()
    assert ">\nĐèn</textarea>" in page
    assert re.search(r'value="few"[^>]*checked', page)


def test_nobody_finds_the_draft_of_somebody_else(as_lan: Client) -> None:
    up_to_check(as_lan)
    key = hidden(as_lan.get(NEW + "check/").content.decode())["draft"]
    other = Client()
    other.force_login(get_user_model().objects.get(pk=str(eve().person_id)))
    other.post(NEW + "category/", {"draft": key, "category": "lights-out"})
    assert WORDS not in other.get(NEW + "words/").content.decode()
    assert other.get(NEW + "check/").status_code == 303


def test_changing_one_answer_returns_to_the_overview(as_lan: Client) -> None:
    up_to_check(as_lan)
    page = as_lan.get(NEW + "place/?back=check").content.decode()
    key = hidden(page)
    assert key["back"] == "check"
    answer = as_lan.post(NEW + "place/", {"draft": key["draft"], "back": "check", "address": "Chợ", "ward": "19753"})
    assert answer["Location"] == NEW + "check/"


def test_starting_over_forgets_the_draft() -> None:
    stranger = Client()
    up_to_check(stranger)
    assert stranger.post(NEW + "over/").status_code == 303
    assert stranger.get(NEW + "check/")["Location"] == NEW


def test_a_photo_can_be_taken_back(as_lan: Client) -> None:
    post(as_lan, "", photos=[a_file(seed=1), a_file(seed=2)], add="1")
    page = as_lan.get(NEW).content.decode()
    first, _second = re.findall(r'name="remove" value="([\w-]+)"', page)
    post(as_lan, "", remove=first)
    assert re.findall(r'name="remove" value="([\w-]+)"', as_lan.get(NEW).content.decode()) == [_second]


@pytest.mark.parametrize("step", ["place/", "category/", "words/"])
def test_every_question_can_be_read_without_a_draft(step: str) -> None:
    answer = Client().get(NEW + step)
    assert answer.status_code == 200
    assert b"<h1>" in answer.content
    assert "sessionid" not in answer.cookies


def test_more_than_five_photos_keep_the_first_five(as_lan: Client) -> None:
    answer = post(as_lan, "", photos=[a_file(seed=n) for n in range(7)], go="1")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count('name="remove"') == 5
    assert 'role="alert"' in page


def test_a_hundred_photos_are_refused_in_words(as_lan: Client) -> None:
    answer = post(as_lan, "", photos=[SimpleUploadedFile(f"{n}.jpg", b"x", "image/jpeg") for n in range(100)])
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_a_file_that_is_no_photo_is_named_and_the_others_stay(as_lan: Client) -> None:
    broken = SimpleUploadedFile("don-thu.jpg", b"%PDF-1.7 no picture", "image/jpeg")
    answer = post(as_lan, "", photos=[a_file(), broken], go="1")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "don-thu.jpg" in page
    assert page.count('name="remove"') == 1


@pytest.mark.parametrize(("lat", "lng"), [("16.0544", "108.2022"), ("16.9", "108.9"), ("999", "0"), ("nan", "nan")])
def test_a_place_outside_of_the_city_is_refused_and_the_words_stay(as_lan: Client, lat: str, lng: str) -> None:
    answer = post(as_lan, "place/", lat=lat, lng=lng, source="map", address="Bãi biển")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="Bãi biển"' in page
    assert 'role="alert"' in page


def test_an_old_ward_name_is_understood(as_lan: Client) -> None:
    answer = post(as_lan, "place/", address="12 Nguyễn Trãi, phường Tây Lộc")
    assert answer.status_code == 303
    post(as_lan, "category/", category="roads-pothole")
    post(as_lan, "words/", text=WORDS)
    assert "Phường Phú Xuân" in as_lan.get(NEW + "check/").content.decode()


def test_another_address_is_not_sent_to_the_ward_of_the_first(as_lan: Client) -> None:
    post(as_lan, "", skip="1")
    post(as_lan, "place/", address="24 Lê Lợi, phường Vĩnh Ninh")
    fields = hidden(as_lan.get(NEW + "place/").content.decode())
    post(as_lan, "place/", **{**fields, "address": "12 Mai Thúc Loan, phường Thuận Lộc", "ward": ""})
    post(as_lan, "category/", category="roads-pothole")
    post(as_lan, "words/", text=WORDS)
    assert "Phường Phú Xuân" in as_lan.get(NEW + "check/").content.decode()
    assert 'value="19789" selected' not in as_lan.get(NEW + "place/").content.decode()


def test_an_address_half_typed_outlives_the_browser(as_lan: Client) -> None:
    post(as_lan, "", skip="1")
    key = hidden(as_lan.get(NEW + "place/").content.decode())["draft"]
    typed = {"draft": key, "address": "24 Lê Lợ", "ward": "19753", "lat": "16.47", "lng": "107.58", "source": "map"}
    assert as_lan.post(NEW + "place/keep/", typed).status_code == 204
    elsewhere = Client()
    sign_in(elsewhere)
    shown = elsewhere.get(NEW + "place/").content.decode()
    assert "24 Lê Lợ" in shown
    assert 'name="lat" value="16.47"' in shown
    assert 'value="19753" selected' in shown


def test_an_address_without_a_ward_asks_for_the_ward_and_keeps_the_address(as_lan: Client) -> None:
    answer = post(as_lan, "place/", address="gần nhà tôi")
    assert answer.status_code == 422
    assert 'value="gần nhà tôi"' in answer.content.decode()


@pytest.mark.parametrize("code", ["", "roads", "không có", "\x00"])
def test_a_group_or_an_unknown_category_is_refused(as_lan: Client, code: str) -> None:
    assert post(as_lan, "category/", category=code).status_code == 422


def test_categories_are_found_without_tone_marks(as_lan: Client) -> None:
    page = as_lan.get(NEW + "category/", {"q": "den duong"}).content.decode()
    assert page.index('value="lights-out"') < page.index('value="lights-daytime"')
    assert 'value="rubbish-missed"' not in page


def test_an_emergency_says_whom_to_ring_before_anything_is_asked(as_lan: Client) -> None:
    post(as_lan, "category/", category="power-danger")
    page = as_lan.get(NEW + "words/").content.decode()
    assert page.index('href="tel:114"') < page.index("<textarea")


@pytest.mark.parametrize("text", ["", "Ngắn", " " * 50, "chữ hỏng \ufffd nằm ở giữa câu này", "x" * 4001])
def test_words_that_can_not_be_taken_stay_in_the_field(as_lan: Client, text: str) -> None:
    post(as_lan, "category/", category="roads-pothole")
    answer = post(as_lan, "words/", text=text)
    assert answer.status_code == 422
    assert text.strip() in answer.content.decode()


def test_broken_bytes_are_told_not_swallowed(as_lan: Client) -> None:
    post(as_lan, "category/", category="roads-pothole")
    body = b"text=" + b"D%C4%91%FF%FE hong o giua cau nay dai"
    answer = as_lan.post(NEW + "words/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422


def test_decomposed_letters_are_composed(as_lan: Client) -> None:
    post(as_lan, "category/", category="roads-pothole")
    post(as_lan, "words/", text="Ổ gà rất sâu trước cổng")
    assert "Ổ gà rất sâu trước cổng" in as_lan.get(NEW + "words/").content.decode()


def test_the_questions_of_the_category_are_asked_and_told(as_lan: Client) -> None:
    post(as_lan, "place/", address="Cổng chợ", ward="19753")
    post(as_lan, "category/", category="animals-dogs")
    answer = post(as_lan, "words/", text=WORDS)
    assert answer.status_code == 422
    post(as_lan, "words/", text=WORDS, q_bitten="no")
    page = as_lan.get(NEW + "check/").content.decode()
    assert "Có ai bị cắn không?" in page
    post(as_lan, "check/")
    case = cases.my_case(lan(), numbers_of_lan()[0], at=clock.now())
    assert case.answers == {"bitten": "no"}


def test_the_place_step_says_beforehand_that_an_address_needs_its_ward() -> None:
    page = Client().get("/f/field_reports/new/place/", follow=True).content.decode()
    assert '<p class="hint" id="id_ward_hint">Cần chọn khi chỉ ghi địa chỉ' in page


def test_words_that_the_city_watches_for_are_taken_and_their_writer_is_told(as_lan: Client) -> None:
    up_to_check(as_lan, photo=False)
    post(as_lan, "words/", text=f"{WORDS} Đồ ngu!")
    sent = post(as_lan, "check/")
    assert sent.status_code == 303
    told = "Trung tâm điều hành sẽ xem riêng phản ánh này trước khi chuyển tiếp."
    assert told in as_lan.get(sent["Location"]).content.decode()
    assert told in as_lan.get(f"/f/field_reports/{numbers_of_lan()[0]}/").content.decode()


def test_an_emergency_with_such_words_is_taken_and_says_whom_to_ring_first(as_lan: Client) -> None:
    up_to_check(as_lan, photo=False)
    post(as_lan, "category/", category="power-danger")
    post(as_lan, "words/", text=f"{WORDS} Đồ ngu!")
    sent = post(as_lan, "check/")
    assert sent.status_code == 303
    page = as_lan.get(sent["Location"]).content.decode()
    assert page.index('href="tel:114"') < page.index('id="number"')
