"""What stands around every page: where one is, where one can go."""

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, Final

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from hues.kit.text import Words
from hues.surfaces.shell import addresses

CONTENT: Final = "\ue000content\ue000"  # nobody writes it


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One of the five places of the bar; `name` is its URL name and `path` where it is until that exists."""

    key: str
    label: Words
    icon: str
    name: str
    path: str
    href: str = ""
    current: bool = False


PLACES = (
    Place(key="home", label=_("Home"), icon="home", name="citizen:home", path="/"),
    Place(key="map", label=_("Map"), icon="map-2", name="citizen:map", path="/map/"),
    Place(key="report", label=_("Report"), icon="camera", name="field_reports:new", path="/f/field_reports/new/"),
    Place(key="inbox", label=_("Inbox"), icon="inbox", name="citizen:inbox", path="/me/inbox/"),
    Place(key="me", label=_("Me"), icon="user-circle", name="citizen:me", path="/me/"),
)

# Where staff begin, the centre and the agencies.
STARTS = frozenset({"/ops/", "/desk/"})


def bar(path: str) -> tuple[Place, ...]:
    """Return the five places, the one that holds `path` marked as current."""
    places = _places(addresses.language())
    inside = [place for place in places if _holds(place.href, path)]
    nearest = max(inside, key=lambda place: len(place.href), default=None)
    return tuple(replace(place, current=place is nearest) for place in places)


@cache
def _places(language: str) -> tuple[Place, ...]:
    return tuple(replace(place, href=_address(place)) for place in PLACES)


def _address(place: Place) -> str:
    try:
        return reverse(place.name)
    except NoReverseMatch:
        return addresses.to(place.path)


def _holds(href: str, path: str) -> bool:
    return path == href or (addresses.bare(href) != "/" and path.startswith(href))


def path_of(context: dict[str, Any]) -> str:
    """Return the page's path: said by who renders it (`page_path`), else the request's."""
    request = context.get("request")
    return str(context.get("page_path") or getattr(request, "path", "") or addresses.to("/"))


def start_of(path: str) -> str:
    """Return where the mark of a staff page leads: the start of the desk that `path` is at, else Home."""
    return addresses.to(_first(path) if at_a_desk(path) else "/")


def at_a_desk(path: str) -> bool:
    """Test if a page is one of the staff's."""
    return _first(path) in STARTS


def _first(path: str) -> str:
    return f"/{addresses.bare(path).split('/')[1]}/"


def dialog(content: str, *, name: str, title: str) -> SafeString:
    """Return `content` in a native dialog that a button with data-dialog=name opens."""
    return SafeString(_dialog(addresses.language(), name, title).replace(CONTENT, content))


@lru_cache(maxsize=64, typed=True)
def _dialog(_language: str, name: str, title: str) -> str:
    return render_to_string("shell/_dialog.html", {"content": CONTENT, "name": name, "title": title})
