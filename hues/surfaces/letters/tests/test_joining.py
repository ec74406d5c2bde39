"""Warnings by Zalo: joined by a code only the account was shown, sent as Zalo's rules have it, ended by both sides."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as present
from django.test import Client

from hues.kernel.agencies.testing import lan, minh
from hues.kernel.delivery import actions, messengers, queries
from hues.kernel.delivery.channels import Urgency, Way, Whom, Words
from hues.kernel.delivery.queries import dead_letters, wishes
from hues.kernel.letters import queries as letters
from hues.kernel.letters.testing import Messenger, a_zalo
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in
from hues.kit import clock
from hues.surfaces.letters.testing import SECRET, zalo_event, zalo_posts

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def zalo(settings: Any) -> Iterator[Messenger]:
    with a_zalo() as found:
        settings.HUES = replace(
            present.HUES, zalo_url=found.url, zalo_secret=SECRET, zalo_page="https://zalo.me/1", demo=True
        )
        actions.keep_zalo_pass(refresh="refresh-0", at=clock.now())
        yield found


def code_for(who: Asker) -> str:
    browser = Client()
    sign_in(browser, who)
    found = re.search(r"HUE \d{4} \d{4}", browser.post("/me/telling/zalo/").content.decode())
    assert found
    return found[0]


def write(words: str, *, key: str, sender: str = "4242", at: datetime | None = None) -> None:
    assert zalo_posts(zalo_event(at=at or clock.now(), text=words, key=key, sender=sender)).status_code == 200


def joined(who: Asker) -> bool:
    assert who.person_id
    return wishes(who.person_id).zalo


def tell(key: str, urgency: Urgency, *, topic: str = "flood") -> None:
    said = {"vi": "Lũ khẩn cấp", "en": "Flash flood"}
    body = {"vi": "Lên chỗ cao. " * 40, "en": "Go to high ground."}
    words = Words(key=key, topic=topic, urgency=urgency, title=said, body=body, link="/f/x/", at=clock.now())
    actions.broadcast(words, Whom(wards=None))


def send_all(minutes: int = 0) -> None:
    while actions.send_owed(at=clock.now() + minutes * MINUTE):
        pass


def test_tokens_are_exchanged_though_nothing_is_said_for_months(zalo: Messenger) -> None:
    at = clock.now()
    assert not actions.keep_passes(at=at + HOUR)
    for day in range(1, 100):  # Zalo takes a token that was not used for three months no more
        assert actions.keep_passes(at=at + day * 24 * HOUR)
    assert len(zalo.exchanged) == 100
    zalo.exchanged.append("by somebody else")
    with pytest.raises(messengers.Refused, match="-14014"):
        actions.keep_passes(at=at + 100 * 24 * HOUR)


def test_a_city_without_zalo_keeps_nothing_there() -> None:
    assert not actions.keep_passes(at=clock.now())


def test_who_sends_the_code_is_joined_and_told_so_and_no_letter_is_left_for_anybody(zalo: Messenger) -> None:
    write(f" {code_for(lan()).lower()} ", key="m1")
    assert joined(lan())
    assert letters.how_many() == 0
    send_all()
    ((to, text, _headers),) = zalo.texts
    assert (to, "Từ nay cảnh báo" in text, text.endswith("/me/telling/")) == ("4242", True, True)


def test_a_code_holds_once_for_half_an_hour_and_a_wrong_one_stays_a_letter(zalo: Messenger) -> None:
    old, code = code_for(lan()), code_for(lan())
    write(old, key="m1", sender="1")
    write(code, key="m2", sender="2")
    write(code, key="m3", sender="3")
    write("HUE 0000 00", key="m4", sender="4")
    assert joined(lan())
    assert letters.how_many() == 3
    assert lan().person_id == queries.person_at(Way.OA, "2")
    late = code_for(minh())
    assert not actions.join(said=late, address="5", at=clock.now() + 31 * MINUTE)
    write(late, key="m5", sender="5", at=clock.now() - timedelta(hours=2))
    assert not joined(minh())


def test_warnings_go_there_as_news_of_an_event_and_calm_words_do_not(zalo: Messenger) -> None:
    write(code_for(lan()), key="m1")
    send_all()
    tell("calm", Urgency.NORMAL, topic="calm")
    tell("flood", Urgency.HIGH)
    tell("over", Urgency.LOW)
    send_all()
    assert [to for to, _said in zalo.warnings] == ["4242"]  # of one story the newest
    tell("flood 2", Urgency.EXTREME, topic="second")
    send_all()
    _to, said = zalo.warnings[-1]
    assert (said["template_type"], said["language"], said["elements"][0]["content"]) == (
        "transaction_event",
        "VI",
        "Lũ khẩn cấp",
    )
    assert len(said["elements"][1]["content"]) == 250
    assert said["buttons"][0]["payload"]["url"].endswith("/f/x/")
    assert len(zalo.warnings) == 2


def test_trouble_is_tried_again_refusals_are_dead_letters_and_who_left_is_forgotten(zalo: Messenger) -> None:
    write(code_for(lan()), key="m1")
    send_all()
    zalo.answers = [{"error": -32}, {"error": 0}]
    tell("a", Urgency.HIGH, topic="a")
    send_all()
    assert dead_letters() == ()
    send_all(minutes=10)
    assert len(zalo.warnings) == 2
    zalo.answers = [{"error": -201}]
    tell("b", Urgency.HIGH, topic="b")
    send_all(minutes=11)
    (dead,) = dead_letters()
    assert (dead.channel, dead.last_error) == ("oa", "Zalo -201")
    zalo.answers = [{"error": -213}]
    tell("c", Urgency.HIGH, topic="c")
    send_all(minutes=12)
    assert not joined(lan())


def unfollows(at: datetime) -> bytes:
    return zalo_event(at=at, event="unfollow", key="m2").replace(
        b'"recipient"', b'"follower": {"id": "4242"}, "recipient"'
    )


@pytest.mark.usefixtures("zalo")
def test_that_somebody_left_and_came_back_is_heard_in_the_wrong_order_and_warns_them_still() -> None:
    write(code_for(lan()), key="m1")
    assert zalo_posts(unfollows(clock.now() - 2 * MINUTE)).status_code == 200  # Zalo calls again what we did not answer
    assert joined(lan())
    assert zalo_posts(unfollows(clock.now() + MINUTE)).status_code == 200
    assert not joined(lan())


def test_following_no_more_or_one_press_on_the_page_ends_it(zalo: Messenger) -> None:
    write(code_for(lan()), key="m1")
    event = unfollows(clock.now())
    assert zalo_posts(event, secret="another").status_code == 401
    assert joined(lan())
    assert zalo_posts(event).status_code == 200
    assert not joined(lan())
    write(code_for(lan()), key="m3")
    browser = Client()
    sign_in(browser, lan())
    assert "Zalo" in browser.get("/me/telling/").content.decode()
    assert browser.post("/me/telling/zalo/", {"stop": "1"}).status_code == 303
    assert not joined(lan())


def test_a_city_that_sends_no_warnings_there_shows_nothing_of_it(settings: Any) -> None:
    settings.HUES = replace(present.HUES, zalo_url="http://app:x@127.0.0.1:9", zalo_secret=SECRET)
    browser = Client()
    sign_in(browser, lan())
    assert "Zalo" not in browser.get("/me/telling/").content.decode()
    assert browser.post("/me/telling/zalo/").status_code == 404
    assert Client().post("/me/telling/zalo/").status_code == 401
