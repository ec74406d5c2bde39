"""Everything that can be done to a bulletin: one verb, one function, one transaction."""

from hues.engines.bulletins.actions.alone import issue_alone
from hues.engines.bulletins.actions.announcing import tell_of_notice, tell_of_withdrawal
from hues.engines.bulletins.actions.answering import answer, note_seen
from hues.engines.bulletins.actions.approving import approve, return_to_writer
from hues.engines.bulletins.actions.following import begin_anew, follow, set_apart
from hues.engines.bulletins.actions.issuing import expire, issue
from hues.engines.bulletins.actions.keeping import Moved
from hues.engines.bulletins.actions.keys import distrust_key, rotate_key
from hues.engines.bulletins.actions.looking import list_links, note_link, note_look
from hues.engines.bulletins.actions.notices import (
    discard_notice,
    draft_notice,
    renew_notice,
    retarget_notice,
    return_notice,
    rewrite_notice,
    submit_notice,
    update_notice,
)
from hues.engines.bulletins.actions.publishing import (
    approve_notice,
    expire_notice,
    publish_in_time,
    withdraw_notice,
)
from hues.engines.bulletins.actions.receiving import receive
from hues.engines.bulletins.actions.repeating import repeat
from hues.engines.bulletins.actions.telling import tell, tell_of_doubts, tell_of_silence, tell_watchers
from hues.engines.bulletins.actions.writing import cancel, discard, draft, renew, rewrite, start_update, submit

__all__ = [
    "begin_anew",
    "Moved",
    "answer",
    "approve",
    "approve_notice",
    "cancel",
    "discard",
    "discard_notice",
    "distrust_key",
    "draft",
    "draft_notice",
    "expire",
    "expire_notice",
    "follow",
    "issue",
    "issue_alone",
    "list_links",
    "note_link",
    "note_look",
    "note_seen",
    "publish_in_time",
    "receive",
    "renew",
    "repeat",
    "return_notice",
    "return_to_writer",
    "rewrite",
    "rewrite_notice",
    "rotate_key",
    "start_update",
    "set_apart",
    "submit",
    "submit_notice",
    "tell",
    "tell_of_doubts",
    "tell_of_notice",
    "tell_of_silence",
    "tell_of_withdrawal",
    "tell_watchers",
    "renew_notice",
    "retarget_notice",
    "update_notice",
    "withdraw_notice",
]
