"""Everything that can be done to a bulletin: one verb, one function, one transaction."""

from hues.engines.bulletins.actions.approving import approve, return_to_writer
from hues.engines.bulletins.actions.issuing import expire, issue
from hues.engines.bulletins.actions.keeping import Moved
from hues.engines.bulletins.actions.keys import rotate_key
from hues.engines.bulletins.actions.telling import tell
from hues.engines.bulletins.actions.writing import cancel, discard, draft, rewrite, start_update, submit

__all__ = [
    "Moved",
    "approve",
    "cancel",
    "discard",
    "draft",
    "expire",
    "issue",
    "return_to_writer",
    "rewrite",
    "rotate_key",
    "start_update",
    "submit",
    "tell",
]
