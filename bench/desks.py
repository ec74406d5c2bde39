"""B8–B13: what desks and the public read of a whole year's reports, and of ten (SCALE=10), beside Signalen and SQL."""

import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

import psycopg

from bench.load import request, storm
from bench.server import ROOT, cpu_seconds, database_cpu, family, running_city
from bench.table import Row
from hues.config import postgres

REPORTS = 50_111
SECONDS, CONNECTIONS = 3.0, 4
DIFFERENT = 1000  # addresses of a kind: a stranger's page is made, and not kept from the request before
OPERATOR = "+84901000005"
# The middle of the city, in degrees; a street is seen at zoom 17, a quarter at 14, the whole city at 11.
LAT, LNG = 16.463, 107.585
VIEWS = {"street": (0.003, 17), "quarter": (0.02, 14), "city": (0.12, 11)}
WORDS = {"common": ("den duong", "rac", "ngap", "duong hong"), "rare": ("kiet 30 ho xuan huong", "tay loc cay xanh")}
# CPU-ms (web and database) a request of the peers, measured on such a machine, and how many times less is asked of us.
PEERS = {
    "B8 wall": ("Signalen reports", 487.0, 200.0),
    "B9 map street": ("Signalen", 28.0, 20.0),
    "B9 map quarter": ("Signalen", 34.0, 15.0),
    "B9 map city": ("Signalen", 106.0, 60.0),
    "B10 queue, first page": ("Signalen", 615.0, 200.0),
    "B10 queue, deep": ("Signalen", 1195.0, 200.0),
    "B10 queue, narrowed": ("Signalen", 588.0, 200.0),
    "B11 report, JSON": ("Signalen", 13.5, 8.0),
    "B11 report, page": ("FixMyStreet", 142.0, 30.0),
    "B11 report, desk": ("Signalen staff", 72.0, 30.0),
    "B12 search, common": ("Signalen", 486.0, 25.0),
    "B12 search, rare": ("Signalen", 415.0, 100.0),
}
# Signalen's dumpcsv: CPU seconds a megabyte.
PEER_EXPORT, EXPORT_GOAL = 0.087, 8.0
# What the file tells, as it is stored: whole rows of the table are three times as long, and what costs is a row.
COPY = """
COPY (
  SELECT number, category, ward_code, agency_id, state, outcome, answered_at, due_at, opened_at, published_at, supports,
    rating, fixed, public_lat, public_lng, coarse, public_address, public_text
  FROM cases_case WHERE published_at IS NOT NULL ORDER BY published_at DESC, id DESC
) TO STDOUT WITH CSV
"""


def run() -> list[Row]:
    """Load the reports, then read them in each way, a few connections at a time."""
    many = REPORTS * int(os.environ.get("SCALE", "1"))
    with tempfile.TemporaryDirectory(prefix="hues-bench-") as home, running_city(Path(home)) as url:
        demo = [sys.executable, "-m", "hues", "demo", "--reports", str(many)]
        environ = {**os.environ, "HUES_DEMO": "1", "HUES_HOME": home}
        subprocess.run(demo, cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)
        reader = Reader(url, Path(home))
        reader.let_rest()
        rows = [reader.measured(name, paths) for name, paths in _work(reader)]
        return [Row(name="B8–B13 reports", figure=many, unit=""), *rows, *reader.exported()]


def _work(reader: "Reader") -> Iterator[tuple[str, list[str]]]:
    """Yield what is read: a name and the addresses that are asked for in turn."""
    chance = random.Random(8)
    yield "B8 wall", ["/ops/wall/"]
    for name, (half, zoom) in VIEWS.items():
        yield f"B9 map {name}", [_cells(chance, half, zoom) for _ in range(DIFFERENT)]
    deep = datetime.now(UTC) - timedelta(days=300)
    after = f"{deep.isoformat()}_{'0' * 8}-{'0' * 4}-{'0' * 4}-{'0' * 4}-{'0' * 12}"
    since, until = (deep.date() + timedelta(days=days) for days in (0, 60))
    yield "B10 queue, first page", ["/ops/?tab=all"]
    yield "B10 queue, deep", ["/ops/?" + urlencode({"tab": "all", "after": after})]
    narrowed = {"tab": "all", "class": "normal", "since": since, "until": until}
    yield "B10 queue, narrowed", ["/ops/?" + urlencode(narrowed)]
    numbers = reader.numbers()
    yield "B11 report, JSON", [f"/open311/v2/requests/{number}.json" for number in numbers]
    yield "B11 report, page", [f"/f/field_reports/{number}/" for number in numbers]
    yield "B11 report, desk", [f"/ops/{number}/" for number in numbers]
    for kind, words in WORDS.items():
        asked = [f"/f/field_reports/?q={quote(said)}" for said in words]
        yield f"B12 search, {kind}", [f"{address}&n={n}" for n in range(DIFFERENT) for address in asked]


def _cells(chance: random.Random, half: float, zoom: int) -> str:
    lat, lng = LAT + chance.uniform(-0.01, 0.01), LNG + chance.uniform(-0.01, 0.01)
    box = ",".join(f"{value:.4f}" for value in (lng - half, lat - half, lng + half, lat + half))
    return f"/map/cells.json?bbox={box}&zoom={zoom}"


class Reader:
    """An operator's browser, many times over, that knows what the city's processes spend."""

    def __init__(self, url: str, home: Path) -> None:
        self.url, self.home, self.port = url, home, urlsplit(url).port or 0
        self.cookies = CookieJar()
        self.browser = build_opener(HTTPCookieProcessor(self.cookies))
        form = self.browser.open(f"{url}/demo/").read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        name = re.search(rf'name="([^"]+)" value="\{OPERATOR}"', form)
        assert token, "the demo page has no form"
        assert name, "the operator of the demo cannot be found"
        said = urlencode({"csrfmiddlewaretoken": token[1], name[1]: OPERATOR})
        self.browser.open(f"{url}/demo/", said.encode()).read()
        self.head = "Cookie: " + "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.cookies)

    def numbers(self) -> list[str]:
        """Return the numbers of some reports that everybody may read."""
        page = self.browser.open(f"{self.url}/open311/v2/requests.json?page_size={DIFFERENT}").read().decode()
        return re.findall(r'"service_request_id": ?"([^"]+)"', page)

    def measured(self, name: str, paths: Sequence[str]) -> Row:
        """Return the processor time a request, of web and database together, beside the peer's."""
        head = [self.head] if paths[0].startswith("/ops/") else []
        requests = [request(path, "localhost", *head) for path in paths]
        asyncio.run(storm(self.port, requests[-8:], connections=CONNECTIONS, seconds=0.3))
        before = self.spent()
        tally = asyncio.run(storm(self.port, requests, connections=CONNECTIONS, seconds=SECONDS))
        cpu = (self.spent() - before) / len(tally.seconds) * 1000
        wrong = {status: n for status, n in tally.statuses.items() if status != 200}
        if wrong:
            raise RuntimeError(f"{name} answered {wrong}")
        peer, theirs, goal = PEERS[name]
        shown = f"{name} (p99 {tally.percentile(0.99):.0f} ms)"
        ratio = theirs / cpu
        return Row(
            name=shown, figure=cpu, unit="CPU-ms", against=peer, ratio=ratio, goal=f"≥ {goal:.0f}", ok=ratio >= goal
        )

    def exported(self) -> list[Row]:
        """Return what the open data cost a megabyte, beside the least SQL and the peer."""
        before, began = self.spent(), time.monotonic()
        size = len(self.browser.open(f"{self.url}/f/field_reports/reports.csv").read()) / 1e6
        cpu, rate = (self.spent() - before) / size, size / (time.monotonic() - began)
        floor = self.copied()
        times, share = PEER_EXPORT / cpu, rate / floor
        goal = f"≥ {EXPORT_GOAL:.0f}"
        return [
            Row(name="B13 COPY of the same columns", figure=floor, unit="MB/s"),
            Row(
                name="B13 export", figure=rate, unit="MB/s", against="COPY", ratio=share, goal="≥ 0.5", ok=share >= 0.5
            ),
            Row(
                name="B13 export",
                figure=cpu * 1000,
                unit="CPU-ms/MB",
                against="Signalen dumpcsv",
                ratio=times,
                goal=goal,
                ok=times >= EXPORT_GOAL,
            ),
        ]

    def copied(self) -> float:
        """Return how many megabytes a second the database alone hands out."""
        with psycopg.connect(postgres.url(self.home)) as connection, connection.cursor() as cursor:
            began = time.monotonic()
            with cursor.copy(COPY) as rows:
                size = sum(len(block) for block in rows)
            return size / 1e6 / (time.monotonic() - began)

    def let_rest(self) -> None:
        """Have the database do now what it owes to a load, so that nobody who reads is charged with it."""
        with psycopg.connect(postgres.url(self.home), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")

    def spent(self) -> float:
        """Return the processor seconds of web and database so far."""
        return database_cpu(self.home) + sum(cpu_seconds(pid) for pid in family(os.getpid())[1:])
