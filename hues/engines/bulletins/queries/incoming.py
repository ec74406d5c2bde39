"""What others warn of, and what became of it here."""

from collections.abc import Sequence
from uuid import UUID

from hues.engines.bulletins.models import Incoming, Source
from hues.engines.bulletins.queries import catalogue
from hues.engines.bulletins.queries.cards import IncomingCard, SourceCard, SourceState
from hues.engines.bulletins.queries.desk import check_reader
from hues.kernel.errors import NotFound
from hues.kernel.people.asker import Asker

_COLUMNS = (
    "id",
    "source",
    "identifier",
    "msg_type",
    "headline",
    "places",
    "lost",
    "outcome",
    "reason",
    "sent_at",
    "at",
)


def source_states() -> tuple[SourceState, ...]:
    """Return every source of the city with what came of the last look at it; a worker asks."""
    rows = {row.code: row for row in Source.objects.all()}
    return tuple(_state(source, rows.get(source.code)) for source in catalogue.sources())


def _state(source: SourceCard, row: Source | None) -> SourceState:
    if row is None:
        return SourceState(source=source)
    return SourceState(
        source=source, etag=row.etag, modified=row.modified, problem=row.problem, since=row.since, at=row.at
    )


def unread(source: str, links: Sequence[str]) -> list[str]:
    """Return the links, in their order, whose message was not read yet; one that could not be read is tried again."""
    found = Incoming.objects.filter(source=source, link__in=links).exclude(identifier="")
    known = set(found.values_list("link", flat=True))
    return [link for link in links if link not in known]


def incoming(asker: Asker, limit: int = 50) -> tuple[IncomingCard, ...]:
    """
    Return the newest messages of others.

    :raises SignInNeeded: if nobody is signed in
    :raises NotAllowed: if the asker has nothing to do with alerts
    """
    check_reader(asker)
    found = Incoming.objects.order_by("-at", "-id").values(*_COLUMNS, "bulletin_id")[:limit]
    return tuple(IncomingCard(bulletin=row.pop("bulletin_id"), **row) for row in found)


def incoming_about(asker: Asker, bulletin_id: UUID) -> tuple[IncomingCard, ...]:
    """
    Return the messages of others that a bulletin was made from, or that concern it, oldest first.

    :raises SignInNeeded: if nobody is signed in
    :raises NotAllowed: if the asker has nothing to do with alerts
    """
    check_reader(asker)
    found = Incoming.objects.filter(bulletin=bulletin_id).order_by("at", "id").values(*_COLUMNS, "bulletin_id")
    return tuple(IncomingCard(bulletin=row.pop("bulletin_id"), **row) for row in found)


def incoming_message(asker: Asker, incoming_id: UUID) -> bytes:
    """
    Return a message of somebody else as it came.

    :raises SignInNeeded: if nobody is signed in
    :raises NotAllowed: if the asker has nothing to do with alerts
    :raises NotFound: if there is none
    """
    check_reader(asker)
    body = Incoming.objects.filter(pk=incoming_id).values_list("body", flat=True).first()
    if body is None:
        raise NotFound
    return bytes(body)
