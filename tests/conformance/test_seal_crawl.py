"""What somebody wrote is read by whom it is for, and by nobody else: every address, file, feed, interface and log."""

import html
import io
import logging
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.conf import settings as present
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.test import Client

from hues.kernel.agencies import testing as cast
from hues.kernel.people.asker import Asker, Role
from hues.kit.clock import now
from hues.surfaces.exports import actions as files
from hues.surfaces.shell.access import ANYONE
from tests.conformance.doors import Door, doors
from tests.conformance.seals import (
    CITIZEN,
    CODES,
    LINK,
    NOWHERE,
    READERS,
    REPORTER,
    SEALED_NUMBERS,
    STRANGER,
    UNMARKED,
    WORDS,
)
from tests.conformance.seeding import Seeded, seed
from tests.town import Town, build

pytestmark = pytest.mark.django_db
WORDY = (models.CharField, models.TextField, models.JSONField, models.FileField, ArrayField)
PLAYED = ("demo/", "design/")  # of a demo city alone
LISTS = ("/search/", "/f/field_reports/", "/f/field_reports/feed.rss", "/desk/table.csv", "/ops/table.csv")
EXAMPLE = "ví dụ PA-2026-000123"  # of a number, in the form of the centre that names a duplicate's original
PICTURE, MOST_PICTURES = re.compile(r'/media/[sp]/[^"\s<]+'), 20
SOUGHT = ("zqname", "901777551", "zqtext", "zqaddress", "zqnote", "zqcaller", "zqrefused")
SEEKERS = (STRANGER, CITIZEN, "case_worker", "other agency", "operator")
# A page of one case, and of one file: these are seen for every case.
ONE = ("<number:number>/", "/$", "requests/<str:number>.json", "<uuid:file_id>/fetch/", "<uuid:letter_id>/")


def wordy() -> Iterator[tuple[str, str]]:
    """Yield every field of ours that can hold words."""
    for model in apps.get_models():
        if model.__module__.startswith("hues."):
            for field in model._meta.concrete_fields:
                if isinstance(field, WORDY) and not isinstance(getattr(field, "base_field", None), models.UUIDField):
                    yield model._meta.label, field.name


def test_every_field_that_can_hold_words_says_who_reads_it() -> None:
    said = {(model, name) for model, names in CODES.items() for name in names.split()}
    marked = {tuple(field.rsplit(".", 1)) for field in (*WORDS, *UNMARKED)}
    assert said & marked == set()
    assert set(wordy()) - said - marked == set()
    assert (said | marked) - set(wordy()) == set()
    assert not set(WORDS) & set(UNMARKED)
    assert {reader for marks in WORDS.values() for group in marks.values() for reader in group} <= set(READERS)


@pytest.fixture
def crawled(settings: Any, caplog: pytest.LogCaptureFixture, tmp_path: Any) -> "Crawl":
    settings.HUES = replace(
        present.HUES, mail_url="smtp://127.0.0.1:9", letters_address="thu@hue.example", home=tmp_path
    )
    with caplog.at_level(logging.INFO):
        crawl = Crawl(now())
    crawl.logged = caplog.text
    return crawl


class Crawl:
    """Everybody at every door, and what they were told there."""

    def __init__(self, at: datetime) -> None:
        self.town: Town = build()
        self.seeded: Seeded = seed(at)
        self.logged = ""
        self.numbered: set[tuple[str, str]] = set()
        for file_id in self.seeded.files:
            files.write(file_id, at)
        everybody: dict[str, Asker | None] = {str(role): who for role, who in self.town.people.items()}
        everybody |= {STRANGER: None, "reporter": self.seeded.reporter, "other agency": self.seeded.other}
        everybody |= {CITIZEN: cast.eve(), LINK: None}
        self.told = {reader: _plain("\n".join(self._walk(reader, who))) for reader, who in everybody.items()}

    def _walk(self, reader: str, who: Asker | None) -> Iterator[str]:
        client = Client()
        if who is not None:
            self.town.sign_in(client, who)
        open_doors = [door for door in doors() if door.is_ours and _lets_in(door, who)]
        known = self.town.samples | ({"token": self.seeded.link} if reader == LINK else {})
        addresses = {
            door.address(known | samples): door
            for turn, samples in enumerate(self.seeded.samples)
            for door in open_doors
            if not turn or door.route.endswith(ONE)
        }
        pictures: set[str] = set()
        for address, door in addresses.items():
            for told in _told(client, door, address):
                yield told
                without = told.replace(EXAMPLE, "")  # in a long run the number of one under seal may be the same
                held = any(number in without and number not in address for number in self.seeded.sealed)
                self.numbered |= {(address, reader)} if held else set()
                pictures |= set(PICTURE.findall(told))
        yield from (_text(client.get(html.unescape(address))) for address in sorted(pictures)[:MOST_PICTURES])
        for word in SOUGHT if reader in SEEKERS else ():
            yield from (word for address in LISTS if self._finds(client, address, word))

    def readers_of(self, mark: str) -> set[str]:
        """Return who met a mark; numbers may be written with spaces."""
        return {reader for reader, told in self.told.items() if mark.lower() in told}

    def _finds(self, client: Client, address: str, word: str) -> bool:
        """Test if somebody finds one of these reports by a word; the word itself stands in the field of the search."""
        answer = client.get(f"{address}?{urlencode({'q': word, 'tab': 'all'})}", headers={"accept": "text/html"})
        return any(samples["number"] in _text(answer) for samples in self.seeded.samples)


def _plain(told: str) -> str:
    """Return what was told in small letters, numbers written as one."""
    return re.sub(r"(?<=\d)[ .](?=\d)", "", told).lower()


def _lets_in(door: Door, who: Asker | None) -> bool:
    """Test if somebody may come in; that all others are refused is tested beside this."""
    let_in = door.open_to or frozenset()
    if door.route.startswith(PLAYED):
        return False
    if ANYONE in let_in:
        return who is None or who.roles <= {Role.CITIZEN}  # staff read there what everybody reads
    return who is not None and (Role.CITIZEN in let_in or not who.roles.isdisjoint(let_in))


def _told(client: Client, door: Door, address: str) -> Iterator[str]:
    if "fetch" in door.route:
        yield _text(client.post(address))
    yield _text(client.get(address, headers={"accept": "text/html"}))


def _text(answer: Any) -> str:
    body = b"".join(answer) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"\n".join(book.read(name) for name in book.namelist())
    return "\n".join([body.decode("utf-8", "replace"), *map(str, answer.headers.values())])


def _stands(model: str, column: str, mark: str) -> bool:
    """Test if a mark is in a column of the database."""
    table = apps.get_model(model)._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT FROM {table} WHERE replace(\"{column}\"::text, ' ', '') ILIKE %s)", [f"%{mark}%"]
        )
        found: tuple[bool] = cursor.fetchone()
        return found[0]


def test_nobody_reads_what_is_not_for_them(crawled: Crawl) -> None:
    unseeded, leaks, unread = [], [], []
    for field, marks in WORDS.items():
        for mark, readers in marks.items():
            if not _stands(*field.rsplit(".", 1), mark):
                unseeded.append(f"{field} {mark}")
            seen = crawled.readers_of(mark)
            leaks += [f"{field} {mark}: {reader}" for reader in sorted(seen - readers)]
            unread += [f"{field} {mark}: {reader}" for reader in sorted(readers - seen)]
    leaks += [f"{mark}: {reader}" for mark in NOWHERE for reader in sorted(crawled.readers_of(mark))]
    everything = {mark for marks in WORDS.values() for mark in marks} | set(NOWHERE)
    leaks += [f"{mark}: the log" for mark in sorted(everything) if mark.lower() in crawled.logged.lower()]
    assert {"not seeded": unseeded, "leaks": leaks, "not read": unread} == {
        "not seeded": [],
        "leaks": [],
        "not read": [],
    }
    named = {(page, who) for page, who in crawled.numbered if who not in SEALED_NUMBERS.get(page, {REPORTER})}
    assert named == set()
    assert {(page, who) for page, readers in SEALED_NUMBERS.items() for who in readers} <= crawled.numbered
