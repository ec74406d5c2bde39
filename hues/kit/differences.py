"""What has changed between two texts, word by word."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|\d+(?:[.,:/-]\d+)+|\w+|[^\w\s]")
ALIKE = 0.4  # of two texts with less in common one is shown after the other
MOST = 4_000  # words; beyond that one is shown after the other


def marked(then: str, now: str) -> list[tuple[str, str]]:
    """Return the parts of both texts in reading order: "same" in both, "out" of the old one only, "in" the new one."""
    before, after = WORDS.findall(then), WORDS.findall(now)
    if len(before) + len(after) > MOST:
        return [part for part in (("out", then), ("in", now)) if part[1]]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return [part for part in (("out", then), ("in", now)) if part[1]]
    return _joined(_parts(matcher, before, after))


def _joined(parts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Read changes with nothing but spaces between them as one: "cross flooded" became "enter moving"."""
    found, out, in_ = list[tuple[str, str]](), "", ""
    between = ""
    for kind, words in parts:
        if kind == "same" and (out or in_) and words.isspace():
            between = words
            continue
        if kind == "same":
            found += [part for part in (("out", out), ("in", in_), ("same", between + words)) if part[1]]
            out = in_ = between = ""
            continue
        out, in_, between = out + between, in_ + between, ""
        out, in_ = (out + words, in_) if kind == "out" else (out, in_ + words)
    return found + [part for part in (("out", out), ("in", in_), ("same", between)) if part[1]]


def _parts(matcher: "SequenceMatcher[str]", before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            yield "same", "".join(before[i:j])
            continue
        if i < j:
            yield "out", "".join(before[i:j])
        if k < m:
            yield "in", "".join(after[k:m])
