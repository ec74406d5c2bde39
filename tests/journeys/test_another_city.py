"""A real city that is not the demo: three agencies of its own, behind an address that begins with https."""

import csv
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hues.kernel.delivery.testing import Gateway, a_gateway
from tests.running import ROOT, RunningCity, a_city, environment, hues, until
from tests.visiting import Visitor, over_http

pytestmark = pytest.mark.real

ORIGIN = "https://pho-nho.example.vn"
ADMIN, OPERATOR, WORKER, CITIZEN = "+84912000001", "+84912000002", "+84912000003", "+84912000004"
CENTRE, COMMITTEE, OFFICE = "ioc", "ubnd-phu-xuan", "kinh-te-phu-xuan"
NAME = "Thành phố Nhỏ"
PATIENCE = 30.0


def a_small_city(folder: Path) -> Path:
    """Copy the city's folder and leave it three agencies, with a route to one of them."""
    shutil.copytree(ROOT / "cities" / "hue", folder)
    facts = (folder / "city.toml").read_text("utf-8")
    folder.joinpath("city.toml").write_text(
        facts.replace('code = "hue"', 'code = "nho"').replace('vi = "Thành phố Huế"', f'vi = "{NAME}"'), "utf-8"
    )
    agencies = [row for row in read(folder / "agencies.csv") if row["code"] in (CENTRE, COMMITTEE, OFFICE)]
    write(
        folder / "agencies.csv", [row | {"parent_code": COMMITTEE if row["code"] == OFFICE else ""} for row in agencies]
    )
    fields = dict.fromkeys(read(folder / "routes.csv")[0], "")
    write(folder / "routes.csv", [fields | {"order": "10", "category": "roads-pothole", "agency": OFFICE}])
    return folder


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def write(file: Path, rows: list[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, rows[0])
        table.writeheader()
        table.writerows(rows)


@pytest.fixture(scope="module")
def gateway() -> Iterator[Gateway]:
    with a_gateway() as found:
        yield found


@pytest.fixture(scope="module")
def settings_of_the_city(tmp_path_factory: pytest.TempPathFactory, gateway: Gateway) -> dict[str, str]:
    return {
        "HUES_CITY": str(a_small_city(tmp_path_factory.mktemp("cities") / "nho")),
        "HUES_ORIGIN": ORIGIN,
        "HUES_SECRET_KEY": os.urandom(30).hex(),
        "HUES_SMS_URL": gateway.url,
    }


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, settings_of_the_city: dict[str, str]) -> Iterator[RunningCity]:
    home = tmp_path_factory.mktemp("home")
    setup = ("setup", "--phone", "0912 000 001", "--name", "Nguyễn Thị Đầu Tiên")
    environ = environment(home, 8299, settings_of_the_city)
    assert "Would be:" in hues(*setup, "--dry-run", environ=environ)
    said = hues(*setup, environ=environ)  # refused, had the rehearsal appointed somebody
    assert f"{NAME} has 3 agencies" in said
    with a_city(home, environ=settings_of_the_city) as running:
        yield running


def signed_in(city: RunningCity, gateway: Gateway, phone: str) -> Visitor:
    """Sign in with the code that the gateway was asked to send."""
    visitor = Visitor(way=over_http(city.port, origin=ORIGIN))
    before = len(gateway.received)
    visitor.open("/login/")
    visitor.send("/login/", phone=phone)

    def codes() -> list[str]:
        sent = [message["body"] for message in gateway.received[before:] if message["to"] == phone]
        return re.findall(r"\b\d{6}\b", " ".join(sent))

    until(codes, PATIENCE)
    visitor.send("/code/", code=codes()[0])
    assert visitor.last.status == 200
    assert "/login/" not in visitor.path
    return visitor


def appoint(admin: Visitor, agency: str, *, phone: str, name: str, role: str) -> None:
    admin.open(f"/ops/people/?agency={agency}")
    assert admin.send("/ops/people/", phone=phone, name=name, role=role).status == 303, admin.path
    assert name in admin.page


def test_a_small_city_goes_live(city: RunningCity, gateway: Gateway) -> None:
    admin = signed_in(city, gateway, ADMIN)
    appoint(admin, CENTRE, phone=OPERATOR, name="Trần Văn Trực", role="operator")
    appoint(admin, OFFICE, phone=WORKER, name="Lê Thị Việc", role="case_worker")

    citizen = signed_in(city, gateway, CITIZEN)
    citizen.open("/f/field_reports/new/")
    citizen.send("/new/", skip="1")
    citizen.send("", address="Cổng chợ Đông Ba", ward="19753")
    citizen.send("", category="roads-pothole")
    citizen.send("", text="Ổ gà rất sâu trước cổng chợ, rất nguy hiểm.")
    citizen.send("/check/")
    found = re.search(r"PA-\d{4}-\d{6}", citizen.path)
    assert found, citizen.path

    operator = signed_in(city, gateway, OPERATOR)
    assert found[0] in operator.open("/ops/")
    operator.open(f"/ops/{found[0]}/")
    assert operator.send("/accept/").status == 303  # the one route of this city is already filled in

    worker = signed_in(city, gateway, WORKER)
    assert found[0] in worker.open("/desk/")
    worker.open(f"/desk/{found[0]}/")
    assert worker.send("/take/").status == 303


@pytest.mark.parametrize("path", ["/demo/", "/en/demo/", "/demo/outbox.json", "/demo/outbox.json?to=%2B84912000001"])
def test_a_real_city_shows_nobody_its_messages_and_lets_nobody_in_by_a_click(city: RunningCity, path: str) -> None:
    assert Visitor(way=over_http(city.port, origin=ORIGIN)).status_of(path) == 404


@pytest.mark.parametrize("path", ["/", "/en/", "/login/", "/f/field_reports/", "/sw.js", "/no/such/page/"])
def test_every_page_insists_on_https(city: RunningCity, path: str) -> None:
    answer = over_http(city.port, origin=ORIGIN)("GET", path)
    assert re.match(r"max-age=\d{8}", answer.headers.get("strict-transport-security", ""))


def test_every_cookie_is_for_https_alone(city: RunningCity) -> None:
    answer = over_http(city.port, origin=ORIGIN)("GET", "/login/")
    assert "Secure" in answer.headers["set-cookie"]


def test_it_answers_to_its_own_name_only(city: RunningCity) -> None:
    assert over_http(city.port, origin="https://elsewhere.example.vn")("GET", "/login/").status == 400


def test_its_name_is_on_its_pages(city: RunningCity) -> None:
    assert NAME in Visitor(way=over_http(city.port, origin=ORIGIN)).open("/")


def test_it_has_one_first_administrator(city: RunningCity, settings_of_the_city: dict[str, str]) -> None:
    known = environment(city.home, city.port, settings_of_the_city)
    said = hues("setup", "--phone", "0912000009", "--name", "Kẻ Đến Sau", environ=known, fails=True)
    assert "administrator already" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(("missing", "says"), [("HUES_SECRET_KEY", "HUES_SECRET_KEY"), ("HUES_ORIGIN", "https://")])
def test_it_does_not_start_without_what_keeps_it_safe(
    tmp_path: Path, settings_of_the_city: dict[str, str], missing: str, says: str
) -> None:
    given = {name: value for name, value in settings_of_the_city.items() if name != missing}
    said = hues("run", environ=environment(tmp_path, 8298, given), fails=True)
    assert says in said
    assert "Traceback" not in said
    assert not (tmp_path / "postgres").exists()
