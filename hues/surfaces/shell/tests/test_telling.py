"""Instants in words, on the city's clock."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from hues.surfaces.shell import telling

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # ten in the morning in Huế


@pytest.mark.parametrize(
    ("before", "vi", "en"),
    [
        (timedelta(seconds=20), "vừa xong", "just now"),
        (timedelta(minutes=1), "1 phút trước", "1 minute ago"),
        (timedelta(minutes=59), "59 phút trước", "59 minutes ago"),
        (timedelta(hours=9), "9 giờ trước", "9 hours ago"),
        (timedelta(hours=11), "hôm qua, 23:00", "yesterday, 23:00"),
        (timedelta(days=5), "10:00 18/11", "10:00 18/11"),
        (timedelta(days=400), "19/10/2025", "19/10/2025"),
    ],
)
def test_what_was_is_told_as_people_say_it(before: timedelta, vi: str, en: str) -> None:
    assert telling.ago_words(NOW - before, NOW) == vi
    with translation.override("en"):
        assert telling.ago_words(NOW - before, NOW) == en


@pytest.mark.parametrize(
    ("ahead", "vi", "en", "tone"),
    [
        (timedelta(days=2, hours=4, minutes=30), "còn 2 ngày 4 giờ", "2 days 4 hours left", "calm"),
        (timedelta(hours=1, minutes=5), "còn 1 giờ 5 phút", "1 hour 5 minutes left", "wait"),
        (timedelta(seconds=30), "còn chưa đầy 1 phút", "under a minute left", "wait"),
        (timedelta(days=-1), "quá hạn 1 ngày", "1 day late", "bad"),
        (timedelta(days=1), "còn 1 ngày", "1 day left", "calm"),
    ],
)
def test_what_is_left_has_two_parts_and_a_tone(ahead: timedelta, vi: str, en: str, tone: str) -> None:
    assert telling.left_words(NOW + ahead, NOW) == vi
    assert telling.urgency(NOW + ahead, NOW) == tone
    with translation.override("en"):
        assert telling.left_words(NOW + ahead, NOW) == en


@pytest.mark.parametrize(
    ("shape", "vi"),
    [
        ("full", "23:30, 22/11/2026"),
        ("date", "22/11/2026"),
        ("time", "23:30"),
        ("short", "23:30 22/11"),
        ("day", "Chủ Nhật, 22/11/2026"),
    ],
)
def test_an_instant_is_shown_on_the_citys_clock(shape: str, vi: str) -> None:
    assert telling.instant_words(datetime(2026, 11, 22, 16, 30, tzinfo=UTC), shape) == vi
