"""`hues areas|agencies|people import`: take facts from files."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from hues.config.cli.rooms import at_work, done
from hues.kit import clock

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")


@click.group()
def areas() -> None:
    """Keep the wards and their boundaries."""


@click.group()
def agencies() -> None:
    """Keep the list of agencies."""


@click.group()
def people() -> None:
    """Keep the accounts of those who work for the city."""


@click.group()
def catalogue() -> None:
    """Keep the categories of reports, their questions and the rules of routing."""


@areas.command("import")
@FILE
@DRY_RUN
def import_areas(file: Path, dry_run: bool) -> None:
    """
    Take ward boundaries from a GeoJSON FILE.

    Features are joined on their ward code (property code, ward_code, ma_xa or id). All are taken, or none.
    """
    _take("take_areas", file, dry_run=dry_run, at=clock.now())


@agencies.command("import")
@FILE
@DRY_RUN
def import_agencies(file: Path, dry_run: bool) -> None:
    """
    Create and change agencies from a CSV FILE.

    Columns: code, name_vi, name_en, kind, parent_code, ward_code. All rows are taken, or none.
    """
    _take("take_agencies", file, dry_run=dry_run, at=clock.now())


@people.command("import")
@FILE
@DRY_RUN
def import_people(file: Path, dry_run: bool) -> None:
    """
    Open accounts and give roles from a CSV FILE.

    Columns: phone, name, role (case_worker, agency_head, operator …; empty for a citizen), agency (its code).
    All rows are taken, or none; nobody loses a role by it.
    """
    _take("take_people", file, dry_run=dry_run, at=clock.now())


@catalogue.command("import")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--classes", is_flag=True, help="Also take the classes of urgency, which the desk may have changed.")
@DRY_RUN
def import_catalogue(folder: Path | None, classes: bool, dry_run: bool) -> None:
    """
    Take categories.csv, questions.csv and routes.csv of FOLDER, or of the city's own, again.

    Says what differs, line by line. Categories that are left out are offered no more; rules are replaced. All is taken,
    or nothing.
    """
    with at_work():
        outcome: Any = done(
            "hues.config.chores.catalogue", "take", folder=folder, classes=classes, dry_run=dry_run, at=clock.now()
        )
    _say(outcome, folder.name if folder else "the city's folder", dry_run=dry_run)


def counted(wrong: Sequence[str]) -> str:
    """Say how many mistakes there are."""
    return f"{len(wrong)} mistake" + ("s" if len(wrong) > 1 else "")


def _take(what: str, file: Path, *, dry_run: bool, at: datetime) -> None:
    with at_work():
        outcome: Any = done("hues.config.chores.facts", what, file=file, dry_run=dry_run, at=at)
    _say(outcome, file.name, dry_run=dry_run)


def _say(outcome: Any, name: str, *, dry_run: bool) -> None:
    for sentence in outcome.wrong:
        click.echo(sentence, err=True)
    if outcome.wrong:
        raise click.ClickException(f"{counted(outcome.wrong)} in {name}; nothing was changed.")
    click.echo(("Would be: " if dry_run else "") + outcome.said)
