"""What alerts put on the pages of others."""

from collections.abc import Iterator
from datetime import datetime

from hues.engines.bulletins import queries
from hues.engines.bulletins.declare import DOUBT_IN_SHORT
from hues.functions.alerts.sheet import Sheet, sheet, where
from hues.kit.text import fold
from hues.surfaces.citizen.slots import Strip
from hues.surfaces.shell import addresses


def in_force(at: datetime) -> Iterator[Strip]:
    """Yield every alert in force."""
    for card in queries.in_force(at):
        yield _strip(sheet(card, at))


def found(words: str, at: datetime) -> Iterator[Strip]:
    """Yield the alert of that number, whatever became of it, or those in force in which all words stand."""
    if queries.is_alert(number := queries.number_in(words)):
        yield _strip(sheet(queries.alert(number), at))
        return
    wanted = fold(words).split()
    for card in queries.in_force(at):
        shown = sheet(card, at)
        texts = [said for text in card.texts.values() for said in (text.headline, text.description, text.instruction)]
        told = fold(" ".join((*texts, *card.event.name.values(), *shown.places)))
        if all(word in told for word in wanted):
            yield _strip(shown)


def _strip(of: Sheet) -> Strip:
    doubted = of.valid and of.card.doubted
    return Strip(
        title=of.text.headline,
        text=DOUBT_IN_SHORT if doubted else where(of) if of.valid else of.state_words,
        address=addresses.to(f"/f/alerts/{of.card.identifier}/"),
        icon=of.card.event.icon,
        tone="" if of.valid else of.tone,
        risk=of.card.risk if of.valid else 0,
    )
