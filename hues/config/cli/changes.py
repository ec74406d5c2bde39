"""`hues agencies merge|split|dissolve|changes|call-off`: agencies end on a day, and others follow them."""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from hues.config.cli.facts import DRY_RUN, FILE, counted
from hues.config.cli.rooms import at_work, done, with_rooms
from hues.kit import clock

ON = click.option(
    "--on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day, from 00:00. Done now if today or past."
)
INTO = click.option("--into", required=True, help="Code of the agency that follows, at work or new.")
NAME_VI = click.option("--name-vi", default="", help="Its Vietnamese name, if it is new.")
NAME_EN = click.option("--name-en", default="", help="Its English name, if it is new.")


@click.command("merge")
@click.argument("codes", nargs=-1, required=True)
@INTO
@NAME_VI
@NAME_EN
@ON
@DRY_RUN
def merge(codes: tuple[str, ...], into: str, name_vi: str, name_en: str, on: datetime, dry_run: bool) -> None:
    """
    Merge the agencies of these CODES into one, which is there or begins on the day.

    Open cases go along with their clocks, people with their roles; old figures stay under the old names.
    """
    _plan("merge", codes, into, name_vi, name_en, on=on.date(), dry_run=dry_run)


@click.command("dissolve")
@click.argument("code")
@INTO
@NAME_VI
@NAME_EN
@ON
@DRY_RUN
def dissolve(code: str, into: str, name_vi: str, name_en: str, on: datetime, dry_run: bool) -> None:
    """Dissolve the agency of that CODE; another follows it."""
    _plan("merge", (code,), into, name_vi, name_en, on=on.date(), dry_run=dry_run)


@click.command("split")
@click.argument("code")
@FILE
@click.option("--by-routes", is_flag=True, help="Where the city's routes lead to one of the heirs, that one has it.")
@ON
@DRY_RUN
def split(code: str, file: Path, by_routes: bool, on: datetime, dry_run: bool) -> None:
    """
    Split the agency of that CODE among the heirs of a CSV FILE.

    Columns: heir (a code), wards and categories (codes with blanks between), name_vi and name_en for one that is new.
    The first row that fits a case has it; the last one names no ward and no category, and has the rest.
    """
    _plan("split", code, file, on=on.date(), by_routes=by_routes, dry_run=dry_run)


@click.command("changes")
def list_changes() -> None:
    """List what was merged, split and dissolved, and what is planned."""
    with at_work():
        for line in with_rooms("hues.config.chores.changing").told():
            click.echo(line)


@click.command("call-off")
@click.argument("change_id", type=click.UUID)
def call_off(change_id: UUID) -> None:
    """Call off a planned change, by the id that `hues agencies changes` shows."""
    with at_work():
        done("hues.kernel.agencies.actions.changing", "call_off", change_id=change_id, at=clock.now())
    click.echo("Called off; the agencies stay as they are.")


def changing(agencies: click.Group) -> None:
    """Add these commands to those of `hues agencies`."""
    for command in (merge, dissolve, split, list_changes, call_off):
        agencies.add_command(command)


def _plan(what: str, *given: Any, on: date, dry_run: bool, **more: Any) -> None:
    with at_work():
        chores = with_rooms("hues.config.chores.changing")
        outcome: Any = getattr(chores, what)(*given, on=on, dry_run=dry_run, at=clock.now(), **more)
    for sentence in outcome.wrong:
        click.echo(sentence, err=True)
    if outcome.wrong:
        raise click.ClickException(f"{counted(outcome.wrong)}; nothing was changed.")
    click.echo(outcome.said)
