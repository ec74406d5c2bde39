"""Published reports as an RSS feed: of the city, a ward, a place, or whatever the list was narrowed to."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hues.engines.cases import queries
from hues.functions.field_reports.choosing import read_choice
from hues.kernel.areas import queries as areas
from hues.kit import clock
from hues.kit.text import pick
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to
from hues.surfaces.shell.sharing import shared

NEWEST = 50


@require_safe
@open_to(ANYONE)
@shared
def feed(request: AskedRequest) -> HttpResponse:
    """Send the newest published reports as a feed."""
    chosen, language = read_choice(request.GET), get_language() or "vi"
    ward = areas.ward(chosen.ward) if chosen.ward else None
    where = pick(ward.name, language) if ward else chosen.near
    narrowed = f"?{chosen.query()}" if chosen.query() else ""
    written = Rss201rev2Feed(
        title=_("Public reports: %(where)s") % {"where": where} if where else _("Public reports"),
        link=f"{settings.HUES.origin}{reverse('field_reports:list')}{narrowed}",
        description=_("What citizens reported and how the city answered. Who reported is sealed."),
        language=language,
        feed_url=f"{settings.HUES.origin}{reverse('field_reports:feed')}{narrowed}",
    )
    for row in queries.public_cases(chosen.filters(), limit=NEWEST, at=clock.now()).rows:
        address = settings.HUES.origin + reverse("field_reports:report", args=[row.number])
        written.add_item(
            title=f"{pick(row.category_title, language)} · {row.number}",
            link=address,
            description=row.text,
            unique_id=address,
            pubdate=row.published_at,
            categories=[pick(row.category_title, language)],
        )
    return HttpResponse(written.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")
