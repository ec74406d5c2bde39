"""What alerts put on the pages of others."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from hues.engines.bulletins import queries
from hues.kit.text import pick
from hues.surfaces.citizen.slots import Strip
from hues.surfaces.shell import addresses

DOUBTED = _("its signature is not trusted: check first")


def in_force(at: datetime) -> Iterator[Strip]:
    """Yield every alert in force."""
    for card in queries.in_force(at):
        yield Strip(
            title=pick(card.headline, addresses.language()),
            text=pick(card.event.name, addresses.language()) + (f" · {DOUBTED}" if card.doubted else ""),
            address=addresses.to(f"/f/alerts/{card.identifier}/"),
            icon=card.event.icon,
            risk=card.risk,
        )
