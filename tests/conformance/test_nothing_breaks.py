"""A sign that no database can keep breaks no door: it is a number nobody has, or a field that is wrong."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.conformance.doors import Door, doors
from tests.running import ROOT
from tests.town import Town, build

pytestmark = pytest.mark.django_db
NUL, HARMLESS = "\x00", "%00"
NAMED = re.compile(r"""(?:POST|GET|query|sent|data|typed)(?:\.get|\.getlist|\[)\(?"(\w+)\"""")
TESTED = re.compile(r"""\"(\w+)" (?:not )?in (?:request\.)?(?:POST|GET|query|sent|data|typed)\b""")
FIELD = re.compile(r"^    (\w+) = (?:\w+\.)*\w*(?:Field|choice|Pictures)\(", re.MULTILINE)
OURS = [door for door in doors() if door.is_ours]


def names() -> list[str]:
    """Return every name under which the code asks for something that was sent."""
    found: set[str] = set()
    for path in Path(ROOT / "hues").rglob("*.py"):
        if "tests" not in path.parts and "migrations" not in path.parts:
            text = path.read_text("utf-8")
            found.update(NAMED.findall(text), TESTED.findall(text), FIELD.findall(text))
    return sorted(found)


def test_a_nul_in_an_address_is_not_found() -> None:
    town, broken, tried = build(), [], 0
    for door in OURS:
        for role, browser in browsers(town, door):
            for address in spoilt(door, town.samples):
                for ask in (browser.get, browser.post):
                    tried += 1
                    broken += fault(ask, address, f"{role} at {door}")
    assert tried > 500
    assert not broken, "\n".join(broken)


def test_a_nul_in_what_is_asked_or_sent_breaks_nothing() -> None:
    town, broken = build(), []
    sent = dict.fromkeys(names(), NUL)
    assert {"ward", "near", "leave", "seen", "pick", "draft"} <= sent.keys()
    for door in OURS:
        for role, browser in browsers(town, door):
            address = door.address(town.samples)
            broken += fault(browser.get, f"{address}?{urlencode(sent)}", f"{role} asks {door}")
            # Where a ward is given, the point beside it is not read.
            for less in (sent, {name: what for name, what in sent.items() if name != "ward"}):
                broken += fault(partial(browser.post, data=less), address, f"{role} sends to {door}")
    assert not broken, "\n".join(broken)


def browsers(town: Town, door: Door) -> Iterator[tuple[str, Client]]:
    """Return a browser of somebody in every role that may come in, and a stranger's where anybody may."""
    for role, who in town.people.items():
        if role in (door.open_to or ()):
            client = Client(raise_request_exception=False)
            town.sign_in(client, who)
            yield str(role), client
    if not any(role in town.people for role in door.open_to or ()):
        yield "stranger", Client(raise_request_exception=False)


def spoilt(door: Door, samples: dict[str, str]) -> Iterator[str]:
    """Return the address with a NUL in one part after the other."""
    for name in door.arguments:
        yield door.address(samples | {name: HARMLESS})
        yield door.address(samples | {name: samples[name] + HARMLESS})


def fault(ask: Any, address: str, whose: str) -> list[str]:
    """Return what is wrong with an answer, if it is the fault of the city."""
    status = ask(address).status_code
    return [f"{whose}: {status}"] if status >= 500 else []
