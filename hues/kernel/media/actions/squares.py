"""The squares of photos for lists, made when first asked for."""

from collections.abc import Collection
from dataclasses import replace

from django.db import transaction

from hues.kernel.media import blobs, pictures, queries
from hues.kernel.media.models import Tiny


def make_tiny(file: queries.MediaFile) -> queries.MediaFile:
    """
    Make the square of a small copy that is asked for for the first time; whoever asks at once gets the same.

    :raises FileNotFoundError: if the small copy is not there
    """
    with blobs.read(file.made_of) as small:
        content = pictures.square(small.read())
    with transaction.atomic():
        (digest,) = blobs.put([content])
        Tiny.objects.bulk_create([Tiny(thumb=file.made_of, sha256=digest)], ignore_conflicts=True)
    return replace(file, sha256=digest)


def forget_tiny(thumbs: Collection[str]) -> None:
    """Forget the squares of small copies that are deleted; the next sweep deletes their bytes."""
    Tiny.objects.filter(pk__in=thumbs).delete()
