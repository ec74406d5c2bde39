"""Kill the city's processes in the middle of their work: they come back by themselves and lose nothing acknowledged."""

import os
import re
import signal
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
import pytest

from hues.config import postgres
from hues.kernel.media.testing import a_picture
from tests.running import RunningCity, a_city, until
from tests.visiting import File, Visitor, over_http

pytestmark = pytest.mark.real

NEW = "/f/field_reports/new/"
OPERATOR = "+84901000005"
BACK = 90.0  # seconds in which whatever was killed must serve again
OWED = 120.0  # seconds in which what a dead worker held must be done by another
NUMBER = re.compile(r"PA-\d{4}-\d{6}")
WHOSE = """
    SELECT p.phone FROM cases_case AS c JOIN agencies_membership AS m ON m.agency_id = c.agency_id
    JOIN people_person AS p ON p.id = m.person_id WHERE c.number = %s LIMIT 1
"""
HALVES = """
    SELECT count(*) FROM cases_case AS c
    WHERE NOT EXISTS (SELECT FROM cases_caseseal AS s WHERE s.case_id = c.id)
       OR NOT EXISTS (SELECT FROM cases_step AS s WHERE s.case_id = c.id)
       OR NOT EXISTS (SELECT FROM journal_entry AS e WHERE e.subject = c.id)
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCity]:
    with a_city(Path(tmp_path_factory.mktemp("city")), reports=0) as running:
        yield running


@contextmanager
def records(city: RunningCity) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    with psycopg.connect(postgres.url(city.home)) as connection:
        yield connection


def ask(city: RunningCity, query: str, *given: object) -> Any:
    """Return the one value that a query finds."""
    with records(city) as connection:
        row = connection.execute(query, given).fetchone()
    return row[0] if row else None


phones = count(84905200001)


def somebody_new(city: RunningCity) -> Visitor:
    """Sign in with a number nobody has used, by the code that the city sends to it."""
    phone, visitor = f"+{next(phones)}", Visitor(way=over_http(city.port))
    visitor.open("/login/")
    visitor.send("/login/", phone=phone)
    code: list[str] = []

    def arrived() -> list[str]:
        sent = visitor.way("GET", f"/demo/outbox.json?to=%2B{phone[1:]}").text
        code[:] = re.findall(r"\b\d{6}\b", sent)
        return code

    until(arrived, BACK)
    visitor.send("/code/", code=code[0])
    assert visitor.path == "/"
    return visitor


def the_operator(city: RunningCity) -> Visitor:
    visitor = Visitor(way=over_http(city.port))
    visitor.open("/demo/")
    visitor.send("/demo/", phone=OPERATOR)
    assert visitor.path.startswith("/ops/"), visitor.path
    return visitor


def write(visitor: Visitor, words: str) -> None:
    """Answer every question, up to the page from which the report is sent."""
    visitor.open(NEW)
    visitor.send("/new/", files={}, skip="1")
    visitor.send("", address="Cổng chợ Đông Ba", ward="19753")
    visitor.send("", category="lights-out")
    visitor.send("", text=words)
    assert visitor.path == f"{NEW}check/", visitor.path


def report(visitor: Visitor, words: str) -> str:
    """Send a report and return its number."""
    write(visitor, words)
    found = NUMBER.search(visitor.send("/check/").goes_to)
    assert found, visitor.path
    return found[0]


def accept(operator: Visitor, number: str) -> None:
    operator.open(f"/ops/{number}/")
    assert operator.send("/accept/").status == 303


def inbox_of(visitor: Visitor, number: str) -> int:
    """Return how many messages about a report somebody has."""
    return visitor.open("/me/inbox/").count(f'class="row-title">{number}')


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def serves_again(city: RunningCity, killed: int, kind: str, wanted: int) -> None:
    """Wait until as many processes of that kind run as before, and the city answers."""
    until(lambda: killed not in city.children() and len(city.of_kind(kind)) == wanted and city.is_well(), BACK)


def test_a_worker_killed_in_the_middle_of_its_work_leaves_it_to_the_next(city: RunningCity) -> None:
    citizen, operator = somebody_new(city), the_operator(city)
    number = report(citizen, "Bóng đèn trước nhà không sáng, đường rất tối.")
    until(lambda: inbox_of(citizen, number) == 1, BACK)
    (worker,) = city.of_kind("worker")
    with records(city) as held:
        held.execute("LOCK TABLE delivery_inboxitem IN SHARE MODE")  # whoever tells the citizen now must wait
        accept(operator, number)
        until(lambda: ask(city, "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'"), BACK)
        kill(worker)
    serves_again(city, worker, "worker", 1)
    until(lambda: not ask(city, "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'"), OWED)
    until(lambda: inbox_of(citizen, number) >= 2, OWED)
    assert inbox_of(citizen, number) == 2  # told, and told once


def test_what_is_owed_while_no_worker_lives_is_done_by_the_next(city: RunningCity) -> None:
    citizen, operator = somebody_new(city), the_operator(city)
    number = report(citizen, "Đèn đường nhấp nháy suốt đêm, rất chói mắt.")
    until(lambda: inbox_of(citizen, number) == 1, BACK)
    (worker,) = city.of_kind("worker")
    os.kill(worker, signal.SIGSTOP)
    accept(operator, number)
    assert inbox_of(citizen, number) == 1
    kill(worker)
    until(lambda: inbox_of(citizen, number) == 2, BACK)


def test_a_publication_is_on_home_in_a_second_while_no_worker_lives(city: RunningCity) -> None:
    citizen, operator = somebody_new(city), the_operator(city)
    number = report(citizen, "Đèn đường tắt từ đầu tháng, cả xóm đi trong tối.")
    accept(operator, number)
    agency = Visitor(way=over_http(city.port))
    agency.open("/demo/")
    agency.send("/demo/", phone=ask(city, WHOSE, number))
    agency.open(f"/desk/{number}/")
    assert agency.send("/take/").status == 303
    agency.open(f"/desk/{number}/")
    proof = {"proof": [File(name="after.jpg", body=a_picture(seed=5))]}
    assert agency.send("/answer/", outcome="not_ours", text="Đã chuyển Điện lực sửa.", files=proof).status == 303
    operator.open(f"/ops/{number}/")
    (worker,) = city.of_kind("worker")
    os.kill(worker, signal.SIGSTOP)
    try:
        assert operator.send("/publish/").status == 303
        began = time.monotonic()
        until(lambda: all(number in home(city) for _ in range(8)), 5)  # whichever process answers
        assert time.monotonic() - began < 1
    finally:
        os.kill(worker, signal.SIGCONT)


def home(city: RunningCity) -> str:
    """Return Home as a new connection gets it."""
    with urllib.request.urlopen(f"{city.url}/", timeout=5) as answer:
        return str(answer.read().decode())


@dataclass(kw_only=True)
class Burst:
    """People who send one report after the other, and send it again when no answer comes."""

    visitors: list[Visitor]
    acknowledged: dict[str, str] = field(default_factory=dict)
    unanswered: int = 0
    enough: Event = field(default_factory=Event)

    def run(self, who: int) -> None:
        """Report until it is enough; what is sent again is the same report."""
        visitor = self.visitors[who]
        for n in count():
            if self.enough.is_set():
                return
            words = f"Đèn số {n} của người thứ {who} không sáng đã nhiều ngày."
            self._insist(lambda words=words: write(visitor, words))  # type: ignore[misc]
            self._insist(lambda words=words: self._send(visitor, words))  # type: ignore[misc]

    def _send(self, visitor: Visitor, words: str) -> None:
        visitor.open(f"{NEW}check/")
        answer = visitor.send("/check/") if not visitor.path.endswith("/sent/") else visitor.last
        found = NUMBER.search(answer.goes_to or visitor.path)
        assert found, (answer.status, visitor.path)
        self.acknowledged[found[0]] = words

    def _insist(self, step: Callable[[], None]) -> None:
        end = time.monotonic() + BACK
        while True:
            try:
                return step()
            except (OSError, HTTPException, AssertionError):
                assert time.monotonic() < end, "the city did not come back"
                self.unanswered += 1
                time.sleep(0.05)


def assert_nothing_is_lost(city: RunningCity, burst: Burst) -> None:
    """Check that every acknowledged report is there once, whole, and that its reporter is told."""
    told = dict.fromkeys(burst.acknowledged.values(), 0)
    with records(city) as connection:
        found = connection.execute(
            "SELECT number, text FROM cases_case WHERE text LIKE 'Đèn số%%' AND number >= %s", [min(burst.acknowledged)]
        ).fetchall()
    for _, words in found:
        told[words] = told.get(words, 0) + 1
    assert burst.acknowledged.items() <= dict(found).items()
    assert {words for words, times in told.items() if times != 1} == set()
    assert ask(city, HALVES) == 0
    until(lambda: not ask(city, "SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE 'hues.journal%%'"), OWED)


@pytest.mark.parametrize("victim", ["web", "database"])
def test_what_was_acknowledged_in_a_burst_outlives_the_killed(city: RunningCity, victim: str) -> None:
    burst = Burst(visitors=[somebody_new(city) for _ in range(3)])
    with ThreadPoolExecutor(len(burst.visitors)) as people:
        sending = [people.submit(burst.run, who) for who in range(len(burst.visitors))]
        try:
            for _ in range(2):
                before = len(burst.acknowledged)
                until(lambda before=before: len(burst.acknowledged) >= before + 4, BACK)  # type: ignore[misc]
                strike(city, victim)
            before = len(burst.acknowledged)
            until(lambda: len(burst.acknowledged) >= before + 4, BACK)
        finally:
            burst.enough.set()
        for one in sending:
            one.result()
    assert_nothing_is_lost(city, burst)


def strike(city: RunningCity, victim: str) -> None:
    """Kill a web process, or the database's postmaster, and wait until the city serves again."""
    if victim == "web":
        there = city.of_kind("web")
        kill(there[0])
        serves_again(city, there[0], "web", len(there))
        return
    postmaster = city.database()
    kill(postmaster)
    until(lambda: city.database() not in (0, postmaster) and city.is_well(), BACK)


def test_the_city_outlives_the_death_of_each_of_its_processes(city: RunningCity) -> None:
    before = city.children()
    for pid in before:
        kill(pid)
    until(lambda: before.keys().isdisjoint(city.children()), BACK)
    until(lambda: sorted(city.children().values()) == sorted(before.values()) and city.is_well(), BACK)
    assert city.process.poll() is None
