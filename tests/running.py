"""A whole city as processes, for tests that look at it from outside or kill a part of it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.server import free_port
from hues.config import postgres

ROOT = Path(__file__).resolve().parents[1]
START = 180.0  # seconds in which a city must answer, first tables included


@dataclass(frozen=True, kw_only=True, slots=True)
class RunningCity:
    """Its port, its data folder and the process that keeps the others alive."""

    port: int
    home: Path
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """Return the address of this machine's own door to it."""
        return f"http://127.0.0.1:{self.port}"

    def children(self) -> dict[int, str]:
        """Return the processes that the supervisor forked, with their names."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return {int(pid): _name_of(pid) for pid in listed}

    def of_kind(self, kind: str) -> list[int]:
        """Return the processes called "web", "worker" or "live"."""
        return [pid for pid, name in self.children().items() if name.startswith(f"hues {kind}")]

    def database(self) -> int:
        """Return the process id of the database's postmaster, or 0 while there is none."""
        noted = self.home / "postgres" / "cluster" / "postmaster.pid"
        try:
            return int(noted.read_text().split()[0])
        except (FileNotFoundError, IndexError):
            return 0

    def is_well(self) -> bool:
        """Test if the front answers and reaches the database."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def log(self) -> str:
        """Return what the city has said so far."""
        return (self.home / "city.log").read_text(errors="replace")


@contextmanager
def a_city(home: Path, *, reports: int = 30, environ: Mapping[str, str] | None = None) -> Iterator[RunningCity]:
    """
    Yield a running city with its data in `home`, and stop it as Ctrl-C does.

    It is a demo with so many reports, unless `environ` says otherwise.
    """
    # Every process of a test run begins to look elsewhere, so that two cities do not ask for one port.
    port = free_port(8300 + os.getpid() % 60 * 25)
    known = environment(home, port, environ)
    if known.get("HUES_DEMO") == "1":
        hues("demo", "--reports", str(reports), environ=known)
    with (home / "city.log").open("wb") as log:
        process = subprocess.Popen(command("run"), cwd=ROOT, env=known, stdout=log, stderr=log)
    city = RunningCity(port=port, home=home, process=process)
    try:
        until(lambda: process.poll() is not None or city.is_well(), START)
        assert process.poll() is None, city.log()
        yield city
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(60)
        shutil.rmtree(home / "postgres", ignore_errors=True)


def environment(home: Path, port: int, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a city of its own: a demo, or what `more` makes of it."""
    ours = ("HUES_", "DATABASE_URL", "DJANGO_", "PYTEST_", "PORT")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"HUES_HOME": str(home), "PORT": str(port)} | dict(more or {"HUES_DEMO": "1"})


def command(*words: str) -> list[str]:
    """Return the words that run the command line of this checkout."""
    return [sys.executable, "-m", "hues", *words]


def hues(*words: str, environ: Mapping[str, str], fails: bool = False) -> str:
    """Run a command to its end and return what it said; one that `fails` must do so."""
    done = subprocess.run(command(*words), cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert bool(done.returncode) == fails, said
    return said


def within(home: Path, environ: Mapping[str, str], what: str, **given: object) -> Any:
    """Do something of tests/journeys/within.py inside of a city, and return what it returned."""
    # Django must be set up before the city's rooms are imported.
    run = "import django; django.setup(); from tests.journeys import within; within.main()"
    known = {**environment(home, 0, environ), "PORT": "8000", "DATABASE_URL": postgres.url(home)}
    known["DJANGO_SETTINGS_MODULE"] = "hues.config.settings"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", run, what],
        cwd=ROOT,
        env=known,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def until(holds: Callable[[], object], seconds: float) -> None:
    """Wait until a condition holds, and fail if it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def _name_of(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""
