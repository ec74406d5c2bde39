"""To be warned on a device without an account: the page, and the wards that a browser brings."""

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as present
from django.core.cache import cache
from django.test import Client

from hues.kernel.agencies.testing import lan
from hues.kernel.areas.testing import the_wards
from hues.kernel.delivery.testing import a_receiver
from hues.kernel.people.testing import sign_in

pytestmark = pytest.mark.django_db
A, B = "19753", "19774"
RECEIVER = a_receiver("https://push.example/here")


def post(browser: Client, **more: Any) -> Any:
    said = {**RECEIVER.json(), **more}
    return browser.post("/push/subscriptions", said, content_type="application/json")


def test_a_browser_keeps_its_wards_and_is_told_which_they_are() -> None:
    the_wards()
    browser = Client()
    assert post(browser, wards=[A, B]).json() == {"subscribed": True, "wards": [A, B]}
    assert post(browser).json()["wards"] == [A, B]
    assert post(browser, wards=[B]).json()["wards"] == [B]
    wrongs: tuple[object, ...] = (["00000"], "19753", [{}])
    for wrong in wrongs:
        assert post(browser, wards=wrong).status_code == 422
    assert post(browser, wards=[f"{A}"] * 20).json()["wards"] == [A]


def test_signing_in_keeps_the_wards_of_the_browser_and_lets_them_be_given_up() -> None:
    the_wards()
    browser = Client()
    post(browser, wards=[A])
    sign_in(browser, lan())
    assert post(browser).json()["wards"] == [A]
    page = browser.get("/me/telling/").content.decode()
    assert "data-kept" in page
    assert "Đã chọn trên máy này" in page
    assert post(browser, wards=[]).json()["wards"] == []
    assert browser.get("/warn-me/").headers["Location"] == "/me/telling/"


def test_the_page_names_the_wards_and_the_alerts_lead_there() -> None:
    the_wards()
    page = Client().get("/warn-me/").content.decode()
    assert page.count('name="wards"') >= 2
    assert "/warn-me/" in Client().get("/f/alerts/").content.decode()


def subscribe(host: str, number: int, browser: Client | None = None) -> int:
    said = a_receiver(f"https://{host}/{number}").json()
    return (browser or Client()).post("/push/subscriptions", said, content_type="application/json").status_code


def test_a_network_may_subscribe_in_a_storm_and_sites_that_nobody_knows_only_a_few(settings: Any) -> None:
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"push": "6/m/ip", "push_elsewhere": "4/m/ip,2/h/key"}
    names = ("fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com", "x.notify.windows.com")
    assert [subscribe(name, 1) for name in names] == [201] * 4
    assert [subscribe(names[0], number) for number in (2, 3, 4)] == [201, 201, 429]
    assert subscribe(names[0], 1) == 201  # is known already
    assert [subscribe(f"{n}.flood.example", n) for n in range(3)] == [201, 201, 429]
    assert subscribe("fcm.googleapis.com.flood.example", 1) == 429
    member = Client()
    sign_in(member, lan())
    assert subscribe(names[0], 9, member) == 201
    cache.clear()


def test_the_real_city_takes_no_address_within_its_own_house(settings: Any) -> None:
    settings.HUES = replace(present.HUES, demo=False)
    for inside in ("127.0.0.1", "10.1.2.3", "[::1]", "169.254.169.254", "localhost", "db.internal", "postgres"):
        assert subscribe(inside, 1) == 422


def test_a_browser_says_what_it_opened_and_a_foreign_page_or_nonsense_does_not() -> None:
    post(Client())
    said: dict[str, object] = {"endpoint": RECEIVER.endpoint, "url": "/en/f/alerts/x/"}
    browser = Client()

    def opened(headers: dict[str, str] | None = None, **more: object) -> int:
        answer = browser.post("/push/opened", {**said, **more}, content_type="application/json", headers=headers)
        return answer.status_code

    assert opened() == opened(endpoint="https://push.example/unknown") == 204
    assert opened({"Sec-Fetch-Site": "cross-site"}) == 403
    for wrong in (7, None, "\x00", "http://[\n"):
        assert opened(endpoint=wrong) == opened(url=wrong) == post(browser, endpoint=wrong).status_code == 422
