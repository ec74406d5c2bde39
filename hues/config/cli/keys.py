"""`hues keys issue|revoke|list`: let programs of others send requests."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import click

from hues.config.cli.rooms import at_work, done, with_rooms
from hues.kit import clock

ROOM = "hues.surfaces.open.actions"


@click.group()
def keys() -> None:
    """Keep the keys with which programs send Open311 requests."""


@keys.command("issue")
@click.option("--label", required=True, help="How the program is called.")
@click.option("--phone", required=True, help="Mobile number of whoever runs it.")
@click.option("--days", type=click.IntRange(1, 3650), help="End the key after so many days; without, it goes on.")
@click.option("--agency", default="", help="Code of the agency that runs it, if one does.")
def issue_key(label: str, phone: str, days: int | None, agency: str) -> None:
    """Issue a key; it is shown once and kept nowhere."""
    at = clock.now()
    with at_work():
        agency_id = _agency(agency) if agency else None
        until = at + timedelta(days=days) if days else None
        key = done(ROOM, "issue_key", label=label, phone=phone, agency_id=agency_id, until=until, at=at)
    click.echo(f"key: {key.secret}\nid:  {key.id}  (to revoke it)")


@keys.command("revoke")
@click.argument("key_id", type=click.UUID)
def revoke_key(key_id: UUID) -> None:
    """End the key of that id now; what came with it stays."""
    with at_work():
        done(ROOM, "revoke_key", key_id=key_id, at=clock.now())
    click.echo("The key opens nothing any more.")


@keys.command("list")
def list_keys() -> None:
    """List every key there was, without its secret."""
    with at_work():
        queries, city = with_rooms("hues.surfaces.open.queries"), with_rooms("hues.kernel.people.asker").CITY
        for key in queries.keys(city):
            until = f"{key.until:%Y-%m-%d %H:%M} UTC" if key.until else "goes on"
            click.echo(f"{key.id}  {key.created_at:%Y-%m-%d}  {until:20}  {key.label}")


def _agency(code: str) -> UUID:
    card: Any = with_rooms("hues.kernel.agencies.queries").agency_by_code(code)
    if card is None:
        raise click.ClickException(f"There is no agency {code!r}.")
    found: UUID = card.id
    return found
