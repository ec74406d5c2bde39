"""Merge, split and dissolve agencies from the command line: what is wrong is told by row."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from hues.config.chores.facts import Outcome, read_rows
from hues.engines.cases.queries import unknown_categories
from hues.kernel.agencies import changes
from hues.kernel.agencies.actions import changing
from hues.kernel.agencies.actions.changing import ChangeReport
from hues.kernel.agencies.checking import Share, Wanted

WHERE = {"on": "day", "ends": "agency", "shares": "row"}


def merge(
    codes: Sequence[str], into: str, name_vi: str, name_en: str, *, on: date, dry_run: bool, at: datetime
) -> Outcome:
    """Merge agencies into one, or dissolve one into another."""
    name = {"vi": name_vi, "en": name_en} if name_vi or name_en else {}
    wanted = Wanted(ends=tuple(codes), shares=(Share(code=into, name=name),), on=on)
    return _plan(wanted, dry_run=dry_run, at=at)


def split(code: str, file: Path, *, on: date, by_routes: bool, dry_run: bool, at: datetime) -> Outcome:
    """Split an agency among the heirs that a CSV file names."""
    shares = tuple(_share({key: (value or "").strip() for key, value in row.items()}) for row in read_rows(file))
    wrong = tuple(
        f"row {row}: there is no category {code!r}"
        for row, share in enumerate(shares, start=1)
        for code in unknown_categories(share.categories)
    )
    if wrong:
        return Outcome(wrong=wrong)
    return _plan(Wanted(ends=(code,), shares=shares, on=on, by_routes=by_routes), dry_run=dry_run, at=at)


def told() -> Iterator[str]:
    """Yield one line for each change, the latest day first."""
    for card in changes.changes():
        how = "called off" if card.called_off_at else "done" if card.done_at else "planned"
        ends, heirs = (" ".join(one.code for one in cards) for cards in (card.ends, card.heirs))
        yield f"{card.id}  {card.on}  {how:10}  {ends} -> {heirs}"


def _share(row: dict[str, str]) -> Share:
    name = {"vi": row.get("name_vi", ""), "en": row.get("name_en", "")}
    return Share(
        code=row.get("heir", ""),
        name=name if any(name.values()) else {},
        wards=tuple(row.get("wards", "").split()),
        categories=tuple(row.get("categories", "").split()),
    )


def _plan(wanted: Wanted, *, dry_run: bool, at: datetime) -> Outcome:
    report = changing.plan(wanted=wanted, dry_run=dry_run, at=at)
    wrong = tuple(f"{WHERE[one.place]} {one.row or ''}".strip() + f": {one.sentence}" for one in report.mistakes)
    return Outcome(said=_said(report, dry_run=dry_run), wrong=wrong)


def _said(report: ChangeReport, *, dry_run: bool) -> str:
    counts = ", ".join(f"{n} {what}" for what, n in sorted(report.counts.items())) or "nothing"
    if report.already:
        return f"This stands already, {'done' if report.done else 'planned'} for {report.on}: nothing was changed."
    if dry_run:
        return f"Would be done {'now' if report.done else f'on {report.on}'}. As things stand it passes on: {counts}."
    if report.done:
        return f"Done. Passed on: {counts}."
    return f"Planned for {report.on}, 00:00 (id {report.change_id})."
