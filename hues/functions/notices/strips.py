"""What notices put on the pages of others."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from hues.engines.bulletins import queries
from hues.engines.bulletins.declare import DOUBT_IN_SHORT
from hues.engines.bulletins.queries import NoticeCard, NoticeFilters
from hues.kernel.errors import NotFound
from hues.kit.text import pick
from hues.surfaces.citizen.slots import Strip
from hues.surfaces.shell import addresses

NEW_FOR = timedelta(days=3)
MOST_FOUND = 4


def latest(at: datetime) -> Iterator[Strip]:
    """Yield the newest notice for the whole city, while it is new."""
    for card in queries.notices(NoticeFilters(), at=at, limit=5).rows:
        if not card.content.wards and card.sent_at > at - NEW_FOR:
            yield _strip(card)
            return


def found(words: str, at: datetime) -> Iterator[Strip]:
    """Yield the notice of that number, whatever became of it, or the newest that hold and have all words."""
    try:
        yield _strip(queries.notice(queries.number_in(words)))
    except NotFound:
        yield from map(_strip, queries.notices(NoticeFilters(text=words), at=at, limit=MOST_FOUND).rows)


def _strip(card: NoticeCard) -> Strip:
    return Strip(
        title=pick(card.title, addresses.language()),
        text=DOUBT_IN_SHORT if card.doubted else pick(card.topic.name, addresses.language()),
        address=addresses.to(f"/f/notices/{card.number}/"),
        icon=card.topic.icon,
        tone="calm",
    )
