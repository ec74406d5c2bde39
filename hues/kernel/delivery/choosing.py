"""What the city chose for its messages: cities/<code>/delivery.toml."""

from typing import Any

from hues.kernel.city import document, path

FILE = "delivery.toml"


def chosen() -> dict[str, Any]:
    """Return the city's choices; a city without the file has no sirens, and text messages as they are by default."""
    return document(FILE) if path(FILE).exists() else {}
