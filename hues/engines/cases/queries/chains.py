"""The same trouble, back in the same place."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from hues.engines.cases.models import Case
from hues.engines.cases.queries import catalogue
from hues.engines.cases.queries.aftermath import Chain, Link
from hues.engines.cases.rules.workflow import State

MOST_LINKS = 5


def chain_of(row: Mapping[str, Any], *, public: bool) -> Chain | None:
    """Return the chain that a case is part of; what was not taken on does not count in it."""
    if row["chain_id"] is None:
        return None
    found = Case.objects.filter(chain_id=row["chain_id"]).exclude(state=State.REFUSED).order_by("opened_at", "id")
    members = list(found.values("id", "number", "opened_at", "state", "outcome", "published_at", "coarse"))
    turns = {member["id"]: turn for turn, member in enumerate(members, start=1)}
    if row["id"] not in turns or len(members) < 2:
        return None
    others = tuple(
        Link(
            number=member["number"],
            turn=turns[member["id"]],
            opened_at=member["opened_at"],
            state=State(member["state"]),
            outcome=member["outcome"],
        )
        for member in reversed(members)
        if member["id"] != row["id"] and not (public and (member["published_at"] is None or member["coarse"]))
    )
    turn, above = turns[row["id"]], catalogue.recurrence().above_after
    return Chain(turn=turn, total=len(members), above=len(members) >= above, others=others[:MOST_LINKS])


def turn_of(case_id: UUID) -> int:
    """Return which time the trouble of a case came (0: it is part of no chain)."""
    row = Case.objects.filter(pk=case_id).values("id", "chain_id").first()
    chain = chain_of(row, public=False) if row else None
    return chain.turn if chain else 0
