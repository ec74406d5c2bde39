"""Who follows an agency that is no more: pure, over what is known of every agency."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Heir:
    """
    An agency that took over from another what lies in `wards` and is of `categories`; empty is any.

    The first heir that fits has it. The last one of an agency fits everything, so that nothing is left to nobody.
    """

    agency_id: UUID
    wards: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()

    def has(self, ward: str, path: Iterable[str]) -> bool:
        """Test if what lies in that ward, of that category or one of its groups, is this heir's."""
        return (not self.wards or ward in self.wards) and (not self.categories or not self.categories.isdisjoint(path))


type Heirs = Callable[[UUID], tuple[Heir, ...]]


def last_heir(agency_id: UUID, heirs: Heirs, *, ward: str = "", path: tuple[str, ...] = ()) -> UUID:
    """Return who has now what an agency had: its heir, the heir's heir and so on; itself if nobody followed it."""
    seen = {agency_id}
    while own := heirs(agency_id):
        agency_id = next((heir.agency_id for heir in own if heir.has(ward, path)), own[-1].agency_id)
        if agency_id in seen:  # planning refuses rings; a page that asks must end all the same
            break
        seen.add(agency_id)
    return agency_id


def last_heirs(agency_id: UUID, heirs: Heirs) -> tuple[UUID, ...]:
    """Return everybody who has something now of what an agency had."""
    return tuple(dict.fromkeys(_ends(agency_id, heirs, frozenset())))


def _ends(agency_id: UUID, heirs: Heirs, above: frozenset[UUID]) -> Iterator[UUID]:
    own = heirs(agency_id) if agency_id not in above else ()
    if not own:
        yield agency_id
    for heir in own:
        yield from _ends(heir.agency_id, heirs, above | {agency_id})
