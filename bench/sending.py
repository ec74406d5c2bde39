"""B6, the whole way: from the word to 20,000 browsers and the rows that say so; the sender is killed on the way."""

from collections.abc import Mapping
from typing import Any

from bench.server import told_by
from bench.table import Row
from hues.kernel.delivery.lanes import Kind

BATCH, MEMORY, SOON = 1_000, 64, 1_000  # messages, MiB, ms
THREADS = Kind.PUSHES.threads


def run() -> list[Row]:
    """Measure on a durable database of its own, against a push service that loses and delays some."""
    found = told_by("losing")
    return _rows(found["browsers"], found["killed"], found["second"])


def _rows(browsers: int, killed: Mapping[str, Any], second: Mapping[str, Any]) -> list[Row]:
    name, gone = f"B6 {browsers:,} browsers", browsers // 100
    return [
        _speed(
            f"{name}, keys prepared, sender killed once, without {killed['lease']:.0f} s of its lease", browsers, killed
        ),
        _speed(f"{name}, the same with the wait for its lease", browsers, killed, wait=killed["lease"]),
        _speed("B6 a second alert at once, nothing prepared", second["number"], second),
        *(_first(alert, one) for alert, one in (("the first", killed), ("the second", second))),
        _count("B6 lost after the kill", killed["lost"], "0", killed["lost"] == 0),
        _count(
            f"B6 doubled after the kill of {THREADS} threads",
            killed["doubled"],
            f"≤ {BATCH}",
            killed["doubled"] <= BATCH,
        ),
        _count("B6 told to be gone (410), forgotten", browsers - killed["left"], f"{gone}", _forgot(browsers, killed)),
        _count(
            "B6 asked to wait (429), told later",
            killed["waited"],
            f"{gone}, none lost",
            killed["waited"] == gone and not killed["lost"],
        ),
        _count("B6 lost of the second", second["lost"], "0", second["lost"] == 0),
        _memory(max(killed["memory"], second["memory"])),
    ]


def _forgot(browsers: int, killed: Mapping[str, Any]) -> bool:
    return bool(browsers - killed["left"] == killed["gone"] == browsers // 100)


def _speed(name: str, number: int, one: Mapping[str, Any], *, wait: float = 0) -> Row:
    """Return how many went out in a second; the bench's clock skips what people `wait`, which is added here."""
    against = f"{number / one['cpu']:,.0f}/CPU-s, and of the database {number / one['database']:,.0f}"
    return Row(name=name, figure=number / (one["wall"] + wait), unit="/s", against=against)


def _first(which: str, one: Mapping[str, Any]) -> Row:
    ms = 1000 * one["first"]
    return Row(name=f"B6 first push of {which}", figure=ms, unit="ms", goal=f"≤ {SOON}", ok=ms <= SOON)


def _count(name: str, figure: int, goal: str, ok: bool) -> Row:  # noqa: FBT001
    return Row(name=name, figure=figure, unit="", goal=goal, ok=ok)


def _memory(mib: float) -> Row:
    return Row(name="B6 memory of a sender above idle", figure=mib, unit="MiB", goal=f"≤ {MEMORY}", ok=mib <= MEMORY)
