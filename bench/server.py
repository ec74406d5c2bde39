"""Start a whole city for a benchmark, and know its processes."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def free_port(start: int = 8700) -> int:
    """Return a free port below the ephemeral range."""
    for port in range(start, 10_200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise RuntimeError("no free port")


def told_by(module: str) -> dict[str, Any]:
    """Run `bench.module.main` in a process of its own, for an empty city, and return the JSON of its last line."""
    # Django must be set up before the city's rooms are imported.
    command = f"import django; django.setup(); from bench import {module}; {module}.main()"
    with tempfile.TemporaryDirectory(prefix="hues-bench-") as home:
        environ = {**os.environ, "HUES_DEMO": "1", "HUES_HOME": home, "DJANGO_SETTINGS_MODULE": "hues.config.settings"}
        environ.pop("DATABASE_URL", None)
        told = subprocess.run(
            [sys.executable, "-c", command], cwd=ROOT, env=environ, check=True, stdout=subprocess.PIPE
        )
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found


@contextmanager
def running_city(home: Path | None = None) -> Iterator[str]:
    """Yield the address of a demo city of its own, and stop it afterwards."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="hues-bench-") as temporary:
        environ = {**os.environ, "PORT": str(port), "HUES_DEMO": "1", "HUES_HOME": str(home or temporary)}
        environ.pop("DATABASE_URL", None)
        environ.pop("HUES_ORIGIN", None)
        city = subprocess.Popen([sys.executable, "-m", "hues", "run"], cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", city)
            yield f"http://127.0.0.1:{port}"
        finally:
            city.send_signal(signal.SIGINT)
            city.wait(60)


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: float = 180) -> None:
    """
    Wait until `url` answers.

    :raises RuntimeError: if the process ends or the time is up
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the city stopped with {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{url} did not answer in {seconds} s")


def family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    kids = [int(k) for k in children.read_text().split()] if children.exists() else []
    return [pid, *(p for kid in kids for p in family(kid))]


def pss(pid: int) -> float:
    """Return a process's proportional set size in MiB (0 where the kernel won't tell)."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024


def cpu_seconds(pid: int) -> float:
    """Return the processor time of a process so far, in seconds."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def database_cpu(home: Path) -> float:
    """Return the processor seconds of a city's PostgreSQL so far, with those of backends that have ended."""
    postmaster = int((home / "postgres" / "cluster" / "postmaster.pid").read_text().split()[0])
    fields = Path(f"/proc/{postmaster}/stat").read_text().rpartition(")")[2].split()
    gone = (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
    return gone + sum(cpu_seconds(pid) for pid in family(postmaster))


def name_of(pid: int) -> str:
    """Return what a process calls itself."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""
