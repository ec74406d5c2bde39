"""
What a stranger's session keeps, changed by one request after the other.

Django reads a session as a whole and writes it back as a whole at the end of the request: of two requests at once, the
last one to end would undo what the other has kept. `change` reads and writes at once, while nobody else may.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.db import transaction

from hues.kernel.turns import take_turn
from hues.surfaces.shell.access import AskedRequest


def change(request: AskedRequest, name: str, changed: Callable[[Any], Any]) -> Any:
    """Replace what a session keeps under a name by what `changed` makes of it (None: nothing yet), and return that."""
    key = request.session.session_key
    if key is None:
        value = request.session[name] = changed(request.session.get(name))
        return value
    was_modified = request.session.modified
    with transaction.atomic():
        take_turn(f"session:{key}")
        stored = type(request.session)(key)
        value = stored[name] = changed(stored.get(name))
        try:
            stored.save()
        except UpdateError:
            was_modified = True  # it ended meanwhile: as Django does with any other change
    request.session[name] = value
    request.session.modified = was_modified
    return value
