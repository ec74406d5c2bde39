"""Run the suite and print one table: python -m bench [NAME …]. SCALE=10 in the environment means ten times the data."""

import importlib
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.table import Row, render

SUITE = (
    "photo",
    "visits",
    "intake",
    "desks",
    "storm",
    "targeting",
    "push",
    "sending",
    "live",
    "together",
    "start",
    "page",
)


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all of them; a benchmark that fails is a row and an exit code."""
    rows: list[Row] = []
    failed = False
    for name in names or SUITE:
        began = time.monotonic()
        print(f"{name} …", end=" ", file=sys.stderr, flush=True)
        try:
            rows += importlib.import_module(f"bench.{name}").run()
        except Exception as error:  # noqa: BLE001 the others still run, and the table says which one did not
            rows.append(Row(name=f"{name} failed: {error!r}"[:120], figure=0, unit="", ok=False))
            failed = True
        print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    table = render(rows)
    results = Path(__file__).parent / "results"
    results.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    (results / f"{stamp}-x{os.environ.get('SCALE', '1')}.md").write_text(table + "\n", "utf-8")
    print(table)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
