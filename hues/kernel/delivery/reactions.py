"""What follows when somebody moves: who is warned changes from that instant on."""

from hues.kernel.delivery import actions
from hues.kernel.journal.actions import reacts_to
from hues.kernel.people.events import HomeWardSet


@reacts_to(HomeWardSet)
def note_home(event: HomeWardSet) -> None:
    """Note since when the person lives there."""
    if event.subject is not None:
        actions.live_in(person_id=event.subject, ward=event.ward, at=event.at)
