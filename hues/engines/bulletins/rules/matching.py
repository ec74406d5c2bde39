"""Which danger of an update is which of those that somebody warned of before: by event and area, else a person says."""

from collections.abc import Collection, Mapping, Sequence
from itertools import product

from hues.engines.bulletins.rules.adopting import event_of
from hues.engines.bulletins.rules.incoming import Received
from hues.kit.text import fold

type Words = Mapping[str, Collection[str]]


def matches(now: Sequence[Received], before: Sequence[Received], words: Words) -> dict[int, int]:
    """
    Return which piece of an update goes on with which piece of before, as far as that is certain.

    Of one event there is one each, or they share a place and nothing else of that event does.
    """
    same = {
        (new, old)
        for new, old in product(range(len(now)), range(len(before)))
        if _same_event(now[new], before[old], words)
    }
    near = {(new, old) for new, old in same if _share_a_place(now[new], before[old])}
    return {**dict(_alone(near)), **dict(_alone(same))}


def _alone(pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    return {
        pair for pair in pairs if not any(pair != one and (pair[0] == one[0] or pair[1] == one[1]) for one in pairs)
    }


def _same_event(one: Received, other: Received, words: Words) -> bool:
    ours, theirs = event_of(one.told, words), event_of(other.told, words)
    if ours and theirs:
        return ours == theirs
    return bool(_called(one) & _called(other))


def _called(said: Received) -> set[str]:
    return {fold(told.event) for told in said.told if told.event}


def _share_a_place(one: Received, other: Received) -> bool:
    return any(
        set(here) & set(there)
        for here, there in ((one.codes, other.codes), (one.shapes, other.shapes), (one.places, other.places))
    )
