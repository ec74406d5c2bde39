"""What notices put on the pages of others."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from hues.engines.bulletins import queries
from hues.engines.bulletins.declare import DOUBT_IN_SHORT
from hues.engines.bulletins.queries import NoticeFilters
from hues.kit.text import pick
from hues.surfaces.citizen.slots import Strip
from hues.surfaces.shell import addresses

NEW_FOR = timedelta(days=3)


def latest(at: datetime) -> Iterator[Strip]:
    """Yield the newest notice for the whole city, while it is new."""
    for card in queries.notices(NoticeFilters(), at=at, limit=5).rows:
        if not card.content.wards and card.sent_at > at - NEW_FOR:
            yield Strip(
                title=pick(card.title, addresses.language()),
                text=str(DOUBT_IN_SHORT) if card.doubted else pick(card.topic.name, addresses.language()),
                address=addresses.to(f"/f/notices/{card.number}/"),
                icon=card.topic.icon,
                tone="calm",
            )
            return
