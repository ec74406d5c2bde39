"""What is covered is gone from every byte that anybody is sent; the original stays under seal and can come back."""

import io
from datetime import UTC, datetime
from uuid import UUID

import pytest
from PIL import Image

from hues.kernel.errors import NotFound, WrongState
from hues.kernel.media import actions, blobs, links, queries, sweeping
from hues.kernel.media.covering import Box, covered
from hues.kernel.media.models import Photo
from hues.kernel.media.testing import a_photo, a_picture
from hues.kit.ids import new_id

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
LAN, IOC = new_id(), new_id()
LEFT_HALF = [Box(left=0, top=0, width=50, height=100)]


def colour(content: bytes, x: float) -> tuple[int, ...]:
    """Return the colour in the middle of the picture's height."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    return image.getpixel((int(x * image.width), image.height // 2))  # type: ignore[return-value]


def public(photo: UUID, size: str) -> bytes:
    return bytes(blobs.read(queries.public_file(photo, size).sha256).read())


def test_only_what_is_under_a_box_turns_black() -> None:
    full, small = covered(a_picture(), [Box(left=10, top=10, width=20, height=80)])
    for content in (full, small):
        assert max(colour(content, 0.2)) < 20
        assert colour(content, 0.4)[0] > 150
        assert colour(content, 0.8)[2] > 150


def test_both_sizes_are_replaced_and_the_address_is_another_one() -> None:
    photo = a_photo(by=LAN, at=NOON, published=True).id
    before = queries.link(photo, "thumb", NOON)
    actions.cover(photo, LEFT_HALF, by=IOC, at=NOON)
    after = queries.link(photo, "thumb", NOON)
    assert before.split("?")[0] == after.split("?")[0]
    assert before != after
    for size in ("full", "thumb"):
        assert max(colour(public(photo, size), 0.25)) < 20
        assert colour(public(photo, size), 0.75)[2] > 150
    assert queries.covered([photo]) == {photo}


def test_a_second_box_leaves_the_first_and_uncovering_brings_back_the_very_first() -> None:
    photo = a_photo(by=LAN, at=NOON, published=True).id
    first = queries.public_file(photo, "full").sha256
    actions.cover(photo, LEFT_HALF, by=IOC, at=NOON)
    covered_once = queries.link(photo, "full", NOON)
    actions.cover(photo, [Box(left=50, top=0, width=50, height=100)], by=IOC, at=NOON)
    assert max(colour(public(photo, "full"), 0.25)) < 20
    assert max(colour(public(photo, "full"), 0.75)) < 20
    actions.uncover(photo, by=IOC, at=NOON)
    assert queries.public_file(photo, "full").sha256 == first
    assert queries.covered([photo]) == frozenset()
    assert queries.link(photo, "full", NOON) not in (covered_once, covered_once.split("?")[0])
    with pytest.raises(WrongState):
        actions.uncover(photo, by=IOC, at=NOON)


def test_the_original_has_no_public_address_and_no_link_but_its_own() -> None:
    photo = a_photo(by=LAN, at=NOON, published=True).id
    first = Photo.objects.get(pk=photo).sha256
    with pytest.raises(NotFound):
        queries.original_link(photo, NOON)
    actions.cover(photo, LEFT_HALF, by=IOC, at=NOON)
    with pytest.raises(NotFound):
        queries.public_file(photo, "original")
    assert queries.granted_file(links.grant(links.token(photo, "full", NOON), NOON)).sha256 != first
    address = queries.original_link(photo, NOON)
    assert queries.granted_file(links.grant(address.removeprefix(queries.SIGNED), NOON)).sha256 == first


def test_the_sweep_keeps_the_original_while_it_is_under_seal_and_nothing_after_the_photo_is_erased() -> None:
    photo = a_photo(by=LAN, at=NOON).id
    first = Photo.objects.get(pk=photo).sha256
    actions.cover(photo, LEFT_HALF, by=IOC, at=NOON)
    later = datetime(2100, 1, 1, tzinfo=UTC)
    sweeping.sweep_orphans(later)
    assert blobs.read(first).read()
    actions.erase([photo], at=NOON)
    assert sweeping.sweep_orphans(later) == 4
    with pytest.raises(FileNotFoundError):
        blobs.read(first)


def test_a_photo_is_known_again_by_what_it_was() -> None:
    photo = a_photo(by=LAN, at=NOON, seed=1, published=True).id
    actions.cover(photo, LEFT_HALF, by=IOC, at=NOON)
    again = a_photo(by=LAN, at=NOON, seed=1).id
    assert queries.alike(again) == (photo,)


@pytest.mark.parametrize(
    "box",
    [
        Box(left=-1, top=0, width=5, height=5),
        Box(left=0, top=100, width=5, height=5),
        Box(left=0, top=0, width=0, height=5),
        Box(left=0, top=0, width=5, height=float("nan")),
    ],
)
def test_a_box_outside_or_without_size_covers_nothing(box: Box) -> None:
    assert not box.covers
