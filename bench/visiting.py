"""The processes of B7: one measures, another counts until it is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from bench.server import ROOT
from hues.config import postgres
from hues.kernel.visits import actions, count, counting, queries
from hues.kernel.visits.flushing import flushed_each_second

SCALE = int(os.environ.get("SCALE", "1"))
FUNCTIONS = tuple(f"function-{n:02}" for n in range(60))
VISITS, YEAR = 200_000, 17_400_000 * SCALE
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
EACH_WAY_A_HIT = (
    "INSERT INTO visits_dayvisits (day, function, audience, visits) VALUES (%s, %s, 'hit', 1)"
    " ON CONFLICT (day, function, audience) DO UPDATE SET visits = visits_dayvisits.visits + 1"
)
COUNTING = "import django; django.setup(); from bench import visiting; visiting.count_until_killed()"


def main() -> None:
    """Measure everything and print it as one line of JSON."""
    home = Path(os.environ["HUES_HOME"])
    postgres.start(home)
    try:
        call_command("migrate", "visits", verbosity=0)
        found = {"cost": _cost(), "upserts": _upserts(), "lost": _lost()}
        found["year"], found["rows"] = _year(YEAR)
        _, found["rows_of_a_hundredth"] = _year(YEAR // 100)
        connection.close()
        print(json.dumps(found))
    finally:
        postgres.stop(home, "immediate")


def count_until_killed() -> None:
    """Count ten thousand visits a second and say how many those are so far."""
    counted, began = 0, time.monotonic()
    with flushed_each_second():
        while True:
            while counted < (time.monotonic() - began) * 10_000:
                count(FUNCTIONS[counted % 60], "killed")
                counted += 1
            print(counted, flush=True)
            time.sleep(0.01)


def _cost() -> float:
    """Return the CPU-µs that a visit costs its request while another thread writes them, best of five."""
    best = float("inf")
    with flushed_each_second():
        for _ in range(5):
            began = time.thread_time()
            for _ in range(VISITS // 60):
                for function in FUNCTIONS:
                    count(function, "citizen")
            best = min(best, time.thread_time() - began)
    return best / VISITS * 1e6


def _upserts() -> float:
    began, done = time.perf_counter(), 0
    with connection.cursor() as cursor:
        while (spent := time.perf_counter() - began) < 2:
            cursor.execute(EACH_WAY_A_HIT, [NEW_YEAR.date(), FUNCTIONS[done % 60]])
            done += 1
    return done / spent


def _year(visits: int) -> tuple[float, int]:
    """Return the seconds that a year's visits take, hour by hour, and the rows that are there then."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE visits_dayvisits")
    hours = 365 * 24
    each = visits // hours // len(FUNCTIONS)
    counting.take()
    began = time.perf_counter()
    for hour in range(hours):
        counting.put_back({(function, "citizen"): each for function in FUNCTIONS})
        actions.flush(NEW_YEAR + timedelta(hours=hour))
    spent = time.perf_counter() - began
    return spent, len(queries.visits(date(2025, 1, 1), date(2028, 1, 1)))


def _lost() -> float:
    """Return how many seconds of visits are missing after a kill -9, the worst of five."""
    return max(_killed(after) for after in (1.2, 1.5, 1.9, 2.3, 2.6))


def _killed(after: float) -> float:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM visits_dayvisits WHERE audience = 'killed'")
    counter = subprocess.Popen([sys.executable, "-c", COUNTING], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert counter.stdout
    said, end = counter.stdout.readline(), time.monotonic() + after
    while time.monotonic() < end:
        said = counter.stdout.readline()
    counter.send_signal(signal.SIGKILL)
    counter.wait()
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(visits), 0) FROM visits_dayvisits WHERE audience = 'killed'")
        written = int(cursor.fetchone()[0])
    return max(0, int(said) - written) / 10_000
