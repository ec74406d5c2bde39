"""Follow a ward or a place, and leave it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hues.functions.field_reports import around
from hues.functions.field_reports.models import Following
from hues.kernel.areas import queries as areas
from hues.kernel.errors import Invalid, SignInNeeded
from hues.kernel.people.asker import Asker
from hues.kit.text import Words

MOST_FOLLOWED = 20


@transaction.atomic
def follow(*, by: Asker, ward: str = "", near: str = "", at: datetime) -> None:
    """
    Have somebody told of what is published in a ward, or around a point; following twice is following once.

    :raises SignInNeeded: if nobody is signed in
    :raises Invalid: if the city has no such ward or place, or they follow `MOST_FOLLOWED` already
    """
    if by.person_id is None:
        raise SignInNeeded
    point = None if ward else around.read(near)
    if (areas.ward(ward) if ward else point) is None:
        raise _wrong(_("The city has no such place."))
    if Following.objects.filter(person_id=by.person_id).count() >= MOST_FOLLOWED:
        raise _wrong(_("You follow as many places as one can. Leave one first."))
    Following.objects.get_or_create(
        person_id=by.person_id,
        ward_code=ward,
        near=around.written(*point) if point else "",
        defaults={"cell": around.cell(*point) if point else None, "at": at},
    )


@transaction.atomic
def leave(*, by: Asker, ward: str = "", near: str = "") -> None:
    """
    Stop telling somebody of a ward or a place.

    :raises SignInNeeded: if nobody is signed in
    """
    if by.person_id is None:
        raise SignInNeeded
    Following.objects.filter(person_id=by.person_id, ward_code=ward, near="" if ward else near).delete()


def _wrong(sentence: Words) -> Invalid:
    return Invalid(sentence, {"place": sentence})
