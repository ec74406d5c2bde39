"""B15: ten thousand open pages that hear nothing, then one event to all, beside the least server that could do it."""

from bench.server import told_by
from bench.table import Row


def run() -> list[Row]:
    """Measure the live process of a city with nothing else in it."""
    return _rows(told_by("listening"))


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
