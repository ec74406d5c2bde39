"""What alerts put on the pages of others."""

from collections.abc import Iterator
from datetime import datetime

from hues.engines.bulletins import queries
from hues.engines.bulletins.declare import DOUBT_IN_SHORT
from hues.kit.text import pick
from hues.surfaces.citizen.slots import Strip
from hues.surfaces.shell import addresses


def in_force(at: datetime) -> Iterator[Strip]:
    """Yield every alert in force."""
    for card in queries.in_force(at):
        yield Strip(
            title=pick(card.headline, addresses.language()),
            text=pick(card.event.name, addresses.language()) + (f" · {DOUBT_IN_SHORT}" if card.doubted else ""),
            address=addresses.to(f"/f/alerts/{card.identifier}/"),
            icon=card.event.icon,
            risk=card.risk,
        )
