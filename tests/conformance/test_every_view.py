"""What every view owes: it says who may come in, keeps the others out, and is a page one can read."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from hues.kernel.people.asker import Asker, Role
from hues.surfaces.shell.access import ANYONE
from tests.conformance.doors import Door, doors
from tests.town import Town, build

pytestmark = pytest.mark.django_db
STATEMENTS = 20
ALL = doors()
OURS = [door for door in ALL if door.is_ours]
GUARDED = [door for door in ALL if door.open_to and ANYONE not in door.open_to]


def visit(town: Town, door: Door, asker: Asker | None, language: str = "vi") -> HttpResponse:
    return ask(town, door, a_browser(town, asker), language)


def a_browser(town: Town, asker: Asker | None) -> Client:
    client = Client()
    if asker is not None:
        town.sign_in(client, asker)
    return client


def ask(town: Town, door: Door, client: Client, language: str = "vi") -> HttpResponse:
    answer: HttpResponse = client.get(door.address(town.samples, language), headers={"accept": "text/html"})  # type: ignore[assignment]
    return answer


def test_every_view_says_who_may_come_in() -> None:
    assert [str(door) for door in ALL if door.open_to is None] == []
    assert len(OURS) > 50


def test_a_stranger_is_sent_to_sign_in_from_every_guarded_door() -> None:
    town, let_in = build(), []
    for door in GUARDED:
        answer = visit(town, door, None)
        to_sign_in = answer.status_code == 302 and "/login/" in answer.headers["location"]
        if not to_sign_in and answer.status_code not in (401, 405):
            let_in.append(f"{door} {answer.status_code}")
    assert let_in == []


def test_every_wrong_role_is_kept_out_of_every_guarded_door() -> None:
    town, let_in, tried = build(), [], 0
    browsers = {role: a_browser(town, who) for role, who in town.people.items()}  # whoever is refused changes nothing
    for door in GUARDED:
        for role, outsider in town.people.items():
            if Role.CITIZEN in (door.open_to or ()) or not outsider.roles.isdisjoint(door.open_to or ()):
                continue
            tried += 1
            answer = ask(town, door, browsers[role])
            if answer.status_code not in (403, 405):
                let_in.append(f"{role} at {door}: {answer.status_code}")
    assert let_in == []
    assert tried > 80


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_whole(language: str) -> None:
    town, wrong, pages = build(), [], 0
    for door in OURS:
        browser = a_browser(town, town.insider(door.open_to or frozenset()))
        with CaptureQueriesContext(connection) as statements:
            answer = ask(town, door, browser, language)
        if answer.status_code >= 500:
            wrong.append(f"{door}: {answer.status_code}")
        is_page = answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
        if not is_page or b"<html" not in answer.content:
            continue
        pages += 1
        wrong += [f"{door}: {fault}" for fault in _faults(html.fromstring(answer.content.decode()), language)]
        if len(statements) > STATEMENTS:
            wrong.append(f"{door}: {len(statements)} statements")
    assert wrong == []
    assert pages > 20


def _faults(page: html.HtmlElement, language: str) -> Iterator[str]:
    if not page.get("lang", "").startswith(language):
        yield f"lang is {page.get('lang')!r}"
    if len(page.xpath("//h1")) != 1:
        yield f"{len(page.xpath('//h1'))} first headings"
    if not (page.findtext(".//title") or "").strip():
        yield "no title"
    yield from (f"field {name} has no label" for name in _unlabelled(page))
    if page.xpath("//*[@style] | //style | //script[not(@src) and not(@type)]"):
        yield "style or script inside the page"
    for element in page.iter():
        if isinstance(element.tag, str) and any(name.startswith("on") for name in element.attrib):
            yield f"a handler inside <{element.tag}>"


def _unlabelled(page: html.HtmlElement) -> Iterator[str]:
    labelled = set(page.xpath("//label/@for"))
    for field in page.xpath("//input[not(@type='hidden') and not(@type='submit')] | //select | //textarea"):
        named = field.get("aria-label") or field.get("aria-labelledby") or field.xpath("ancestor::label")
        if field.get("id") not in labelled and not named:
            yield field.get("name", "?")
