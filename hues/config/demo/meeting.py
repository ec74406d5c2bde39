"""Troubles of the demo that several people met, one report to look at twice, and one passed on as a complaint."""

from contextlib import suppress
from datetime import datetime, timedelta

from hues.engines.cases.actions import Place, open_case, seal_case, support
from hues.engines.cases.queries import CaseFilters, ops_case, ops_queue, sealed_cards
from hues.engines.cases.rules.workflow import State
from hues.kernel.agencies.queries import asker_for
from hues.kernel.errors import NotFound
from hues.kernel.people.asker import Asker, Role
from hues.kernel.people.queries import accounts_of
from hues.surfaces.shell.demo_people import demo_people

AT_WORK = frozenset({State.ASSIGNED, State.IN_PROGRESS})
MET = (7, 5, 4, 3)  # how many others met the same, of the last reports at work
LOOKED_AT = 40  # of which not all can be met
AGO = timedelta(minutes=40)
ADVERT = "Cột điện đầu kiệt dán đầy giấy vay tiền nhanh, giải ngân trong ngày, nhìn rất nhếch nhác."
COMPLAINT = (
    "Tôi không đồng ý với quyết định xử phạt vi phạm hành chính về trật tự xây dựng đối với nhà tôi, "
    "đề nghị xem xét lại quyết định này."
)
PASSED_TO = "Văn phòng UBND thành phố"
TOLD = (
    "Nội dung là khiếu nại một quyết định hành chính nên được chuyển nơi có thẩm quyền theo Luật Khiếu nại. "
    "Bạn theo dõi tại Văn phòng UBND thành phố theo số phiếu chuyển."
)


def load(*, at: datetime) -> None:
    """Let citizens meet what others reported, one report words that are watched, and one complain; once."""
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
    if not sealed_cards(operator, limit=1).rows:
        _complain(citizens[0], operator, at)


def _complain(citizen: Asker, operator: Asker, at: datetime) -> None:
    """Let a citizen report what is a complaint under the law, and the centre pass it on, under seal."""
    place = Place(lat=16.4701, lng=107.5921, address="24 Lê Lợi", source="map")
    opened = open_case(
        category="services-staff", text=COMPLAINT, place=place, by=citizen, key="demo-complaint", at=at - 3 * AGO
    )
    case = ops_case(operator, opened.number, at=at)
    seal_case(
        case_id=case.id,
        outcome="complaint",
        passed_to=PASSED_TO,
        passed_ref="118/PC-VP",
        text=TOLD,
        by=operator,
        seen=case.version,
        at=at - AGO,
    )
