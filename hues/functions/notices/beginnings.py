"""Templates to begin a notice from: words of the city, `notice_templates.toml`."""

from functools import cache
from typing import Any

from hues.kernel import city
from hues.kit.text import Words, pick
from hues.surfaces.shell import addresses

FILE = "notice_templates.toml"


def titles() -> list[tuple[str, Words]]:
    """Return the templates by their names, in the city's own order."""
    return [(name, pick(said["name"], addresses.language())) for name, said in _read().items()]


def start(name: str) -> dict[str, Any]:
    """Return what a template fills in; an unknown one fills in what is usual."""
    said = _read().get(name, {})
    found = {"kind": said.get("kind", "notice"), "topic": said.get("topic", ""), "audience": "everybody"}
    for code, words in said.get("texts", {}).items():
        found |= {f"{part}_{code}": text for part, text in words.items()}
    return found


@cache
def _read() -> dict[str, Any]:
    return dict(city.document(FILE)) if city.path(FILE).exists() else {}
