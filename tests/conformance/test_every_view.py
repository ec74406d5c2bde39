"""What every view owes: it says who may come in, keeps the others out, and is a page one can read."""

import re
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from hues.kernel.people.asker import Asker, Role
from hues.surfaces.shell.access import ANYONE
from tests.conformance.doors import Door, doors
from tests.town import Town, build

pytestmark = pytest.mark.django_db
STATEMENTS = 30
ALL = doors()
OURS = [door for door in ALL if door.is_ours]
GUARDED = [door for door in OURS if door.open_to and ANYONE not in door.open_to]
READABLE = [
    d for d in OURS if not re.search(r"\.(json|xml|csv|webp|js|txt|webmanifest|atom|rss|svg|geojson)$", d.route)
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Visitor:
    """A browser and who sits before it."""

    client: Client
    asker: Asker | None


@pytest.fixture
def town() -> Town:
    return build()


def visit(town: Town, door: Door, asker: Asker | None, language: str = "vi") -> object:
    client = Client()
    if asker is not None:
        town.sign_in(client, asker)
    return client.get(door.address(town.samples, language), headers={"accept": "text/html"})


def test_every_view_of_ours_says_who_may_come_in() -> None:
    assert [str(door) for door in OURS if door.open_to is None] == []
    assert len(OURS) > 20


@pytest.mark.parametrize("door", GUARDED, ids=str)
def test_a_stranger_is_sent_to_sign_in(town: Town, door: Door) -> None:
    answer = visit(town, door, None)
    assert answer.status_code in (302, 401, 405)
    assert answer.status_code != 302 or "/login/" in answer.headers["location"]


@pytest.mark.parametrize("door", GUARDED, ids=str)
def test_the_wrong_role_is_kept_out(town: Town, door: Door) -> None:
    outsiders = [who for role, who in town.people.items() if who.roles.isdisjoint(door.open_to or ())]
    if Role.CITIZEN in (door.open_to or ()):
        return
    assert outsiders
    for who in outsiders:
        assert visit(town, door, who).status_code in (403, 405)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("door", READABLE, ids=str)
def test_a_page_is_whole_in_both_languages(town: Town, door: Door, language: str) -> None:
    with CaptureQueriesContext(
        connection,
    ) as statements:
        answer = visit(town, door, town.insider(door.open_to or frozenset()), language)
    assert answer.status_code in (200, 302, 303, 404, 405), answer.status_code
    if answer.status_code != 200 or not answer.headers["content-type"].startswith("text/html"):
        return
    assert len(statements) <= STATEMENTS
    page = html.fromstring(answer.content.decode())
    if page.tag != "html":
        return
    assert page.get("lang", "").startswith(language) or "/en/" not in door.address(town.samples, language)
    assert len(page.xpath("//h1")) == 1
    assert (page.findtext(".//title") or "").strip()
    assert _unlabelled(page) == []
    assert page.xpath("//*[@style] | //style | //script[not(@src) and not(@type='importmap')]") == []
    assert [a for e in page.iter() if isinstance(e.tag, str) for a in e.attrib if a.startswith("on")] == []


def _unlabelled(page: html.HtmlElement) -> list[str]:
    labelled = set(page.xpath("//label/@for"))
    fields = page.xpath("//input[not(@type='hidden') and not(@type='submit')] | //select | //textarea")
    return [
        f.get("name", "?")
        for f in fields
        if f.get("id") not in labelled
        and not f.get("aria-label")
        and not f.get("aria-labelledby")
        and not f.xpath("ancestor::label")
    ]
