"""Where one can go at the operations centre, for those whose role opens it."""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hues.kernel.people.asker import Asker, Role
from hues.kit.text import Words

WATCHERS: Final = (Role.OPERATOR, Role.DUTY_LEADER, Role.LEADER, Role.AUDITOR)
READERS: Final = (*WATCHERS, Role.ADMIN)
KEEPERS: Final = (Role.OPERATOR, Role.DUTY_LEADER, Role.AUDITOR, Role.ADMIN)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One page of the centre: the name of its address, and who may open it."""

    name: str
    label: Words
    icon: str
    roles: tuple[Role, ...]


PLACES: Final = (
    Place(name="queue", label=_("Reports"), icon="inbox", roles=WATCHERS),
    Place(name="wall", label=_("Wall"), icon="layout-list", roles=WATCHERS),
    Place(name="agencies", label=_("Agencies"), icon="building-community", roles=READERS),
    Place(name="categories", label=_("Categories"), icon="list-details", roles=READERS),
    Place(name="staff", label=_("Staff"), icon="users", roles=(Role.ADMIN,)),
    Place(name="health", label=_("Health of the system"), icon="progress-check", roles=KEEPERS),
)


def places(asker: Asker, here: str) -> list[dict[str, object]]:
    """Return the pages of the centre that are open to the asker, the present one marked."""
    return [
        {
            "label": place.label,
            "icon": place.icon,
            "href": reverse(f"operations:{place.name}"),
            "current": place.name == here,
        }
        for place in PLACES
        if asker.may(*place.roles)
    ]
