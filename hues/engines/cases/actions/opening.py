"""Open a case: one transaction writes it whole, with its seal, its first step, its clock and its journal entry."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from hues.engines.cases.actions import photos as pictures
from hues.engines.cases.actions import wording
from hues.engines.cases.actions.moving import FACTS
from hues.engines.cases.events import CaseOpened
from hues.engines.cases.models import Case, CaseSeal, Key, Step
from hues.engines.cases.queries import catalogue
from hues.engines.cases.queries.cards import CategoryCard
from hues.engines.cases.rules import intake, moving, numbers, telling, timing
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.facts import NOTHING, Facts, Law
from hues.engines.cases.rules.intake import Place
from hues.engines.cases.rules.workflow import Side, Verb
from hues.kernel.areas import queries as areas
from hues.kernel.city import city
from hues.kernel.clocks import actions as clocks
from hues.kernel.errors import NotAllowed, SignInNeeded, WrongState
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import Asker
from hues.kit import cells
from hues.kit.ids import new_id
from hues.kit.text import fold, tidy

LONGEST_CONTACT = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseReceipt:
    """What a reporter is given: the public number, when it is taken on, and when an answer is due if it is."""

    id: UUID
    number: str
    accept_due_at: datetime
    due_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class _Report:
    """A report that passed every check."""

    kind: str
    category: CategoryCard
    text: str
    place: Place
    ward_code: str
    answers: Mapping[str, Any]
    photos: Sequence[UUID]
    show_name: bool
    channel: str
    contact: str


@transaction.atomic
def open_case(
    *,
    kind: str = "report",
    category: str,
    text: str,
    place: Place,
    photos: Sequence[UUID] = (),
    answers: Mapping[str, Any] | None = None,
    by: Asker,
    show_name: bool = False,
    channel: str = "web",
    contact: str = "",
    key: str = "",
    at: datetime,
) -> CaseReceipt:
    """
    Open a case in the name of the asker, or of a caller whom an operator writes down (`channel` phone or counter).

    Sent again with the same `key` and body it opens nothing and returns the first receipt.

    :raises SignInNeeded: if nobody is signed in
    :raises Invalid: if something is missing or does not fit; every field is told at once
    :raises WrongState: if the key was used for another body
    """
    report = _checked(kind, category, text, place, photos, answers or {}, by, show_name, channel, contact)
    case_id = new_id()
    if key:
        first = _claim_key(key, report, case_id, by=by, at=at)
        if first is not None:
            return first
    law = catalogue.law()
    facts = moving.opened(report.category.code, report.category.service_class, law=law, at=at)
    pictures.claim(report.photos, field="photos", by=by, at=at)
    number = next_number(kind, at, law)
    _write(case_id, number, report, facts, by=by, at=at)
    _owe(case_id, number, report, facts, law=law, by=by, at=at)
    return CaseReceipt(id=case_id, number=number, accept_due_at=facts.accept_due_at, due_at=facts.due_at)


def next_number(kind: str, at: datetime, law: Law) -> str:
    """Return the next public number of the year, in the city's own time; a number once taken is never taken again."""
    year = at.astimezone(law.calendar.zone).year
    declared = catalogue.case_type(kind)
    prefix = (declared.prefix if declared else "") or city().number_prefix
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_next_number(%s)", [year])
        (count,) = cursor.fetchone()
    return numbers.public_number(prefix, year, count)


def _checked(
    kind: str,
    category: str,
    text: str,
    place: Place,
    photos: Sequence[UUID],
    answers: Mapping[str, Any],
    by: Asker,
    show_name: bool,
    channel: str,
    contact: str,
) -> _Report:
    if not by.signed_in:
        raise SignInNeeded
    if channel in intake.ON_BEHALF and not by.in_ioc:
        raise NotAllowed
    words = tidy(text)
    spot = Place(
        lat=place.lat, lng=place.lng, address=tidy(place.address).replace("\n", ", "), source=place.source
    )
    wrong = intake.check(text=words, place=spot, photos=photos, channel=channel)
    leaf = catalogue.category(category)
    if catalogue.case_type(kind) is None or leaf is None or not leaf.parent:
        wrong.append(Breach("category", "category-unknown"))
    ward = areas.ward_at(spot.lat, spot.lng)
    if ward is None:
        wrong.append(Breach("place", "place-outside"))
    if channel in intake.ON_BEHALF and not tidy(contact):
        wrong.append(Breach("contact", "contact-missing"))
    if wrong or leaf is None or ward is None:
        raise wording.invalid(wrong)
    return _Report(
        kind=kind,
        category=leaf,
        text=words,
        place=spot,
        ward_code=ward.code,
        answers=_known_answers(answers, leaf),
        photos=tuple(photos),
        show_name=show_name and channel not in intake.ON_BEHALF,
        channel=channel,
        contact=tidy(contact)[:LONGEST_CONTACT] if channel in intake.ON_BEHALF else "",
    )


def _known_answers(answers: Mapping[str, Any], leaf: CategoryCard) -> dict[str, str]:
    asked = {question.key for question in leaf.questions}
    return {key: tidy(str(value))[:400] for key, value in answers.items() if key in asked and value}


def _claim_key(key: str, report: _Report, case_id: UUID, *, by: Asker, at: datetime) -> CaseReceipt | None:
    """Keep the key for this case, or return the receipt of the case it was kept for before."""
    place = report.place
    digest = intake.digest_of(
        [
            report.kind,
            report.category.code,
            report.text,
            f"{place.lat:.6f} {place.lng:.6f} {place.address}",
            " ".join(str(photo) for photo in report.photos),
            json.dumps(report.answers, sort_keys=True),
            f"{report.channel} {report.show_name} {report.contact}",
        ]
    )
    with connection.cursor() as cursor:
        # Waits for a twin that is being opened at this moment; then this one finds its key taken.
        cursor.execute(
            "INSERT INTO cases_key (person_id, key, digest, case_id, at) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [by.person_id, key[:64], digest, case_id, at],
        )
        if cursor.rowcount:
            return None
    kept = Key.objects.get(person_id=by.person_id, key=key[:64])
    if kept.digest != digest:
        raise WrongState(wording.KEY_TAKEN)
    row = Case.objects.filter(pk=kept.case_id).values("id", "number", "accept_due_at", "due_at").get()
    return CaseReceipt(**row)


def _write(case_id: UUID, number: str, report: _Report, facts: Facts, *, by: Asker, at: datetime) -> None:
    place = report.place
    Case(
        id=case_id,
        number=number,
        kind=report.kind,
        channel=report.channel,
        text=report.text,
        answers=report.answers,
        folded=fold(f"{number} {place.address} {report.text}"),
        show_name=report.show_name,
        coarse=report.category.coarse,
        address=place.address,
        place_source=place.source[:16],
        lat=place.lat,
        lng=place.lng,
        cell=cells.cell_of(place.lat, place.lng),
        ward_code=report.ward_code,
        **{name: getattr(facts, name) for name in FACTS},
    ).save(force_insert=True)
    on_behalf = report.channel in intake.ON_BEHALF
    CaseSeal(
        case_id=case_id,
        person_id=None if on_behalf else by.person_id,
        contact=report.contact,
        opened_at=at,
    ).save(force_insert=True)
    Step(
        case_id=case_id,
        seq=facts.version,
        at=at,
        verb=Verb.OPEN,
        side=Side.IOC if on_behalf else Side.CITIZEN,
        facts=telling.step_facts(Verb.OPEN, facts, facts, NOTHING),
    ).save(force_insert=True)
    if report.photos:
        pictures.keep(case_id, report.photos, role=pictures.REPORT, at=at)


def _owe(
    case_id: UUID, number: str, report: _Report, facts: Facts, *, law: Law, by: Asker, at: datetime
) -> None:
    on_behalf = report.channel in intake.ON_BEHALF
    journal.record(
        CaseOpened(
            at=at,
            by=by.person_id if on_behalf else None,
            subject=case_id,
            kind=report.kind,
            number=number,
            version=facts.version,
            state=facts.state,
            side=Side.IOC if on_behalf else Side.CITIZEN,
        )
    )
    waits = timing.timers(facts, law=law, at=at)
    clocks.set_timers(
        [clocks.NewTimer(kind=kind, subject=case_id, due_at=due) for kind, due in waits.items()], at=at
    )
