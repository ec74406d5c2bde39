"""Bulletins as the desk sees them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q

from hues.engines.bulletins.declare import READERS
from hues.engines.bulletins.models import Bulletin
from hues.engines.bulletins.queries import catalogue
from hues.engines.bulletins.queries.cards import DeskBulletin, DeskRow
from hues.engines.bulletins.queries.reach import reach_of
from hues.engines.bulletins.queries.rows import CONTENT, content_of
from hues.engines.bulletins.rules.states import MsgType, State
from hues.engines.bulletins.rules.warnings import warnings
from hues.kernel.errors import NotAllowed, NotFound, SignInNeeded
from hues.kernel.people import queries as people
from hues.kernel.people.asker import Asker
from hues.kit import pages
from hues.kit.pages import Page

_ROW = (
    "id",
    "identifier",
    "state",
    "msg_type",
    "training",
    "event",
    "risk",
    "texts",
    "made_at",
    "sent_at",
    "expires_at",
)
_MORE = (
    *("follows_id", "writers", "submitted_by", "approved_by"),
    *("returned_because", "alone_because", "own_because", "version", "onset_at"),
)


def desk_list(asker: Asker, after: str = "", limit: int = 30) -> Page[DeskRow]:
    """
    Return all bulletins, newest first, training and drafts among them.

    :raises SignInNeeded: if nobody is signed in
    :raises NotAllowed: if the asker has nothing to do with alerts
    """
    check_reader(asker)
    found = Bulletin.objects.order_by("-made_at", "-id")
    if last := pages.place(after):
        at, row_id = last
        found = found.filter(Q(made_at__lt=at) | Q(made_at=at, id__lt=row_id))
    rows = [_row(row) for row in found.values(*_ROW)[: limit + 1]]
    shown = tuple(rows[:limit])
    return Page(rows=shown, next=pages.mark(shown[-1].made_at, shown[-1].id) if len(rows) > limit else None)


def desk_bulletin(asker: Asker, bulletin_id: UUID) -> DeskBulletin:
    """
    Return one bulletin with whom it would reach and what its approver is warned of.

    :raises SignInNeeded: if nobody is signed in
    :raises NotAllowed: if the asker has nothing to do with alerts
    :raises NotFound: if there is no such bulletin
    """
    check_reader(asker)
    row = Bulletin.objects.filter(pk=bulletin_id).values(*{*_ROW, *_MORE, *CONTENT}).first()
    if row is None:
        raise NotFound
    content = content_of(row)
    reach = reach_of(content)
    before = Bulletin.objects.filter(pk=row["follows_id"]).values(*CONTENT).first() if row["follows_id"] else None
    earlier = content_of(before) if before else None
    names = people.names_of({*row["writers"], row["submitted_by"], row["approved_by"]} - {None})
    return DeskBulletin(
        id=row["id"],
        identifier=row["identifier"],
        state=State(row["state"]),
        msg_type=MsgType(row["msg_type"]),
        content=content,
        event=catalogue.event(row["event"]),
        version=row["version"],
        follows=row["follows_id"],
        before=earlier,
        writers=tuple(names.get(person, "") for person in row["writers"]),
        submitted_by=names.get(row["submitted_by"], ""),
        approved_by=names.get(row["approved_by"], ""),
        returned_because=row["returned_because"],
        alone_because=row["alone_because"],
        own_because=row["own_because"],
        made_at=row["made_at"],
        sent_at=row["sent_at"],
        reach=reach,
        warnings=warnings(content, reach, earlier),
        wrote=asker.person_id in row["writers"],
    )


def how_many() -> int:
    """Return how many bulletins there are, whatever their state."""
    return Bulletin.objects.count()


def check_reader(asker: Asker) -> None:
    """
    Check that somebody may look at the desk of alerts.

    :raises SignInNeeded: if nobody is signed in
    :raises NotAllowed: if the asker has nothing to do with alerts
    """
    if not asker.signed_in:
        raise SignInNeeded
    if not asker.may(*READERS):
        raise NotAllowed


def _row(row: Mapping[str, Any]) -> DeskRow:
    return DeskRow(
        id=row["id"],
        identifier=row["identifier"],
        state=State(row["state"]),
        msg_type=MsgType(row["msg_type"]),
        training=row["training"],
        event=catalogue.event(row["event"]),
        risk=row["risk"],
        headline={language[:2]: words["headline"] for language, words in row["texts"].items()},
        made_at=row["made_at"],
        sent_at=row["sent_at"],
        expires_at=row["expires_at"],
    )
