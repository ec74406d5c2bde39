"""The views of a queue that somebody keeps; nobody sees another's."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hues.kernel.people.asker import Asker
from hues.kernel.statements import composed
from hues.surfaces.desks.models import SavedView


@dataclass(frozen=True, kw_only=True, slots=True)
class ViewCard:
    """A saved view: `query` is what follows the address of the queue."""

    id: UUID
    name: str
    query: str
    is_first: bool


def views_of(asker: Asker, space: str) -> tuple[ViewCard, ...]:
    """Return the asker's views of a desk by name; a stranger has none."""
    if asker.person_id is None:
        return ()
    return tuple(ViewCard(**row) for row in _views(person_id=asker.person_id, space=space))


@composed
def _views(*, person_id: UUID, space: str) -> Any:
    found = SavedView.objects.filter(person_id=person_id, space=space).order_by("name")
    return found.values("id", "name", "query", "is_first")
