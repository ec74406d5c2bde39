"""Addresses in the reader's language, and the same page in the other one."""

from django.conf import settings
from django.utils.translation import get_language

MAIN = settings.LANGUAGE_CODE


def language() -> str:
    """Return the language that is being spoken, "vi" or "en"."""
    return (get_language() or MAIN)[:2]


def bare(path: str) -> str:
    """Return `path` without its language."""
    for code, _name in settings.LANGUAGES:
        if code != MAIN and (path == f"/{code}" or path.startswith(f"/{code}/")):
            return path[len(code) + 1 :] or "/"
    return path


def to(path: str, code: str | None = None) -> str:
    """Return the path of our page `path` (written as in Vietnamese) in the reader's language, or in `code`."""
    code = code or language()
    return bare(path) if code == MAIN else f"/{code}{bare(path)}"
