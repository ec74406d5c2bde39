"""A whole city as processes, for tests that look at it from outside or kill a part of it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, kw_only=True, slots=True)
class RunningCity:
    """Its address, its data folder and the process that keeps the others alive."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]

    def children(self) -> dict[int, str]:
        """Return the processes that the supervisor forked, with their names."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return {int(pid): Path(f"/proc/{pid}/comm").read_text().strip() for pid in listed}

    def database(self) -> int:
        """Return the process id of the database's postmaster."""
        return int((self.home / "postgres" / "cluster" / "postmaster.pid").read_text().split()[0])

    def is_well(self) -> bool:
        """Test if the front answers and reaches the database."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


@contextmanager
def a_city(home: Path) -> Iterator[RunningCity]:
    """Yield a running demo city with its data in `home`, and stop it as Ctrl-C does."""
    port = _free_port()
    environ = {k: v for k, v in os.environ.items() if not k.startswith("HUES_") and k != "DATABASE_URL"}
    environ |= {"HUES_DEMO": "1", "HUES_HOME": str(home), "PORT": str(port)}
    environ.pop("DJANGO_SETTINGS_MODULE", None)
    with (home / "city.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "hues", "run"], cwd=ROOT, env=environ, stdout=log, stderr=log)
    city = RunningCity(url=f"http://127.0.0.1:{port}", home=home, process=process)
    try:
        until(city.is_well, 240)
        yield city
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
        shutil.rmtree(home / "postgres", ignore_errors=True)


def until(holds: Callable[[], bool], seconds: float) -> None:
    """Wait until a condition holds, and fail if it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def _free_port() -> int:
    for port in range(8300, 9000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise RuntimeError("no free port below the ephemeral range")
