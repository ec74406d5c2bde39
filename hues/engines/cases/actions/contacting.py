"""What lets everybody reach somebody is published only where the operations centre says that it may stand."""

from collections.abc import Collection, Iterable
from datetime import datetime

from hues.engines.cases.actions import wording
from hues.engines.cases.actions.moving import Moved
from hues.engines.cases.events import ContactsLetStand
from hues.engines.cases.queries import offered
from hues.engines.cases.rules.breach import Breach
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import Asker


def let_stand(moved: Moved, texts: Iterable[str], *, agreed: Collection[str], by: Asker, at: datetime) -> None:
    """
    Look for contacts in words that everybody is about to read; that somebody let them stand is written down.

    :raises Invalid: if there is one that nobody `agreed` to
    """
    found = offered.contacts_in(*texts)
    if not found:
        return
    if not set(found).issubset(agreed):
        raise wording.invalid([Breach("agreed", "contacts-stand")])
    journal.record(ContactsLetStand(at=at, by=by.person_id, subject=moved.id, number=moved.number, contacts=len(found)))
