"""The demo's own pages: anybody's shoes in one click, and only in the demo."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from hues.kernel.agencies import actions, queries
from hues.kernel.agencies.testing import an_agency, lan
from hues.kernel.delivery.queries import texts_to
from hues.kernel.people.actions import open_account
from hues.kernel.people.asker import Role
from hues.kernel.people.phones import normal
from hues.kernel.people.queries import accounts_of
from hues.surfaces.shell.demo_people import demo_people, load_demo_people

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


@pytest.fixture
def people() -> dict[str, Any]:
    an_agency()
    load_demo_people(NOON)
    return accounts_of(person.phone for person in demo_people())


def test_there_is_somebody_in_every_role_and_behind_every_desk(people: dict[str, Any]) -> None:
    assert len(people) == len(demo_people())
    askers = [queries.asker_for(person_id, NOON) for person_id in people.values()]
    assert {role for asker in askers for role in asker.roles} == set(Role)
    desks = {agency for asker in askers for agency in asker.agencies}
    assert desks == {card.id for card in queries.agencies()} - {an_agency("ioc").id}
    writers = {asker.person_id for asker in askers if asker.may(Role.ALERT_WRITER)}
    assert not writers & {asker.person_id for asker in askers if asker.may(Role.ALERT_APPROVER)}


def test_every_number_of_the_demo_is_one_that_could_sign_in() -> None:
    an_agency()
    phones = [person.phone for person in demo_people()]
    assert len(set(phones)) == len(phones)
    assert [normal(phone) for phone in phones] == phones


def test_loading_again_opens_nothing_and_leaves_dismissals_alone(people: dict[str, Any]) -> None:
    minh = people["+84901000003"]
    actions.dismiss(
        person_id=minh, agency_id=an_agency().id, role=Role.CASE_WORKER, at=datetime(2026, 3, 3, tzinfo=UTC)
    )
    assert load_demo_people(datetime(2026, 3, 4, tzinfo=UTC)) == 0
    assert queries.asker_for(minh, datetime(2026, 3, 4, tzinfo=UTC)).roles == {Role.CITIZEN}


def test_the_cast_of_the_tests_lives_in_the_demo_too(people: dict[str, Any]) -> None:
    assert people["+84901000001"] == lan().person_id


@pytest.mark.parametrize(
    ("phone", "door"), [("+84901000001", "/"), ("+84901000003", "/desk/"), ("+84901000005", "/ops/")]
)
def test_one_click_signs_in(client: Client, people: dict[str, Any], phone: str, door: str) -> None:
    page = client.get("/demo/")
    assert phone in page.content.decode()
    stepped = client.post("/demo/", {"phone": phone})
    assert (stepped.status_code, stepped["Location"]) == (303, door)
    assert client.session["_auth_user_id"] == str(people[phone])


@pytest.mark.parametrize("asked", ["nguyen huu nam hepco", "HEPCO nam", "0903000023"])
def test_somebody_is_found_by_name_agency_or_number(client: Client, people: dict[str, Any], asked: str) -> None:
    page = client.get("/demo/", {"q": asked}).content.decode()
    found = page.partition("<h2>Tìm thấy</h2>")[2].partition("</section>")[0]
    assert re.findall(r'name="phone" value="([^"]+)"', found) == ["+84903000023"]
    assert "<h2>Tìm thấy</h2>" not in client.get("/demo/").content.decode()
    assert "Không có ai" in client.get("/demo/", {"q": "zzz"}).content.decode()


def test_one_steps_from_shoes_to_shoes_with_another_session(
    client: Client, people: dict[str, Any], settings: Any
) -> None:
    client.post("/demo/", {"phone": "+84901000001"})
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.post("/demo/", {"phone": "+84901000005", "next": "/en/ops/"})["Location"] == "/en/ops/"
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert client.session["_auth_user_id"] == str(people["+84901000005"])


def test_nobody_steps_into_the_shoes_of_a_visitor(client: Client, people: dict[str, Any]) -> None:
    open_account(phone="+84912345678", at=NOON)
    for phone in ("+84912345678", "", "junk"):
        assert client.post("/demo/", {"phone": phone}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_another_site_steps_into_nobodys_shoes(people: dict[str, Any]) -> None:
    assert Client(enforce_csrf_checks=True).post("/demo/", {"phone": "+84901000001"}).status_code == 403


def test_the_outbox_shows_what_was_sent_to_a_number_and_nothing_else(client: Client) -> None:
    cache.clear()
    client.post("/login/", {"phone": "0901 234 567"})
    client.post("/login/", {"phone": "0901 234 568"})
    for asked in ("0901234567", "%2B84901234567", "+84901234567", "84901234567"):
        (sent,) = client.get(f"/demo/outbox.json?to={asked}").json()
        assert sent["to"] == "+84901234567"
        assert "Hue-S" in sent["body"]
        assert datetime.fromisoformat(sent["at"]).tzinfo
    assert client.get("/demo/outbox.json?to=0901234569").json() == []
    assert client.get("/demo/outbox.json?to=113").status_code == 422


def test_an_empty_demo_says_so(client: Client) -> None:
    assert "/demo/" not in client.get("/demo/").content.decode().split("<main")[1]


def test_outside_the_demo_none_of_this_exists(tmp_path: Path) -> None:
    ask = (
        "import django; django.setup()\n"
        "from django.urls import Resolver404, resolve\n"
        "for path in ('/demo/', '/en/demo/', '/demo/outbox.json'):\n"
        "    try:\n        print(resolve(path))\n"
        "    except Resolver404:\n        print('nothing')\n"
        "resolve('/login/')\n"
    )
    city = {
        **{name: value for name, value in os.environ.items() if not name.startswith("HUES_")},
        "HUES_HOME": str(tmp_path),
        "HUES_SECRET_KEY": "k" * 50,
        "HUES_ORIGIN": "https://hue.example",
        "DATABASE_URL": os.environ.get("DATABASE_URL", "postgresql://nobody@localhost/nothing"),
    }
    said = subprocess.run([sys.executable, "-c", ask], env=city, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["nothing"] * 3


def test_a_real_city_shows_the_message_on_the_phone_alone(client: Client, settings: Any) -> None:
    cache.clear()
    settings.HUES = replace(settings.HUES, demo=False, sms_url="http://127.0.0.1:9/")
    client.post("/login/", {"phone": "0901 234 567"})
    assert b"outbox" not in client.get("/login/code/").content
    (text,) = texts_to("+84901234567")
    assert text.sent_at is None
