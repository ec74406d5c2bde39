"""Addresses in the reader's language, and the same page in the other one."""

from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

MAIN = settings.LANGUAGE_CODE
SAMPLE = "PA-0000-000000"


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


def of(name: str, of_what: str = "") -> str:
    """Return the address of that name in the reader's language; `of_what` is the number or code of what it is about."""
    found = _named(name, language(), about=bool(of_what))
    return found.replace(SAMPLE, of_what) if of_what else found


def if_there(name: str, *args: str) -> str:
    """Return the address of that name, "" where the city does not run the function that it belongs to."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=256)
def _named(name: str, _language: str, *, about: bool) -> str:
    """Return what Django would put together anew for each of the forty addresses of a page."""
    return reverse(name, args=[SAMPLE] if about else None)
