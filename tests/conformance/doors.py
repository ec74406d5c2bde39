"""Every door of the city, found by walking the addresses."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern

OURS = "hues."
ARGUMENT = re.compile(r"\(\?P<(\w+)>[^()]*\)|<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """One address and the view behind it; `route` is Django's, without the language."""

    route: str
    view: Callable[..., HttpResponse]

    def __str__(self) -> str:
        return "/" + self.route

    @property
    def is_ours(self) -> bool:
        """Test if the view is written by us."""
        return self.view.__module__.startswith(OURS)

    @property
    def open_to(self) -> frozenset[Any] | None:
        """Return who may come in, or None where the view doesn't say."""
        found: frozenset[Any] | None = getattr(self.view, "open_to", None)
        return found

    @property
    def arguments(self) -> tuple[str, ...]:
        """Return the names of the parts of the address that vary."""
        return tuple(a or b for a, b in ARGUMENT.findall(self.route))

    def address(self, samples: dict[str, str], language: str = "vi") -> str:
        """Return a real address, its varying parts taken from `samples`."""
        path = ARGUMENT.sub(lambda m: samples[m[1] or m[2]], self.route).replace("^", "").replace("$", "")
        return f"/{'' if language == 'vi' else language + '/'}{path}"


def doors() -> list[Door]:
    """Return every door, in the order of their addresses."""
    found = {door.route: door for door in _walk(get_resolver(), "")}
    return [found[route] for route in sorted(found)]


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Door]:
    for pattern in resolver.url_patterns:
        part = "" if isinstance(pattern.pattern, LocalePrefixPattern) else _route(pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, prefix + part)
        elif isinstance(pattern, URLPattern):
            yield Door(route=prefix + part, view=pattern.callback)


def _route(pattern: URLPattern | URLResolver) -> str:
    return str(pattern.pattern) if isinstance(pattern.pattern, RoutePattern) else f"^{pattern.pattern}"
