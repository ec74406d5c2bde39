"""Write down who took a list of cases out of the house."""

from datetime import datetime

from django.db import transaction

from hues.engines.cases.events import ListTaken
from hues.kernel.errors import NotAllowed
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import Asker


@transaction.atomic
def note_export(*, desk: str, tab: str, by: Asker, at: datetime) -> None:
    """
    Note that somebody takes what stands in a tab of a desk as a file.

    :raises NotAllowed: if nobody is signed in
    """
    if by.person_id is None:
        raise NotAllowed
    journal.record(ListTaken(at=at, by=by.person_id, desk=desk, tab=tab))
