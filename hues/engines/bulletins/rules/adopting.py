"""What a message of somebody else becomes here: the content of a draft, or nothing of ours, and why."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from hues.engines.bulletins.rules import shapes
from hues.engines.bulletins.rules.content import Content, Known
from hues.engines.bulletins.rules.incoming import Received, Told
from hues.engines.bulletins.rules.states import MsgType
from hues.kit.text import fold

# Where a message names no end, a writer chooses one; until then this.
OPEN_END: Final = timedelta(hours=24)
TRAINING: Final = "Exercise"
MOVED_AWAY: Final = frozenset({"over", "elsewhere"})  # what we made of the message before may have to end


def why_not(said: Received, known: Known, *, at: datetime) -> str:
    """Return why a message is only noted down; "" for one that concerns this city now."""
    if said.status not in ("Actual", TRAINING):
        return "not-actual"
    if said.scope != "Public":
        return "not-public"
    if said.msg_type not in MsgType:
        return "no-warning"
    if said.msg_type == MsgType.CANCEL:
        return ""
    if not said.told:
        return "says-nothing"
    if _end(said, at).replace(microsecond=0) <= at:
        return "over"
    here = not said.shapes or any(shapes.within([one], known.bounds) for one in said.shapes)
    return "" if here or set(said.codes) & set(known.wards) else "elsewhere"


def content_of(said: Received, known: Known, words: Mapping[str, Collection[str]], *, at: datetime) -> Content:
    """Return a message as a draft; `words` are what each of our events may be called."""
    first = said.told[0]
    texts = {}
    for told in reversed(said.told):
        language = next((code for code in known.languages if code[:2] == told.language[:2].lower()), told.language)
        texts[language] = told.text
    return Content(
        event=event_of(said.told, words),
        risk=max(told.risk for told in said.told),
        texts=texts,
        wards=tuple(sorted(set(said.codes) & set(known.wards))),
        shapes=tuple(one for one in said.shapes if shapes.within([one], known.bounds)),
        onset_at=first.onset_at,
        expires_at=_end(said, at),
        training=said.status == TRAINING,
    )


def _end(said: Received, at: datetime) -> datetime:
    ends = [told.expires_at for told in said.told if told.expires_at]
    return max(ends) if ends else at + OPEN_END


def event_of(told: tuple[Told, ...], words: Mapping[str, Collection[str]]) -> str:
    """Return the event whose longest name stands in what the message calls it, "" if none does."""
    called = [f" {' '.join(fold(one.event).replace(',', ' ').split())} " for one in told]
    found = [
        (len(name), event)
        for event, names in words.items()
        for name in map(fold, names)
        if any(f" {name} " in one for one in called)
    ]
    return max(found)[1] if found else ""
