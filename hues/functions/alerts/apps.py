"""The manifest of alerts."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from hues.engines.bulletins.declare import READERS, AlertType
from hues.kernel.people.asker import Role
from hues.kernel.registry import Audience, FunctionConfig, Maturity, OfflinePage
from hues.surfaces.citizen.slots import HomeCard, HomeGroup
from hues.surfaces.operations.places import Place


class Alerts(FunctionConfig):
    name = "hues.functions.alerts"
    label = "alerts"
    title = _("Alerts")
    summary = _("Be warned in time, and check that a warning is real.")
    icon = "alert-triangle"
    owner = "ioc"
    audience = frozenset({Audience.CITIZEN, Audience.VISITOR, Audience.BUSINESS})
    maturity = Maturity.SUPPORTED
    uses = ("bulletins",)
    declares = (
        AlertType(
            key="alert",
            link="/f/alerts/{identifier}/",
            machine_link="/cap/alerts/{identifier}.xml",
            show="hues.functions.alerts.pages.show",
        ),
    )
    citizen_urls = "hues.functions.alerts.urls"
    ops_urls = "hues.functions.alerts.ops_urls"
    machine_urls = "hues.functions.alerts.machine_urls"
    home = "alerts:list"
    words = (_("alert, warning, flood, storm, typhoon, heavy rain, landslide, evacuate"),)
    home_cards: ClassVar[tuple[HomeCard, ...]] = (
        HomeCard(
            name="alerts:list",
            title=_("Alerts"),
            icon="alert-triangle",
            group=HomeGroup.WARNINGS,
            words=(_("warning, danger, flood, storm"),),
        ),
    )
    # The list says what to do: without a network it stands for every alert that was not opened before.
    offline: ClassVar[tuple[OfflinePage, ...]] = (
        OfflinePage(name="alerts:list", label=_("Alerts"), icon="alert-triangle"),
    )
    home_strips: ClassVar[tuple[str, ...]] = ("hues.functions.alerts.strips.in_force",)
    search_finds: ClassVar[tuple[str, ...]] = ("hues.functions.alerts.strips.found",)
    ops_places: ClassVar[tuple[Place, ...]] = (
        Place(name="alerts_desk:list", label=_("Alerts"), icon="alert-triangle", roles=READERS),
        Place(name="alerts_desk:keys", label=_("Keys of alerts"), icon="lock", roles=(Role.ADMIN, Role.AUDITOR)),
    )
