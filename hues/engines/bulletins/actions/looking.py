"""Note how the sources of the city do: the last look at each, and at every link that its feed lists."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hues.engines.bulletins.events import MessageReceived
from hues.engines.bulletins.models import Link, Source
from hues.kernel.journal import actions as journal

MOST_LINKS = 500  # of a feed; what is older than these is nobody's danger any more


@transaction.atomic
def note_look(*, source: str, problem: str, etag: str, modified: str, at: datetime) -> None:
    """Note what came of a look at a source; "" is no problem."""
    row = Source.objects.select_for_update().filter(pk=source).first() or Source(code=source)
    if row.problem != problem:
        row.since = at if problem else None
        journal.record(MessageReceived(at=at, source=source, outcome="unread" if problem else "well", reason=problem))
    row.problem, row.etag, row.modified, row.at = problem, etag, modified, at
    row.save()


@transaction.atomic
def list_links(*, source: str, links: Sequence[str]) -> None:
    """Note which messages a feed links to now, in its order; what is known of each stays."""
    wanted = {link: place for place, link in enumerate(links[:MOST_LINKS])}
    Link.objects.filter(source=source).exclude(link__in=wanted).delete()
    rows = [Link(source=source, link=link, place=place) for link, place in wanted.items()]
    Link.objects.bulk_create(rows, update_conflicts=True, unique_fields=["source", "link"], update_fields=["place"])


@transaction.atomic
def note_link(*, source: str, link: str, problem: str, etag: str = "", modified: str = "", at: datetime) -> None:
    """Note what came of a look at one link; "" is no problem."""
    found = Link.objects.filter(source=source, link=link)
    found.update(problem=problem, etag=etag, modified=modified, at=at)
