"""B14: from nothing to the first answer, the second start, and what an idle city weighs."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.server import ROOT, family, free_port, name_of, pss, wait_for
from bench.table import Row

# Signalen on the same machine: import 2.3 s, migrate 16.6 s, two web workers 335 MiB.
PEER_IMPORT, PEER_MIGRATE, PEER_PSS, PEER_DISK = 2.3, 16.6, 335.0, 331.0


def run() -> list[Row]:
    """Measure import, first and second start, memory and disk."""
    imported = _seconds([sys.executable, "-c", "import hues.config.wsgi"])
    with tempfile.TemporaryDirectory(prefix="hues-bench-") as home:
        first, _ = _start(home)
        second, weights = _start(home)
    disk = sum(f.stat().st_size for f in (ROOT / ".venv").rglob("*") if f.is_file()) / 2**20
    web = sum(mib for name, mib in weights if name.startswith("hues web"))
    return [
        _against("B14 import", imported, "s", PEER_IMPORT, 0.35),
        Row(name="B14 first start, city and demo loaded", figure=first, unit="s", goal="≤ 60", ok=first <= 60),
        Row(name="B14 second start", figure=second, unit="s", goal="≤ 3", ok=second <= 3),
        _against("B14 web, idle PSS", web, "MiB", PEER_PSS, 0.45),
        Row(name="B14 all processes, idle PSS", figure=sum(m for _, m in weights), unit="MiB"),
        Row(name="B14 environment with test tools", figure=disk, unit="MiB", against=f"Signalen {PEER_DISK:.0f}"),
    ]


def _against(name: str, figure: float, unit: str, peer: float, goal: float) -> Row:
    ratio = figure / peer
    against = f"Signalen {peer}"
    return Row(name=name, figure=figure, unit=unit, against=against, ratio=ratio, goal=f"≤ {goal}", ok=ratio <= goal)


def _seconds(command: list[str]) -> float:
    began = time.monotonic()
    environ = {**os.environ, "HUES_DEMO": "1", "DJANGO_SETTINGS_MODULE": "hues.config.settings"}
    subprocess.run(command, check=True, cwd=ROOT, env=environ)
    return time.monotonic() - began


def _start(home: str) -> tuple[float, list[tuple[str, float]]]:
    port, began = free_port(), time.monotonic()
    environ = {**os.environ, "PORT": str(port), "HUES_DEMO": "1", "HUES_HOME": home}
    environ.pop("DATABASE_URL", None)
    with (Path(home) / "bench.log").open("ab") as log:
        city = subprocess.Popen([sys.executable, "-m", "hues", "run"], cwd=ROOT, env=environ, stdout=log, stderr=log)
    wait_for(f"http://127.0.0.1:{port}/healthz", city)
    took = time.monotonic() - began
    weights = [(name_of(p), pss(p)) for p in family(city.pid)]
    city.send_signal(signal.SIGINT)
    city.wait(60)
    return took, weights
