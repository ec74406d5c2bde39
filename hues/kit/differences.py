"""What has changed between two texts, word by word, in a bounded number of comparisons."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

WORDS = re.compile(r"\s+|\d+(?:[.,:/-]\d+)+|\w+|[^\w\s]")
ALIKE = 0.4  # of two texts with less in common one is shown after the other
MOST = 150_000  # comparisons of word with word; a passage that would take more is shown one after the other
DEEPEST = 6  # how often landmarks are sought between landmarks

type Pairs = list[tuple[int, int]]


def marked(then: str, now: str) -> list[tuple[str, str]]:
    """Return the parts of both texts in reading order: "same" in both, "out" of the old one only, "in" the new one."""
    before, after = WORDS.findall(then), WORDS.findall(now)
    pairs = matched(before, after)
    stayed = sum(not before[place].isspace() for place, _other in pairs)
    if 2 * stayed < ALIKE * sum(not word.isspace() for word in (*before, *after)):
        return [part for part in (("out", then), ("in", now)) if part[1]]
    return _joined(_parts(pairs, before, after))


def matched(before: Sequence[str], after: Sequence[str]) -> Pairs:
    """
    Return the places of the words that stayed, of both texts, in order.

    What is equal at both ends is set aside, then words that both texts have once are landmarks; only what lies between
    two of them is compared word with word, and nothing of that beyond MOST.
    """
    found: Pairs = []
    left, todo = MOST, [(0, len(before), 0, len(after), 0)]
    while todo:
        i, j, k, m, depth = todo.pop()
        while i < j and k < m and before[i] == after[k]:
            found.append((i, k))
            i, k = i + 1, k + 1
        while i < j and k < m and before[j - 1] == after[m - 1]:
            j, m = j - 1, m - 1
            found.append((j, m))
        marks = _landmarks(before[i:j], after[k:m]) if depth < DEEPEST else []
        if marks:
            found += [(i + a, k + b) for a, b in marks]
            ends = [(i - 1, k - 1), *((i + a, k + b) for a, b in marks), (j, m)]
            todo += [(a + 1, c, b + 1, d, depth + 1) for (a, b), (c, d) in reversed(list(pairwise(ends)))]
        elif (j - i) * (m - k) <= left:
            left -= (j - i) * (m - k)
            found += [(i + a, k + b) for a, b in _compared(before[i:j], after[k:m])]
    return sorted(found)


def _landmarks(before: Sequence[str], after: Sequence[str]) -> Pairs:
    """Return the places of the words that both have once, as many as stand in the same order."""
    once, here = Counter(before), Counter(after)
    places = {word: place for place, word in enumerate(after) if here[word] == 1}
    ends: list[int] = []  # for each length the least place where a row of it ends, and which pair that is
    rows: list[tuple[int, int, int | None]] = []
    tips: list[int] = []
    for place, word in enumerate(before):
        if once[word] == 1 and word in places:
            length = bisect_left(ends, places[word])
            rows.append((place, places[word], tips[length - 1] if length else None))
            ends[length : length + 1], tips[length : length + 1] = [places[word]], [len(rows) - 1]
    found: Pairs = []
    at = tips[-1] if tips else None
    while at is not None:
        place, other, at = rows[at]
        found.append((place, other))
    return found[::-1]


def _compared(before: Sequence[str], after: Sequence[str]) -> Pairs:
    """Return the places of the heaviest common row of words; a space weighs little."""
    best = [[0] * (len(after) + 1)]
    for word in reversed(before):
        weight, below, row = 1 if word.isspace() else 3, best[-1], [0]
        for other, down, slant in zip(reversed(after), below[1:], below, strict=False):
            row.append(slant + weight if word == other else max(down, row[-1]))
        best.append(row)
    found: Pairs = []
    i, k, high, wide = 0, 0, len(before), len(after)
    while i < high and k < wide:
        if before[i] == after[k]:
            found.append((i, k))
            i, k = i + 1, k + 1
        elif best[high - i - 1][wide - k] >= best[high - i][wide - k - 1]:
            i += 1
        else:
            k += 1
    return found


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


def _parts(pairs: Pairs, before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    i = k = 0
    same = ""
    for a, b in [*pairs, (len(before), len(after))]:
        if i < a or k < b:
            yield from (
                part for part in (("same", same), ("out", "".join(before[i:a])), ("in", "".join(after[k:b]))) if part[1]
            )
            same = ""
        same += before[a] if a < len(before) else ""
        i, k = a + 1, b + 1
    if same:
        yield "same", same
