"""Pass on what an agency had that has ended: its open cases, its promises, the links to single cases."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from hues.engines.cases.actions.moving import move
from hues.engines.cases.actions.passing import send_pass
from hues.engines.cases.models import Case, Pass
from hues.engines.cases.queries import catalogue
from hues.engines.cases.rules.facts import Given
from hues.engines.cases.rules.workflow import AT_AGENCY, State, Verb
from hues.kernel.agencies import queries as agencies
from hues.kernel.agencies.actions import changing
from hues.kernel.people.asker import CITY
from hues.kit.text import Bilingual

AT_WORK = Q(state__in=sorted({*AT_AGENCY, State.ANSWERED}))
OWED = Q(promise_on__isnull=False, published_at__isnull=False, promise_kept_at=None)


@transaction.atomic
def pass_on(agency_id: UUID, *, at: datetime) -> int:
    """
    Pass the open cases of an agency that has ended on to its heirs, and the promises it still owes.

    Their clocks run as before. Returns how many cases that were.
    """
    own = Case.objects.select_for_update().filter(AT_WORK | OWED, agency_id=agency_id).order_by("pk")
    found = list(own.values_list("pk", "kind", "category", "ward_code"))
    for case_id, kind, category, ward in found:
        heir = catalogue.heir_of(agency_id, kind, category, ward)
        move(Verb.SUCCEED, case_id, by=CITY, seen=None, at=at, given=Given(agency_id=heir))
        # A link stays one to this case; whether it still opens is decided by the heir's address.
        Pass.objects.filter(case_id=case_id, agency_id=agency_id).update(agency_id=heir)
    return len(found)


def heir_for(case_id: UUID) -> UUID | None:
    """Return who gets a case that comes to life again, and keep that agency open; None if nobody ever had it."""
    columns = ("agency_id", "kind", "category", "ward_code")
    had = Case.objects.filter(pk=case_id, agency_id__isnull=False).values(*columns).first()
    agency_id = had["agency_id"] if had else None
    if had is None or agency_id is None:
        return None
    if not changing.hold_open(agency_id):
        agency_id = catalogue.heir_of(agency_id, had["kind"], had["category"], had["ward_code"])
        changing.hold_open(agency_id)
    return agency_id


@transaction.atomic
def send_first_pass(*, case_id: UUID, agency_id: UUID, title: Bilingual, body: Bilingual, at: datetime) -> bool:
    """Send the heir a link to a case it got, unless the one that was sent before still opens it."""
    address = agencies.link_to(agency_id)
    open_ones = Pass.objects.filter(case_id=case_id, agency_id=agency_id, sent_to=address, until_at__gt=at)
    if not address or open_ones.exists():
        return False
    return send_pass(case_id=case_id, agency_id=agency_id, title=title, body=body, at=at)
