"""Guessing at the code that joins a Zalo account: a few tries, a clear answer, and no try beyond."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as present
from django.core.cache import cache
from django.test import Client

from hues.kernel.agencies.testing import lan
from hues.kernel.delivery import actions
from hues.kernel.delivery.queries import wishes
from hues.kernel.letters.testing import Messenger, a_zalo
from hues.kernel.people.testing import sign_in
from hues.kit import clock
from hues.surfaces.letters.testing import SECRET, zalo_event, zalo_posts

pytestmark = pytest.mark.django_db


@pytest.fixture
def zalo(settings: Any) -> Iterator[Messenger]:
    cache.clear()
    with a_zalo() as found:
        settings.HUES = replace(
            present.HUES, zalo_url=found.url, zalo_secret=SECRET, zalo_page="https://zalo.me/1", demo=True
        )
        actions.keep_zalo_pass(refresh="refresh-0", at=clock.now())
        yield found
    cache.clear()


def the_code() -> str:
    browser = Client()
    sign_in(browser, lan())
    found = re.search(r"HUE \d{4} \d{4}", browser.post("/me/telling/zalo/").content.decode())
    assert found
    return found[0]


def write(words: str, key: str, sender: str) -> None:
    assert zalo_posts(zalo_event(at=clock.now(), text=words, key=key, sender=sender)).status_code == 200


def joined() -> bool:
    person = lan().person_id
    assert person
    return wishes(person).zalo


def wrong(code: str) -> list[str]:
    return [f"HUE {n:04} {n:04}" for n in range(9) if f"HUE {n:04} {n:04}" != code]


def heard(zalo: Messenger, sender: str) -> list[str]:
    while actions.send_owed(at=clock.now()):
        pass
    return [text for to, text, _headers in zalo.texts if to == sender and "mã" in text.lower()]


def test_the_sixth_code_of_an_account_is_not_compared_even_if_it_is_right(zalo: Messenger) -> None:
    code = the_code()
    for n, guess in enumerate(wrong(code)[:5]):
        write(guess, f"g{n}", "1")
    write(code, "right", "1")
    assert not joined()
    # The account is told once how to go on; somebody else's tries do not count against the owner of the code.
    (told,) = heard(zalo, "1")
    assert "không còn hiệu lực" in told
    assert told.endswith("/me/telling/")
    write(code, "mine", "2")
    assert joined()
    assert heard(zalo, "2") == []


def test_what_is_no_code_counts_as_no_try(zalo: Messenger) -> None:
    code = the_code()
    for n in range(7):
        write(f"Cây đổ ở đường số {n}", f"l{n}", "1")
    write(code, "right", "1")
    assert joined()
