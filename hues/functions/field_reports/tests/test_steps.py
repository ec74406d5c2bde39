"""Each step of a report: what it takes, what it refuses in words, and what stays in the field."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hues.engines.cases import queries as cases
from hues.functions.field_reports.tests.walking import (
    CITADEL,
    NEW,
    WORDS,
    a_file,
    hidden,
    numbers_of_lan,
    post,
    sign_in,
    up_to_check,
)
from hues.kernel.agencies.testing import lan
from hues.kit import clock


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


def test_several_answers_to_a_question_stay_ticked_and_are_told_by_their_names(as_lan: Client) -> None:
    post(as_lan, "place/", address="Cổng chợ", ward="19753")
    post(as_lan, "category/", category="traffic-signal")
    page = as_lan.get(NEW + "words/").content.decode()
    draft, several = hidden(page)["draft"], ["red", "count"]
    kept = as_lan.post(NEW + "words/keep/", {"draft": draft, "text": WORDS, "q_lamps": several})
    assert kept.status_code == 204
    ticked = re.findall(r'name="q_lamps" value="(\w+)"[^>]* checked', as_lan.get(NEW + "words/").content.decode())
    assert ticked == several
    assert post(as_lan, "words/", text=WORDS, q_lamps=["red", "blue"]).status_code == 422
    post(as_lan, "words/", text=WORDS, q_lamps=several)
    assert "Đỏ, Số đếm giây" in as_lan.get(NEW + "check/").content.decode()
    post(as_lan, "check/")
    assert cases.my_case(lan(), numbers_of_lan()[0], at=clock.now()).answers == {"lamps": "red, count"}


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


def test_a_point_that_is_being_chosen_stands_in_no_address(as_lan: Client) -> None:
    found = f"{NEW}place/found/"
    point = {"lat": str(CITADEL[0]), "lng": str(CITADEL[1]), "source": "gps"}
    assert "Phú Xuân" in as_lan.post(found, point).content.decode()
    assert as_lan.get(found, point).status_code == 405
