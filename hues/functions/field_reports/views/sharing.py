"""What goes with a shared link: the picture of a report."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from hues.engines.cases import queries
from hues.engines.cases.declare import STATE_WORDS
from hues.functions.field_reports import sharing_card
from hues.functions.field_reports.sheet import Picture
from hues.kernel.areas import queries as areas
from hues.kit import clock
from hues.kit.text import pick
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to

FOR_AN_HOUR = "public, max-age=3600, s-maxage=3600"


@require_safe
@open_to(ANYONE)
def card(request: AskedRequest, number: str) -> HttpResponse:
    """Send the drawn card of a public report."""
    case, language = queries.public_case(number, at=clock.now()), get_language() or "vi"
    ward = areas.ward(case.ward_code)
    picture = sharing_card.drawn(
        title=pick(case.category_title, language),
        where=pick(ward.name, language) if ward else "",
        state=str(STATE_WORDS[case.state]),
        number=case.number,
        ward=case.ward_code,
        place=(case.lat, case.lng),
    )
    answer = HttpResponse(picture, content_type="image/png")
    answer["Cache-Control"] = FOR_AN_HOUR
    return answer


def picture_of(number: str, shown: Iterable[Picture]) -> str:
    """Return the whole address of the picture that goes with a link: the first photo shown, else the drawn card."""
    photos = (picture.href for picture in shown if not picture.is_clip)
    path = next(photos, None) or reverse("field_reports:card", args=[number])
    return settings.HUES.origin + path
