"""What others warn of, and what became of it here."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Q

from hues.engines.bulletins.models import Incoming, Link, Source
from hues.engines.bulletins.queries import catalogue
from hues.engines.bulletins.queries.cards import IncomingCard, LinkCard, SourceCard, SourceState
from hues.engines.bulletins.queries.desk import check_reader
from hues.kernel.errors import NotFound
from hues.kernel.people.asker import Asker

REREAD: Final = timedelta(minutes=10)  # a link may lead to a new message
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
    listed = Link.objects.values("source").annotate(n=Count("pk"), bad=Count("pk", filter=Q(problem__gt="")))
    links = {code: (n, bad) for code, n, bad in listed.values_list("source", "n", "bad")}
    return tuple(_state(one, rows.get(one.code), *links.get(one.code, (0, 0))) for one in catalogue.sources())


def _state(source: SourceCard, row: Source | None, links: int, broken: int) -> SourceState:
    if row is None:
        return SourceState(source=source)
    return SourceState(
        source=source,
        etag=row.etag,
        modified=row.modified,
        problem=row.problem,
        since=row.since,
        at=row.at,
        links=links,
        broken=broken,
    )


def broken(source: str) -> int:
    """Return how many links of a source gave nothing that can be read."""
    return Link.objects.filter(source=source, problem__gt="").count()


def turns(source: str, at: datetime, most: int) -> tuple[LinkCard, ...]:
    """
    Return the links whose turn it is: new ones from the oldest of the feed on, then those looked at longest ago.

    What could not be read is tried again, what was read is asked for changes now and then; broken ones go to the end of
    the line like all others, so that none keeps another waiting for ever.
    """
    due = Link.objects.filter(Q(at=None) | Q(at__lt=at, problem__gt="") | Q(at__lte=at - REREAD), source=source)
    found = due.order_by(F("at").asc(nulls_first=True), "-place").values("link", "etag", "modified", "problem")[:most]
    return tuple(LinkCard(**row) for row in found)


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
