"""Write a part of a case: the words, the place and the photos of the whole, and nothing of its reporter."""

from datetime import datetime
from uuid import UUID

from hues.engines.cases.actions import photos
from hues.engines.cases.actions.moving import FACTS
from hues.engines.cases.events import CaseOpened
from hues.engines.cases.models import Case, Step
from hues.engines.cases.queries import catalogue
from hues.engines.cases.rules import moving, numbers, telling
from hues.engines.cases.rules.facts import NOTHING, Facts
from hues.engines.cases.rules.workflow import Side, State, Verb
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import Asker
from hues.kit.ids import new_id
from hues.kit.text import fold

COPIED = (
    *("kind", "text", "answers", "coarse", "address", "place_source", "road_owner"),
    *("lat", "lng", "cell", "ward_code"),
)
CHANNEL = "part"


def open_part(whole: UUID, task: str, *, by: Asker, at: datetime) -> UUID:
    """Write a further part of a case, in its caller's transaction."""
    found = Case.objects.filter(pk=whole).values("number", *COPIED, *FACTS).get()
    before = Facts(**{name: found[name] for name in FACTS} | {"state": State(found["state"])})
    facts, part = moving.part_of(before, whole, law=catalogue.law(), at=at), new_id()
    number = _next_number(whole, found["number"])
    Case.objects.create(
        id=part,
        number=number,
        channel=CHANNEL,
        task=task,
        folded=fold(f"{number} {found['address']} {task} {found['text']}"),
        **{name: found[name] for name in COPIED},
        **{name: getattr(facts, name) for name in FACTS},
    )
    _begin(part, number, found["kind"], facts, by=by, at=at)
    photos.show_report_of(whole, part, at=at)
    return part


def _next_number(case_id: UUID, number: str) -> str:
    """Return the next number of a part that nothing has: reports that came from elsewhere may be numbered so too."""
    first = Case.every.filter(parent_id=case_id).count() + 1
    names = [numbers.part_number(number, turn) for turn in range(first, first + numbers.MOST_PARTS)]
    there = set(Case.every.filter(number__in=names).values_list("number", flat=True))
    return next(name for name in names if name not in there)


def _begin(part: UUID, number: str, kind: str, facts: Facts, *, by: Asker, at: datetime) -> None:
    Step.objects.create(
        case_id=part,
        seq=facts.version,
        at=at,
        verb=Verb.OPEN,
        side=Side.IOC,
        facts=telling.step_facts(Verb.OPEN, facts, facts, NOTHING),
    )
    journal.record(
        CaseOpened(
            at=at,
            by=by.person_id,
            subject=part,
            kind=kind,
            number=number,
            version=facts.version,
            state=facts.state,
            side=Side.IOC,
        )
    )
