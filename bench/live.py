"""B15: ten thousand open pages that hear nothing, then one event to all, beside the least server that could do it."""

import json
import os
import subprocess
import sys
import tempfile

from bench.server import ROOT
from bench.table import Row

# Django must be set up before the city's rooms are imported.
LISTENING = "import django; django.setup(); from bench import listening; listening.main()"


def run() -> list[Row]:
    """Measure the live process of a city with nothing else in it."""
    with tempfile.TemporaryDirectory(prefix="hues-bench-") as home:
        environ = {**os.environ, "HUES_DEMO": "1", "HUES_HOME": home, "DJANGO_SETTINGS_MODULE": "hues.config.settings"}
        environ.pop("DATABASE_URL", None)
        told = subprocess.run(
            [sys.executable, "-c", LISTENING], cwd=ROOT, env=environ, check=True, stdout=subprocess.PIPE
        )
    return _rows(json.loads(told.stdout.splitlines()[-1]))


def _rows(found: dict[str, float]) -> list[Row]:
    each, least, last, floor = (found[name] for name in ("ours_kib", "least_kib", "ours_last", "least_last"))
    number = f"{found['streams']:,.0f}"
    return [
        Row(
            name=f"B15 a stream of {number} that are idle",
            figure=each,
            unit="KiB",
            against=f"the least: {least:.1f}",
            ratio=each / least if least else None,
            goal="≤ 16 KiB",
            ok=each <= 16,
        ),
        Row(
            name=f"B15 an event to the last of {number}",
            figure=1000 * last,
            unit="ms",
            goal="≤ 1000 ms",
            ok=last <= 1,
        ),
        Row(
            name="B15 the same",
            figure=1000 * last,
            unit="ms",
            against=f"the least: {1000 * floor:,.0f} ms",
            ratio=last / floor,
            goal="≤ 3x",
            ok=last / floor <= 3,
        ),
    ]
