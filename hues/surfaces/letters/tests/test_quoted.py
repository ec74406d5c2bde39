"""Of an answer by e-mail its own words are read, wherever they stand."""

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as present

from hues.kernel.agencies import testing as cast
from hues.kernel.letters import queries
from hues.kit import clock
from hues.surfaces.letters.testing import SECRET, an_email, mail_posts

pytestmark = pytest.mark.django_db
OWN = "Ở số 12 Lê Lợi, trước cổng trường."
GMAIL = "Vào Th 2, 2 thg 3, 2026 vào lúc 10:00 Hue-S <phananh@hue.example>\nđã viết:\n\n"
ASKED = "> Đèn nào tắt?\n> Ở đâu?\n"


@pytest.fixture(autouse=True)
def _channels(settings: Any) -> None:
    settings.HUES = replace(present.HUES, letters_secret=SECRET)


def read(words: str, **headers: str) -> str:
    assert mail_posts(an_email(words, **headers).as_bytes(), at=clock.now()).status_code == 200
    (thread,) = queries.waiting(cast.operator())
    return thread.text


@pytest.mark.parametrize(
    "words",
    [
        f"{OWN}\n\n{GMAIL}{ASKED}",
        f"{GMAIL}{ASKED}\n{OWN}\n",
        f"{ASKED}\n{OWN}",
        f"On 2 Mar 2026, at 10:00, Hue-S wrote:\n{ASKED}\n{OWN}",
        f"{OWN}\n\nVào 2/3/2026 lúc 10:00, Hue-S đã viết:\nĐèn nào tắt?\nỞ đâu?",
        f"{OWN}\n\n-----Original Message-----\nFrom: Hue-S\n\nĐèn nào tắt?",
    ],
)
def test_the_own_words_of_an_answer_are_read_above_and_below_what_it_quotes(words: str) -> None:
    assert read(words, subject="Re: Phản ánh", In_Reply_To="<0@hue.example>") == OWN


def test_words_between_what_is_quoted_are_all_read() -> None:
    words = f"{GMAIL}> Đèn nào tắt?\nCả ba bóng.\n> Ở đâu?\n{OWN}"
    assert read(words, subject="Re: Phản ánh") == f"Cả ba bóng.\n{OWN}"


def test_an_answer_of_which_nothing_else_is_left_is_read_whole() -> None:
    assert read(f"> {OWN}", subject="Re: Phản ánh") == f"> {OWN}"


def test_a_letter_that_answers_nothing_is_read_whole() -> None:
    words = f"Ngày 2/3 tôi đã viết:\nđèn tắt.\n> 3 bóng\n{OWN}"
    assert read(words, subject="Đèn tắt") == f"Đèn tắt\n\n{words}"
