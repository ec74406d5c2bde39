"""The files that somebody asked for; nobody sees another's."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hues.kernel.errors import NotFound
from hues.kernel.people.asker import Asker
from hues.surfaces.exports.models import PENDING, ListFile, State

MOST = 20
_COLUMNS = ("id", "space", "tab", "query", "kind", "state", "about", "done", "size", "at", "ended_at", "until", "tries")


@dataclass(frozen=True, kw_only=True, slots=True)
class FileCard:
    """One file, and how far it is: `done` rows of about `about`; `query` is what the address of the queue said."""

    id: UUID
    space: str
    tab: str
    query: str
    kind: str
    state: str
    about: int
    done: int
    size: int | None
    at: datetime
    ended_at: datetime | None
    until: datetime
    tries: int

    @property
    def pending(self) -> bool:
        """Test if it is still to come."""
        return self.state in PENDING

    @property
    def ready(self) -> bool:
        """Test if it can be fetched."""
        return self.state == State.READY

    @property
    def can_be_written_again(self) -> bool:
        """Test if one press writes it again: what it was to hold was not erased."""
        return self.state in (State.FAILED, State.STALE) and bool(self.query)


def files_of(asker: Asker, space: str) -> tuple[FileCard, ...]:
    """Return the asker's files of a desk, the newest first."""
    if asker.person_id is None:
        return ()
    found = ListFile.objects.filter(person_id=asker.person_id, space=space).order_by("-at", "-id")
    return tuple(FileCard(**row) for row in found.values(*_COLUMNS)[:MOST])


def file_of(asker: Asker, space: str, file_id: UUID) -> FileCard:
    """
    Return one of the asker's files of a desk.

    :raises NotFound: if they have none of that id
    """
    found = ListFile.objects.filter(pk=file_id, person_id=asker.person_id, space=space) if asker.person_id else None
    row = found.values(*_COLUMNS).first() if found is not None else None
    if row is None:
        raise NotFound
    return FileCard(**row)


def owner_of(file_id: UUID) -> tuple[UUID, str] | None:
    """Return who asked for a file, and at which desk, for whoever tells them of it."""
    return ListFile.objects.filter(pk=file_id).values_list("person_id", "space").first()
