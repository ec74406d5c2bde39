"""Bytes under their digest, in whatever storage the city uses."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import connection

PREFIX = "private"
BUCKETS = tuple(f"{n:02x}" for n in range(256))
# The first half of the advisory locks' names; the second is the bucket.
LOCK = 0x6D656469


def digest(content: bytes) -> str:
    """Return the name of `content`: its SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def put(contents: Iterable[bytes]) -> list[str]:
    """
    Store each of `contents` if it is not there and return their digests.

    Holds the buckets until the caller's transaction ends, so that no sweep takes a file whose row is not yet written.
    """
    named = [(digest(content), content) for content in contents]
    _hold(name for name, _ in named)
    for name, content in named:
        where = path(name)
        if not default_storage.exists(where):
            default_storage.save(where, ContentFile(content))
    return [name for name, _ in named]


def path(name: str) -> str:
    """Return where the bytes with that digest lie in storage."""
    return f"{PREFIX}/{name[:2]}/{name}"


def read(name: str) -> "File[bytes]":
    """
    Open the bytes with that digest.

    :raises FileNotFoundError: if they are not there
    """
    return default_storage.open(path(name), "rb")


def names_in(bucket: str) -> set[str]:
    """Return the file names in a bucket."""
    try:
        return set(default_storage.listdir(f"{PREFIX}/{bucket}")[1])
    except FileNotFoundError:
        return set()


def written_at(bucket: str, name: str) -> datetime:
    """Return when a file of a bucket was written; remote storage is asked for each one."""
    return default_storage.get_modified_time(f"{PREFIX}/{bucket}/{name}")


def delete(bucket: str, name: str) -> None:
    """Delete one file of a bucket."""
    default_storage.delete(f"{PREFIX}/{bucket}/{name}")


def seize(bucket: str) -> bool:
    """Take a bucket for oneself until the transaction ends; say whether nobody else holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, int(bucket, 16)])
        return bool(cursor.fetchone()[0])


def _hold(names: Iterable[str]) -> None:
    buckets = sorted({int(name[:2], 16) for name in names})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, b) FROM unnest(%s::int[]) AS b", [LOCK, buckets])


class Upload(Protocol):
    """Anything with bytes in it: an uploaded file, an open file."""

    def read(self, size: int = ..., /) -> bytes:
        """Return at most `size` bytes."""


def content(upload: Upload | bytes, most: int) -> bytes:
    """Return the bytes of an upload, or enough of them to know that they are more than `most`."""
    # One byte more than allowed is enough to know.
    return upload if isinstance(upload, bytes) else upload.read(most + 1)
