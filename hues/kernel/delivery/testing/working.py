"""What a worker does, for tests of any room."""

from datetime import datetime

from hues.kernel.delivery import actions


def send_all(at: datetime) -> None:
    """Send until nothing is due."""
    while actions.send_owed(at=at):
        pass
