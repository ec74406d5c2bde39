"""`hues jobs list|put-back`: what workers have given up."""

import click

from hues.config.cli.rooms import at_work, done
from hues.kit import clock


@click.group()
def jobs() -> None:
    """See the jobs that were given up, and put them back once the cause is mended."""


@jobs.command("list")
def list_failed() -> None:
    """List what was given up last."""
    with at_work():
        found = done("hues.kernel.journal.jobs", "failed_jobs")
    for job in found:
        click.echo(f"{job.id}  {job.task}  tried {job.attempts} times")
    if not found:
        click.echo("Nothing was given up.")


@jobs.command("put-back")
@click.argument("ids", nargs=-1, type=int)
@click.option("--all", "every", is_flag=True, help="All that was given up.")
def put_back(ids: tuple[int, ...], *, every: bool) -> None:
    """Let jobs run again, with all their tries; the journal keeps that."""
    if bool(ids) == every:
        raise click.UsageError("Name the jobs by their ids, or say --all.")
    with at_work():
        n = done("hues.kernel.journal.jobs", "put_back", ids=None if every else ids, by=None, at=clock.now())
    click.echo(f"{n} put back.")
