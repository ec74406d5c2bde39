"""`hues hooks add|remove|list`: let systems of others be told of every broadcast."""

from uuid import UUID

import click

from hues.config.cli.rooms import at_work, done, with_rooms
from hues.kit import clock


@click.group()
def hooks() -> None:
    """Keep the systems that are told of every alert and notice by a signed webhook."""


@hooks.command("add")
@click.option("--label", required=True, help="How the system is called.")
@click.option("--url", required=True, help="The https address that takes the messages.")
def add_hook(label: str, url: str) -> None:
    """Have a system told; the secret that it verifies with is shown once."""
    with at_work():
        hook_id, secret = done("hues.kernel.delivery.actions", "add_hook", label=label, url=url, at=clock.now())
    click.echo(f"secret: {secret}\nid:     {hook_id}  (to remove it)")


@hooks.command("remove")
@click.argument("hook_id", type=click.UUID)
def remove_hook(hook_id: UUID) -> None:
    """Tell the system of that id nothing more."""
    with at_work():
        if not done("hues.kernel.delivery.actions", "remove_hook", hook_id=hook_id, at=clock.now()):
            raise click.ClickException(f"There is no hook {hook_id}.")
    click.echo("It is told nothing more.")


@hooks.command("list")
def list_hooks() -> None:
    """List the systems that are told, without their secrets."""
    with at_work():
        for hook in with_rooms("hues.kernel.delivery.queries").hooks():
            click.echo(f"{hook.id}  {hook.at:%Y-%m-%d}  {hook.label}  {hook.url}")
