"""The squares of lists: made when first asked for, of old photos too, and never of what is covered."""

import io
import os
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from pytest_django import Settings

from hues.kernel.media import actions, blobs, links, queries, sweeping
from hues.kernel.media.covering import Box
from hues.kernel.media.testing import a_photo, a_picture
from hues.kit import clock
from hues.kit.ids import new_id

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
LAN = new_id()


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    theirs = {"BACKEND": "hues.kernel.media.storage.DurableFolder", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": theirs}
    return tmp_path


def fetched(client: Client, photo_id: Any) -> Image.Image:
    answer = client.get(queries.link(photo_id, "tiny", clock.now()))
    assert answer.status_code == HTTPStatus.OK
    assert answer["Content-Type"] == "image/webp"
    return Image.open(io.BytesIO(b"".join(answer) if answer.streaming else answer.content)).convert("RGB")


def file_of(photo_id: Any, size: str) -> queries.MediaFile:
    return queries.granted_file(links.grant(links.token(photo_id, size, clock.now()), clock.now()))


def a_large_one() -> Any:
    return actions.store_photo(a_picture((640, 480)), by=LAN, at=NOON).id


def test_it_is_made_once_from_the_middle_and_is_much_smaller(client: Client) -> None:
    photo = a_large_one()
    assert file_of(photo, "tiny").sha256 == ""
    image = fetched(client, photo)
    assert image.size == (128, 128)
    left, right = image.getpixel((8, 64)), image.getpixel((120, 64))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > 150 > left[2]
    assert right[2] > 150 > right[0]
    square, thumb = file_of(photo, "tiny"), file_of(photo, "thumb")
    assert square.made_of == thumb.sha256
    assert fetched(client, photo).size == (128, 128)
    assert file_of(photo, "tiny") == square
    with blobs.read(square.sha256) as small, blobs.read(thumb.sha256) as larger:
        assert small.size < larger.size


def test_a_photo_smaller_than_that_is_not_blown_up(client: Client) -> None:
    assert fetched(client, a_photo(by=LAN, at=NOON).id).size == (48, 48)


def test_a_published_one_has_an_address_that_stays_and_a_hidden_one_none(client: Client) -> None:
    card = a_photo(by=LAN, at=NOON, published=True)
    address = queries.link(card.id, "tiny", clock.now())
    assert address == f"/media/p/{card.id}/tiny.webp"
    assert client.get(address).status_code == HTTPStatus.OK
    assert client.get(f"/media/p/{a_photo(by=LAN, at=NOON).id}/tiny.webp").status_code == HTTPStatus.NOT_FOUND
    actions.hide([card.id], by=LAN, at=NOON)
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND


def test_what_is_covered_is_covered_in_it_too_and_comes_back_with_the_photo(client: Client) -> None:
    photo = a_large_one()
    fetched(client, photo)
    actions.cover(photo, [Box(left=0, top=0, width=50, height=100)], by=LAN, at=NOON)
    covered = fetched(client, photo).getpixel((8, 64))
    assert isinstance(covered, tuple)
    assert max(covered) < 100
    actions.uncover(photo, by=LAN, at=NOON)
    back = fetched(client, photo).getpixel((8, 64))
    assert isinstance(back, tuple)
    assert back[0] > 150


def test_it_is_swept_with_the_photo_and_not_before(client: Client, folder: Path) -> None:
    photo = a_large_one()
    fetched(client, photo)
    old = (NOON - timedelta(days=2)).timestamp()
    for path in folder.rglob("*"):
        os.utime(path, (old, old))
    assert sweeping.sweep_orphans(NOON) == 0
    actions.erase([photo], at=NOON)
    assert sweeping.sweep_orphans(NOON) + sweeping.sweep_orphans(NOON) == 3
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_bytes_that_are_gone_are_not_found(client: Client, folder: Path) -> None:
    photo = a_large_one()
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()
    assert client.get(queries.link(photo, "tiny", clock.now())).status_code == HTTPStatus.NOT_FOUND
