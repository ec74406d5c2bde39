"""What photos and recordings there are, and the addresses at which they can be had."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hues.kernel.errors import NotFound
from hues.kernel.media import blobs, covering, links
from hues.kernel.media.covering import Box
from hues.kernel.media.likeness import alike as alike
from hues.kernel.media.models import Clip, Original, Paper, Photo, Tiny
from hues.kernel.media.pictures import FULL_MIME, THUMB_MIME
from hues.kernel.statements import among, composed, planned

TINY: Final = "tiny"
PDF_MIME: Final = "application/pdf"
PUBLIC: Final = "/media/p/"
SIGNED: Final = "/media/s/"
ENDINGS: Final = {
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/3gpp": "3gp",
    "video/webm": "webm",
    "audio/mp4": "m4a",
    "audio/3gpp": "3gp",
    "audio/webm": "weba",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "application/pdf": "pdf",
}
FILES: Final[Mapping[str, tuple[type[Photo] | type[Clip] | type[Paper], str]]] = {
    "full": (Photo, "sha256"),
    "thumb": (Photo, "thumb"),
    "clip": (Clip, "sha256"),
    "poster": (Clip, "poster"),
    "paper": (Paper, "sha256"),
}
SHARED: Final = ("id", "mime", "bytes", "width", "height", "taken_at", "lat", "lng", "is_public")
OF_PHOTO: Final = (*SHARED, "edition")


@dataclass(frozen=True, kw_only=True, slots=True)
class PhotoCard:
    """
    One photo; `width` and `height` are those of its full size, upright. A hidden photo has no card.

    `edition` is how often its bytes were replaced.
    """

    id: UUID
    mime: str
    bytes: int
    width: int
    height: int
    taken_at: datetime | None
    lat: float | None
    lng: float | None
    is_public: bool
    edition: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ClipCard:
    """One recording of `seconds`; sound has width 0 and no poster."""

    id: UUID
    mime: str
    bytes: int
    width: int
    height: int
    taken_at: datetime | None
    lat: float | None
    lng: float | None
    is_public: bool
    seconds: float
    has_poster: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperCard:
    """One document, under the name that staff gave it."""

    id: UUID
    name: str
    bytes: int
    is_public: bool
    mime: str = PDF_MIME


@dataclass(frozen=True, kw_only=True, slots=True)
class MediaFile:
    """What is sent for an address: the digest of the bytes, and how to call them."""

    sha256: str
    mime: str
    filename: str
    made_of: str = ""


def photo(photo_id: UUID) -> PhotoCard:
    """
    Return a photo; the caller has checked who asks.

    :raises NotFound: if there is none, or it is hidden
    """
    return next(iter(photos([photo_id]).values()), None) or _nothing()


def photos(photo_ids: Iterable[UUID]) -> dict[UUID, PhotoCard]:
    """Return the photos that exist and are not hidden, in the order asked for; the caller has checked who asks."""
    wanted = list(photo_ids)
    found = {row["id"]: PhotoCard(**row) for row in (_photos(ids=wanted) if wanted else ())}
    return {pk: found[pk] for pk in wanted if pk in found}


@composed
def _photos(*, ids: Collection[UUID]) -> Any:
    return Photo.objects.filter(among("pk", ids), hidden_at=None).values(*OF_PHOTO)


_DIGESTS = """
SELECT sha256 FROM media_photo WHERE id = ANY(%(wanted)s)
UNION ALL SELECT sha256 FROM media_clip WHERE id = ANY(%(wanted)s)
"""


def digests(medium_ids: Collection[UUID]) -> list[str]:
    """Return what the bytes of photos and clips are known by, sorted: sent again they are the same, under new ids."""
    if not medium_ids:
        return []
    with planned() as cursor:
        cursor.execute(_DIGESTS, {"wanted": list(medium_ids)})
        return sorted(digest for (digest,) in cursor.fetchall())


def covered(photo_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Return which of these photos have parts that are covered, and an original under seal."""
    return frozenset(Original.objects.filter(pk__in=list(photo_ids)).values_list("pk", flat=True))


def clip(clip_id: UUID) -> ClipCard:
    """
    Return a recording; the caller has checked who asks.

    :raises NotFound: if there is none, or it is hidden
    """
    row = Clip.objects.filter(pk=clip_id, hidden_at=None).values(*SHARED, "seconds", "poster").first()
    if row is None:
        raise NotFound
    return ClipCard(has_poster=bool(row.pop("poster")), **row)


def papers(paper_ids: Iterable[UUID]) -> tuple[PaperCard, ...]:
    """Return the documents that exist and are not hidden, in the order asked for; the caller has checked who asks."""
    wanted = list(paper_ids)
    rows = Paper.objects.filter(pk__in=wanted, hidden_at=None).values("id", "name", "bytes", "is_public")
    found = {row["id"]: PaperCard(**row) for row in rows}
    return tuple(found[pk] for pk in wanted if pk in found)


def loose_photos_of(person_id: UUID) -> tuple[PhotoCard, ...]:
    """Return the photos that this person sent and nothing has taken over yet, oldest first."""
    found = Photo.objects.filter(by=person_id, hidden_at=None).order_by("id").values(*OF_PHOTO)
    return tuple(PhotoCard(**row) for row in found)


def link(photo_id: UUID, size: str, at: datetime) -> str:
    """
    Return the address of a photo ("tiny", "thumb" or "full"): stable if it is public, else signed for ten minutes.

    For more than one photo ask `photos` once and `link_to` for each.

    :raises NotFound: if there is none, or it is hidden
    """
    return link_to(photo(photo_id), size, at)


def link_to(card: PhotoCard | ClipCard | PaperCard, size: str, at: datetime) -> str:
    """Return the address of a medium: "tiny", "thumb" or "full" (photo), "clip" or "poster" (recording), "paper"."""
    again = f"?again={card.edition}" if isinstance(card, PhotoCard) and card.edition else ""
    if card.is_public:
        return f"{PUBLIC}{card.id}/{size}.{ENDINGS[_mime(card.mime, size)]}{again}"
    return SIGNED + links.token(card.id, size, at) + again


def original_link(photo_id: UUID, at: datetime) -> str:
    """
    Return the address of a photo as it was before parts of it were covered; the caller has opened its seal.

    :raises NotFound: if nothing of it is covered
    """
    if not covered([photo_id]):
        raise NotFound
    return SIGNED + links.token(photo_id, "original", at)


def preview(photo_id: UUID, boxes: Sequence[Box]) -> bytes:
    """
    Return a photo as it would be with these boxes covered, a JPEG; the caller has checked who asks.

    :raises NotFound: if there is none, or it is hidden
    """
    with blobs.read(_file(photo_id, "full").sha256) as file:
        return covering.covered(file.read(), boxes)[0]


def public_file(medium_id: UUID, size: str) -> MediaFile:
    """
    Return the file of a published medium.

    :raises NotFound: if there is none, or it is not public, or hidden
    """
    if size == "original":
        raise NotFound
    return _file(medium_id, size, is_public=True)


def granted_file(grant: links.Grant) -> MediaFile:
    """
    Return the file that a signed link opens.

    :raises NotFound: if it was hidden or erased since
    """
    return _file(grant.medium_id, grant.size)


def _file(medium_id: UUID, size: str, **conditions: bool) -> MediaFile:
    if size == "original":
        return _original(medium_id)
    if size == TINY:
        return _tiny(_file(medium_id, "thumb", **conditions), medium_id)
    if size not in FILES:
        raise NotFound
    table, field = FILES[size]
    found = table._default_manager.filter(pk=medium_id, hidden_at=None, **conditions)
    row = found.values_list(field, "mime").first()
    if row is None or not row[0]:
        raise NotFound
    mime = _mime(row[1], size)
    return MediaFile(sha256=row[0], mime=mime, filename=f"hues-{str(medium_id)[-12:]}-{size}.{ENDINGS[mime]}")


def _tiny(thumb: MediaFile, photo_id: UUID) -> MediaFile:
    """Return the square of a small copy; one that is still to be made has no digest yet."""
    digest = Tiny.objects.filter(pk=thumb.sha256).values_list("sha256", flat=True).first()
    filename = f"hues-{str(photo_id)[-12:]}-{TINY}.{ENDINGS[THUMB_MIME]}"
    return MediaFile(sha256=digest or "", mime=THUMB_MIME, filename=filename, made_of=thumb.sha256)


def _original(photo_id: UUID) -> MediaFile:
    digest = Original.objects.filter(pk=photo_id, photo__hidden_at=None).values_list("sha256", flat=True).first()
    if digest is None:
        raise NotFound
    return MediaFile(sha256=digest, mime=FULL_MIME, filename=f"hues-{str(photo_id)[-12:]}-original.jpg")


def _mime(mime: str, size: str) -> str:
    return {"thumb": THUMB_MIME, TINY: THUMB_MIME, "poster": FULL_MIME}.get(size, mime)


def _nothing() -> PhotoCard:
    raise NotFound
