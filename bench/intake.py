"""B1: open cases through the action, durable, on eight connections, beside the floor of the same run."""

from bench.server import told_by
from bench.table import Row

# CPU-ms a report (web and database) of Signalen as it comes and tuned, and of FixMyStreet, on the same machine.
PEERS = {"": (74.0, 42.0, 28.6), " with photo": (141.0, 63.0, 44.0)}
GOALS = {"": (30.0, 15.0, 10.0), " with photo": (20.0, 10.0, 6.0)}
NAMES = ("Signalen", "Signalen tuned", "FixMyStreet")
MOST_STATEMENTS = 10


def run() -> list[Row]:
    """Measure the floor, reports without and with a photo, and storing that photo, in one run."""
    found = told_by("reporting")
    floor = found["floor"]["ops"]
    rows = [Row(name="B1 floor: one statement, report and history", figure=floor, unit="/s")]
    rows.append(Row(name="B1 floor, web and database", figure=found["floor"]["cpu"], unit="CPU-ms"))
    for kind in ("", " with photo"):
        rows += _rows(kind, found["report" + kind], floor)
    stored = found["photo"]
    rows.append(Row(name="B1 storing the photo (141 KB, 1280 px)", figure=stored["cpu"], unit="CPU-ms"))
    statements = found["statements"]
    goal = f"≤ {MOST_STATEMENTS}"
    return [
        *rows,
        Row(name="B1 statements", figure=statements, unit="", goal=goal, ok=statements <= MOST_STATEMENTS),
    ]


def _rows(kind: str, measured: dict[str, float], floor: float) -> list[Row]:
    name, cpu = f"B1 intake{kind}", measured["cpu"]
    rows = [
        Row(
            name=name,
            figure=cpu,
            unit="CPU-ms",
            against=peer,
            ratio=theirs / cpu,
            goal=f"≥ {goal}",
            ok=theirs / cpu >= goal,
        )
        for peer, theirs, goal in zip(NAMES, PEERS[kind], GOALS[kind], strict=True)
    ]
    share = measured["ops"] / floor
    return [
        *rows,
        Row(name=f"{name}, web", figure=measured["web"], unit="CPU-ms"),
        Row(name=f"{name}, database", figure=measured["db"], unit="CPU-ms"),
        Row(
            name=f"{name} rate",
            figure=measured["ops"],
            unit="/s",
            against="floor",
            ratio=share,
            goal="≥ 0.15",
            ok=share >= 0.15,
        ),
        Row(name=f"{name} p99", figure=measured["p99"], unit="ms", goal="≤ 100", ok=measured["p99"] <= 100),
    ]
