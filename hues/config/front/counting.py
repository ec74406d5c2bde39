"""Count the visits that Django never hears of: published pages, and answers kept for a moment."""

from hues.kernel import visits

LANGUAGES = ("en",)


def count(path: str) -> None:
    """Count one opening of the function that a path belongs to; machine files and fragments are nobody's visit."""
    if path.endswith("/"):
        visits.count(function_of(path), "citizen")


def function_of(path: str) -> str:
    """Return the label of the function behind a path: of `/f/<label>/…` the label, else the first part, or home."""
    parts = [part for part in path.split("/") if part]
    if parts and parts[0] in LANGUAGES:
        parts = parts[1:]
    if len(parts) > 1 and parts[0] == "f":
        return parts[1]
    return parts[0] if parts else "home"
