"""Take messages of others in, and issue what became of them."""

from typing import Any

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.queries import IncomingCard
from hues.engines.bulletins.testing import MONDAY, passed
from hues.kernel.agencies import testing as cast


def issued_from(card: IncomingCard) -> Any:
    assert card.bulletin
    writer = cast.alert_writer()
    version = queries.desk_bulletin(writer, card.bulletin).version
    waiting = actions.submit(bulletin_id=card.bulletin, by=writer, seen=version, at=MONDAY)
    return passed(waiting)


def taken(body: bytes, source: str = "met") -> list[IncomingCard]:
    """Take a message in, and return its cards, the newest message first and its parts in their order."""
    actions.receive(source=source, link="https://met.example/1.xml", body=body, at=MONDAY)
    return sorted(queries.incoming(cast.alert_writer()), key=lambda card: (card.identifier, card.headline))


REFERS = {"references": "met@example,MET-1,2026-03-02T09:00:00+07:00", "identifier": "MET-2"}
