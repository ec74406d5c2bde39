"""What the approver of a notice should look at twice: nothing here forbids."""

import re
from collections.abc import Iterator
from typing import Final

from hues.engines.bulletins.rules.notices import CIRCLES, Kind, NoticeContent, NoticeText
from hues.engines.bulletins.rules.warnings import Reach, Warn, is_half_said
from hues.kit.few import FEW

LONGEST_TOLD: Final = 240  # letters of the words that a device shows
LONGEST_SHOWN: Final = 65  # letters of a title before a locked phone cuts it
# A time, a date, a day of the week or a word for one: "7 giờ", "19:30", "3/11", "thứ Hai", "tomorrow".
WHEN: Final = re.compile(
    r"\d{1,2}\s*(?:giờ|h\b|:\d{2}|am\b|pm\b)|\d{1,2}[/.-]\d{1,2}|ngày\s+\d|tháng\s+\d|tuần|\bnăm\s+\d{4}|"
    r"\b(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|hôm nay|ngày mai|sáng|trưa|chiều|tối|đêm|hiện nay|từ nay|"
    r"today|tomorrow|tonight|now|week|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|"
    r"may\s+\d|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)


def is_for_few(content: NoticeContent, reach: Reach) -> bool:
    """Test if so few say of themselves that they belong to its circle that their number would tell who."""
    return content.audience in CIRCLES and reach.people < FEW


def notice_warnings(content: NoticeContent, reach: Reach, before: NoticeContent | None = None) -> tuple[Warn, ...]:
    """Return what an approver should look at twice; of an update also what it has left as it was."""
    left = (Warn.ONE_LANGUAGE,) if before and is_half_said(before.texts, content.texts) else ()
    return (*_warnings(content, reach), *left)


def _warnings(content: NoticeContent, reach: Reach) -> Iterator[Warn]:
    if is_for_few(content, reach):
        yield Warn.FEW
    elif reach.people + reach.devices == 0:
        yield Warn.NOBODY
    if reach.most_of_the_city:
        yield Warn.MOST_ARE_TOLD
    if undated(content):
        yield Warn.NO_DATE
    if any(len(text.title) > LONGEST_SHOWN for text in content.texts.values()):
        yield Warn.LONG_TITLE
    if any(len(text.body) > LONGEST_TOLD for text in content.texts.values()):
        yield Warn.CUT


def undated(content: NoticeContent) -> tuple[str, ...]:
    """Return the languages in which a notice does not say when."""
    asked = content.texts if content.kind is Kind.NOTICE else {}
    return tuple(code for code, text in asked.items() if not _says_when(text))


def _says_when(text: NoticeText) -> bool:
    return bool(WHEN.search(f"{text.title}\n{text.body}"))
