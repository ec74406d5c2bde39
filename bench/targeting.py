"""B4: how soon an alert over a polygon is in every inbox, against testing every account's point."""

from bench.server import told_by
from bench.table import Row

TAKAHE = 54.0  # timeline rows a second for one post to 1,500 followers, measured on the same machine


def run() -> list[Row]:
    """Measure on a durable database of its own, filled with the accounts of the whole city."""
    return _rows(told_by("aiming"))


def _rows(found: dict[str, float]) -> list[Row]:
    raw, covering, telling = (1000 * found[name] for name in ("raw", "covering", "telling"))
    ready = found["covering"] + found["telling"] + found["reading"]
    rate = found["people"] / ready
    against = f"every point tested: {raw:,.0f} ms"
    return [
        Row(name="B4 wards that a polygon of 256 corners touches", figure=covering, unit="ms"),
        Row(
            name=f"B4 told to {found['areas']:.0f} wards, pushes owed",
            figure=telling,
            unit="ms",
            against=against,
            ratio=telling / raw,
            goal="≤ 0.15x",
            ok=telling / raw <= 0.15,
        ),
        Row(
            name="B4 polygon to the last inbox",
            figure=1000 * ready,
            unit="ms",
            against=f"{found['people']:,.0f} people",
            goal="≤ 500 ms",
            ok=ready <= 0.5,
        ),
        Row(
            name="B4 inboxes",
            figure=rate,
            unit="/s",
            against=f"Takahe: {TAKAHE:.0f}/s",
            ratio=rate / TAKAHE,
            goal="≥ 5000x",
            ok=rate / TAKAHE >= 5000,
        ),
        Row(name="B4 whom a chunk of a thousand is for", figure=1000 * found["chunk"], unit="ms"),
    ]
