"""Which photos are the same as another, or were made of the same one."""

from typing import Any, Final
from uuid import UUID

from django.db import connection

from hues.kernel.media import blobs, fingerprints, pictures
from hues.kernel.media.models import Photo

# Gathered before they are sorted: a plan that walks the photos in order until it has enough would read all of them.
_ALIKE: Final = """
WITH near AS MATERIALIZED (
  SELECT id, loose_since, fingerprint FROM media_photo WHERE fingerprint && %(telling)s::int[]
), found AS MATERIALIZED (
  SELECT id, loose_since FROM media_photo WHERE sha256 = %(sha256)s
  UNION
  SELECT id, loose_since FROM near WHERE EXISTS (
    SELECT FROM generate_subscripts(%(looks)s::int[], 1) AS n WHERE fingerprint && (%(looks)s::int[])[n:n] AND (
      SELECT sum(bit_count((a # b)::bit(32))) FROM unnest(fingerprint, (%(looks)s::int[])[n:n]) AS bands(a, b)
    ) <= %(near)s
  )
)
SELECT id FROM found WHERE id <> %(photo)s AND loose_since IS NULL ORDER BY id LIMIT %(most)s
"""


def alike(photo_id: UUID, most: int = 50) -> tuple[UUID, ...]:
    """
    Return the photos in use, hidden ones too, that are the same as this one or nearly so, oldest first.

    The same it is too if it was turned, mirrored, given a border or cut a little at all edges.
    """
    row = Photo.objects.filter(pk=photo_id).values_list("sha256", "fingerprint", "thumb").first()
    if row is None:
        return ()
    digest, bands, thumb = row
    looks = [bands, *_looks(thumb)] if bands else []
    telling = sorted({band for look in looks for band in fingerprints.telling(look)})
    asked: dict[str, Any] = {"photo": photo_id, "sha256": digest, "looks": looks, "telling": telling, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, asked | {"near": fingerprints.NEAR})
        return tuple(found for (found,) in cursor.fetchall())


def _looks(thumb: str) -> list[list[int]]:
    try:
        with blobs.read(thumb) as file:
            return pictures.looks_of(file.read())
    except FileNotFoundError:
        return []
