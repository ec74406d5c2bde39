"""Who comes with a link, and the one case that it opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import Exists, F, OuterRef

from hues.engines.cases.models import Case, Pass, Step
from hues.engines.cases.queries.cards import DeskCase
from hues.engines.cases.queries.desk import staff_case
from hues.engines.cases.rules.passes import ENDS, Standing
from hues.engines.cases.rules.workflow import AT_AGENCY, Side
from hues.kernel.agencies import queries as agencies
from hues.kernel.errors import NotFound
from hues.kernel.people.asker import STRANGER, Asker, Errand


@dataclass(frozen=True, kw_only=True, slots=True)
class PassCard:
    """A link as its holder meets it; `asker` is a stranger unless it is open."""

    number: str
    standing: Standing
    asker: Asker


def digest_of(token: str) -> str:
    """Return what is kept of the secret in a link."""
    return sha256(token.encode()).hexdigest()


def pass_of(token: str, *, at: datetime) -> PassCard:
    """
    Return how the link with that secret stands.

    :raises NotFound: if there is none
    """
    left = Step.objects.filter(case_id=OuterRef("case_id"), seq__gt=OuterRef("seq"), verb__in=sorted(ENDS))
    found = Pass.objects.filter(digest=digest_of(token)).annotate(
        number=F("case__number"), state=F("case__state"), now_with=F("case__agency_id"), left=Exists(left)
    )
    row = found.values("id", "case_id", "agency_id", "sent_to", "until_at", "number", "state", "now_with", "left")
    known = row.first()
    if known is None:
        raise NotFound
    standing = _standing(known, at)
    errand = Errand(id=known["id"], subject=known["case_id"], agency_id=known["agency_id"])
    asker = Asker(errand=errand) if standing == Standing.OPEN else STRANGER
    return PassCard(number=known["number"], standing=standing, asker=asker)


def passed_case(asker: Asker, *, at: datetime) -> DeskCase:
    """
    Return the one case that the asker's link opens, as the agency sees it.

    :raises NotFound: if the asker has no link, or the case is not with the agency any more
    """
    if asker.errand is None:
        raise NotFound
    own = Case.objects.filter(pk=asker.errand.subject, agency_id=asker.errand.agency_id, state__in=sorted(AT_AGENCY))
    number = own.values_list("number", flat=True).first() or ""
    return staff_case(own, number, asker, {Side.LINK}, at)


def _standing(known: Mapping[str, Any], at: datetime) -> Standing:
    if known["now_with"] != known["agency_id"] or known["state"] not in AT_AGENCY:
        return Standing.OVER
    address = agencies.link_to(known["agency_id"])
    if known["left"] or known["until_at"] <= at or known["sent_to"] != address:
        return Standing.EXPIRED
    return Standing.OPEN
