"""B7: what counting a visit costs, how fast a year goes in, and what a kill -9 loses."""

from bench.server import told_by
from bench.table import Row

# A published page answered before Django, CPU-µs, as measured before.
CACHED_REQUEST = 33.0


def run() -> list[Row]:
    """Measure on a durable database of its own."""
    return _rows(told_by("visiting"))


def _rows(found: dict[str, float]) -> list[Row]:
    cost, upserts, year, lost = found["cost"], found["upserts"], found["year"], found["lost"]
    times = 1e6 / cost / upserts
    share, growth = cost / CACHED_REQUEST, found["rows"] / found["rows_of_a_hundredth"]
    row = Row
    return [
        row(name="B7 a visit counted", figure=cost, unit="CPU-µs", goal="≤ 5 µs", ok=cost <= 5),
        row(
            name="B7 share of a published page",
            figure=100 * share,
            unit="%",
            against=f"{CACHED_REQUEST:.0f} CPU-µs",
            ratio=share,
            goal="≤ 3 %",
            ok=share <= 0.03,
        ),
        row(
            name="B7 visits counted",
            figure=1e6 / cost,
            unit="/s",
            against=f"an upsert each: {upserts:,.0f}/s",
            ratio=times,
            goal="≥ 100x",
            ok=times >= 100,
        ),
        row(name="B7 a year of visits, by the hour", figure=year, unit="s", goal="≤ 30 s", ok=year <= 30),
        row(
            name="B7 rows of 100x the visits",
            figure=found["rows"],
            unit="rows",
            against="rows of 1x",
            ratio=growth,
            goal="1.0x",
            ok=growth == 1,
        ),
        row(name="B7 lost by kill -9", figure=lost, unit="s of visits", goal="≤ 1 s", ok=lost <= 1),
    ]
