"""A report from the first photo to the receipt, in a browser without JavaScript."""

import re

from django.contrib.auth import get_user_model
from django.test import Client

from hues.engines.cases import queries as cases
from hues.functions.field_reports.tests.walking import (
    NEW,
    WORDS,
    a_file,
    hidden,
    numbers_of_lan,
    post,
    sign_in,
    up_to_check,
)
from hues.kernel.agencies.testing import eve, lan
from hues.kit import clock


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
