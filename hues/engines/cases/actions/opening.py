"""Open a case: one transaction writes it whole, with its seal, its first step, its clock and its journal entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from hues.engines.cases.actions import owning, rows, wording
from hues.engines.cases.actions import photos as pictures
from hues.engines.cases.events import CaseOpened
from hues.engines.cases.models import Case, Key
from hues.engines.cases.queries import catalogue, moderation
from hues.engines.cases.queries.choices import CategoryCard
from hues.engines.cases.queries.covering import REPORT_SEQ
from hues.engines.cases.rules import intake, moving, timing
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.facts import Facts, Law
from hues.engines.cases.rules.intake import Place, Report
from hues.engines.cases.rules.moderation import Look
from hues.engines.cases.rules.workflow import Side
from hues.kernel.areas import queries as areas
from hues.kernel.clocks import actions as clocks
from hues.kernel.errors import NotAllowed, SignInNeeded, WrongState
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import Asker
from hues.kernel.turns import take_turn
from hues.kit.ids import new_id

NO_ANSWERS: Mapping[str, Any] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseReceipt:
    """
    What a reporter is given: the public number, when it is taken on, and when an answer is due if it is.

    `again` tells that this very report came before.
    """

    id: UUID
    number: str
    accept_due_at: datetime
    due_at: datetime
    again: bool = False


@transaction.atomic
def open_case(
    *,
    kind: str = "report",
    category: str,
    text: str,
    place: Place,
    photos: Sequence[UUID] = (),
    answers: Mapping[str, Any] = NO_ANSWERS,
    by: Asker,
    show_name: bool = False,
    channel: str = "web",
    contact: str = "",
    caller: UUID | None = None,
    key: str = "",
    at: datetime,
) -> CaseReceipt:
    """
    Open a case in the name of the asker, or of a `caller` whom an operator writes down (`channel` phone or counter).

    Sent again with the same `key` and body it opens nothing and returns the first receipt.

    :raises SignInNeeded: if nobody is signed in
    :raises NotAllowed: if somebody else than the operations centre writes down what a caller says
    :raises Invalid: if something is missing or does not fit; every field is told at once
    :raises WrongState: if the key was used for another body
    """
    sent = Report(
        kind=kind,
        category=category,
        text=text,
        place=place,
        photos=photos,
        answers=answers,
        show_name=show_name,
        channel=channel,
        contact=contact,
    )
    report, leaf, ward_code = _checked(sent, by)
    reporter = caller if report.on_behalf else by.person_id
    return _open(report, leaf, ward_code, key=key[: rows.LONGEST_KEY], by=by, reporter=reporter, at=at)


def _open(
    sent: Report, leaf: CategoryCard, ward_code: str, *, key: str, by: Asker, reporter: UUID | None, at: datetime
) -> CaseReceipt:
    law, case_id = catalogue.law(), new_id()
    report = replace(sent, text=owning.covered_report(sent, by=by, reporter=reporter))
    looks = _looks_at(report, reporter, emergency=bool(leaf.emergency), at=at)
    facts = moving.opened(leaf.code, leaf.service_class, law=law, at=at)
    number = rows.insert(
        rows.NewCase(
            id=case_id,
            report=report,
            facts=facts,
            coarse=leaf.coarse,
            ward_code=ward_code,
            sender=by.person_id,
            look=" ".join(looks),
            reporter=reporter,
            year=at.astimezone(law.calendar.zone).year,
            key=key,
        )
    )
    if number is None:
        return _first_receipt(report, key, by)
    owning.seal(case_id, REPORT_SEQ, sent.text, report.text, at=at)
    pictures.claim(report.photos, field="photos", by=by, at=at)
    _owe(case_id, number, report, facts, law=law, by=by)
    return CaseReceipt(id=case_id, number=number, accept_due_at=facts.accept_due_at, due_at=facts.due_at)


def _looks_at(report: Report, reporter: UUID | None, *, emergency: bool, at: datetime) -> tuple[Look, ...]:
    """Weigh a report; of two sent at once, each counting towards the same limit, the second one counts the first."""
    if turns := moderation.counted_with(report, reporter, emergency=emergency):
        take_turn(*turns)
    return moderation.looks_at(report, reporter, emergency=emergency, at=at)


def _checked(sent: Report, by: Asker) -> tuple[Report, CategoryCard, str]:
    """Return a report that can be taken, with its category and ward."""
    if not by.signed_in:
        raise SignInNeeded
    if sent.on_behalf and not by.in_ioc:
        raise NotAllowed
    leaf = catalogue.category(sent.category)
    report = intake.tidied(sent, [question.key for question in leaf.questions] if leaf else [])
    wrong = intake.check(report)
    if catalogue.case_type(sent.kind) is None or leaf is None or not leaf.parent:
        wrong.append(Breach("category", "category-unknown"))
    ward = areas.ward_at(report.place.lat, report.place.lng)
    if ward is None:
        wrong.append(Breach("place", "place-outside"))
    if wrong or leaf is None or ward is None:
        raise wording.invalid(wrong)
    return report, leaf, ward.code


def _first_receipt(report: Report, key: str, by: Asker) -> CaseReceipt:
    """Return the receipt of the case that this very report opened before."""
    kept = Key.objects.values("digest", "case_id").get(person_id__in=[by.person_id], key=key)
    if kept["digest"] != rows.digest_of(report):
        raise WrongState(wording.KEY_TAKEN)
    columns = ("id", "number", "accept_due_at", "due_at")
    return CaseReceipt(**Case.every.values(*columns).get(pk=kept["case_id"]), again=True)


def _owe(case_id: UUID, number: str, report: Report, facts: Facts, *, law: Law, by: Asker) -> None:
    at = facts.opened_at
    journal.record(
        CaseOpened(
            at=at,
            by=by.person_id if report.on_behalf else None,
            subject=case_id,
            kind=report.kind,
            number=number,
            version=facts.version,
            state=facts.state,
            side=Side.IOC if report.on_behalf else Side.CITIZEN,
        )
    )
    waits = timing.timers(facts, law=law, at=at)
    clocks.set_timers([clocks.NewTimer(kind=kind, subject=case_id, due_at=due) for kind, due in waits.items()], at=at)
