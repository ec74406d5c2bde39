"""A report that is still being written: nothing of it is lost, and what was sent never comes back."""

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from hues.engines.cases import actions
from hues.engines.cases import queries as cases
from hues.engines.cases.testing import the_city
from hues.functions.field_reports.tests.walking import (
    CITADEL,
    NEW,
    WORDS,
    a_file,
    hidden,
    numbers_of_lan,
    post,
    up_to_check,
)
from hues.kernel.agencies.testing import lan
from hues.kernel.media.testing import a_photo
from hues.kit import clock

OTHER = "Đèn đường trước nhà số 5 tắt đã ba đêm liền."


def key_of(browser: Client, step: str = "words/") -> str:
    return hidden(browser.get(NEW + step).content.decode())["draft"]


def test_words_that_arrive_after_sending_bring_nothing_back(as_lan: Client) -> None:
    up_to_check(as_lan)
    key = key_of(as_lan)
    post(as_lan, "check/")
    as_lan.post(NEW + "words/keep/", {"draft": key, "mine": "1", "text": "Viết tiếp"})
    actions.save_draft(by=lan(), key=key, fields={"text": "Viết tiếp"}, at=clock.now())
    held = cases.draft(lan(), key)
    assert held is not None
    assert (held.sent, held.fields) == (numbers_of_lan()[0], {})
    up_to_check(as_lan, photo=False)
    assert post(as_lan, "check/").status_code == 303
    assert len(numbers_of_lan()) == 2


def test_signing_in_with_another_report_keeps_the_one_of_the_account(as_lan: Client) -> None:
    post(as_lan, "", photos=[a_file(place=CITADEL)], go="1")
    post(as_lan, "words/", text=OTHER)
    browser = Client()
    up_to_check(browser, photo=False)
    browser.force_login(get_user_model().objects.get(pk=str(lan().person_id)))
    assert post(browser, "check/").status_code == 303
    for again in (browser, as_lan):
        page = again.get(NEW + "words/").content.decode()
        assert OTHER in page
        assert WORDS not in page
    assert "Những gì bạn đã nhập vẫn được giữ." in as_lan.get("/f/field_reports/mine/").content.decode()
    assert len(numbers_of_lan()) == 1


def test_whoever_comes_back_to_the_last_page_still_learns_what_became_of_it(as_lan: Client) -> None:
    post(as_lan, "words/", text=OTHER)
    browser = Client()
    up_to_check(browser, photo=False)
    browser.force_login(get_user_model().objects.get(pk=str(lan().person_id)))
    receipt = post(browser, "check/")["Location"]
    assert browser.get(NEW + "check/")["Location"] == receipt


@pytest.mark.django_db(transaction=True)
def test_photos_that_are_sent_at_once_all_stay() -> None:
    by, at = lan(), clock.now()
    photos = [a_photo(by=by.person_id, at=at, seed=seed).id for seed in range(4)]
    actions.save_draft(by=by, key="a", fields={}, at=at)
    gate = Barrier(len(photos))

    def add(photo: UUID) -> None:
        gate.wait()
        actions.add_to_draft(by=by, key="a", photos=[photo], most=5, at=at)
        connection.close()

    threads = [Thread(target=add, args=[photo]) for photo in photos]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    actions.save_draft(by=by, key="a", fields={"text": "x"}, at=at)
    held = cases.draft(by, "a")
    assert held is not None
    assert set(held.photos) == set(photos)


@pytest.mark.django_db(transaction=True)
def test_what_a_stranger_sends_at_once_all_stays() -> None:
    the_city()
    browser = Client()
    key = key_of(browser, "")
    sessions, gate = {name: cookie.value for name, cookie in browser.cookies.items()}, Barrier(5)

    def at_once(step: str, given: Mapping[str, object]) -> None:
        own = Client()
        for name, value in sessions.items():
            own.cookies[name] = value
        gate.wait()
        assert own.post(NEW + step, {"draft": key, **given}).status_code in (204, 303)
        connection.close()

    asked = [("", {"photos": [a_file(seed=seed)], "add": "1"}) for seed in range(4)]
    asked.append(("words/keep/", {"text": OTHER}))
    with ThreadPoolExecutor(len(asked)) as people:
        for one in [people.submit(at_once, step, given) for step, given in asked]:
            one.result()
    assert browser.get(NEW).content.decode().count('name="remove"') == 4
    assert OTHER in browser.get(NEW + "words/").content.decode()


@pytest.mark.parametrize("changed", [{"lat": "16.4736", "lng": "107.5775", "source": "map"}, {"address": "15 Lê Lợi"}])
def test_a_place_that_was_changed_and_not_confirmed_is_asked_for_before_sending(
    as_lan: Client, changed: dict[str, str]
) -> None:
    up_to_check(as_lan)
    key = key_of(as_lan)
    as_lan.post(NEW + "place/keep/", {"draft": key, "mine": "1", **changed})
    for answer in (as_lan.get(NEW + "check/"), as_lan.post(NEW + "check/", {"draft": key, "mine": "1"})):
        assert answer["Location"] == NEW + "place/"
    assert numbers_of_lan() == []
    post(as_lan, "place/", lat=CITADEL[0], lng=CITADEL[1], source="map")
    assert post(as_lan, "check/").status_code == 303
    assert len(numbers_of_lan()) == 1


def test_a_place_that_was_only_looked_at_again_is_not_asked_for(as_lan: Client) -> None:
    up_to_check(as_lan)
    form = {"draft": key_of(as_lan), "mine": "1", "address": "Cổng chợ", "ward": "19753", "source": "address"}
    as_lan.post(NEW + "place/keep/", {**form, "lat": "", "lng": ""})
    assert as_lan.get(NEW + "check/").status_code == 200
    post(as_lan, "place/", lat=CITADEL[0], lng=CITADEL[1], source="map")
    page = as_lan.get(NEW + "place/").content.decode()
    point = {name: re.findall(rf'name="{name}"[^>]*value="([^"]*)"', page)[0] for name in ("lat", "lng")}
    (ward,) = re.findall(r'<option value="(\d+)" selected', page)
    as_lan.post(NEW + "place/keep/", {**form, "address": "", "ward": ward, **point})
    assert as_lan.get(NEW + "check/").status_code == 200


def test_whoever_sends_reads_first_what_everybody_will_read(as_lan: Client) -> None:
    up_to_check(as_lan)
    assert "public-title" not in as_lan.get(NEW + "check/").content.decode()
    assert post(as_lan, "words/", text=OTHER).status_code == 303
    page = as_lan.get(NEW + "check/").content.decode()
    assert OTHER in page.partition("public-title")[0]
    shown = page.partition("public-title")[2].partition("</section>")[0]
    assert "tắt đã ba đêm liền" in shown
    assert "số 5" not in shown
