"""The manifest of notices."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from hues.engines.bulletins.declare import READERS, NoticeType
from hues.kernel.registry import Audience, FunctionConfig, Maturity, OfflinePage
from hues.surfaces.citizen.slots import HomeCard, HomeGroup
from hues.surfaces.operations.places import Place


class Notices(FunctionConfig):
    name = "hues.functions.notices"
    label = "notices"
    title = _("Notices")
    summary = _("What the city announces, and what is true of what is being told.")
    icon = "news"
    owner = "ioc"
    audience = frozenset({Audience.CITIZEN, Audience.VISITOR, Audience.BUSINESS})
    maturity = Maturity.SUPPORTED
    uses = ("bulletins",)
    declares = (NoticeType(key="notice", link="/f/notices/{number}/", show="hues.functions.notices.pages.show"),)
    citizen_urls = "hues.functions.notices.urls"
    ops_urls = "hues.functions.notices.ops_urls"
    home = "notices:list"
    words = (_("notice, news, announcement, power cut, road closed, school closed"),)
    home_cards: ClassVar[tuple[HomeCard, ...]] = (
        HomeCard(
            name="notices:list",
            title=_("Notices"),
            icon="news",
            group=HomeGroup.WARNINGS,
            words=(_("news, announcement, power cut, road closed"),),
        ),
        HomeCard(
            name="notices:corrections",
            title=_("True or false"),
            icon="message-question",
            group=HomeGroup.WARNINGS,
            words=(_("rumour, fake news, scam, correction"),),
        ),
        HomeCard(
            name="notices:channels",
            title=_("Official channels"),
            icon="shield-check",
            group=HomeGroup.WARNINGS,
            words=(_("hotline, phone number, real account, fake account"),),
        ),
    )
    offline: ClassVar[tuple[OfflinePage, ...]] = (OfflinePage(name="notices:list", label=_("Notices"), icon="news"),)
    home_strips: ClassVar[tuple[str, ...]] = ("hues.functions.notices.strips.latest",)
    search_finds: ClassVar[tuple[str, ...]] = ("hues.functions.notices.strips.found",)
    ops_places: ClassVar[tuple[Place, ...]] = (
        Place(name="notices_desk:list", label=_("Notices"), icon="news", roles=READERS),
    )
