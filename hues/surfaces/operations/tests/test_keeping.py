"""Staff, lists and the health of the system, through the door of the centre."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hues.engines.cases.testing import the_city
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.queries import asker_for, link_to, members_of
from hues.kernel.people.asker import Role
from hues.kernel.people.queries import person_by_phone
from hues.kit.clock import now
from hues.surfaces.desks.testing import at_desk, text_of
from hues.surfaces.operations.health import last_backup

pytestmark = pytest.mark.django_db

STAFF = f"/ops/people/?agency={cast.WARD_OFFICE}"
NEW = "0905 111 222"


@pytest.fixture
def mai() -> Client:
    """Return the administrator's browser."""
    return at_desk(cast.admin())


def roles(phone: str) -> set[tuple[Role, str]]:
    """Return the roles at the ward's office of whoever signs in with that phone."""
    office = cast.an_agency()
    return {(member.role, member.name) for member in members_of(office.id, now()) if member.phone == phone}


def appointed(browser: Client, **typed: str) -> Any:
    """Appoint somebody at the ward's office."""
    cast.an_agency()
    return browser.post(STAFF, {"phone": NEW, "name": "Ngô Thị Sáu", "role": "case_worker"} | typed)


@pytest.mark.parametrize("asker", [cast.lan, cast.minh, cast.head, cast.operator, cast.leader, cast.auditor])
def test_only_administrators_see_the_staff(asker: Callable[[], Any]) -> None:
    browser = at_desk(asker())
    assert browser.get("/ops/people/").status_code == 403
    assert appointed(browser).status_code == 403
    assert person_by_phone("+84905111222") is None


def test_somebody_new_is_appointed_by_phone(mai: Client) -> None:
    assert appointed(mai).status_code == 303
    assert roles("+84905111222") == {(Role.CASE_WORKER, "Ngô Thị Sáu")}
    assert "Ngô Thị Sáu" in text_of(mai.get(STAFF))


def test_somebody_with_an_account_keeps_their_name(mai: Client) -> None:
    lan = cast.lan()
    appointed(mai, phone="0901000001", name="Ai Khác", role="agency_head")
    assert roles("+84901000001") == {(Role.AGENCY_HEAD, lan.name)}


@pytest.mark.parametrize("phone", ["", "113", "abc", "02343822222"])
def test_a_number_that_cannot_sign_in_is_refused_beside_its_field(mai: Client, phone: str) -> None:
    refused = appointed(mai, phone=phone)
    page = text_of(refused)
    assert refused.status_code == 422
    assert "id_phone_error" in page
    assert "Ngô Thị Sáu" in page


def test_an_agency_gives_no_role_of_the_centre(mai: Client) -> None:
    refused = appointed(mai, role="operator")
    assert refused.status_code == 422
    assert person_by_phone("+84905111222") is None


def test_the_centre_gives_every_role(mai: Client) -> None:
    mai.post("/ops/people/", {"phone": NEW, "name": "Ngô Thị Sáu", "role": "duty_leader"})
    person = person_by_phone("+84905111222")
    assert person is not None
    assert Role.DUTY_LEADER in asker_for(person.id, now()).roles


def test_an_agency_that_does_not_exist_is_not_found(mai: Client) -> None:
    assert mai.get("/ops/people/?agency=khong-co").status_code == 404


def test_a_dismissal_is_asked_for_and_then_made(mai: Client) -> None:
    minh = cast.minh()
    where = f"/ops/people/{cast.WARD_OFFICE}/{minh.person_id}/case_worker/"
    assert minh.name in text_of(mai.get(where))
    assert roles("+84901000003")
    assert mai.post(where).headers["Location"] == STAFF
    assert not roles("+84901000003")
    assert at_desk(minh).get("/desk/").status_code == 403
    assert mai.post(where).status_code == 404


@pytest.mark.parametrize("asker", [cast.minh, cast.operator, cast.leader])
def test_nobody_else_dismisses(asker: Callable[[], Any]) -> None:
    minh = cast.minh()
    where = f"/ops/people/{cast.WARD_OFFICE}/{minh.person_id}/case_worker/"
    assert at_desk(asker()).post(where).status_code == 403
    assert roles("+84901000003")


def test_agencies_are_found_without_tone_marks(mai: Client) -> None:
    cast.an_agency()
    page = text_of(mai.get("/ops/agencies/?q=so xay dung"))
    assert "Sở Xây dựng" in page
    assert "Sở Y tế" not in page
    assert "Sở Y tế" in text_of(mai.get("/ops/agencies/"))


def test_categories_stand_below_their_groups(mai: Client) -> None:
    the_city()
    page = text_of(mai.get("/ops/categories/"))
    assert page.index("Đường sá, cầu cống") < page.index("roads-pothole") < page.index("lights-out")


@pytest.mark.parametrize("address", ["/ops/agencies/", "/ops/categories/", "/ops/health/"])
@pytest.mark.parametrize("asker", [cast.lan, cast.minh])
def test_the_lists_of_the_centre_are_its_own(asker: Callable[[], Any], address: str) -> None:
    assert at_desk(asker()).get(address).status_code == 403


def test_health_says_how_many_jobs_wait(mai: Client) -> None:
    page = text_of(mai.get("/ops/health/"))
    assert page.count("circle-check") >= 5
    assert "chưa có" in page


def test_a_place_is_offered_only_to_those_it_is_open_to(mai: Client) -> None:
    assert "/ops/people/" in text_of(mai.get("/ops/agencies/"))
    assert "/ops/people/" not in text_of(at_desk(cast.operator()).get("/ops/agencies/"))


def test_the_last_backup_is_the_newest_file(tmp_path: Path) -> None:
    assert last_backup(tmp_path / "none") is None
    for name, made_at in (("new.tar", cast.BEFORE + timedelta(days=1)), ("old.tar", cast.BEFORE)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (made_at.timestamp(),) * 2)
    assert last_backup(tmp_path) == cast.BEFORE + timedelta(days=1)


LINKS = f"/ops/agencies/{cast.WARD_OFFICE}/"


def test_an_administrator_sets_where_links_to_an_agencys_cases_go(mai: Client) -> None:
    office = cast.an_agency()
    assert mai.post(LINKS, {"address": "0905 111 222"}).status_code == 303
    assert link_to(office.id) == "+84905111222"
    assert "Qua liên kết" in text_of(mai.get("/ops/agencies/?q=kinh-te-phu-xuan"))
    refused = mai.post(LINKS, {"address": "văn phòng"})
    assert refused.status_code == 422
    assert 'value="văn phòng"' in text_of(refused)
    assert link_to(office.id) == "+84905111222"


@pytest.mark.parametrize("asker", [cast.head, cast.operator, cast.auditor])
def test_nobody_else_sets_where_links_go(asker: Callable[[], Any]) -> None:
    office, browser = cast.an_agency(), at_desk(asker())
    assert browser.post(LINKS, {"address": "0905 111 222"}).status_code == 403
    assert link_to(office.id) == ""
