"""Who comes with a link, and the one case that it opens."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hues.engines.cases.models import Case, Pass, Step
from hues.engines.cases.queries.cards import DeskCase
from hues.engines.cases.queries.desk import facts_of, staff_case
from hues.engines.cases.rules.passes import DONE_BY_LINK, ENDS, Standing
from hues.engines.cases.rules.workflow import AT_AGENCY, Side, State, Verb
from hues.kernel.agencies import queries as agencies
from hues.kernel.errors import NotFound
from hues.kernel.people.asker import STRANGER, Asker, Errand
from hues.kit.text import Bilingual

# What an agency has to do: work on a case or, once it is answered with a promise, show that it was kept.
TO_DO = Q(state__in=sorted(AT_AGENCY)) | Q(
    state__in=[State.PUBLISHED, State.CLOSED], promise_on__isnull=False, promise_shown_at=None
)


@dataclass(frozen=True, kw_only=True, slots=True)
class SentCard:
    """What was sent by a link, for whoever still has it."""

    verb: Verb
    at: datetime
    words: str
    outcome: str
    promise_on: date | None
    photos: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PassCard:
    """
    A link as its holder meets it; `asker` is a stranger unless it is open. It is over once something was `sent`.

    `heir` is the agency that has the case now, where the one that got the link has ended.
    """

    number: str
    standing: Standing
    asker: Asker
    sent: SentCard | None = None
    heir: Bilingual = field(default_factory=dict)


_COLUMNS = (
    "id",
    "case_id",
    "agency_id",
    "sent_to",
    "until_at",
    "seq",
    "number",
    "state",
    "now_with",
    "left",
    "passed",
    "to_do",
)


def digest_of(token: str) -> str:
    """Return what is kept of the secret in a link."""
    return sha256(token.encode()).hexdigest()


def pass_of(token: str, *, at: datetime) -> PassCard:
    """
    Return how the link with that secret stands.

    :raises NotFound: if there is none
    """
    left = Step.objects.filter(case_id=OuterRef("case_id"), seq__gt=OuterRef("seq"), verb__in=sorted(ENDS))
    passed = Step.objects.filter(case_id=OuterRef("case_id"), seq__gt=OuterRef("seq"), verb=Verb.SUCCEED)
    found = Pass.objects.filter(digest=digest_of(token)).annotate(
        number=F("case__number"),
        now_with=F("case__agency_id"),
        state=F("case__state"),
        left=Exists(left),
        passed=Exists(passed),
        to_do=Exists(_theirs(OuterRef("case_id"), OuterRef("agency_id"))),
    )
    known = found.values(*_COLUMNS).first()
    if known is None:
        raise NotFound
    standing = _standing(known, at)
    errand = Errand(id=known["id"], subject=known["case_id"], agency_id=known["agency_id"])
    asker = Asker(errand=errand) if standing == Standing.OPEN else STRANGER
    heir = agencies.agency(known["now_with"]) if known["passed"] and known["now_with"] else None
    return PassCard(
        number=known["number"],
        standing=standing,
        asker=asker,
        sent=_sent(known, standing, at),
        heir=heir.name if heir else {},
    )


def passed_case(asker: Asker, *, at: datetime) -> DeskCase:
    """
    Return the one case that the asker's link opens, as the agency sees it.

    :raises NotFound: if the asker has no link, or the case is not with the agency any more
    """
    if asker.errand is None:
        raise NotFound
    own = _theirs(asker.errand.subject, asker.errand.agency_id)
    return staff_case(facts_of(own), asker, {Side.LINK}, at)


def _theirs(case_id: Any, agency_id: Any) -> QuerySet[Case]:
    """Return the case, if the agency has something to do about it."""
    return Case.objects.filter(TO_DO, pk=case_id, agency_id=agency_id)


def _standing(known: Mapping[str, Any], at: datetime) -> Standing:
    if not known["to_do"]:
        return Standing.OVER
    if known["passed"] and not agencies.link_to(known["agency_id"]):  # whoever followed signs in
        return Standing.OVER
    return Standing.EXPIRED if known["left"] or not _is_good(known, at) else Standing.OPEN


def _is_good(known: Mapping[str, Any], at: datetime) -> bool:
    return bool(known["until_at"] > at and known["sent_to"] == agencies.link_to(known["agency_id"]))


def _sent(known: Mapping[str, Any], standing: Standing, at: datetime) -> SentCard | None:
    """Return what was last sent by a link that is over because of it."""
    if standing != Standing.OVER or known["state"] == State.SEALED or not _is_good(known, at):
        return None
    done = Step.objects.filter(case_id=known["case_id"], agency_id=known["agency_id"], seq__gt=known["seq"])
    step = done.filter(side=Side.LINK, verb__in=sorted(DONE_BY_LINK)).order_by("-seq").first()
    if step is None:
        return None
    promised = step.facts.get("promise_on")
    return SentCard(
        verb=Verb(step.verb),
        at=step.at,
        words=step.public_text or step.internal_text,
        outcome=step.facts.get("outcome", ""),
        promise_on=date.fromisoformat(promised) if promised else None,
        photos=step.facts.get("proofs", 0),
    )
