"""Cases for the tests of other rooms, built by the actions that build real ones."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID

from hues.engines.cases import actions, queries
from hues.engines.cases.actions import CaseReceipt, Place
from hues.engines.cases.models import Case
from hues.engines.cases.rules.workflow import State
from hues.kernel import city
from hues.kernel.agencies import testing as cast
from hues.kernel.areas.testing import the_wards
from hues.kernel.media.testing import a_photo
from hues.kernel.people.asker import Asker

# Monday, 2 March 2026, ten in the morning in Huế.
MONDAY = datetime(2026, 3, 2, 3, tzinfo=UTC)
NEXT_YEAR = date(2027, 3, 1)
POTHOLE = "roads-pothole"
DAI_NOI = Place(lat=16.4698, lng=107.5776, address="23 Tháng 8, Phú Xuân", source="map")
# Pictures that no test draws itself.
PROOFS = count(1_000_000)
WORDS = "Ổ gà sâu ngay trước cổng, xe máy tránh rất nguy hiểm."


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A case as its next mover needs it."""

    id: UUID
    number: str
    version: int


def the_city() -> None:
    """Bring the city's own wards, agencies, categories and routes into force, if they are not."""
    the_wards()
    cast.an_agency()
    if not queries.categories("report"):
        actions.import_catalogue(
            categories=city.rows("categories.csv"),
            questions=city.rows("questions.csv"),
            routes=city.rows("routes.csv"),
            at=cast.BEFORE,
        )


def a_proof(by: Asker, *, at: datetime = MONDAY) -> list[UUID]:
    """Return what an answer by `by` shows: a photo that is unlike any other."""
    return [a_photo(by=by.person_id, at=at, seed=next(PROOFS)).id]


def a_case(
    *,
    by: Asker | None = None,
    text: str = WORDS,
    category: str = POTHOLE,
    place: Place = DAI_NOI,
    photos: tuple[UUID, ...] = (),
    show_name: bool = False,
    at: datetime = MONDAY,
) -> CaseReceipt:
    """Return a case that Lan (or `by`) has just opened."""
    the_city()
    return actions.open_case(
        kind="report",
        category=category,
        text=text,
        place=place,
        photos=photos,
        by=by or cast.lan(),
        show_name=show_name,
        at=at,
    )


def routed(case: CaseReceipt, agency_code: str = cast.WARD_OFFICE, *, at: datetime = MONDAY) -> Known:
    """Have the operator accept a case that was just opened, and pass it to an agency."""
    agency = cast.an_agency(agency_code)
    moved = actions.accept_and_route(case_id=case.id, agency_id=agency.id, by=cast.operator(), seen=1, at=at)
    return Known(id=case.id, number=case.number, version=moved.version)


def a_case_in(
    state: State,
    *,
    by: Asker | None = None,
    text: str = WORDS,
    category: str = POTHOLE,
    place: Place = DAI_NOI,
    photos: tuple[UUID, ...] = (),
    at: datetime = MONDAY,
) -> Known:
    """Return a case that was brought into `state` by the people who bring cases there, all at `at`."""
    case = a_case(by=by, text=text, category=category, place=place, photos=photos, at=at)
    if state == State.RECEIVED:
        return Known(id=case.id, number=case.number, version=1)
    if state == State.REFUSED:
        words = "Nội dung không thuộc phạm vi tiếp nhận của thành phố."
        moved = actions.refuse(case_id=case.id, outcome="out_of_scope", text=words, by=cast.operator(), seen=1, at=at)
        return Known(id=case.id, number=case.number, version=moved.version)
    if state == State.SPLIT:
        return split(case, at=at)
    return _worked(routed(case, at=at), state, at)


def split(
    case: CaseReceipt | Known,
    *agency_codes: str,
    at: datetime = MONDAY,
) -> Known:
    """Have the operator split a case among agencies; without codes among two of the ward."""
    codes = agency_codes or (cast.WARD_OFFICE, "ubnd-phu-xuan")
    shares = [actions.Share(agency_id=cast.an_agency(code).id, task=f"Phần việc của {code}.") for code in codes]
    seen = case.version if isinstance(case, Known) else 1
    moved = actions.split(case_id=case.id, shares=shares, by=cast.operator(), seen=seen, at=at)
    return Known(id=case.id, number=case.number, version=moved.version)


def part(whole: Known, turn: int, *, at: datetime = MONDAY) -> Known:
    """Return the `turn`th part of a case as it is now."""
    found = queries.ops_case(cast.operator(), f"{whole.number}-{turn}", at=at)
    return Known(id=found.id, number=found.number, version=found.version)


def answered_part(whole: Known, turn: int, agency_code: str, *, text: str, at: datetime = MONDAY) -> Known:
    """Have the agency that has the `turn`th part of a case take and answer it."""
    found, by = part(whole, turn, at=at), cast.worker(agency_code)
    moved = actions.take(case_id=found.id, by=by, seen=found.version, at=at)
    actions.answer_case(
        case_id=found.id, text=text, outcome="not_ours", proof=a_proof(by), by=by, seen=moved.version, at=at
    )
    return part(whole, turn, at=at)


def _worked(case: Known, state: State, at: datetime) -> Known:
    minh, operator = cast.minh(), cast.operator()
    if state == State.ASSIGNED:
        return case
    moved = actions.take(case_id=case.id, by=minh, seen=case.version, at=at)
    if state == State.WAITING:
        moved = actions.ask_citizen(
            case_id=case.id, question="Chỗ hỏng ở trước số nhà nào?", by=minh, seen=moved.version, at=at
        )
    if state in (State.ANSWERED, State.PUBLISHED, State.CLOSED, State.SEALED):
        moved = actions.answer_case(
            case_id=case.id,
            text="Đã kiểm tra: đoạn này do Khu Quản lý đường bộ II quản lý, đã chuyển đơn vị đó.",
            outcome="not_ours",
            proof=a_proof(minh),
            by=minh,
            seen=moved.version,
            at=at,
        )
    if state == State.SEALED:
        under = {
            "outcome": "denunciation",
            "passed_to": "Thanh tra thành phố",
            "text": "Đã chuyển Thanh tra thành phố.",
        }
        moved = actions.seal_case(case_id=case.id, by=operator, seen=moved.version, at=at, **under)
    if state in (State.PUBLISHED, State.CLOSED):
        moved = actions.publish(case_id=case.id, by=operator, seen=moved.version, at=at)
    if state == State.CLOSED:
        actions.close_old(case_id=case.id, at=at)
        return Known(id=case.id, number=case.number, version=moved.version + 1)
    return Known(id=case.id, number=case.number, version=moved.version)


def in_no_ward(case_id: UUID) -> None:
    """Let a case lie where no ward is known, as one that was taken in from elsewhere may."""
    Case.objects.filter(pk=case_id).update(ward_code="")


def offices_of(whole: UUID) -> dict[str, int]:
    """Return how many parts of a case each agency has."""
    return Counter(str(agency) for agency in Case.objects.filter(parent=whole).values_list("agency_id", flat=True))
