"""Troubles of the demo that several people met, and a report that the operations centre should look at twice."""

from contextlib import suppress
from datetime import datetime, timedelta

from hues.engines.cases.actions import Place, open_case, support
from hues.engines.cases.queries import CaseFilters, ops_queue
from hues.engines.cases.rules.workflow import State
from hues.kernel.agencies.queries import asker_for
from hues.kernel.errors import NotFound
from hues.kernel.people.asker import Role
from hues.kernel.people.queries import accounts_of
from hues.surfaces.shell.demo_people import demo_people

AT_WORK = frozenset({State.ASSIGNED, State.IN_PROGRESS})
MET = (7, 5, 4, 3)  # how many others met the same, of the last reports at work
LOOKED_AT = 40  # of which not all can be met
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
    left = iter(MET)
    times = next(left, 0)
    for row in ops_queue(operator, CaseFilters(states=AT_WORK), order="newest", limit=LOOKED_AT, at=at).rows:
        with suppress(NotFound):  # not all of them may be met by others: some are shown to nobody yet
            for citizen in citizens[:times]:
                support(number=row.number, by=citizen, at=at)
            times = next(left, 0)
    place = Place(lat=16.4683, lng=107.5786, address="Kiệt 42 Nguyễn Trãi", source="map")
    open_case(category="order-adverts", text=ADVERT, place=place, by=citizens[0], key="demo-advert", at=at - AGO)
