"""What neighbours pass on: the words of what holds, and of what is over only that it is."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from hues.engines.bulletins import queries
from hues.engines.bulletins.rules.notices import Kind, NoticeText
from hues.engines.bulletins.testing import TEXTS, cancelled, issued, notice_words, published_notice, updated, words
from hues.functions.alerts import card as drawn_card
from hues.functions.alerts.sheet import aloud, passed_on, sheet
from hues.kit import clock

pytestmark = pytest.mark.django_db
LIST = "/f/alerts/"
LATE = timedelta(hours=13)


@pytest.fixture(autouse=True)
def _no_pictures_of_other_tests() -> None:
    cache.clear()


def told_to_pass_on(identifier: str) -> str:
    found = re.search(r'id="pack-words">([^<]*)<', Client().get(f"{LIST}{identifier}/").content.decode())
    assert found
    return found[1]


def test_dead_news_is_passed_on_as_over_and_leads_to_what_replaced_it() -> None:
    at = clock.now()
    alert = issued(words(at=at), at=at)
    first = TEXTS["vi-VN"]
    assert first.instruction in told_to_pass_on(alert.identifier)
    calmer = replace(first, headline="Nước đang rút", instruction="Dọn bùn.")
    newer = updated(alert, replace(words(at=at), texts={**TEXTS, "vi-VN": calmer}), at=clock.now())
    shared = told_to_pass_on(alert.identifier)
    assert f"Không còn hiệu lực: {first.headline}" in shared
    assert "Tin mới của thành phố: Nước đang rút" in shared
    assert f"/f/alerts/verify/{newer.identifier}/" in shared
    page = Client().get(f"{LIST}{alert.identifier}/").content.decode()
    assert first.instruction not in shared
    assert f'og:title" content="Không còn hiệu lực: {first.headline}"' in page
    assert first.instruction not in page.partition("</head>")[0]
    over = cancelled(newer, at=clock.now())
    for dead in (alert, newer, over):
        shared = told_to_pass_on(dead.identifier)
        assert "Không còn hiệu lực: Nước đang rút" in shared
        assert f"/f/alerts/verify/{over.identifier}/" in shared


def test_an_alert_whose_time_is_over_is_passed_on_as_over_even_before_its_timer_came() -> None:
    at = clock.now() - LATE
    alert = issued(words(at=at), at=at)
    shared = told_to_pass_on(alert.identifier)
    assert shared.startswith(f"Không còn hiệu lực: {TEXTS['vi-VN'].headline}")
    assert TEXTS["vi-VN"].instruction not in shared


def test_the_picture_of_dead_news_does_not_say_what_to_do() -> None:
    at = clock.now()
    alert = issued(words(at=at), at=at)
    card = queries.alert(alert.identifier)
    assert passed_on(sheet(card, at), at).words in {text.instruction for text in TEXTS.values()}
    later = at + LATE
    said = passed_on(sheet(card, later), later)
    assert said.words == ""
    before = drawn_card.drawn(sheet(card, later), said, address="https://hue.example/", until="")
    assert before != drawn_card.drawn(
        sheet(card, later), replace(said, words=TEXTS["vi-VN"].instruction), address="https://hue.example/", until=""
    )


def _kept() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM hues_cache WHERE cache_key LIKE '%alerts.picture%'")
        return int(cursor.fetchone()[0])


def test_a_picture_is_drawn_once_for_all_who_ask_and_anew_when_the_alert_is_over() -> None:
    at = clock.now()
    alert = issued(words(at=at), at=at)
    address = reverse("alerts:picture", args=[alert.identifier])
    first = Client().get(address)
    assert Client().get(f"{address}?x=1").content == first.content
    assert _kept() == 1
    cancelled(alert, at=clock.now())
    assert Client().get(address).content != first.content
    assert _kept() == 2


def test_that_a_rumour_is_false_does_not_read_as_if_the_alert_was() -> None:
    at = clock.now()
    alert = issued(words(at=at), at=at)
    texts = {
        "vi": NoticeText(title="Đập vẫn an toàn", rumour="Đập sắp vỡ", body="Hồ vẫn an toàn.", source="Đài"),
        "en": NoticeText(title="The dam is safe", rumour="The dam breaks", body="The dam is safe.", source="Met"),
    }
    about = {"kind": Kind.CORRECTION, "verdict": "false", "about": alert.identifier, "wards": (), "texts": texts}
    published_notice(notice_words(**about), at=at)
    for front, said, rumour in (
        ("/en", "A rumour about this is false:", "The dam breaks"),
        ("", "Có tin giả về việc này:", "Đập sắp vỡ"),
    ):
        page = Client().get(f"{front}{LIST}{alert.identifier}/").content.decode()
        assert f"{said}</span><span>{rumour}</span>" in page
        assert "It is false" not in page


def test_the_loudspeakers_read_a_sentence_a_line_and_times_as_one_says_them() -> None:
    said = replace(TEXTS["vi-VN"], headline="Lũ lên.", instruction="Lên cao ngay. Đừng qua cầu ở TP. Huế!\nGọi 112.")
    end = datetime(2037, 11, 30, 6, 51, tzinfo=UTC)
    at, alert = clock.now(), issued(words(at=clock.now()), at=clock.now())
    card = replace(queries.alert(alert.identifier), texts={**TEXTS, "vi-VN": said}, expires_at=end)
    read = aloud(sheet(card, at)).split("\n\n")
    assert "Lũ lên." in read
    at_do = read.index("Lên cao ngay.")
    assert read[at_do : at_do + 3] == ["Lên cao ngay.", "Đừng qua cầu ở TP. Huế!", "Gọi 112."]
    assert any(line.endswith("đến 13 giờ 51 phút ngày 30 tháng 11.") for line in read)
    on_the_hour = replace(card, expires_at=end.replace(minute=0))
    assert "đến 13 giờ ngày 30 tháng 11." in aloud(sheet(on_the_hour, at))
    with override("en"):
        assert "13:51 on 30 November." in aloud(sheet(card, at))
