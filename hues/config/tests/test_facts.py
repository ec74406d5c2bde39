"""Facts come from files as a whole or not at all, and every mistake is told by its row."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hues.config.cli import hues
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.queries import agency_by_code, asker_for
from hues.kernel.areas import actions as areas
from hues.kernel.areas.queries import ward
from hues.kernel.people.asker import Role
from hues.kernel.people.queries import accounts_of
from hues.kit import clock

pytestmark = pytest.mark.django_db

AGENCIES = "code,name_vi,name_en,kind,parent_code,ward_code\n"
PEOPLE = "phone,name,role,agency\n"
MAI, HOA = "+84911000001", "+84911000002"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(hues, [str(word) for word in words])


def a_file(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def test_agencies_are_taken_from_a_file(tmp_path: Path) -> None:
    file = a_file(tmp_path, "a.csv", AGENCIES + "cay-xanh,Công ty Cây xanh,Green Company,company,,\n")
    told = run("agencies", "import", file)
    assert told.exit_code == 0, told.output
    found = agency_by_code("cay-xanh")
    assert found
    assert found.name == {"vi": "Công ty Cây xanh", "en": "Green Company"}


def test_a_dry_run_tells_and_changes_nothing(tmp_path: Path) -> None:
    file = a_file(tmp_path, "a.csv", AGENCIES + "cay-xanh,Công ty Cây xanh,Green Company,company,,\n")
    told = run("agencies", "import", "--dry-run", file)
    assert told.exit_code == 0
    assert told.output.startswith("Would be: agencies: ")
    assert agency_by_code("cay-xanh") is None


def test_one_wrong_agency_keeps_all_out_and_is_told_by_row(tmp_path: Path) -> None:
    good, bad = "cay-xanh,Công ty Cây xanh,Green Company,company,,\n", "Bad Code,Tên,Name,company,,\n"
    told = run("agencies", "import", a_file(tmp_path, "a.csv", AGENCIES + good + bad))
    assert told.exit_code == 1
    assert "row 2, code" in told.output
    assert agency_by_code("cay-xanh") is None


def test_people_get_accounts_and_roles_from_a_file_whoever_made_it(tmp_path: Path) -> None:
    office = cast.an_agency()
    rows = f"0911000001,Lê Thị Mai,case_worker,{office.code}\n0911000002,Võ Hoa,,\n"
    told = run("people", "import", a_file(tmp_path, "p.csv", "\ufeff" + PEOPLE + rows))
    assert told.exit_code == 0, told.output
    assert "2 new" in told.output
    mai = asker_for(accounts_of([MAI])[MAI], clock.now())
    assert mai.roles == {Role.CITIZEN, Role.CASE_WORKER}
    assert mai.is_staff_of(office.id)
    again = run("people", "import", tmp_path / "p.csv")
    assert "0 new, 2 known" in again.output


def test_one_wrong_person_keeps_all_out_and_every_mistake_is_told(tmp_path: Path) -> None:
    office = cast.an_agency()
    rows = (
        f"0911000001,Lê Thị Mai,case_worker,{office.code}\n"
        f"0911000002,Võ Hoa,mayor,{office.code}\n"
        "0911000003,Võ Hoa,case_worker,nowhere\n"
        "12,Võ Hoa,,\n"
        f"0911000004,Võ Hoa,operator,{office.code}\n"
    )
    told = run("people", "import", a_file(tmp_path, "p.csv", PEOPLE + rows))
    assert told.exit_code == 1
    for place in ("row 2, role", "row 3, agency", "row 4, phone", "row 5, role"):
        assert place in told.output
    assert "4 mistakes" in told.output
    assert accounts_of([MAI]) == {}


def test_a_dry_run_opens_no_account(tmp_path: Path) -> None:
    told = run("people", "import", "--dry-run", a_file(tmp_path, "p.csv", PEOPLE + "0911000002,Võ Hoa,,\n"))
    assert told.output == "Would be: people: 1 new, 0 known already\n"
    assert accounts_of([HOA]) == {}


def test_a_file_that_is_no_geojson_changes_no_boundary(tmp_path: Path) -> None:
    areas.load_city(at=clock.now())
    told = run("areas", "import", a_file(tmp_path, "a.geojson", "{"))
    assert told.exit_code == 1
    assert "not JSON" in told.output
    assert run("areas", "import", a_file(tmp_path, "a.geojson", "{}")).exit_code == 1


def test_a_measured_boundary_replaces_the_drawn_one(tmp_path: Path) -> None:
    areas.load_city(at=clock.now())
    square = [[[107.57, 16.46], [107.58, 16.46], [107.58, 16.47], [107.57, 16.47], [107.57, 16.46]]]
    feature = {
        "type": "Feature",
        "properties": {"code": "19774"},
        "geometry": {"type": "Polygon", "coordinates": square},
    }
    file = a_file(tmp_path, "a.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}))
    before = ward("19774")
    assert before
    assert before.approximate
    assert "1 changed" in run("areas", "import", "--dry-run", file).output
    kept = ward("19774")
    assert kept
    assert kept.approximate
    told = run("areas", "import", file)
    assert told.exit_code == 0, told.output
    after = ward("19774")
    assert after
    assert not after.approximate


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("cay-xanh,Công ty Cây xanh,Green Company,compny,,", "row 2, kind: there is no kind 'compny'; a kind is"),
        ("cay-xanh,Công ty Cây xanh,Green Company,ioc,,", "row 2, kind: there is no kind 'ioc'"),
        ("cay-xanh,Công ty Cây xanh,Green Company,company,,99999", "row 2, ward_code: no ward has the code '99999'"),
    ],
)
def test_an_agency_of_no_known_kind_or_ward_keeps_all_out(tmp_path: Path, row: str, says: str) -> None:
    areas.load_city(at=clock.now())
    good = "den-duong,Công ty Đèn,Light Company,company,,19774\n"
    told = run("agencies", "import", a_file(tmp_path, "a.csv", f"{AGENCIES}{good}{row}\n"))
    assert told.exit_code == 1
    assert says in told.output
    assert agency_by_code("den-duong") is None


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("0911000001,Lê Thị Mai,citizen,{office}", "row 1, role"),
        ("0911000001,Lê Thị Mai,,{office}", "row 1, role"),
        ("0911000001,Lê Thị Mai,Case_Worker,{office}", "row 1, role"),
        ("02343823456,Lê Thị Mai,case_worker,{office}", "row 1, phone"),
        ("113,Lê Thị Mai,case_worker,{office}", "row 1, phone"),
    ],
)
def test_a_role_or_number_that_does_nothing_is_refused_by_row(tmp_path: Path, row: str, says: str) -> None:
    office = cast.an_agency()
    told = run("people", "import", a_file(tmp_path, "p.csv", PEOPLE + row.format(office=office.code) + "\n"))
    assert told.exit_code == 1
    assert says in told.output
    assert accounts_of([MAI]) == {}


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("people", "phone,name,roles,agency\n0911000001,Lê Thị Mai,case_worker,x\n"),
        ("people", "phone;name;role;agency\n0911000001;Lê Thị Mai;;\n"),
        ("agencies", "code,name_vi,name_en,kind\ncay-xanh,Công ty Cây xanh,Green Company,company\n"),
    ],
)
def test_a_file_without_a_column_says_which_one_it_lacks(tmp_path: Path, what: str, text: str) -> None:
    told = run(what, "import", a_file(tmp_path, "f.csv", text))
    assert told.exit_code == 1
    assert "lacks the column" in told.output
    assert accounts_of([MAI]) == {}
    assert agency_by_code("cay-xanh") is None
