"""A picture is known again when it comes back, however it was sent around."""

import hashlib
import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from hues.kernel.media import actions, queries
from hues.kernel.media.fingerprints import fingerprint
from hues.kernel.media.queries import PhotoCard
from hues.kernel.media.testing import a_picture
from hues.kit.ids import new_id

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
LAN = new_id()


def kept(content: bytes, *, used: bool = True) -> PhotoCard:
    """Store a picture as somebody's photo, and let something take it over."""
    card = actions.store_photo(content, by=LAN, at=NOON)
    if used:
        actions.attach([card.id], by=LAN, at=NOON)
    return card


def changed(content: bytes, change: Callable[[Image.Image], Image.Image], quality: int = 60) -> bytes:
    """Return a picture after what somebody did to it."""
    out = io.BytesIO()
    change(Image.open(io.BytesIO(content)).convert("RGB")).save(out, "JPEG", quality=quality)
    return out.getvalue()


def stamped(image: Image.Image) -> Image.Image:
    """Write a date into the corner, as cameras and messengers do."""
    ImageDraw.Draw(image).rectangle((420, 440, 620, 465), fill="black")
    return image


def scene(seed: int) -> bytes:
    """Return a picture that is soft as photos are, and another one for each seed."""
    greys = bytes(hashlib.shake_128(f"scene {seed}".encode()).digest(12 * 9))
    soft = Image.frombytes("L", (12, 9), greys).resize((640, 480), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    soft.convert("RGB").save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        lambda image: image,
        lambda image: image.resize((320, 240)),
        lambda image: ImageEnhance.Brightness(image).enhance(0.8),
        lambda image: image.convert("L").convert("RGB"),
        stamped,
    ],
    ids=["sent on", "smaller", "darker", "grey", "stamped"],
)
def test_the_same_picture_sent_around_is_known_again(change: Callable[[Image.Image], Image.Image]) -> None:
    first, _other = kept(a_picture(seed=1)), kept(a_picture(seed=2))
    again = kept(changed(a_picture(seed=1), change), used=False)
    assert queries.alike(again.id) == (first.id,)


@pytest.mark.parametrize(
    "change",
    [
        ImageOps.mirror,
        ImageOps.flip,
        lambda image: image.rotate(90, expand=True),
        lambda image: image.rotate(180),
        lambda image: image.crop((32, 24, 608, 456)),
        lambda image: ImageOps.expand(image, 32, "white"),
        lambda image: ImageOps.expand(image, (38, 29), "black"),
    ],
    ids=["mirrored", "upside down in the glass", "turned", "on its head", "cut", "white border", "black border"],
)
def test_the_same_picture_turned_framed_or_cut_is_known_again(change: Callable[[Image.Image], Image.Image]) -> None:
    content = scene(7)
    first, _other = kept(content), kept(scene(8))
    again = kept(changed(content, change), used=False)
    assert queries.alike(again.id) == (first.id,)


def test_no_two_of_many_pictures_are_alike_however_they_are_turned() -> None:
    cards = [kept(scene(seed)) for seed in range(20)]
    assert [queries.alike(card.id) for card in cards] == [()] * len(cards)


def test_another_picture_is_not_alike_nor_is_one_that_nothing_uses() -> None:
    kept(a_picture(seed=1))
    kept(a_picture(seed=3), used=False)
    assert queries.alike(kept(a_picture(seed=2)).id) == ()
    assert queries.alike(kept(a_picture(seed=3)).id) == ()


def test_a_hidden_photo_is_known_again_too() -> None:
    first = kept(a_picture(seed=1))
    actions.hide([first.id], at=NOON, by=LAN)
    assert queries.alike(kept(a_picture(seed=1)).id) == (first.id,)


def test_two_dark_pictures_are_not_alike_unless_they_are_the_same_to_the_byte() -> None:
    def dark(shade: int) -> bytes:
        return changed(a_picture(), lambda image: Image.new("RGB", image.size, (shade, shade, shade)))

    first = kept(dark(9))
    assert queries.alike(kept(dark(12)).id) == ()
    assert queries.alike(kept(dark(9)).id) == (first.id,)


def test_the_oldest_comes_first_and_no_more_than_asked_for() -> None:
    first, second, third = (kept(a_picture(seed=1)) for _ in range(3))
    assert queries.alike(third.id) == (first.id, second.id)
    assert queries.alike(third.id, 1) == (first.id,)


def test_a_fingerprint_has_eight_bands_and_each_knows_its_place() -> None:
    bands = fingerprint(Image.open(io.BytesIO(a_picture(seed=1))))
    assert [band >> 16 for band in bands] == list(range(8))
