"""The people of the demo: invented names, numbers that never change, somebody behind every desk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hues.kernel.agencies import actions as agencies
from hues.kernel.agencies import queries
from hues.kernel.agencies.queries import AgencyCard
from hues.kernel.city import rows
from hues.kernel.people import actions as people
from hues.kernel.people.asker import Role
from hues.kernel.people.queries import accounts_of

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Võ", "Đặng", "Bùi", "Hồ", "Ngô", "Dương", "Tôn Thất")
MIDDLE = ("Thị", "Văn", "Thị Ngọc", "Đình", "Thị Thu", "Quang", "Thị Mỹ", "Hữu", "Thị Kim", "Xuân", "Thị Diệu")
HERS = ("Hương", "Hạnh", "Thảo", "Phượng", "Nhi", "Trang", "Hiền", "Loan", "Thủy", "Tuyết", "Cúc", "Yến", "Nga", "Sen")
HIS = ("Hùng", "Dũng", "Tuấn", "Thành", "Phúc", "Long", "Sơn", "Hải", "Khánh", "Bình", "Đức", "Nam", "Tài", "Lộc")
FIRST_DESK = "kinh-te-phu-xuan"
LEADING_PARTS = "+849010000"  # the numbers of those whom the stories are about
LINKED = ("thuy-loi", "+84905000227")  # this company never signs in, and gets links
HEADED = frozenset({"peoples_committee", "department", "police_city", "company"})


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoPerson:
    """One person of the demo; a citizen has no agency."""

    phone: str
    name: str
    role: Role = Role.CITIZEN
    agency: str = ""
    ward: str = ""
    language: str = "vi"


def demo_people() -> tuple[DemoPerson, ...]:
    """Return everybody of the demo: citizens, the centre, then a case worker of each agency and some heads."""
    return (*_citizens(), *_centre(), *_desks())


def one_each() -> tuple[DemoPerson, ...]:
    """Return one person of each role, those whom the stories are about first."""
    firsts: dict[Role, DemoPerson] = {}
    for person in sorted(demo_people(), key=lambda one: not one.phone.startswith(LEADING_PARTS)):
        firsts.setdefault(person.role, person)
    return tuple(firsts[role] for role in Role if role in firsts)


@transaction.atomic
def load_demo_people(at: datetime, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """
    Open the accounts that are missing, with their roles, as of `at`; return how many were.

    Who has an account is left alone, so that a dismissal made in the demo outlives a restart.
    Agencies are loaded before people.
    """
    everybody = demo_people()
    there = accounts_of(person.phone for person in everybody)
    missing = [person for person in everybody if person.phone not in there]
    agencies.import_people([_row(person) for person in missing if person.agency], at=at)
    linked = queries.agency_by_code(LINKED[0])
    if missing and linked:
        agencies.send_links_to(agency_id=linked.id, address=LINKED[1], at=at)
    citizens = [person for person in missing if not person.agency]
    for person in citizens:
        person_id = people.open_account(phone=person.phone, name=person.name, language=person.language, at=at)
        people.set_home_ward(person_id=person_id, ward=person.ward, at=at)
    progress(len(missing), len(missing))
    return len(missing)


def _row(person: DemoPerson) -> dict[str, str]:
    return {"phone": person.phone, "name": person.name, "agency": person.agency, "role": person.role}


def _citizens() -> Iterator[DemoPerson]:
    wards = [row["code"] for row in rows("wards.csv")]
    known = ("Trần Thị Lan", "Lê Thị Vân")
    for number in range(1, 13):
        name = known[number - 1] if number <= len(known) else _name(number * 7)
        phone = f"+84901000{number:03d}" if number <= len(known) else f"+84901100{number:03d}"
        yield DemoPerson(phone=phone, name=name, ward=wards[(number - 1) % len(wards)])
    yield DemoPerson(phone="+84901100090", name="Emily Carter", language="en")


def _centre() -> Iterator[DemoPerson]:
    code = queries.ioc_code()
    for phone, name, role in (
        ("+84901000005", "Phan Thị Thảo", Role.OPERATOR),
        ("+84901200002", "Ngô Hữu Khánh", Role.OPERATOR),
        ("+84901200003", "Dương Thị Thu Hiền", Role.OPERATOR),
        ("+84901000006", "Võ Đình Quang", Role.DUTY_LEADER),
        ("+84901200004", "Lê Xuân Sơn", Role.ALERT_WRITER),
        ("+84901200005", "Tôn Nữ Diệu Nga", Role.ALERT_APPROVER),
        ("+84901000008", "Bùi Quốc Anh", Role.LEADER),
        ("+84901000009", "Hồ Thị Nguyệt", Role.AUDITOR),
        ("+84901000007", "Đặng Thị Mai", Role.ADMIN),
    ):
        yield DemoPerson(phone=phone, name=name, role=role, agency=code)


def _desks() -> Iterator[DemoPerson]:
    """Yield staff in the order of the city's own list, which is also what their numbers count."""
    centre = queries.ioc_code()
    listed = [card for card in _listed() if card.code != centre]
    for number, card in enumerate(listed, start=1):
        if card.code == FIRST_DESK:
            yield DemoPerson(phone="+84901000003", name="Nguyễn Văn Minh", role=Role.CASE_WORKER, agency=card.code)
            yield DemoPerson(phone="+84901000004", name="Hoàng Thị Hạnh", role=Role.AGENCY_HEAD, agency=card.code)
        else:
            yield DemoPerson(
                phone=f"+84903000{number:03d}", name=_name(number * 5 + 2), role=Role.CASE_WORKER, agency=card.code
            )
        if card.kind in HEADED:
            yield DemoPerson(
                phone=f"+84904000{number:03d}", name=_name(number * 11 + 4), role=Role.AGENCY_HEAD, agency=card.code
            )


def _listed() -> Iterator[AgencyCard]:
    known = {card.code: card for card in queries.agencies()}
    for row in rows("agencies.csv"):
        if row["code"] in known:
            yield known[row["code"]]


def _name(number: int) -> str:
    middle = MIDDLE[number % len(MIDDLE)]
    given = HERS if middle.startswith("Thị") else HIS
    return f"{FAMILY[number % len(FAMILY)]} {middle} {given[number // 3 % len(given)]}"
