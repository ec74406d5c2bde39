"""What has changed between two texts, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|\d+(?:[.,:/-]\d+)+|\w+|[^\w\s]")
MOST = 4_000  # words; beyond that one is shown after the other


def marked(then: str, now: str) -> list[tuple[str, str]]:
    """Return the parts of both texts in reading order: "same" in both, "out" of the old one only, "in" the new one."""
    before, after = WORDS.findall(then), WORDS.findall(now)
    if len(before) + len(after) > MOST:
        return [part for part in (("out", then), ("in", now)) if part[1]]
    return list(_parts(before, after))


def _parts(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(before[i:j])
            continue
        if i < j:
            yield "out", "".join(before[i:j])
        if k < m:
            yield "in", "".join(after[k:m])
