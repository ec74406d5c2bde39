"""The manifest of storm and flood."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from hues.engines.rescue.declare import RESCUERS
from hues.kernel.registry import Audience, FunctionConfig, Maturity, OfflinePage, Retention
from hues.surfaces.citizen.slots import HomeCard, HomeGroup
from hues.surfaces.operations.places import Place


class StormFlood(FunctionConfig):
    name = "hues.functions.storm_flood"
    label = "storm_flood"
    title = _("Storm and flood")
    summary = _("River levels, shelters, safe parking and calls for rescue, also without a network.")
    icon = "flood"
    owner = "ioc"
    audience = frozenset({Audience.CITIZEN, Audience.VISITOR, Audience.BUSINESS})
    maturity = Maturity.SUPPORTED
    uses = ("rescue",)
    citizen_urls = "hues.functions.storm_flood.urls"
    ops_urls = "hues.functions.storm_flood.ops_urls"
    home = "storm_flood:flood"
    words = (
        _("flood, storm, typhoon, river, water level, alarm level, shelter, evacuation, safe parking, rescue, SOS"),
    )
    home_cards: ClassVar[tuple[HomeCard, ...]] = (
        HomeCard(
            name="storm_flood:flood",
            title=_("Storm and flood"),
            icon="flood",
            group=HomeGroup.WARNINGS,
            words=(_("river, water level, shelter, safe parking"),),
        ),
        HomeCard(
            name="storm_flood:sos",
            title=_("Call for rescue"),
            icon="bell-ringing",
            group=HomeGroup.WARNINGS,
            words=(_("SOS, help, boat, danger, trapped"),),
        ),
    )
    offline: ClassVar[tuple[OfflinePage, ...]] = (
        OfflinePage(name="storm_flood:flood", label=_("Storm and flood"), icon="flood"),
        OfflinePage(name="storm_flood:sos", label=_("Call for rescue"), icon="bell-ringing"),
    )
    ops_places: ClassVar[tuple[Place, ...]] = (
        Place(
            name="rescue_desk:queue",
            label=_("Calls for rescue"),
            icon="bell-ringing",
            roles=RESCUERS,
            count="hues.engines.rescue.queries.waiting_count",
        ),
        Place(name="rescue_desk:levels", label=_("River levels"), icon="flood", roles=RESCUERS),
    )
    ops_strips = ("hues.functions.storm_flood.strips.waiting",)
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(model="storm_flood.Reading", days=None, reason="the record of the rivers; names nobody"),
    )
