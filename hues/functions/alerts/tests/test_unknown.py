"""Is this warning real: numbers that are none of the city's, and messages that something took the place of."""

from dataclasses import replace

import pytest
from django.test import Client

from hues.engines.bulletins.rules.numbers import NOTICES, as_printed
from hues.engines.bulletins.testing import TEXTS, cancelled, issued, published_notice, updated, words
from hues.kit import clock

pytestmark = pytest.mark.django_db
VERIFY, YES, NO, OVER = "/f/alerts/verify/", "Đúng, thành phố đã", "Không phải tin của thành phố", "Không còn hiệu lực"


def _heading(page: str) -> str:
    return page.partition("<h1>")[2].partition("</h1>")[0]


@pytest.mark.parametrize("number", ["VN-HUE-2026-999999", "abc", "vn%01", "%3Cb%3E", "VN HUE 2026"])
def test_a_number_that_is_none_of_ours_is_called_false_with_the_way_to_ask(number: str) -> None:
    answer = Client().get(f"{VERIFY}{number}/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert _heading(page) == NO
    assert 'href="tel:' in page
    assert f'action="{VERIFY}"' in page
    assert 'href="/f/notices/channels/"' in page
    assert "<b>" not in page


OTHERWISE = [
    "{}",
    "{}.",
    " {} ",
    "https://example.vn/f/notices/{}/",
    "Mã tin: {}, xem ngay",
    "Code\n{}",
    "Number {}",
    "alert {}",
    "Canh bao lu {}",
    "Cảnh báo - {}",
    "so:{}",
    "CT-2026-000001 là giả, {} mới thật",
    "Lũ lên nhanh, hãy dọn đồ lên gác. " * 20 + "https://example.vn/f/alerts/verify/{}/",
]


def _spelt(number: str) -> list[str]:
    other = [number.lower(), number.replace("-", "\u2011"), number.replace("-", " – "), number.replace("-", " ")]
    other += [f"tin {number.replace('-', ' ')} nhé", f"({number})", number.replace("-", "")]
    return [*(form.format(number) for form in OTHERWISE), *other]


def test_what_is_the_citys_is_never_called_false_however_its_number_is_typed() -> None:
    at = clock.now()
    alert, notice = issued(words(at=at), at=at).identifier, published_notice(at=at).number
    for number in (alert, notice):
        for typed in _spelt(number):
            answer = Client().get(VERIFY, {"code": typed}, follow=True)
            assert _heading(answer.content.decode()).startswith(YES), typed
    for path in (f"{VERIFY}{notice}/", f"{VERIFY}{alert.lower()}./", f"/f/notices/verify/{notice.lower()}/"):
        assert _heading(Client().get(path, follow=True).content.decode()).startswith(YES), path
    assert Client().get(f"/f/notices/verify/{alert}/")["Location"] == f"{VERIFY}{alert}/"


def test_a_prefix_may_have_figures_and_points_and_one_that_only_ends_like_ours_is_no_other_number() -> None:
    assert (
        as_printed("cảnh báo 2.49.0.1.704.0-2026-000012.", ("2.49.0.1.704.0", NOTICES)) == "2.49.0.1.704.0-2026-000012"
    )
    assert as_printed("XTB-2026-000012", ("VN-HUE", NOTICES)) == "XTB-2026-000012"
    assert as_printed("TB năm 2026", ("VN-HUE", NOTICES)) == ""


def test_the_form_leads_to_the_same_page() -> None:
    answer = Client().get(VERIFY, {"code": "vn-hue-2026-999999"}, follow=True)
    assert answer.status_code == 404
    assert _heading(answer.content.decode()) == NO


@pytest.mark.parametrize("number", ["TB-2026-999999", "tb", "vn%01"])
def test_a_notice_of_an_unknown_number_is_called_false(number: str) -> None:
    answer = Client().get(f"/f/notices/verify/{number}/")
    assert answer.status_code == 404
    assert _heading(answer.content.decode()) == NO


def test_what_was_replaced_says_first_that_it_is_over_and_leads_to_the_newest() -> None:
    at = clock.now()
    first = issued(words(at=at), at=at)
    assert _heading(Client().get(f"{VERIFY}{first.identifier}/").content.decode()).startswith(YES)
    calmer = replace(words(at=at), texts={**TEXTS, "vi-VN": replace(TEXTS["vi-VN"], headline="Nước đang rút")})
    second = updated(first, calmer, at=clock.now())
    third = updated(second, calmer, at=clock.now())
    for dead in (first, second):
        page = Client().get(f"{VERIFY}{dead.identifier}/").content.decode()
        assert _heading(page) == OVER
        assert YES not in page
        assert f'href="{VERIFY}{third.identifier}/"' in page.partition("<dl")[0]
    over = cancelled(third, at=clock.now())
    assert _heading(Client().get(f"{VERIFY}{over.identifier}/").content.decode()).startswith(YES)
    assert _heading(Client().get(f"{VERIFY}{third.identifier}/").content.decode()) == OVER


def test_a_notice_in_force_is_still_the_citys() -> None:
    number = published_notice(at=clock.now()).number
    assert _heading(Client().get(f"/f/notices/verify/{number}/").content.decode()).startswith(YES)
