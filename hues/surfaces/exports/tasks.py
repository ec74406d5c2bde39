"""What the workers do: write the lists that were asked for."""

from uuid import UUID

from procrastinate.contrib.django import app as queue

from hues.kit import clock
from hues.surfaces.exports import actions


@queue.task(name=actions.WRITE, queue="exports", lock=actions.WRITE, pass_context=False)
def write(file_id: str) -> None:
    """Write one file."""
    actions.write(UUID(file_id), clock.now())
