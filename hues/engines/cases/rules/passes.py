"""Links that open one case for an agency that never signs in."""

from datetime import timedelta
from enum import StrEnum

from hues.engines.cases.rules.workflow import Verb

LASTS = timedelta(days=14)
# Whoever has an old link may ask for a new one, which goes to the agency; no oftener than this.
AGAIN_AFTER = timedelta(minutes=10)
# With one of these the case has left the agency, or was passed on afresh: links from before stay closed for good.
ENDS = frozenset({Verb.ACCEPT, Verb.GIVE_BACK, Verb.ANSWER, Verb.SPLIT, Verb.JOIN, Verb.CALL_OFF})
# With one of these its holder is done: the link shows what was sent, and opens the case no more.
DONE_BY_LINK = frozenset({Verb.ANSWER, Verb.GIVE_BACK, Verb.KEEP_PROMISE})


class Standing(StrEnum):
    """How a link stands: it opens its case, a new one is needed, or the case is not with the agency any more."""

    OPEN = "open"
    EXPIRED = "expired"
    OVER = "over"
