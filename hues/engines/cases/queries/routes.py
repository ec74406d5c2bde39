"""Where a report goes, and why: the road its address names, the rule that fits, the agency the rule means."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from hues.engines.cases.queries import catalogue
from hues.engines.cases.rules import roads
from hues.engines.cases.rules.roads import Named, Road
from hues.engines.cases.rules.routing import Rule
from hues.kernel import city


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """Where the rules lead: `rule` is None if none fits, `agency_id` if the rule leads to no agency at work."""

    agency_id: UUID | None
    rule: Rule | None
    road: Named | None
    road_owner: str


def way(
    kind: str,
    category: str,
    ward: str,
    *,
    address: str = "",
    text: str = "",
    road_owner: str | None = None,
    at: datetime | None = None,
) -> Way:
    """Return where such a case goes; a `road_owner` that somebody told wins over what the words name."""
    road = road_of(ward, address=address, text=text)
    owner = road_owner if road_owner is not None else (road.owner if road else "")
    agency_id, rule = catalogue.ruled(kind, category, ward, owner, at)
    return Way(agency_id=agency_id, rule=rule, road=road, road_owner=owner)


def road_of(ward: str, *, address: str, text: str = "") -> Named | None:
    """Return the road that an address names, or else a story."""
    return roads.named_in(_roads(), ward=ward, address=address, text=text)


@cache
def _roads() -> tuple[Road, ...]:
    known = [city.rows(name) if city.path(name).exists() else () for name in ("roads.csv", "streets.csv")]
    return roads.read(*known)
