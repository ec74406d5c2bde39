"""What comes from another system is shown without contacts, in every text, and as checked by nobody."""

from pathlib import Path

import pytest
from django.test import Client

from hues.config.tests.test_reports import GOOD, files, run
from hues.engines.cases import actions, queries, testing
from hues.engines.cases.queries import CaseFilters
from hues.engines.cases.rules.covering import MARK
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import a_proof
from hues.kernel.agencies import testing as cast
from hues.kit import clock
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db
SECRETS = ("0912 345 678", "75A-123.45", "046090001234", "lan.tran@example.com", "24 Lê Lợi")
ANSWER = "Đã gọi bà Lan 0912 345 678 - xe 75A-123.45 - CCCD 046090001234 - ở nhà số 24 Lê Lợi. Đã vá."
TEXT = "Mặt đường lún - thư lan.tran@example.com"
NAMED = GOOD[1].replace("Đã vá.", ANSWER).replace("Mặt đường lún ở ngã tư", TEXT)
OPEN = GOOD[0].replace("Ổ gà rất sâu giữa đường", TEXT)
CHECKED, BROUGHT = "kiểm tra và công bố", "Nhập từ hệ thống trước"
SPRING = {"start_date": "2026-03-01T00:00:00+07:00", "end_date": "2026-03-30T00:00:00+07:00"}
PAGE, V2 = "/f/field_reports/OLD-102/", "/open311/v2"


@pytest.fixture(autouse=True)
def _city(db: None) -> None:
    testing.the_city()


def public_pages() -> list[str]:
    client = Client()
    asked = [
        *((PAGE, {}), (f"/en{PAGE}", {}), ("/search/", {"q": "OLD-102"}), ("/search/", {"q": "Lan"})),
        *((f"{V2}/requests/OLD-102.json", {"extensions": "true"}), (f"{V2}/requests.json", SPRING)),
        (f"{V2}/servicerequestupdates.json", SPRING | {"service_request_id": "OLD-102"}),
    ]
    return [
        client.get(path, query).content.decode("unicode-escape" if "V2" in path else "utf-8") for path, query in asked
    ]


def test_contacts_are_covered_in_words_and_answer_wherever_they_are_shown(tmp_path: Path) -> None:
    assert run(*files(tmp_path, NAMED)).exit_code == 0
    pages = public_pages()
    assert pages[0].count(MARK) >= 4
    assert "Đã vá." in pages[0]
    for page in pages:
        assert not [secret for secret in SECRETS if secret in page]
    for secret in SECRETS:
        asked = CaseFilters(kind="report", text=secret)
        assert not queries.public_cases(asked, limit=9, at=clock.now()).rows


def test_staff_reads_the_answer_as_it_was_written(tmp_path: Path) -> None:
    run(*files(tmp_path, NAMED))
    page = text_of(at_desk(cast.operator()).get("/ops/OLD-102/"))
    assert ANSWER in page
    assert BROUGHT in page
    assert CHECKED not in page


def test_nobody_is_said_to_have_checked_what_nobody_has(tmp_path: Path) -> None:
    run(*files(tmp_path, GOOD[1]))
    page = Client().get(PAGE).content.decode()
    assert page.count(BROUGHT) == 2  # below the answer, and in what happened
    assert CHECKED not in page
    assert "Trung tâm điều hành →" not in page
    assert "Taken over from an earlier system" in Client().get(f"/en{PAGE}").content.decode()
    updates = Client().get(f"{V2}/servicerequestupdates.json", SPRING | {"service_request_id": "OLD-102"}).json()
    assert not [one for one in updates if CHECKED in one["description"]]


def test_what_is_published_here_was_checked_here_wherever_it_came_from(tmp_path: Path) -> None:
    run(*files(tmp_path, GOOD[0]))
    operator, now = cast.operator(), clock.now()
    case = queries.ops_case(operator, "OLD-101", at=now)
    assert case.state == State.RECEIVED
    minh, office = cast.minh(), cast.an_agency(cast.WARD_OFFICE).id
    moved = actions.accept_and_route(case_id=case.id, agency_id=office, by=operator, seen=case.version, at=now)
    moved = actions.take(case_id=case.id, by=minh, seen=moved.version, at=now)
    words = "Đã chuyển đơn vị quản lý."
    moved = actions.answer_case(
        case_id=case.id, text=words, outcome="not_ours", proof=a_proof(minh), by=minh, seen=moved.version, at=now
    )
    actions.publish(case_id=case.id, by=operator, seen=moved.version, at=now)
    page = Client().get("/f/field_reports/OLD-101/").content.decode()
    assert CHECKED in page
    assert BROUGHT not in page


def test_both_runs_say_by_row_what_is_covered(tmp_path: Path) -> None:
    file, plan = files(tmp_path, GOOD[2], NAMED, OPEN)
    for more in (["--dry-run"], []):
        told = run(file, plan, *more).output
        assert "contacts covered: row 2, OLD-102: 1 in the text, 3 in the answer" in told
        assert "contacts covered in 1 reports that are public at once" in told
    assert "contacts covered" not in run(file, plan).output
