"""What people were told, and what the outbox holds."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from hues.kernel.delivery.models import InboxItem, Text
from hues.kernel.delivery.queries import reach
from hues.kernel.delivery.queries.board import Board, End, WardReach, Why, board, told_of
from hues.kernel.delivery.queries.cards import InboxCard
from hues.kernel.delivery.queries.orders import Order, siren_orders
from hues.kernel.delivery.queries.owed import DeadLetter, LineCard, Owing, Reach, dead_letters, lines, owing, reached
from hues.kernel.delivery.queries.reach import would_push, would_reach, would_reach_roughly
from hues.kernel.delivery.queries.wishes import (
    HookCard,
    Wishes,
    hooks,
    is_subscribed,
    person_at,
    push_key,
    wards_of,
    wishes,
)
from hues.kernel.delivery.sirens import ward_of as ward_of_siren
from hues.kernel.errors import SignInNeeded
from hues.kernel.people.asker import Asker
from hues.kit import pages
from hues.kit.pages import Page

__all__ = [
    "Board",
    "DeadLetter",
    "End",
    "HookCard",
    "InboxCard",
    "LineCard",
    "Order",
    "Outbox",
    "Owing",
    "Reach",
    "TextCard",
    "WardReach",
    "Why",
    "Wishes",
    "board",
    "dead_letters",
    "hooks",
    "inbox",
    "is_subscribed",
    "lines",
    "outbox",
    "owing",
    "person_at",
    "push_key",
    "reached",
    "siren_orders",
    "texts_to",
    "told_of",
    "unread_count",
    "ward_of_siren",
    "wards_of",
    "wishes",
    "would_push",
    "would_reach",
    "would_reach_roughly",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class TextCard:
    """One text message as the outbox holds it."""

    to: str
    body: str
    at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Outbox:
    """How the text messages are doing: how many are owed, since when, and how many were given up."""

    owed: int
    oldest_at: datetime | None
    given_up: int


def inbox(asker: Asker, after: str = "", limit: int = 30) -> Page[InboxCard]:
    """
    Return the asker's own inbox, newest first.

    :raises SignInNeeded: if nobody is signed in
    """
    if asker.person_id is None:
        raise SignInNeeded
    found = InboxItem.objects.filter(person=asker.person_id).order_by("-at", "-id")
    last = pages.place(after)
    if last:
        at, item_id = last
        found = found.filter(Q(at__lt=at) | Q(at=at, id__lt=item_id))
    columns = ("id", "reason", "title", "body", "link", "at", "read_at")
    rows = [InboxCard(**row) for row in found.values(*columns)[: limit + 1]]
    rows += reach.broadcasts_to(asker.person_id, last, limit + 1)
    rows.sort(key=lambda card: (card.at, card.id), reverse=True)
    more = len(rows) > limit
    shown = tuple(rows[:limit])
    return Page(rows=shown, next=pages.mark(shown[-1].at, shown[-1].id) if more else None)


def unread_count(asker: Asker) -> int:
    """Return how much in the asker's inbox is unread; a stranger has nothing."""
    if asker.person_id is None:
        return 0
    own = InboxItem.objects.filter(person=asker.person_id, read_at__isnull=True).count()
    return own + len(reach.unread_broadcasts(asker.person_id))


def texts_to(phone: str, limit: int = 20) -> tuple[TextCard, ...]:
    """Return the messages to a number, newest first; only the demo and tests show them to anybody."""
    found = Text.objects.filter(to=phone).order_by("-at", "-id")
    return tuple(TextCard(**row) for row in found.values("to", "body", "at", "sent_at")[:limit])


def outbox(since: datetime) -> Outbox:
    """Return how the text messages are doing; given up counts from `since` on."""
    owed = Text.objects.filter(sent_at__isnull=True, failed_at__isnull=True).aggregate(n=Count("pk"), oldest=Min("at"))
    given_up = Text.objects.filter(failed_at__gte=since).count()
    return Outbox(owed=owed["n"], oldest_at=owed["oldest"], given_up=given_up)
