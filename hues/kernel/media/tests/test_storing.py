"""What is stored: once, whole, private, and by nobody in particular."""

import io
import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from hues.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from hues.kernel.journal.models import Entry
from hues.kernel.media import actions, blobs, queries, sweeping
from hues.kernel.media.models import Clip, Photo
from hues.kernel.media.testing import a_photo, a_picture, a_recording, an_exif
from hues.kit.ids import new_id

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
DAY = timedelta(days=1)
CITADEL = (16.4698, 107.5775)
LAN, EVE = new_id(), new_id()


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def aged(folder: Path, at: datetime = NOON - 2 * DAY) -> None:
    for path in folder.rglob("*"):
        os.utime(path, (at.timestamp(), at.timestamp()))


def test_a_photo_lies_in_two_files_named_by_what_is_in_them(folder: Path) -> None:
    card = actions.store_photo(a_picture(exif=an_exif(place=CITADEL)), by=LAN, at=NOON)
    row = Photo.objects.get(pk=card.id)
    assert files(folder) == {f"private/{name[:2]}/{name}" for name in (row.sha256, row.thumb)}
    for name in (row.sha256, row.thumb):
        assert blobs.digest(blobs.read(name).read()) == name
    assert (card.width, card.height, card.mime, card.is_public) == (640, 480, "image/jpeg", False)
    assert (card.lat, card.lng) == pytest.approx(CITADEL, abs=1e-5)
    assert queries.photo(card.id) == card


def test_a_name_that_lies_does_not_matter() -> None:
    upload = SimpleUploadedFile("virus.exe", a_picture(kind="PNG"), content_type="application/x-msdownload")
    assert actions.store_photo(upload, by=LAN, at=NOON).width == 640
    with pytest.raises(Invalid):
        actions.store_photo(SimpleUploadedFile("photo.jpg", b"MZ" * 500, content_type="image/jpeg"), by=LAN, at=NOON)


def test_the_same_photo_twice_is_two_photos_and_one_pair_of_files(folder: Path) -> None:
    mine, hers = a_photo(by=LAN, at=NOON), a_photo(by=EVE, at=NOON)
    assert mine.id != hers.id
    assert len(files(folder)) == 2


def test_a_refused_upload_leaves_nothing(folder: Path) -> None:
    with pytest.raises(Invalid):
        actions.store_photo(a_picture()[:-200], by=LAN, at=NOON)
    assert not files(folder)
    assert not Photo.objects.exists()
    assert not Entry.objects.exists()


def test_the_journal_knows_of_the_photo_but_not_of_its_sender() -> None:
    card = a_photo(by=LAN, at=NOON, place=CITADEL)
    actions.attach([card.id], by=LAN, at=NOON)
    entries = Entry.objects.order_by("id")
    assert [(e.event, e.subject, e.by) for e in entries] == [
        ("media.photo.stored", card.id, None),
        ("media.medium.attached", card.id, None),
    ]
    assert not any(str(LAN) in str(e.facts) or "16.46" in str(e.facts) for e in entries)


def test_storing_takes_few_statements(django_assert_max_num_queries: object) -> None:
    content = a_picture()
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        actions.store_photo(content, by=LAN, at=NOON)


def test_whoever_uses_a_photo_makes_the_sender_unknown() -> None:
    card = a_photo(by=LAN, at=NOON)
    assert [photo.id for photo in queries.loose_photos_of(LAN)] == [card.id]
    actions.attach([card.id], by=LAN, at=NOON)
    row = Photo.objects.get(pk=card.id)
    assert (row.by, row.loose_since) == (None, None)
    assert queries.loose_photos_of(LAN) == ()


def test_nobody_uses_a_photo_that_another_sent() -> None:
    hers, mine = a_photo(by=EVE, at=NOON), a_photo(by=LAN, at=NOON)
    with pytest.raises(NotAllowed):
        actions.attach([mine.id, hers.id], by=LAN, at=NOON)
    with pytest.raises(NotAllowed):
        actions.attach([new_id()], by=LAN, at=NOON)
    assert Photo.objects.filter(loose_since=None).count() == 0


def test_a_photo_belongs_to_one_thing_only() -> None:
    card = a_photo(by=LAN, at=NOON)
    actions.attach([card.id], by=LAN, at=NOON)
    for person in (LAN, None):
        with pytest.raises(WrongState):
            actions.attach([card.id], by=person, at=NOON)


def test_a_clip_is_stored_like_a_photo(folder: Path) -> None:
    card = actions.store_clip(a_recording(), by=LAN, at=NOON)
    assert (card.mime, card.width, card.height, card.has_poster) == ("video/mp4", 64, 48, True)
    assert queries.clip(card.id) == card
    assert len(files(folder)) == 2
    sound = actions.store_clip(a_recording("wav", video="", audio="pcm_s16le"), by=LAN, at=NOON)
    assert (sound.mime, sound.has_poster) == ("audio/wav", False)
    actions.attach([card.id, sound.id], by=LAN, at=NOON)
    assert not Clip.objects.exclude(by=None).exists()


def test_what_is_published_withdrawn_and_hidden() -> None:
    card = a_photo(by=LAN, at=NOON)
    actions.publish([card.id], at=NOON)
    assert queries.photo(card.id).is_public
    assert queries.public_file(card.id, "thumb").mime == "image/webp"
    actions.withdraw([card.id], at=NOON)
    assert not queries.photo(card.id).is_public
    with pytest.raises(NotFound):
        queries.public_file(card.id, "thumb")
    actions.publish([card.id], at=NOON)
    actions.hide([card.id], by=EVE, at=NOON)
    assert queries.photos([card.id]) == {}
    for read in (lambda: queries.photo(card.id), lambda: queries.public_file(card.id, "full")):
        with pytest.raises(NotFound):
            read()
    events = Entry.objects.filter(subject=card.id).order_by("id").values_list("event", flat=True)
    assert [e.split(".")[-1] for e in events] == ["stored", "published", "withdrawn", "published", "hidden"]


def test_a_published_photo_no_longer_waits_for_its_end() -> None:
    card = a_photo(by=LAN, at=NOON, published=True)
    assert Photo.objects.get(pk=card.id).loose_since is None


def test_photos_come_in_the_order_asked_for_with_one_statement(django_assert_num_queries: object) -> None:
    cards = [a_photo(by=LAN, at=NOON, seed=n) for n in range(3)]
    wanted = [cards[2].id, new_id(), cards[0].id]
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert list(queries.photos(wanted)) == [cards[2].id, cards[0].id]


@pytest.mark.parametrize(("lat", "lng"), [(91, 0), (0, 181), (None, 5), (5, None)])
def test_the_database_refuses_a_place_outside_the_world(lat: float | None, lng: float | None) -> None:
    card = a_photo(by=LAN, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.filter(pk=card.id).update(lat=lat, lng=lng)


def test_the_sweep_deletes_what_no_row_knows_and_nothing_else(folder: Path) -> None:
    kept, gone = a_photo(by=LAN, at=NOON, seed=1), a_photo(by=LAN, at=NOON, seed=2)
    clip = actions.store_clip(a_recording(), by=LAN, at=NOON)
    everything = files(folder)
    aged(folder)
    assert sweeping.sweep_orphans(NOON) == 0
    assert actions.erase([gone.id], at=NOON) == 1
    assert sweeping.sweep_orphans(NOON) == 2
    assert len(everything - files(folder)) == 2
    for name in Photo.objects.filter(pk=kept.id).values_list("sha256", "thumb")[0]:
        assert blobs.read(name).read()
    assert blobs.read(Clip.objects.get(pk=clip.id).sha256).read()


def test_the_sweep_spares_bytes_that_another_photo_has_too(folder: Path) -> None:
    mine, hers = a_photo(by=LAN, at=NOON), a_photo(by=EVE, at=NOON)
    actions.erase([mine.id], at=NOON)
    aged(folder)
    assert sweeping.sweep_orphans(NOON) == 0
    assert blobs.read(Photo.objects.get(pk=hers.id).sha256).read()


def test_the_sweep_spares_what_was_written_today(folder: Path) -> None:
    default_storage.save(f"private/ab/ab{'0' * 62}", ContentFile(b"half of a story"))
    assert sweeping.sweep_orphans(datetime.now(UTC)) == 0
    aged(folder)
    assert sweeping.sweep_orphans(NOON) == 1
    assert not files(folder)


@pytest.mark.django_db(transaction=True)
def test_the_sweep_spares_a_bucket_in_which_a_photo_is_being_stored(folder: Path) -> None:
    content = a_picture()
    mine = actions.store_photo(content, by=LAN, at=NOON)
    actions.erase([mine.id], at=NOON)
    aged(folder)
    stored, swept = threading.Event(), threading.Event()

    def store() -> None:
        # The files are there already, so nothing is written: only the row is new, and not committed yet.
        with transaction.atomic():
            actions.store_photo(content, by=EVE, at=NOON)
            stored.set()
            swept.wait(30)
        connection.close()

    storing = threading.Thread(target=store)
    storing.start()
    assert stored.wait(30)
    try:
        assert sweeping.sweep_orphans(NOON) == 0
    finally:
        swept.set()
        storing.join(30)
    assert blobs.read(Photo.objects.get().sha256).read()


class Torn(io.BytesIO):
    """A file whose disk is full half way."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise OSError(28, "No space left on device")


def test_a_write_that_fails_leaves_no_file_under_the_name(folder: Path) -> None:
    content = ContentFile(b"")
    content.file = Torn(b"x" * 100)
    content.size = 100
    with pytest.raises(OSError, match="No space"):
        default_storage.save("private/ab/abcdef", content)
    assert not files(folder)


def test_erasing_tells_the_journal() -> None:
    card: UUID = a_photo(by=LAN, at=NOON).id
    actions.erase([card], at=NOON, by=LAN)
    assert Entry.objects.get(event="media.medium.erased").subject == card


def test_any_storage_of_django_will_do(settings: Settings) -> None:
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    mine, hers, gone = a_photo(by=LAN, at=NOON), a_photo(by=EVE, at=NOON), a_photo(by=LAN, at=NOON, seed=1)
    row = Photo.objects.get(pk=mine.id)
    assert blobs.digest(blobs.read(row.thumb).read()) == row.thumb
    actions.erase([hers.id, gone.id], at=NOON)
    assert sweeping.sweep_orphans(datetime.now(UTC) + 2 * DAY) == 2
    assert blobs.read(row.sha256).read()
