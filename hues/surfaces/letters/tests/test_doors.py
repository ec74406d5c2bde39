"""Each channel gets in by its own signature; what is forged, played again, broken or too large changes nothing."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as present
from django.test import Client

from hues.kernel.agencies import testing as cast
from hues.kernel.letters import queries
from hues.kernel.letters.queries import LetterCard
from hues.kernel.media.testing import a_picture
from hues.kit import clock
from hues.surfaces.letters import views
from hues.surfaces.letters.testing import (
    SECRET,
    VERIFY,
    an_email,
    facebook_event,
    facebook_posts,
    mail_posts,
    post,
    zalo_event,
    zalo_posts,
)

pytestmark = pytest.mark.django_db
WORDS = "Ổ gà rất sâu trước cổng trường."


@pytest.fixture(autouse=True)
def channels(settings: Any) -> None:
    settings.HUES = replace(
        present.HUES, zalo_secret=SECRET, facebook_secret=SECRET, facebook_verify=VERIFY, letters_secret=SECRET
    )


def kept() -> tuple[LetterCard, ...]:
    return tuple(letter for thread in queries.waiting(cast.operator()) for letter in thread.letters)


def ways() -> list[str]:
    return [thread.way for thread in queries.waiting(cast.operator())]


def image(url: str) -> dict[str, Any]:
    return {"type": "image", "payload": {"url": url, "thumbnail": url}}


def test_zalo_brings_words_pictures_and_a_place() -> None:
    at = clock.now()
    assert zalo_posts(zalo_event(at=at, text=WORDS)).status_code == 200
    place = {"type": "location", "payload": {"coordinates": {"latitude": "16.4698", "longitude": "107.5776"}}}
    zalo_posts(zalo_event(at=at, event="user_send_location", key="m2", attachments=[place]))
    both = [image("https://photo.example/1.jpg"), {"type": "audio", "payload": {"url": "https://a.example/"}}]
    zalo_posts(zalo_event(at=at, event="user_send_image", key="m3", attachments=both))
    words, somewhere, picture = kept()
    assert (ways(), words.text) == (["zalo"], WORDS)
    assert (somewhere.lat, somewhere.lng) == (16.4698, 107.5776)
    assert (picture.coming, picture.left_out) == (1, 1)


@pytest.mark.parametrize("event", ["follow", "user_seen_message", "oa_send_text", "user_send_sticker"])
def test_what_zalo_tells_besides_is_taken_and_not_kept(event: str) -> None:
    assert zalo_posts(zalo_event(at=clock.now(), event=event, text=WORDS)).status_code == 200
    assert kept() == ()


def test_facebook_brings_words_pictures_and_a_place_but_not_what_the_page_itself_said() -> None:
    at = clock.now()
    place = {"type": "location", "payload": {"coordinates": {"lat": 16.4698, "long": 107.5776}}}
    with_all = facebook_event(at=at, text=WORDS, attachments=[image("https://photo.example/1.jpg"), place])
    assert facebook_posts(with_all).status_code == 200
    assert facebook_posts(facebook_event(at=at, key="f2", text="Cảm ơn", is_echo=True)).status_code == 200
    (letter,) = kept()
    assert (letter.text, letter.coming, letter.lat) == (WORDS, 1, 16.4698)
    assert ways() == ["facebook"]


def test_facebook_is_shown_that_the_address_is_the_citys() -> None:
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}
    shown = Client().get("/letters/facebook/", {**asked, "hub.verify_token": VERIFY})
    assert (shown.status_code, shown.content, shown["Content-Type"]) == (
        200,
        b"1158201444",
        "text/plain; charset=utf-8",
    )
    assert Client().get("/letters/facebook/", {**asked, "hub.verify_token": "another"}).status_code == 403
    assert Client().get("/letters/facebook/", asked).status_code == 403


def test_an_email_brings_subject_words_and_pictures() -> None:
    mail = an_email(WORDS)
    mail.add_attachment(a_picture(), maintype="image", subtype="jpeg", filename="1.jpg")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="1.pdf")
    assert mail_posts(mail.as_bytes(), at=clock.now()).status_code == 200
    (letter,) = kept()
    assert (ways(), letter.text) == (["letter"], f"Phản ánh\n\n{WORDS}")
    assert (len(letter.photos), letter.left_out) == (1, 1)


def test_of_an_answer_only_what_is_new_is_kept_and_of_a_page_only_its_words() -> None:
    at = clock.now()
    answer = f"{WORDS}\n\nVào T2, 2 thg 3, 2026 lúc 10:00 Hue-S đã viết:\n> PA-2026-000001: đã nhận\n"
    mail_posts(an_email(answer, subject="Re: PA-2026-000001", In_Reply_To="<0@hue.example>").as_bytes(), at=at)
    page = an_email("x", Message_ID="<2@example.vn>", subject="")
    page.set_content(f"<style>p {{color: red}}</style><p>{WORDS}</p><script>alert(1)</script>", subtype="html")
    mail_posts(page.as_bytes(), at=at)
    assert [letter.text for letter in kept()] == [WORDS, WORDS]


@pytest.mark.parametrize(
    "headers", [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"Return_Path": "<>"}, {"From": "nobody"}]
)
def test_what_a_machine_wrote_by_itself_is_not_kept(headers: dict[str, str]) -> None:
    assert mail_posts(an_email("Tôi vắng mặt.", **headers).as_bytes(), at=clock.now()).status_code == 200
    assert kept() == ()


def test_letters_in_an_old_or_wrong_alphabet_are_read_as_far_as_they_can_be() -> None:
    head = b"From: a@example.vn\r\nSubject: =?utf-8?q?Ng=E1=BA=ADp?=\r\nMessage-ID: <%d@x>\r\n"
    kind = b"Content-Type: text/plain; charset=%s\r\n\r\nNg\xff sau"
    for number, charset in enumerate((b"utf-8", b"no-such-charset")):
        assert mail_posts((head + kind) % (number, charset), at=clock.now()).status_code == 200
    assert len(kept()) == 2
    assert all(letter.text.startswith("Ngập\n\nN") for letter in kept())


@pytest.mark.parametrize("posts", ["zalo", "facebook", "mail"])
def test_a_wrong_signature_is_refused_and_leaves_nothing(posts: str) -> None:
    at = clock.now()
    answer = {
        "zalo": lambda: zalo_posts(zalo_event(at=at, text=WORDS), secret="another"),
        "facebook": lambda: facebook_posts(facebook_event(at=at, text=WORDS), secret="another"),
        "mail": lambda: mail_posts(an_email(WORDS).as_bytes(), at=at, secret="another"),
    }[posts]()
    assert answer.status_code == 401
    assert kept() == ()


@pytest.mark.parametrize("path", ["/letters/zalo/", "/letters/facebook/", "/letters/mail/"])
@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_what_is_not_signed_at_all_is_refused(path: str, body: bytes) -> None:
    headers = {"X-ZEvent-Signature": "mac=é", "X-Hub-Signature-256": "", "Hues-Signature": "t=1,v1=0"}
    assert post(path, body, "application/json", headers).status_code == 401


def test_a_signed_letter_cannot_be_changed() -> None:
    at = clock.now()
    body = zalo_event(at=at, text=WORDS)
    signed = zalo_posts(body).wsgi_request.headers["X-ZEvent-Signature"]
    other = body.replace(b"4242", b"4343").replace(b'"m1"', b'"m9"')
    assert post("/letters/zalo/", other, "application/json", {"X-ZEvent-Signature": signed}).status_code == 401
    assert len(kept()) == 1


def test_what_is_handed_over_twice_is_kept_once() -> None:
    at = clock.now()
    for _ in range(2):
        assert zalo_posts(zalo_event(at=at, text=WORDS)).status_code == 200
        assert facebook_posts(facebook_event(at=at, text=WORDS)).status_code == 200
        assert mail_posts(an_email(WORDS).as_bytes(), at=at).status_code == 200
    assert len(kept()) == 3


def test_what_was_recorded_long_ago_is_not_taken_again() -> None:
    old = clock.now() - timedelta(days=8)
    assert zalo_posts(zalo_event(at=old, text=WORDS)).status_code == 200
    assert facebook_posts(facebook_event(at=old, text=WORDS)).status_code == 200
    assert mail_posts(an_email(WORDS).as_bytes(), at=clock.now() - timedelta(minutes=6)).status_code == 401
    assert kept() == ()


def test_broken_bytes_and_strange_shapes_neither_break_the_door_nor_the_words_beside_them() -> None:
    at = clock.now()
    broken = zalo_event(at=at, text="WORDS").replace(b"WORDS", "Ngập \xff".encode("latin-1", "replace") + b" s\\ud83du")
    assert zalo_posts(broken).status_code == 200
    odd: list[dict[str, Any]] = [{"attachments": "x"}, {"attachments": [1, {"type": "location"}]}, {"text": {"a": 1}}]
    for number, said in enumerate(odd):
        assert zalo_posts(zalo_event(at=at, key=f"o{number}", **said)).status_code == 200
        assert facebook_posts(facebook_event(at=at, key=f"o{number}", **said)).status_code == 200
    assert facebook_posts(b'{"entry": [{"messaging": [{"message": 1}, 2]}, 3]}').status_code == 200
    assert "�" in kept()[0].text


def test_words_typed_in_pieces_are_kept_composed() -> None:
    zalo_posts(zalo_event(at=clock.now(), text="O\u0302\u0309 ga\u0300 sa\u0302u"))
    assert kept()[0].text == "Ổ gà sâu"


def test_what_is_too_large_is_refused() -> None:
    at = clock.now()
    big = zalo_event(at=at, text="a" * views.MESSAGE_BYTES)
    assert zalo_posts(big).status_code == 413
    assert facebook_posts(facebook_event(at=at, text="a" * views.MESSAGE_BYTES)).status_code == 413
    assert mail_posts(b"a" * (views.LETTER_BYTES + 1), at=at).status_code == 413


def test_without_a_secret_there_is_no_door(settings: Any) -> None:
    settings.HUES = replace(present.HUES, zalo_secret="", facebook_secret="", facebook_verify="", letters_secret="")
    at = clock.now()
    assert zalo_posts(zalo_event(at=at, text=WORDS), secret="").status_code == 404
    assert facebook_posts(facebook_event(at=at, text=WORDS), secret="").status_code == 404
    assert mail_posts(an_email(WORDS).as_bytes(), at=at, secret="").status_code == 404
    assert Client().get("/letters/facebook/", {"hub.mode": "subscribe", "hub.verify_token": ""}).status_code == 404
