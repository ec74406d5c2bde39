"""A signed event may have any shape: whatever stands in one place of it, the door answers and nothing breaks."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as present

from hues.kernel.agencies import testing as cast
from hues.kernel.letters import queries
from hues.kit import clock
from hues.surfaces.letters.testing import (
    SECRET,
    an_email,
    facebook_event,
    facebook_posts,
    mail_posts,
    zalo_event,
    zalo_posts,
)

pytestmark = pytest.mark.django_db
TEXTS: list[Any] = ["", "\x00", "\ud83d", "x" * 5000]
NUMBERS: list[Any] = [0, -1, 7.5, True, 10**400, float("inf"), float("nan")]
ODD: list[Any] = [None, *NUMBERS, *TEXTS, [], ["a"], [[]], {}, {"type": ["a"]}, {"a": {"b": [1]}}]
CAME: list[Any] = [
    {"type": "image", "payload": {"url": "https://picture.example/1.jpg"}},
    {"type": "location", "payload": {"coordinates": dict.fromkeys(("lat", "long", "latitude", "longitude"), 16.4)}},
    {"type": "file", "payload": {"url": "https://picture.example/2.pdf"}},
]


@pytest.fixture(autouse=True)
def channels(settings: Any) -> None:
    settings.HUES = replace(present.HUES, zalo_secret=SECRET, facebook_secret=SECRET, letters_secret=SECRET)


def places(found: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to everything in an event."""
    inside = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for name, what in inside:
        yield (*above, name)
        yield from places(what, (*above, name))


def changed(event: Any, way: tuple[Any, ...], what: Any) -> bytes:
    whole = deepcopy(event)
    inside = whole
    for name in way[:-1]:
        inside = inside[name]
    inside[way[-1]] = what
    return json.dumps(whole).encode()


@pytest.mark.parametrize("channel", ["zalo", "facebook"])
def test_whatever_stands_in_a_place_of_an_event_the_door_answers(channel: str) -> None:
    made, posts = (zalo_event, zalo_posts) if channel == "zalo" else (facebook_event, facebook_posts)
    event = json.loads(made(at=clock.now(), text="Ngập", attachments=CAME))
    broken, tried = [], 0
    # What Zalo signs by is text, or the digest of these tests cannot be made.
    for way in [way for way in places(event) if way not in (("app_id",), ("timestamp",))]:
        for odd in ODD:
            tried += 1
            status = posts(changed(event, way, odd)).status_code
            if status >= 500:
                broken.append((way, odd, status))
    assert broken == []
    assert tried > 300
    assert queries.waiting(cast.operator())


def an_odd_email(kind: bytes, words: str) -> bytes:
    return b"From: anh@example.vn\r\nSubject: Ngap\r\nContent-Type: " + kind + b"\r\n\r\n" + words.encode()


@pytest.mark.parametrize("charset", ["undefined", "idna", "unicode_escape", "hex", "utf-8\0", "\ud83d", "x"])
def test_an_email_in_whatever_letters_it_claims_to_be_is_kept(charset: str) -> None:
    mail = an_odd_email(b"text/plain; charset=" + charset.encode("utf-8", "surrogatepass"), "Đường ngập. " + "x" * 70)
    assert mail_posts(mail, at=clock.now()).status_code == 200
    (thread,) = queries.waiting(cast.operator())
    assert "x" * 70 in thread.text


@pytest.mark.parametrize("page", ["<!-- nothing -->", "<?xml version='1.0'?>", "<!DOCTYPE html>", "<", "\0"])
def test_an_email_whose_page_has_no_words_is_kept_by_its_subject(page: str) -> None:
    assert mail_posts(an_odd_email(b"text/html; charset=utf-8", page), at=clock.now()).status_code == 200
    (thread,) = queries.waiting(cast.operator())
    assert thread.text.startswith("Ngap")


@pytest.mark.parametrize("kind", ["message/rfc822\r\n\r\n", "multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"])
def test_an_email_that_is_nested_beyond_all_reason_is_not_kept_and_not_asked_for_again(kind: str) -> None:
    nested = "".join(f"Content-Type: {kind.format(n=n)}" for n in range(3000))
    assert mail_posts(f"From: anh@example.vn\r\n{nested}Ngap".encode(), at=clock.now()).status_code == 200
    assert queries.waiting(cast.operator()) == ()


@pytest.mark.parametrize("odd", ["a;", '"', "<a@b> ", "a*0=b;a*=b;", "("])
@pytest.mark.parametrize("name", ["Content-Type", "Content-Disposition", "Subject", "Message-ID", "Date", "From"])
def test_a_header_longer_than_any_program_writes_holds_nobody_up(name: str, odd: str) -> None:
    headers = {"From": "anh@example.vn", name: odd * 200_000}
    mail = "\r\n".join(f"{one}: {said}" for one, said in headers.items())
    assert mail_posts(f"{mail}\r\n\r\nNgập".encode(), at=clock.now()).status_code == 200


def test_a_sender_to_whom_nothing_can_be_sent_keeps_no_other_from_being_heard() -> None:
    event = json.loads(facebook_event(at=clock.now(), key="f1", sender="5" * 3000, text="Ngập"))
    event["entry"] += json.loads(facebook_event(at=clock.now(), key="f2", text="Ngập lớn"))["entry"]
    assert facebook_posts(json.dumps(event).encode()).status_code == 200
    assert [thread.text for thread in queries.waiting(cast.operator())] == ["Ngập lớn"]


def in_parts(kind: str, *parts: tuple[str, str]) -> bytes:
    said = "".join(f"--b\r\nContent-Type: {of}; charset=utf-8\r\n\r\n{words}\r\n" for of, words in parts)
    head = f"From: anh@example.vn\r\nSubject: Ngập\r\nContent-Type: {kind}; boundary=b\r\n\r\n"
    return f"{head}{said}--b--\r\n".encode()


def test_what_is_written_below_a_picture_is_read_too() -> None:
    mail = in_parts(
        "multipart/mixed", ("text/plain", "Đây là ảnh:"), ("image/png", "x"), ("text/plain", "Xin sửa gấp.")
    )
    assert mail_posts(mail, at=clock.now()).status_code == 200
    (thread,) = queries.waiting(cast.operator())
    assert thread.text == "Ngập\n\nĐây là ảnh:\nXin sửa gấp."


def test_a_page_is_read_where_its_words_without_form_are_missing() -> None:
    mail = in_parts("multipart/alternative", ("text/plain", " \r\n"), ("text/html", "<p>Đường ngập.</p>"))
    assert mail_posts(mail, at=clock.now()).status_code == 200
    (thread,) = queries.waiting(cast.operator())
    assert thread.text == "Ngập\n\nĐường ngập."


def test_an_email_that_forwards_another_is_read_by_its_own_words() -> None:
    mail = an_email("Xin xem thư dưới.", subject="Chuyển tiếp")
    mail.add_attachment(an_email("Lời của người khác.", subject="Của người khác"))
    assert mail_posts(bytes(mail), at=clock.now()).status_code == 200
    (thread,) = queries.waiting(cast.operator())
    assert thread.text == "Chuyển tiếp\n\nXin xem thư dưới."
