"""Troubles of the demo that several people met, and a report that the operations centre should look at twice."""

from datetime import datetime, timedelta

from hues.engines.cases.actions import Place, open_case, support
from hues.engines.cases.queries import CaseFilters, ops_queue
from hues.engines.cases.rules.workflow import State
from hues.kernel.agencies.queries import asker_for
from hues.kernel.people.asker import Role
from hues.kernel.people.queries import accounts_of
from hues.surfaces.shell.demo_people import demo_people

AT_WORK = frozenset({State.ASSIGNED, State.IN_PROGRESS})
MET = (7, 5, 4, 3)  # how many others met the same, of the last reports at work
AGO = timedelta(minutes=40)
ADVERT = "Cột điện đầu kiệt dán đầy giấy vay tiền nhanh, giải ngân trong ngày, nhìn rất nhếch nhác."


def load(*, at: datetime) -> None:
    """Let citizens meet what others reported, and one report words that are watched; once."""
    people = demo_people()
    ids = accounts_of(person.phone for person in people)
    citizens = [asker_for(ids[person.phone], at) for person in people if person.role == Role.CITIZEN][: max(MET)]
    operator = next(asker_for(ids[person.phone], at) for person in people if person.role == Role.OPERATOR)
    if not citizens or ops_queue(operator, CaseFilters(many=True), at=at).rows:
        return
    rows = ops_queue(operator, CaseFilters(states=AT_WORK), order="newest", limit=len(MET), at=at).rows
    for row, times in zip(rows, MET, strict=False):
        for citizen in citizens[:times]:
            support(number=row.number, by=citizen, at=at)
    place = Place(lat=16.4683, lng=107.5786, address="Kiệt 42 Nguyễn Trãi", source="map")
    open_case(category="order-adverts", text=ADVERT, place=place, by=citizens[0], key="demo-advert", at=at - AGO)
