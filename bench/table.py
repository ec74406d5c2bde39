"""One table for all benchmarks: a figure, what it stands against, and whether the goal is met."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """
    One measured figure.

    `against` names the floor or peer, `ratio` is figure ÷ floor or peer ÷ figure as `goal` says in words;
    `ok` is None where there is nothing to meet.
    """

    name: str
    figure: float
    unit: str
    against: str = ""
    ratio: float | None = None
    goal: str = ""
    ok: bool | None = None


def render(rows: Iterable[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| what | figure | unit | against | ratio | goal | met |", "|---|---:|---|---|---:|---|---|"]
    for r in rows:
        ratio = "" if r.ratio is None else f"{r.ratio:.2f}"
        met = {True: "yes", False: "**no**", None: ""}[r.ok]
        lines.append(f"| {r.name} | {r.figure:,.2f} | {r.unit} | {r.against} | {ratio} | {r.goal} | {met} |")
    return "\n".join(lines)
