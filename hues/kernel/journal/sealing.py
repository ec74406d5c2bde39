"""Digests over the journal: each covers a run of entries and the digest before it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any


def digest_of(previous: bytes, entries: Iterable[Mapping[str, Any]]) -> tuple[bytes, int]:
    """
    Return the SHA-256 digest of `previous` followed by `entries` in their order, and how many there were.

    An entry counts as the compact JSON, keys sorted, of its id, event, instant (UTC), by, subject and facts.
    """
    running, count = hashlib.sha256(previous), 0
    for entry in entries:
        running.update(_line(entry))
        count += 1
    return running.digest(), count


def _line(entry: Mapping[str, Any]) -> bytes:
    plain = {
        **{key: entry[key] for key in ("id", "event", "facts")},
        "at": entry["at"].astimezone(UTC).isoformat(),
        "by": entry["by"] and str(entry["by"]),
        "subject": entry["subject"] and str(entry["subject"]),
    }
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
