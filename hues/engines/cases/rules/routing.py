"""Which agency a case goes to: the first rule that fits."""

from collections.abc import Iterable
from dataclasses import dataclass

OF_WARD = "@"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """
    Cases of `category` (a leaf or its group) in `wards` on a road of `road_owner` go to `target`; empty fits all.

    `target` is an agency's code, or "@" and a kind: the agency of that kind in the ward of the place.
    """

    category: str = ""
    wards: frozenset[str] = frozenset()
    road_owner: str = ""
    target: str


def target(rules: Iterable[Rule], *, path: tuple[str, ...], ward: str, road_owner: str = "") -> str | None:
    """Return where the first fitting rule leads; `path` is the case's category and its groups."""
    return next((rule.target for rule in rules if _fits(rule, path, ward, road_owner)), None)


def _fits(rule: Rule, path: tuple[str, ...], ward: str, road_owner: str) -> bool:
    if rule.category and rule.category not in path:
        return False
    if rule.wards and ward not in rule.wards:
        return False
    if rule.road_owner and rule.road_owner != road_owner:
        return False
    # "The office of the ward" leads nowhere where the ward is not known.
    return bool(ward) or not rule.target.startswith(OF_WARD)
