"""The manifest of field reports."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from hues.engines.cases.declare import CaseType
from hues.kernel.people.asker import IOC_ROLES, Role
from hues.kernel.registry import Audience, FunctionConfig, Maturity, OfflinePage, Retention
from hues.surfaces.citizen.slots import HomeCard, HomeGroup
from hues.surfaces.operations.places import Place as OpsPlace


class FieldReports(FunctionConfig):
    name = "hues.functions.field_reports"
    label = "field_reports"
    title = _("Field reports")
    summary = _("Tell the city what is broken, and follow the answer.")
    icon = "megaphone"
    owner = "ioc"
    audience = frozenset({Audience.CITIZEN, Audience.VISITOR})
    maturity = Maturity.ESSENTIAL
    uses = ("cases",)
    declares = (
        CaseType(key="report", link="/f/field_reports/{number}/", show="hues.functions.field_reports.pages.show"),
    )
    citizen_urls = "hues.functions.field_reports.urls"
    ops_urls = "hues.functions.field_reports.ops_urls"
    home = "field_reports:list"
    words = (
        _("report, complaint, broken, pothole, street light, rubbish, flood, noise, parking, water, dog"),
        _("report a problem to the city"),
    )
    home_cards: ClassVar[tuple[HomeCard, ...]] = (
        HomeCard(
            name="field_reports:new",
            title=_("Report a problem"),
            icon="megaphone",
            group=HomeGroup.TELL,
            words=(_("send a report, complain, photo"),),
            first=True,
        ),
        HomeCard(
            name="field_reports:mine",
            title=_("My reports"),
            icon="list-details",
            group=HomeGroup.TELL,
            words=(_("follow, answer, clock, rate"),),
        ),
        HomeCard(
            name="field_reports:list",
            title=_("Public reports"),
            icon="message-check",
            group=HomeGroup.TELL,
            words=(_("answers, published, ward"),),
        ),
        HomeCard(
            name="field_reports:promises",
            title=_("Promise register"),
            icon="calendar-due",
            group=HomeGroup.TELL,
            words=(_("promise, kept, broken, agency"),),
        ),
        HomeCard(
            name="field_reports:figures",
            title=_("Figures"),
            icon="chart-bar",
            group=HomeGroup.TELL,
            words=(_("figures, statistics, on time, late, satisfied, open data"),),
        ),
        HomeCard(
            name="field_reports:around",
            title=_("My ward"),
            icon="map-pin",
            group=HomeGroup.TELL,
            words=(_("follow, ward, place, near me"),),
        ),
        HomeCard(
            name="citizen:map",
            title=_("Map of reports"),
            icon="map-2",
            group=HomeGroup.TELL,
            words=(_("map, place, near me"),),
        ),
    )
    ops_places: ClassVar[tuple[OpsPlace, ...]] = (
        OpsPlace(name="calls:new", label=_("Write down a report"), icon="phone", roles=tuple(IOC_ROLES)),
        OpsPlace(
            name="calls:letters",
            label=_("Letters"),
            icon="message-circle",
            roles=tuple(IOC_ROLES),
            count="hues.kernel.letters.queries.waiting_count",
        ),
        OpsPlace(name="calls:keywords", label=_("Keywords"), icon="search", roles=(*IOC_ROLES, Role.ADMIN)),
    )
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(model="field_reports.MonthTally", days=None, reason="counts of the public record; names nobody"),
        Retention(model="field_reports.Keyword", days=None, reason="the city's own list; names nobody"),
        Retention(model="field_reports.KeywordEdition", days=None, reason="one row; names nobody"),
        Retention(model="field_reports.Following", days=None, reason="until its owner leaves the place"),
    )
    offline: ClassVar[tuple[OfflinePage, ...]] = (
        OfflinePage(
            name="field_reports:waiting",
            label=_("Write a report without a network"),
            icon="megaphone",
            instead_of="field_reports:new",
        ),
    )
    my_strips: ClassVar[tuple[str, ...]] = ("hues.functions.field_reports.strips.unfinished",)
