"""Files are sent to those who have a link, and to everybody once published."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from hues.kernel.media import actions, blobs, links, queries
from hues.kernel.media.testing import a_photo, a_recording
from hues.kit import clock
from hues.kit.ids import new_id

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
LAN, IOC = new_id(), new_id()


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    theirs = {"BACKEND": "hues.kernel.media.storage.DurableFolder", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": theirs}


def body(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else bytes(answer.content)


def test_a_stranger_with_a_link_sees_the_photo_and_no_cookie_is_set(client: Client) -> None:
    card = a_photo(by=LAN, at=NOON)
    answer = client.get(queries.link(card.id, "thumb", clock.now()))
    assert answer.status_code == HTTPStatus.OK
    assert body(answer)[8:12] == b"WEBP"
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == f'inline; filename="hues-{str(card.id)[-12:]}-thumb.webp"'
    assert answer["Cache-Control"].startswith("private, max-age=")
    assert int(answer["Cache-Control"].split("=")[1]) <= 600
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_an_old_link_opens_nothing(client: Client) -> None:
    card = a_photo(by=LAN, at=NOON)
    token = links.token(card.id, "thumb", clock.now() - timedelta(minutes=11))
    assert client.get(f"/media/s/{token}").status_code == HTTPStatus.NOT_FOUND


def test_a_link_opens_nothing_once_the_photo_is_hidden_or_erased(client: Client) -> None:
    hidden, erased = a_photo(by=LAN, at=NOON), a_photo(by=LAN, at=NOON)
    addresses = [queries.link(card.id, "full", clock.now()) for card in (hidden, erased)]
    actions.hide([hidden.id], by=IOC, at=NOON)
    actions.erase([erased.id], at=NOON)
    assert [client.get(address).status_code for address in addresses] == [HTTPStatus.NOT_FOUND] * 2


def test_an_unpublished_photo_has_no_public_address(client: Client) -> None:
    card = a_photo(by=LAN, at=NOON)
    for name in ("thumb.webp", "full.jpg"):
        assert client.get(f"/media/p/{card.id}/{name}").status_code == HTTPStatus.NOT_FOUND


def test_a_published_photo_may_be_kept_by_everybody_for_a_day(client: Client) -> None:
    card = a_photo(by=LAN, at=NOON, published=True)
    answer = client.get(queries.link(card.id, "full", NOON))
    assert (answer.status_code, answer["Content-Type"]) == (HTTPStatus.OK, "image/jpeg")
    assert "public" in answer["Cache-Control"]
    assert "max-age=86400" in answer["Cache-Control"]
    again = client.get(queries.link(card.id, "full", NOON), headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, body(again)) == (HTTPStatus.NOT_MODIFIED, b"")
    actions.withdraw([card.id], at=NOON)
    assert client.get(f"/media/p/{card.id}/full.jpg").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("name", ["full.webp", "thumb.jpg", "thumb", "clip.mp4", "poster.jpg", "x", "full.jpg.exe"])
def test_only_the_right_name_of_a_published_photo_is_answered(client: Client, name: str) -> None:
    card = a_photo(by=LAN, at=NOON, published=True)
    assert client.get(f"/media/p/{card.id}/{name}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-1", 0, 2), ("bytes=100-", 100, None), ("bytes=-50", -50, None), ("bytes=10-99999999", 10, None)],
)
def test_a_player_may_ask_for_a_part_of_a_clip(client: Client, asked: str, start: int, end: int | None) -> None:
    card = actions.store_clip(a_recording(), by=LAN, at=NOON)
    address = queries.link_to(card, "clip", clock.now())
    whole = body(client.get(address))
    answer = client.get(address, headers={"Range": asked})
    assert answer.status_code == HTTPStatus.PARTIAL_CONTENT
    expected = whole[start:end]
    assert body(answer) == expected
    first = start if start >= 0 else len(whole) + start
    assert answer["Content-Range"] == f"bytes {first}-{first + len(expected) - 1}/{len(whole)}"
    assert answer["Content-Length"] == str(len(expected))


def test_a_part_beyond_the_end_is_refused_and_nonsense_gets_the_whole(client: Client) -> None:
    card = actions.store_clip(a_recording(), by=LAN, at=NOON)
    address = queries.link_to(card, "clip", clock.now())
    beyond = client.get(address, headers={"Range": "bytes=99999999-"})
    assert beyond.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    assert beyond["Content-Range"] == f"bytes */{card.bytes}"
    for asked in ("bytes=-", "bytes=5-2,7-9", "lines=1-2", "bytes=a-b"):
        assert client.get(address, headers={"Range": asked}).status_code == HTTPStatus.OK
    stale = client.get(address, headers={"Range": "bytes=0-1", "If-Range": '"other"'})
    assert stale.status_code == HTTPStatus.OK


def test_a_clip_has_a_poster_and_a_sound_has_none(client: Client) -> None:
    film = actions.store_clip(a_recording(), by=LAN, at=NOON)
    sound = actions.store_clip(a_recording("wav", video="", audio="pcm_s16le"), by=LAN, at=NOON)
    assert client.get(queries.link_to(film, "poster", clock.now()))["Content-Type"] == "image/jpeg"
    assert client.get(queries.link_to(sound, "poster", clock.now())).status_code == HTTPStatus.NOT_FOUND
    actions.publish([film.id], at=NOON)
    address = queries.link_to(queries.clip(film.id), "clip", NOON)
    assert address == f"/media/p/{film.id}/clip.mp4"
    assert client.get(address)["Content-Type"] == "video/mp4"


def test_bytes_that_storage_lost_are_not_found(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    card = a_photo(by=LAN, at=NOON)
    token = links.token(card.id, "thumb", clock.now())
    name = queries.granted_file(links.grant(token, clock.now())).sha256
    blobs.delete(name[:2], name)
    assert client.get(f"/media/s/{token}").status_code == HTTPStatus.NOT_FOUND
    assert "gone from storage" in caplog.text


def test_files_are_for_reading_only(client: Client) -> None:
    card = a_photo(by=LAN, at=NOON, published=True)
    assert client.post(f"/media/p/{card.id}/full.jpg").status_code == HTTPStatus.METHOD_NOT_ALLOWED
