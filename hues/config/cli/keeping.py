"""`hues migrate|demo|setup|check|backup|restore|worker`: what a city needs now and then."""

from pathlib import Path

import click

from hues.config.cli.rooms import at_work, with_rooms
from hues.kit import clock


@click.command()
@click.option("--dry-run", is_flag=True, help="Only list what would be done.")
def migrate(dry_run: bool) -> None:
    """Bring the tables to this version."""
    with at_work():
        loading = with_rooms("hues.config.loading")
        if dry_run:
            for name in loading.waiting():
                click.echo(name)
            return
        with loading.alone():
            loading.migrate()
    click.echo("The tables are up to date.")


@click.command()
@click.option("--reports", type=click.IntRange(0, 1_000_000), default=2000, show_default=True, help="How many reports.")
@click.option("--dry-run", is_flag=True, help="Only say how many reports would be added.")
def demo(reports: int, dry_run: bool) -> None:
    """Fill a demo city with people and reports; needs HUES_DEMO=1."""
    with at_work() as (env, _):
        if not env.demo:
            raise click.ClickException("This is not a demo city (HUES_DEMO=1 makes one): nothing is invented in it.")
        launch = with_rooms("hues.config.launch")
        if dry_run:
            click.echo(f"Would be: {with_rooms('hues.config.demo.loading').missing_reports(reports)} reports more")
            return
        launch.bring_up_to_date(reports=reports)


@click.command()
@click.option("--phone", prompt="Phone number of the first administrator", help="Who may sign in first.")
@click.option("--name", prompt="Their name", help="How they are called.")
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@click.option("--dry-run", is_flag=True, help="Only say what would be made.")
def setup(phone: str, name: str, language: str, dry_run: bool) -> None:
    """Make an empty city with its first administrator, who appoints everybody else."""
    with at_work() as (env, _):
        if env.demo:
            raise click.ClickException("HUES_DEMO is set: a demo city needs no setup, a real one must not have it.")
        founding = with_rooms("hues.config.chores.founding")
        refusal = with_rooms("hues.kernel.errors").Refusal
        try:
            if dry_run:
                plan = founding.plan(phone=phone)
                click.echo(
                    f"Would be: {plan.tables} changes of tables, {plan.agencies} agencies, and {name} to begin with"
                )
                return
            founded = founding.found_city(phone=phone, name=name, language=language, at=clock.now())
        except refusal as refused:
            raise click.ClickException(str(refused)) from None
    click.echo(f"{founded.city} has {founded.agencies} agencies. {name} signs in at {env.origin}/login/")


@click.command()
def check() -> None:
    """Say whether this installation can serve a city (exit code 1 if not)."""
    with at_work():
        faults = list(with_rooms("hues.config.chores.looking").faults())
    for sentence in faults:
        click.echo(sentence, err=True)
    if faults:
        raise click.ClickException(f"Not in order: {len(faults)}.")
    click.echo("Everything is in order.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be written.")
def backup(file: Path, dry_run: bool) -> None:
    """Write database and photos into one tar FILE, complete or not at all; the city may go on running."""
    keeping = with_rooms("hues.config.chores.keeping")
    with at_work() as (env, database):
        if dry_run:
            click.echo(f"Would be: the database and {env.storage_url or env.home / 'media'} in {file}")
            return
        try:
            size = keeping.back_up(env, database, file.absolute(), at=clock.now())
        except (keeping.CannotKeep, OSError) as failure:
            raise click.ClickException(str(failure)) from None
    click.echo(f"{file}: {size / 1_000_000:.1f} MB")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace what is in the database.")
@click.option("--dry-run", is_flag=True, help="Only look whether FILE is a backup and the database is empty.")
def restore(file: Path, force: bool, dry_run: bool) -> None:
    """Fill an empty database and the photos from a backup FILE."""
    keeping = with_rooms("hues.config.chores.keeping")
    with at_work() as (env, database):
        try:
            made_at = keeping.bring_back(env, database, file, force=force, dry_run=dry_run)
        except (keeping.CannotKeep, OSError) as failure:
            raise click.ClickException(str(failure)) from None
    click.echo(f"{'Would be: the' if dry_run else 'The'} city is as it was at {made_at}.")


@click.command()
def worker() -> None:
    """Do what the journal owes until Ctrl-C; start as many as you like, on any machine."""
    with at_work():
        with_rooms("hues.config.serving").work()
