"""Links open one file for ten minutes, and no other."""

from datetime import UTC, datetime, timedelta

import pytest

from hues.kernel.errors import NotFound
from hues.kernel.media import links, queries
from hues.kernel.media.testing import a_photo
from hues.kit.ids import new_id

NOON = datetime(2026, 3, 2, 5, 0, 30, tzinfo=UTC)
PHOTO, LAN = new_id(), new_id()


def test_a_link_is_good_for_ten_minutes_counted_from_the_minute() -> None:
    token = links.token(PHOTO, "thumb", NOON)
    granted = links.grant(token, NOON + timedelta(minutes=9, seconds=29))
    assert (granted.medium_id, granted.size) == (PHOTO, "thumb")
    with pytest.raises(NotFound):
        links.grant(token, NOON + timedelta(minutes=10))


def test_a_page_read_twice_in_a_minute_has_the_same_links() -> None:
    assert links.token(PHOTO, "full", NOON) == links.token(PHOTO, "full", NOON + timedelta(seconds=29))
    assert links.token(PHOTO, "full", NOON) != links.token(PHOTO, "full", NOON + timedelta(seconds=30))


@pytest.mark.parametrize("place", [0, 5, 22, 24, 26, 29, 60])
def test_a_changed_link_opens_nothing(place: int) -> None:
    token = links.token(PHOTO, "thumb", NOON)
    other = "A" if token[place] != "A" else "B"
    with pytest.raises(NotFound):
        links.grant(token[:place] + other + token[place + 1 :], NOON)


@pytest.mark.parametrize("token", ["", ".", "abc", "abc.def", "ă.â", "A" * 5000])
def test_nonsense_opens_nothing(token: str) -> None:
    with pytest.raises(NotFound):
        links.grant(token, NOON)


def test_a_link_for_the_small_copy_does_not_open_the_large_one() -> None:
    thumb, full = links.token(PHOTO, "thumb", NOON), links.token(PHOTO, "full", NOON)
    crossed = full.split(".")[0] + "." + thumb.split(".")[1]
    with pytest.raises(NotFound):
        links.grant(crossed, NOON)


@pytest.mark.django_db
def test_a_private_photo_is_behind_a_signed_link_and_a_public_one_at_an_address_that_stays() -> None:
    private, public = a_photo(by=LAN, at=NOON), a_photo(by=LAN, at=NOON, published=True)
    assert queries.link(private.id, "thumb", NOON).startswith("/media/s/")
    assert queries.link(public.id, "thumb", NOON) == f"/media/p/{public.id}/thumb.webp"
    assert queries.link(public.id, "full", NOON) == f"/media/p/{public.id}/full.jpg"
