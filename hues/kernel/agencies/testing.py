"""The cast of every story: Lan reports, Minh answers, Eve looks, and the operations centre runs."""

from datetime import UTC, datetime
from uuid import UUID

from hues.kernel.agencies import actions, queries
from hues.kernel.agencies.queries import AgencyCard
from hues.kernel.city import rows
from hues.kernel.editions import asked_once
from hues.kernel.people import actions as people
from hues.kernel.people.asker import AGENCY_ROLES, Asker, Role
from hues.kernel.people.queries import accounts_of

# The first Monday of 2026: everybody of the cast is there before any story begins.
BEFORE = datetime(2026, 1, 5, 0, 0, tzinfo=UTC)
WARD_OFFICE = "kinh-te-phu-xuan"


def an_agency(code: str = WARD_OFFICE) -> AgencyCard:
    """Return an agency of the city; the city's list is imported when it is first asked for."""
    found = queries.agency_by_code(code)
    if found is None:
        actions.import_agencies(rows("agencies.csv"), at=BEFORE)
        found = queries.agency_by_code(code)
    if found is None:
        raise LookupError(f"the city has no agency {code!r}")
    return found


def lan() -> Asker:
    """Return Trần Thị Lan, who reports."""
    return queries.asker_for(_person("+84901000001", "Trần Thị Lan"), BEFORE)


def eve() -> Asker:
    """Return Lê Thị Vân, called Eve, another citizen, who looks where she should not."""
    return queries.asker_for(_person("+84901000002", "Lê Thị Vân"), BEFORE)


def minh(agency_code: str = WARD_OFFICE) -> Asker:
    """Return Nguyễn Văn Minh, who works cases for an agency (a second code adds that agency to the first)."""
    return _member("+84901000003", "Nguyễn Văn Minh", Role.CASE_WORKER, agency_code)


def head(agency_code: str = WARD_OFFICE) -> Asker:
    """Return Hoàng Thị Hạnh, who heads an agency."""
    return _member("+84901000004", "Hoàng Thị Hạnh", Role.AGENCY_HEAD, agency_code)


def worker(agency_code: str, number: int = 1) -> Asker:
    """Return a case worker of that agency alone; each `number` is another person."""
    place = sorted(card.code for card in queries.agencies()).index(an_agency(agency_code).code)
    return _member(f"+8490200{place:03d}{number}", f"Cán bộ {number}", Role.CASE_WORKER, agency_code)


def operator() -> Asker:
    """Return Phan Thị Thảo, operator at the centre."""
    return _at_the_centre("+84901000005", "Phan Thị Thảo", Role.OPERATOR)


def duty_leader() -> Asker:
    """Return Võ Đình Quang, who leads the shift."""
    return _at_the_centre("+84901000006", "Võ Đình Quang", Role.DUTY_LEADER)


def admin() -> Asker:
    """Return Đặng Thị Mai, administrator."""
    return _at_the_centre("+84901000007", "Đặng Thị Mai", Role.ADMIN)


def leader() -> Asker:
    """Return Bùi Quốc Anh, of the city's leadership."""
    return _at_the_centre("+84901000008", "Bùi Quốc Anh", Role.LEADER)


def auditor() -> Asker:
    """Return Hồ Thị Nguyệt, who audits who read what and why."""
    return _at_the_centre("+84901000009", "Hồ Thị Nguyệt", Role.AUDITOR)


def alert_writer() -> Asker:
    """Return Lê Xuân Sơn, who writes alerts."""
    return _at_the_centre("+84901200004", "Lê Xuân Sơn", Role.ALERT_WRITER)


def alert_approver() -> Asker:
    """Return Tôn Nữ Diệu Nga, who approves what others wrote."""
    return _at_the_centre("+84901200005", "Tôn Nữ Diệu Nga", Role.ALERT_APPROVER)


def _at_the_centre(phone: str, name: str, role: Role) -> Asker:
    return _member(phone, name, role, queries.ioc_code())


@asked_once()
def _member(phone: str, name: str, role: Role, agency_code: str) -> Asker:
    person_id, agency_id = _person(phone, name), an_agency(agency_code).id
    known = queries.asker_for(person_id, BEFORE)
    if role in known.roles and (role not in AGENCY_ROLES or known.is_staff_of(agency_id)):
        return known
    actions.appoint(person_id=person_id, agency_id=agency_id, role=role, at=BEFORE)
    return queries.asker_for(person_id, BEFORE)


def _person(phone: str, name: str) -> UUID:
    return accounts_of([phone]).get(phone) or people.open_account(phone=phone, name=name, at=BEFORE)
