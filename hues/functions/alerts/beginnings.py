"""Templates to begin an alert from: words of the city, `alert_templates.toml`."""

from functools import cache
from typing import Any

from hues.engines.bulletins.queries import alert_settings
from hues.kernel import city
from hues.kit.text import Words, pick
from hues.surfaces.shell import addresses

FILE = "alert_templates.toml"


def titles() -> list[tuple[str, Words]]:
    """Return the templates by their names, in the city's own order."""
    return [(name, pick(said["name"], addresses.language())) for name, said in _read().items()]


def start(name: str) -> dict[str, Any]:
    """Return what a template fills in; an unknown one fills in nothing."""
    said = _read().get(name)
    if said is None:
        return {}
    found: dict[str, Any] = {"event": said["event"], "risk": str(said["risk"])}
    for code in alert_settings().languages:
        found |= {f"{part}_{code}": text for part, text in said["texts"].get(code[:2], {}).items()}
    return found


@cache
def _read() -> dict[str, Any]:
    return dict(city.document(FILE)) if city.path(FILE).exists() else {}
