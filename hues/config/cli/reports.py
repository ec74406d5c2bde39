"""`hues reports import`: move in from another system."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from hues.config.cli.rooms import at_work, in_english, with_rooms
from hues.kit import clock

MOST_TOLD = 50
A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def reports() -> None:
    """Keep the reports of citizens."""


@reports.command("import")
@click.argument("file", type=A_FILE)
@click.option("--map", "plan", type=A_FILE, required=True, help="Which column is what, in TOML; see moving-in.md.")
@click.option(
    "--photos", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The folder with their pictures."
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
def import_reports(file: Path, plan: Path, photos: Path | None, dry_run: bool) -> None:
    """
    Take reports from a CSV, JSON or JSON lines FILE of another system, with their numbers, dates and photos.

    It may be run again: numbers that are here are left alone. Rows that can't be taken are told, the others are
    taken; the exit code is 1 if there were any.
    """
    chores = with_rooms("hues.config.chores.reports.taking")
    mapping, reading = (with_rooms(f"hues.config.chores.reports.{name}") for name in ("mapping", "reading"))
    try:
        progress = click.progressbar(length=_rows(file), label="  Reading", show_pos=False)
        with at_work(), in_english(), progress as bar:
            taken: Any = chores.take(file, plan, photos=photos, dry_run=dry_run, at=clock.now(), progress=bar.update)
    except (mapping.BadMap, reading.Unreadable) as wrong:
        raise click.ClickException(str(wrong)) from None
    _tell(taken, dry_run=dry_run)
    if taken.wrong:
        raise click.ClickException(f"{len(taken.wrong)} rows were not taken.")


def _rows(file: Path) -> int:
    return max(1, sum(1 for _ in with_rooms("hues.config.chores.reports.reading").rows(file)))


def _tell(taken: Any, *, dry_run: bool) -> None:
    _list(taken.wrong)
    _list(f"not in the map: {field} “{value}” ({times} times)" for (field, value), times in _often(taken.unmapped))
    _list(f"not used: “{column}” ({times} filled)" for column, times in _often(taken.unused))
    _list(f"by keywords: {code} ({times} times)" for code, times in _often(taken.guessed))
    _list(f"cut: {sentence}" for sentence in taken.cut)
    _list(f"{times} {sentence}" for sentence, times in _often(taken.counted))
    _list(f"contacts covered: {sentence}" for sentence in taken.covered)
    if taken.covered:
        click.echo(f"contacts covered in {len(taken.covered)} reports that are public at once", err=True)
    _list(f"differs from what is here: {number}" for number in taken.changed)
    counts = f"{taken.new} new, {taken.known} here already, {len(taken.changed)} of these differ"
    click.echo(("Would be: " if dry_run else "") + counts)


def _often[T](found: Mapping[T, int]) -> list[tuple[T, int]]:
    return sorted(found.items(), key=lambda one: -one[1])


def _list(sentences: Iterable[str]) -> None:
    every = list(sentences)
    for sentence in every[:MOST_TOLD]:
        click.echo(sentence, err=True)
    if len(every) > MOST_TOLD:
        click.echo(f"… and {len(every) - MOST_TOLD} more", err=True)
