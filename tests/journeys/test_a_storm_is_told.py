"""Five thousand people in three wards are warned, told better, told less and told the end, while workers are killed."""

import json
import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import http_ece
import psycopg
import pytest

from hues.config import postgres
from hues.kernel.delivery.encrypting import point, text_of
from hues.kernel.delivery.testing import PushService, Receiver, a_push_service, a_receiver
from tests.running import RunningCity, a_city, until, within

pytestmark = pytest.mark.real

A, B, C, OUTSIDE = "19753", "19774", "19777", "19789"
INSIDE, BEYOND = 5_000, 100
IN_TIME = 240.0
BATCH = 1_000  # what a worker holds at a time
UNDONE = "SELECT count(*) FROM delivery_chunk WHERE done_at IS NULL"
REACTIONS = "SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE 'hues.journal%'"


@dataclass(kw_only=True)
class Town:
    """A running city, its people by number with the wards they live in, and the one service that all browsers use."""

    city: RunningCity
    environ: dict[str, str]
    service: PushService
    receiver: Receiver
    homes: dict[int, str]
    read: int = 0
    told: dict[int, list[tuple[str, bool]]] = field(default_factory=dict)

    def do(self, what: str, **given: object) -> Any:
        """Do something inside of the city."""
        return within(self.city.home, self.environ, what, **given)

    def ask(self, query: str) -> int:
        """Return the number that a query finds."""
        with psycopg.connect(postgres.url(self.city.home)) as connection:
            row = connection.execute(query).fetchone()
        return int(row[0]) if row else 0

    def who_live_in(self, *wards: str) -> set[int]:
        """Return who lives there now."""
        return {number for number, ward in self.homes.items() if ward in wards}

    def move(self, numbers: list[int], ward: str) -> None:
        """Let people move, and wait until the city has noted it."""
        self.do("move", numbers=numbers, ward=ward)
        self.homes |= dict.fromkeys(numbers, ward)
        until(lambda: not self.ask(REACTIONS), IN_TIME)

    def kill_the_worker_after(self, pushes: int) -> None:
        """Kill it in the middle of what it sends."""
        until(lambda: len(self.service.received) >= pushes, IN_TIME)
        (worker,) = self.city.of_kind("worker")
        os.kill(worker, signal.SIGKILL)
        until(lambda: self.city.of_kind("worker") not in ([], [worker]), IN_TIME)

    def all_is_told(self) -> None:
        """Wait until nothing of a broadcast is owed, with the leases of the dead at their end."""
        until(lambda: not self.ask(REACTIONS), IN_TIME)
        self.do("time_passes")
        until(lambda: not self.ask(UNDONE), IN_TIME)

    def newly_told(self) -> dict[int, list[tuple[str, bool]]]:
        """Return what each was told since the last look: which alert, and whether it was that it is theirs no more."""
        found: dict[int, list[tuple[str, bool]]] = {}
        for pushed in self.service.received[self.read :]:
            plain = http_ece.decrypt(
                pushed.body, private_key=self.receiver.private, auth_secret=self.receiver.auth, version="aes128gcm"
            )
            said = json.loads(plain)
            word = said["url"].split("/")[-2], said["title"].startswith("Không còn hiệu lực ở nơi bạn")
            found.setdefault(int(pushed.path[1:]), []).append(word)
        self.read += sum(map(len, found.values()))
        return found


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with a_push_service(tmp_path) as service:
        environ = {"HUES_DEMO": "1", "SSL_CERT_FILE": str(service.authority)}
        (tmp_path / "city").mkdir()
        with a_city(tmp_path / "city", reports=0, environ=environ) as city:
            wards = [(A, B, C)[n % 3] for n in range(INSIDE)] + [OUTSIDE] * BEYOND
            found = Town(
                city=city,
                environ=environ,
                service=service,
                receiver=a_receiver(service.origin),
                homes=dict(enumerate(wards, 1)),
            )
            keys = {"p256dh": text_of(point(found.receiver.private)), "auth": text_of(found.receiver.auth)}
            found.do("forget")
            found.do("fill", wards=wards, origin=service.origin, keys=keys)
            yield found


def told_once(told: dict[int, list[tuple[str, bool]]], word: tuple[str, bool]) -> set[int]:
    """Return who was told this, and check that only what a killed worker held was said to somebody twice."""
    words = [said for all_ in told.values() for said in all_ if said == word]
    who = {number for number, said in told.items() if word in said}
    assert len(words) - len(who) <= 2 * BATCH
    return who


def test_the_right_people_are_told_each_word_of_a_storm_whoever_is_killed_meanwhile(town: Town) -> None:
    first, name = town.do("issue", wards=[A, B, C], headline="Lũ ở ba phường", after="")
    town.kill_the_worker_after(1_500)
    town.all_is_told()
    warned = town.who_live_in(A, B, C)
    told = town.newly_told()
    assert len(warned) == INSIDE
    assert told_once(told, (name, False)) == warned == told.keys()
    assert set(town.do("inboxes", identifier=name)) == warned

    leave, come = list(range(1, 51)), list(range(INSIDE + 1, INSIDE + 51))
    town.move(leave, OUTSIDE)
    town.move(come, B)
    second, name = town.do("issue", wards=[A, B, C], headline="Lũ đang lên nhanh", after=first)
    town.kill_the_worker_after(town.read + 1_500)
    town.all_is_told()
    now, told = town.who_live_in(A, B, C), town.newly_told()
    assert told_once(told, (name, False)) == now == set(town.do("inboxes", identifier=name))
    assert told_once(told, (name, True)) == warned - now == set(leave)
    assert told.keys() == warned | now
    warned |= now

    # Three wards shrink to one: who is left is told that; whoever is not, that it is theirs no more.
    third, name = town.do("issue", wards=[A], headline="Chỉ còn một phường", after=second)
    town.kill_the_worker_after(town.read + 1_000)
    town.all_is_told()
    left, told = town.who_live_in(A), town.newly_told()
    assert told_once(told, (name, False)) == left == set(town.do("inboxes", identifier=name))
    assert told_once(told, (name, True)) == now - left
    assert told.keys() == now

    fourth, name = town.do("issue", wards=[A], headline="Nước đang rút", after=third)
    town.kill_the_worker_after(town.read + 500)
    over = town.do("cancel", after=fourth)[1]
    town.all_is_told()
    told = town.newly_told()
    assert told_once(told, (name, False)) <= left
    # The end of it reaches everybody who was ever warned, and nobody hears anything older after it.
    assert told_once(told, (over, False)) == warned == told.keys()
    assert {number for number, said in told.items() if said[-1] != (over, False)} == set()
    assert set(town.do("inboxes", identifier=over)) == warned
    assert set(range(INSIDE + 51, INSIDE + BEYOND + 1)).isdisjoint(warned)
