"""The processes of B1: one conducts, the others open cases on a few connections each."""

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.server import ROOT, database_cpu
from hues.config import postgres
from hues.engines.cases import actions, queries, testing
from hues.kernel import editions
from hues.kernel.media import actions as media
from hues.kernel.media.models import Photo
from hues.kernel.media.testing import a_picture
from hues.kernel.people import actions as people
from hues.kernel.people.asker import Asker
from hues.kit import clock
from hues.kit.ids import new_id

PROCESSES, THREADS, SECONDS = 2, 4, 6.0
TABLES = """
CREATE TABLE bench_report (id uuid PRIMARY KEY, number text UNIQUE, state text, body text,
  lat float8, lng float8, cell bigint, at timestamptz);
CREATE TABLE bench_history (id bigserial PRIMARY KEY, report_id uuid, at timestamptz, verb text, facts jsonb)
"""
FLOOR = """
WITH report AS (
  INSERT INTO bench_report (id, number, state, body, lat, lng, cell, at)
  VALUES (gen_random_uuid(), %s, 'received', %s, 16.46, 107.59, 1, now()) RETURNING id
)
INSERT INTO bench_history (report_id, at, verb, facts) SELECT id, now(), 'open', '{}' FROM report
"""
WORDS = "Nước ngập nửa bánh xe, rác trôi ra giữa đường, xe máy không qua được từ sáng nay."

type Act = Callable[[], object]


def main() -> None:
    """Conduct, or, told a kind of work and a number, do that work."""
    if len(sys.argv) == 3:
        _work(sys.argv[1], int(sys.argv[2]))
    else:
        _conduct()


def _conduct() -> None:
    home = Path(os.environ["HUES_HOME"])
    postgres.start(home)
    try:
        call_command("migrate", verbosity=0)
        testing.the_city()
        with connection.cursor() as cursor:
            cursor.execute(TABLES)
        found: dict[str, object] = {"statements": _count_statements()}
        connection.close()
        for kind in WORK:
            found[kind] = _measure(kind, home)
        print(json.dumps(found))
    finally:
        postgres.stop(home, "immediate")


def _measure(kind: str, home: Path) -> dict[str, float]:
    """Run one kind of work in processes of its own; return rate, CPU-ms a piece (web, database, both) and p99."""
    command = [
        sys.executable,
        "-c",
        "import django; django.setup(); from bench import reporting; reporting.main()",
    ]
    before = database_cpu(home)
    workers = [subprocess.Popen([*command, kind, str(n)], cwd=ROOT, stdout=subprocess.PIPE) for n in range(PROCESSES)]
    told = [json.loads(worker.communicate()[0].splitlines()[-1]) for worker in workers]
    database = database_cpu(home) - before
    taken = sorted(second for one in told for second in one["seconds"])
    web = sum(one["cpu"] for one in told) / len(taken) * 1000
    server = database / len(taken) * 1000
    rate = sum(len(one["seconds"]) / one["took"] for one in told)
    return {
        "ops": rate,
        "cpu": web + server,
        "web": web,
        "db": server,
        "p99": taken[int(len(taken) * 0.99)] * 1000,
    }


def _count_statements() -> int:
    act = _report_with_photo(random.Random(0))
    act()
    with CaptureQueriesContext(connection) as captured:
        act()
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return sum(1 for query in captured.captured_queries if not query["sql"].startswith(control))


def _work(kind: str, number: int) -> None:
    """Do one kind of work on some connections for some seconds, and print what it took."""
    seconds: list[float] = []
    gate = threading.Barrier(THREADS + 1, timeout=60)

    def labour(place: int) -> None:
        try:
            act = WORK[kind](random.Random(1 + number * THREADS + place))
            act()
        except BaseException:
            gate.abort()
            raise
        gate.wait()
        gate.wait()
        until = time.perf_counter() + SECONDS
        while (began := time.perf_counter()) < until:
            act()
            seconds.append(time.perf_counter() - began)
        connection.close()

    threads = [threading.Thread(target=labour, args=[place]) for place in range(THREADS)]
    for thread in threads:
        thread.start()
    gate.wait()
    cpu, began = time.process_time(), time.perf_counter()
    gate.wait()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "cpu": time.process_time() - cpu, "took": took}))


def _floor(chance: random.Random) -> Act:
    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute(FLOOR, [str(chance.getrandbits(64)), "x" * 120])

    return act


def _somebody(chance: random.Random) -> Asker:
    """Return a reporter of one's own: whoever reports at once is not one person."""
    phone = f"+8476{chance.randrange(10**7):07}"
    return Asker(person_id=people.open_account(phone=phone, name="Trần Thị Lan", at=clock.now()))


def _report(by: Asker, chance: random.Random, photos: Callable[[], tuple[UUID, ...]] = tuple) -> Act:
    leaves = [card.code for card in queries.categories("report") if card.parent]

    @editions.asked_once()  # as every request does
    def act() -> None:
        lat, lng = 16.46 + chance.uniform(-0.02, 0.02), 107.59 + chance.uniform(-0.02, 0.02)
        actions.open_case(
            category=chance.choice(leaves),
            text=WORDS,
            place=actions.Place(lat=lat, lng=lng, address="Kiệt 30 Hồ Xuân Hương"),
            photos=photos(),
            by=by,
            key=str(new_id()),
            at=clock.now(),
        )

    return act


def report(chance: random.Random) -> Act:
    """Report without a photo."""
    return _report(_somebody(chance), chance)


def _report_with_photo(chance: random.Random) -> Act:
    """Report with a photo that was stored before, as the page does: what storing it takes is measured apart."""
    by = _somebody(chance)
    waiting: list[UUID] = []

    def next_photo() -> tuple[UUID, ...]:
        if not waiting:
            at = clock.now()
            known = {
                "sha256": "0" * 64,
                "thumb": "1" * 64,
                "mime": "image/jpeg",
                "bytes": 1,
                "width": 1,
                "height": 1,
            }
            rows = [Photo(id=new_id(), by=by.person_id, loose_since=at, at=at, **known) for _ in range(200)]
            waiting.extend(photo.pk for photo in Photo.objects.bulk_create(rows))
        return (waiting.pop(),)

    return _report(by, chance, next_photo)


def _photo(chance: random.Random) -> Act:
    by = _somebody(chance)
    pictures = [a_picture((1280, 960), seed=chance.getrandbits(30), quality=92) for _ in range(8)]

    def act() -> None:
        media.store_photo(chance.choice(pictures), by=by.person_id, at=clock.now())

    return act


def photo_and_report(chance: random.Random) -> Act:
    """Store a photo and report with it: all that the city does before it answers."""
    by, picture = _somebody(chance), a_picture((1280, 960), seed=chance.getrandbits(30), quality=92)

    def photos() -> tuple[UUID, ...]:
        return (media.store_photo(picture, by=by.person_id, at=clock.now()).id,)

    return _report(by, chance, photos)


WORK: dict[str, Callable[[random.Random], Act]] = {
    "floor": _floor,
    "report": report,
    "report with photo": _report_with_photo,
    "photo": _photo,
}
