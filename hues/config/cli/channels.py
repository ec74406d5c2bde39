"""`hues channels zalo`: let the city answer by a channel."""

import click

from hues.config.cli.rooms import at_work, done
from hues.kit import clock


@click.group()
def channels() -> None:
    """Keep the channels by which people write to the city."""


@channels.command("zalo")
@click.option(
    "--refresh-token", prompt=True, hide_input=True, help="As Zalo's console gives it out; asked for if left out."
)
def keep_zalo(refresh_token: str) -> None:
    """Let the city answer by its Zalo account (HUES_ZALO_URL); from here on the token is exchanged by itself."""
    with at_work():
        done("hues.kernel.delivery.actions", "keep_zalo_pass", refresh=refresh_token, at=clock.now())
    click.echo("Zalo has taken it. Answers go out by themselves.")
