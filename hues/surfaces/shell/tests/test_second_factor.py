"""A second proof at sign-in: turned on with the app's code, asked for each time, replaced by spare codes."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from hues.kernel.agencies.testing import operator
from hues.kernel.delivery.queries import texts_to

pytestmark = pytest.mark.django_db
PHONE = "+84901000005"


@pytest.fixture(autouse=True)
def _somebody() -> None:
    cache.clear()
    assert operator().in_ioc


def by_phone(client: Client) -> str:
    client.post("/login/", {"phone": PHONE, "next": "/ops/"})
    (code,) = re.findall(r"\b\d{6}\b", texts_to(PHONE)[0].body)
    return str(client.post("/login/code/", {"code": code, "next": "/ops/"})["Location"])


def code_of(secret: str, *, steps: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def turn_on(client: Client) -> str:
    page = client.get("/me/security/app/").content.decode()
    (secret,) = re.findall(r"<code>(\w+)</code>", page)
    assert client.post("/me/security/app/", {"code": code_of(secret)})["Location"] == "/me/security/codes/"
    return str(secret)


def prove_again(client: Client, secret: str, path: str) -> str:
    asked = client.get(path)
    assert asked["Location"].startswith("/me/security/again/")
    proved = client.post(asked["Location"], {"code": code_of(secret, steps=1), "next": path})
    assert proved["Location"] == path
    return client.get(path).content.decode()


def test_the_app_is_asked_for_at_the_next_sign_in() -> None:
    client, later = Client(), Client()
    assert by_phone(client) == "/ops/"
    secret = turn_on(client)
    assert by_phone(later) == "/login/second/"
    assert "_auth_user_id" not in later.session
    assert later.post("/login/second/", {"code": "000000"}).status_code == 200
    assert later.post("/login/second/", {"code": code_of(secret, steps=1)})["Location"] == "/ops/"
    assert "_auth_user_id" in later.session


def test_a_spare_code_works_once() -> None:
    client = Client()
    by_phone(client)
    spare = re.findall(r"<code>(\w+)</code>", prove_again(client, turn_on(client), "/me/security/codes/"))[0]
    second, third = Client(), Client()
    by_phone(second)
    assert second.post("/login/second/", {"code": spare}).status_code == 302
    by_phone(third)
    assert third.post("/login/second/", {"code": spare}).status_code == 200
    assert "_auth_user_id" not in third.session


def test_a_wrong_first_code_turns_nothing_on() -> None:
    client = Client()
    by_phone(client)
    client.get("/me/security/app/")
    assert client.post("/me/security/app/", {"code": "000000"}).status_code == 200
    assert by_phone(Client()) == "/ops/"


def test_turning_it_off_asks_for_the_app_once_more() -> None:
    client, other = Client(), Client()
    by_phone(client)
    secret = turn_on(client)
    by_phone(other)
    other.post("/login/second/", {"code": code_of(secret, steps=1)})
    asked = other.get("/me/security/app/off/")
    assert asked["Location"].startswith("/me/security/again/")
    assert other.get(asked["Location"]).status_code == 200


def test_the_pages_are_for_those_who_signed_in() -> None:
    stranger = Client()
    for path in ("/me/security/", "/me/security/app/", "/me/security/codes/", "/me/security/again/"):
        answer = stranger.get(path)
        assert answer.status_code in (302, 303, 401)
        assert b"<code>" not in answer.content
    assert stranger.get("/login/second/")["Location"] == "/login/"


def test_every_page_of_security_can_be_opened() -> None:
    client = Client()
    by_phone(client)
    assert client.get("/me/security/").status_code == 200
    prove_again(client, turn_on(client), "/me/security/codes/")
    for path in ("/me/security/", "/me/security/codes/new/", "/me/security/app/off/"):
        assert client.get(path).status_code == 200
    assert client.get("/en/me/security/").content.decode().count("<h1>") == 1
