"""Where one can go at the operations centre, for those whose role opens it."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from hues.kernel.errors import NotAllowed
from hues.kernel.people.asker import IOC_ROLES, Asker, Role
from hues.kernel.registry import functions
from hues.kit.text import Words
from hues.surfaces.citizen.slots import Strip
from hues.surfaces.shell import addresses

WATCHERS: Final = (Role.OPERATOR, Role.DUTY_LEADER, Role.LEADER, Role.AUDITOR)
READERS: Final = (*WATCHERS, Role.ADMIN)
KEEPERS: Final = (Role.OPERATOR, Role.DUTY_LEADER, Role.AUDITOR, Role.ADMIN)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """
    One page of the centre: the name of its address, and who may open it.

    A function puts its own pages there as `ops_places` of its manifest, with the whole name of their address.
    `count` is the dotted name of `fn(asker) -> int`: how much waits there. What cannot wait fills `ops_strips`, with
    dotted names of `fn(asker) -> Iterable[Strip]`: a line over the queue and the wall.
    """

    name: str
    label: Words
    icon: str
    roles: tuple[Role, ...]
    count: str = ""


PLACES: Final = (
    Place(name="queue", label=_("Reports"), icon="inbox", roles=WATCHERS),
    Place(name="wall", label=_("Wall"), icon="layout-list", roles=WATCHERS),
    Place(name="sealed", label=_("Under seal"), icon="lock", roles=(Role.OPERATOR, Role.DUTY_LEADER)),
    Place(name="agencies", label=_("Agencies"), icon="building-community", roles=READERS),
    Place(name="categories", label=_("Categories"), icon="list-details", roles=READERS),
    Place(name="templates", label=_("Words for answers"), icon="message-check", roles=(*IOC_ROLES, Role.ADMIN)),
    Place(name="routes", label=_("Routing"), icon="route", roles=READERS),
    Place(name="staff", label=_("Staff"), icon="users", roles=(Role.ADMIN,)),
    Place(name="deliveries", label=_("Deliveries"), icon="send", roles=KEEPERS),
    Place(name="health", label=_("Health of the system"), icon="progress-check", roles=KEEPERS),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One of them as a page shows it."""

    label: str
    icon: str
    href: str
    current: bool
    count: int


def places(asker: Asker, here: str) -> tuple[Shown, ...]:
    """Return the pages of the centre that are open to the asker, the present one marked."""
    counts = ((place, import_string(place.count)(asker) if place.count else 0) for place in _open_to(asker))
    return tuple(_shown(place.name, place.name == here, count, addresses.language()) for place, count in counts)


@lru_cache(maxsize=512)
def _shown(name: str, current: bool, count: int, _language: str) -> Shown:  # noqa: FBT001
    place = _by_name()[name]
    return Shown(label=str(place.label), icon=place.icon, href=_address(place), current=current, count=count)


@cache
def _by_name() -> dict[str, Place]:
    return {place.name: place for place in _all()}


@cache
def _all() -> tuple[Place, ...]:
    theirs = (place for function in functions() for place in getattr(function, "ops_places", ()))
    return (*PLACES, *theirs)


def strips(asker: Asker) -> list[Strip]:
    """Return what the asker is told over the queue and the wall because it cannot wait."""
    fillings = [name for function in functions() for name in getattr(function, "ops_strips", ())]
    return [strip for name in fillings for strip in import_string(name)(asker)]


def first_place(asker: Asker) -> str:
    """
    Return the address of the first page that is open to the asker; an administrator begins with the staff.

    :raises NotAllowed: if none is
    """
    own = [place for place in _open_to(asker) if place.name == "staff"] or _open_to(asker)
    if not own:
        raise NotAllowed
    return _address(own[0])


def _open_to(asker: Asker) -> list[Place]:
    return [place for place in _all() if asker.may(*place.roles)]


def _address(place: Place) -> str:
    return addresses.of(place.name if ":" in place.name else f"operations:{place.name}")
