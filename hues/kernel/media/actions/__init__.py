"""Store photos, recordings and papers, publish them, take them back, hide them, forget them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from hues.kernel.city import city
from hues.kernel.errors import NotAllowed, NotFound, TooLarge, WrongState
from hues.kernel.journal import actions as journal
from hues.kernel.journal.events import Event
from hues.kernel.media import blobs, events, papers, pictures, queries
from hues.kernel.media.covering import Box, covered
from hues.kernel.media.models import Clip, Original, Paper, Photo
from hues.kernel.statements import planned
from hues.kit.ids import new_id

if TYPE_CHECKING:
    from hues.kernel.media.recordings import Recording

CLIP_BYTES = 30 * 1024 * 1024
PAPER_BYTES = 10 * 1024 * 1024
TABLES: tuple[type[Photo] | type[Clip] | type[Paper], ...] = (Photo, Clip, Paper)


def store_photo(upload: blobs.Upload | bytes, *, by: UUID | None, at: datetime) -> queries.PhotoCard:
    """
    Store a photo, cleaned, private and loose: whoever uses it attaches it.

    :raises TooLarge: if it is over 10 MB or 50 megapixels
    :raises Invalid: if it is not a picture that we take, or is damaged
    """
    # Before the transaction: a tenth of a second of computing must not hold a connection's locks.
    picture = pictures.shrink(blobs.content(upload, pictures.MOST_BYTES), zone=ZoneInfo(city().timezone))
    with transaction.atomic():
        full, thumb = blobs.put([picture.full, picture.thumb])
        photo = Photo.objects.create(
            sha256=full,
            thumb=thumb,
            fingerprint=picture.fingerprint,
            mime=pictures.FULL_MIME,
            bytes=len(picture.full),
            width=picture.width,
            height=picture.height,
            taken_at=picture.taken.at,
            lat=picture.taken.lat,
            lng=picture.taken.lng,
            by=by,
            loose_since=at,
            at=at,
        )
        journal.record(events.PhotoStored(at=at, subject=photo.pk))
    return queries.PhotoCard(**_card(photo), edition=0)


def check_photo(upload: blobs.Upload | bytes) -> None:
    """Test if a photo could be stored, as `store_photo` does, with what it raises."""
    pictures.shrink(blobs.content(upload, pictures.MOST_BYTES), zone=ZoneInfo(city().timezone))


def store_clip(upload: blobs.Upload | bytes, *, by: UUID | None, at: datetime) -> queries.ClipCard:
    """
    Store a recording of at most 30 seconds, cleaned, private and loose: whoever uses it attaches it.

    :raises TooLarge: if it is over 30 MB or 30 seconds
    :raises Invalid: if it is not a recording that we take, or is damaged
    """
    recording = _clean()(blobs.content(upload, CLIP_BYTES))
    with transaction.atomic():
        digests = blobs.put([recording.content, *([recording.poster] if recording.poster else [])])
        clip = Clip.objects.create(
            sha256=digests[0],
            poster=digests[1] if recording.poster else "",
            mime=recording.mime,
            bytes=len(recording.content),
            width=recording.width,
            height=recording.height,
            seconds=recording.seconds,
            taken_at=recording.taken.at,
            lat=recording.taken.lat,
            lng=recording.taken.lng,
            by=by,
            loose_since=at,
            at=at,
        )
        journal.record(events.ClipStored(at=at, subject=clip.pk))
    return queries.ClipCard(seconds=clip.seconds, has_poster=bool(clip.poster), **_card(clip))


def store_paper(upload: blobs.Upload | bytes, *, name: str, by: UUID | None, at: datetime) -> queries.PaperCard:
    """
    Store a document (PDF), private and loose: whoever uses it attaches it; it is only ever sent as a download.

    :raises TooLarge: if it is over 10 MB
    :raises Invalid: if it is no PDF, or one that acts by itself
    """
    content = blobs.content(upload, PAPER_BYTES)
    if len(content) > PAPER_BYTES:
        raise TooLarge(_("This document is larger than 10 MB."))
    papers.check(content)
    called = papers.called(name)
    with transaction.atomic():
        (digest,) = blobs.put([content])
        paper = Paper.objects.create(
            sha256=digest,
            name=called,
            mime=queries.PDF_MIME,
            bytes=len(content),
            width=0,
            height=0,
            by=by,
            loose_since=at,
            at=at,
        )
        journal.record(events.PaperStored(at=at, subject=paper.pk))
    return queries.PaperCard(id=paper.pk, name=called, bytes=paper.bytes, is_public=False)


@transaction.atomic
def attach(medium_ids: Sequence[UUID], *, by: UUID | None, at: datetime) -> None:
    """
    Take over photos and recordings that `by` sent: they are kept for as long as what they belong to.

    Who sent them is forgotten here. What `by` attached before cannot be attached again.

    :raises NotAllowed: if one of them is not there, or somebody else sent it
    :raises WrongState: if one of them belongs to something already
    """
    wanted = set(medium_ids)
    if _attach_photos(wanted, by):
        for pk in sorted(wanted):
            journal.record(events.MediumAttached(at=at, subject=pk))
        return
    senders: dict[UUID, tuple[UUID | None, bool]] = {}
    for table in TABLES:
        rows = table._default_manager.select_for_update().filter(pk__in=wanted)
        senders |= {row.pk: (row.by, row.loose_since is None) for row in rows}
    if any(taken for _, taken in senders.values()):
        raise WrongState
    if wanted - senders.keys() or any(sender != by for sender, _ in senders.values()):
        raise NotAllowed
    _change(wanted, events.MediumAttached, {"by": None, "loose_since": None}, at=at)


@transaction.atomic
def adopt(medium_ids: Iterable[UUID], *, by: UUID, at: datetime) -> None:
    """
    Let photos and recordings that a stranger sent be those of the person who has signed in since.

    Only what nobody sent and nothing took over changes hands; the caller knows that it is the same reader.
    """
    for table in TABLES:
        unclaimed = table._default_manager.filter(pk__in=set(medium_ids), by=None, loose_since__isnull=False)
        adopted = list(unclaimed.select_for_update().values_list("pk", flat=True))
        table._default_manager.filter(pk__in=adopted).update(by=by)
        journal.record_many(events.MediumAdopted(at=at, subject=pk) for pk in adopted)


_ATTACH = """
UPDATE media_photo SET by = NULL, loose_since = NULL
WHERE id = ANY(%(wanted)s) AND by IS NOT DISTINCT FROM %(by)s::uuid AND loose_since IS NOT NULL
  AND %(n)s = (
    SELECT count(*) FROM media_photo
    WHERE id = ANY(%(wanted)s) AND by IS NOT DISTINCT FROM %(by)s::uuid AND loose_since IS NOT NULL
  )
"""


def _attach_photos(wanted: set[UUID], by: UUID | None) -> bool:
    """Take over photos in one statement, if all of `wanted` are photos that may be: they nearly always are."""
    with planned() as cursor:
        cursor.execute(_ATTACH, {"wanted": sorted(wanted), "by": by, "n": len(wanted)})
        return bool(wanted) and cursor.rowcount == len(wanted)


@transaction.atomic
def publish(medium_ids: Iterable[UUID], *, at: datetime, by: UUID | None = None) -> None:
    """Let everybody see these photos and recordings, at an address that stays."""
    _change(set(medium_ids), events.MediumPublished, {"is_public": True, "loose_since": None}, at=at, by=by)


@transaction.atomic
def withdraw(medium_ids: Iterable[UUID], *, at: datetime, by: UUID | None = None) -> None:
    """Make these photos and recordings private again."""
    _change(set(medium_ids), events.MediumWithdrawn, {"is_public": False}, at=at, by=by)


@transaction.atomic
def hide(medium_ids: Iterable[UUID], *, at: datetime, by: UUID | None) -> None:
    """Show these photos and recordings to nobody any more, links handed out before included."""
    _change(set(medium_ids), events.MediumHidden, {"is_public": False, "hidden_at": at}, at=at, by=by)


@transaction.atomic
def cover(photo_id: UUID, boxes: Sequence[Box], *, by: UUID | None, at: datetime) -> None:
    """
    Cover boxes of a photo in every size that anybody is sent; the first original stays under seal.

    :raises NotFound: if there is no such photo
    """
    photo = _locked(photo_id)
    full, small = covered(_bytes(photo.sha256), boxes)
    Original.objects.get_or_create(photo=photo, defaults={"sha256": photo.sha256, "thumb": photo.thumb, "at": at})
    photo.sha256, photo.thumb = blobs.put([full, small])
    photo.bytes = len(full)
    _save(photo)
    journal.record(events.PhotoCovered(at=at, by=by, subject=photo_id))


@transaction.atomic
def uncover(photo_id: UUID, *, by: UUID | None, at: datetime) -> None:
    """
    Show a photo as it was taken in; the covered bytes are swept.

    :raises NotFound: if there is no such photo
    :raises WrongState: if nothing of it is covered
    """
    photo = _locked(photo_id)
    original = Original.objects.filter(photo=photo).first()
    if original is None:
        raise WrongState
    photo.sha256, photo.thumb = original.sha256, original.thumb
    photo.bytes = len(_bytes(original.sha256))
    original.delete()
    _save(photo)
    journal.record(events.PhotoUncovered(at=at, by=by, subject=photo_id))


@transaction.atomic
def copy_photos(photo_ids: Sequence[UUID], *, at: datetime) -> list[UUID]:
    """Return for each of these photos another one with the same bytes: covering one leaves the other as it is."""
    known = Photo.objects.in_bulk(set(photo_ids))
    columns = [field.attname for field in Photo._meta.concrete_fields if not field.primary_key]
    copies = [Photo(id=new_id(), **{name: getattr(known[one], name) for name in columns}) for one in photo_ids]
    Photo.objects.bulk_create(copies, batch_size=1000)
    journal.record_many(events.PhotoStored(at=at, subject=copy.pk) for copy in copies)
    return [copy.pk for copy in copies]


@transaction.atomic
def erase(medium_ids: Iterable[UUID], *, at: datetime, by: UUID | None = None) -> int:
    """Forget these photos and recordings and return how many; the next sweep deletes bytes that nobody else has."""
    wanted = set(medium_ids)
    gone: list[UUID] = []
    for table in TABLES:
        found = table._default_manager.filter(pk__in=wanted)
        gone += found.values_list("pk", flat=True)
        found.delete()
    return journal.record_many(events.MediumErased(at=at, by=by, subject=pk) for pk in gone)


def _change(
    wanted: set[UUID], event: type[Event], values: Mapping[str, Any], *, at: datetime, by: UUID | None = None
) -> None:
    changed: list[UUID] = []
    for table in TABLES:
        found = table._default_manager.filter(pk__in=wanted)
        pks = list(found.values_list("pk", flat=True))
        if pks:
            table._default_manager.filter(pk__in=pks).update(**values)
            changed += pks
    journal.record_many(event(at=at, by=by, subject=pk) for pk in sorted(changed))


def _locked(photo_id: UUID) -> Photo:
    photo = Photo.objects.select_for_update().filter(pk=photo_id, hidden_at=None).first()
    if photo is None:
        raise NotFound
    return photo


def _save(photo: Photo) -> None:
    columns = {"sha256": photo.sha256, "thumb": photo.thumb, "bytes": photo.bytes}
    # Another edition is another address: what browsers and caches hold under the old one is asked for no more.
    Photo.objects.filter(pk=photo.pk).update(**columns, edition=F("edition") + 1)


def _bytes(digest: str) -> bytes:
    with blobs.read(digest) as file:
        return bytes(file.read())


def _card(medium: Photo | Clip) -> dict[str, Any]:
    return {field: getattr(medium, field) for field in queries.SHARED}


@cache
def _clean() -> "Callable[[bytes], Recording]":
    # Twenty megabytes of a process's memory that most processes never need.
    clean: Callable[[bytes], Recording] = import_module("hues.kernel.media.recordings").clean
    return clean
