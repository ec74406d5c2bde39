"""Cases that were passed on under the law: a number and a state, until somebody opens the seal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from hues.engines.cases.models import Case
from hues.engines.cases.queries import desk
from hues.engines.cases.queries.cards import DeskCase
from hues.engines.cases.queries.parts import MAY_WATCH
from hues.engines.cases.rules.outcomes import Outcome
from hues.engines.cases.rules.workflow import Side, State
from hues.kernel.errors import NotAllowed, NotFound
from hues.kernel.people.asker import Asker, Role
from hues.kit import pages
from hues.kit.pages import Page

MOST = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class SealedCard:
    """What may be known of a sealed case; `may_open` tells if the asker may ask for the rest, `may_lift` to end it."""

    id: UUID
    number: str
    version: int
    outcome: str
    sealed_at: datetime
    may_open: bool
    may_lift: bool


def sealed_card(asker: Asker, number: str) -> SealedCard:
    """
    Return that a case is sealed, to the operations centre and to the agency that had it.

    :raises NotFound: if no sealed case has that number, or it is none of the asker's business
    """
    found = Case.every.filter(number=number, state=State.SEALED)
    if not asker.may(*MAY_WATCH):
        found = found.filter(agency_id__in=sorted(asker.agencies))
    row = found.values("id", "number", "version", "outcome", "closed_at", "parent_id").first()
    if row is None:
        raise NotFound
    return _card(asker, row)


def sealed_cards(asker: Asker, after: str = "", *, limit: int = MOST) -> Page[SealedCard]:
    """
    Return the sealed cases, those sealed last first.

    :raises NotAllowed: if the asker does not operate the centre
    """
    if not asker.in_ioc:
        raise NotAllowed
    found = Case.every.filter(state=State.SEALED, parent=None).order_by("-closed_at", "-id")
    if last := pages.place(after):
        found = found.filter(closed_at__lte=last[0]).exclude(closed_at=last[0], id__gte=last[1])
    rows = list(found.values("id", "number", "version", "outcome", "closed_at", "parent_id")[: limit + 1])
    cards = tuple(_card(asker, row) for row in rows[:limit])
    more = len(rows) > limit and cards
    return Page(rows=cards, next=pages.mark(cards[-1].sealed_at, cards[-1].id) if more else None)


def sealed_case(asker: Asker, number: str, *, at: datetime) -> DeskCase:
    """
    Return all of a sealed case; the caller has opened its seal and written that down.

    :raises NotFound: if no sealed case has that number
    """
    found = Case.every.filter(number=number, state=State.SEALED)
    return desk.staff_case(desk.facts_of(found), asker, {Side.IOC}, at)


def _card(asker: Asker, row: Mapping[str, Any]) -> SealedCard:
    whole = row["parent_id"] is None
    # Who denounced is protected by law: of that, only a duty leader reads.
    needed = {Role.DUTY_LEADER} if row["outcome"] == Outcome.DENUNCIATION else {Role.DUTY_LEADER, Role.OPERATOR}
    named = {name: row[name] for name in ("id", "number", "version", "outcome")}
    return SealedCard(
        **named,
        sealed_at=row["closed_at"],
        may_open=whole and asker.in_ioc and asker.may(*needed),
        may_lift=whole and asker.may(Role.DUTY_LEADER),
    )
