"""What the desk's pages show."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from hues.engines.bulletins import queries
from hues.engines.bulletins.declare import FAULT_WORDS, NOTICE_WRITERS, RISK_WORDS, STATE_WORDS, TYPE_WORDS, WARN_WORDS
from hues.engines.bulletins.queries import DeskBulletin, DeskRow, Doubted
from hues.engines.bulletins.rules import content as rules
from hues.engines.bulletins.rules import shapes
from hues.engines.bulletins.rules.content import Content, Fault, Text
from hues.engines.bulletins.rules.states import MsgType, State
from hues.engines.bulletins.rules.warnings import segments, short
from hues.functions.alerts.drawing import picture
from hues.functions.alerts.loud import sirens_of
from hues.functions.alerts.sheet import ward_names, way_to_answer, words_in
from hues.kernel.delivery import sms
from hues.kernel.delivery.channels import Message, Urgency
from hues.kernel.delivery.channels import Words as Told
from hues.kernel.people.asker import Asker, Role
from hues.kit.differences import marked
from hues.kit.text import Words, pick
from hues.surfaces.desks.wards import LANGUAGE_NAMES
from hues.surfaces.shell import addresses
from hues.surfaces.shell.telling import instant_words

TONES = {
    State.DRAFT: "",
    State.SUBMITTED: "wait",
    State.APPROVED: "wait",
    State.ISSUED: "good",
    State.DISCARDED: "",
}
WARNING = frozenset({State.DRAFT, State.SUBMITTED, State.APPROVED, State.ISSUED})


def line(row: DeskRow) -> dict[str, Any]:
    """Return one line of the list."""
    language = addresses.language()
    return {
        "row": row,
        "headline": pick(row.headline, language) or _("No headline yet"),
        "event": pick(row.event.name, language),
        "state": _standing(row.state, row.msg_type),
        "tone": _tone(row.state, row.msg_type),
        "type": TYPE_WORDS[row.msg_type],
    }


def _standing(state: State, msg_type: MsgType) -> Words:
    """Return where it stands: a cancellation that went out ended something, nothing of it is in force."""
    return _("Cancellation issued") if _has_ended(state, msg_type) else STATE_WORDS[state]


def _tone(state: State, msg_type: MsgType) -> str:
    return "" if _has_ended(state, msg_type) else TONES.get(state, "calm")


def _has_ended(state: State, msg_type: MsgType) -> bool:
    return state is State.ISSUED and msg_type is MsgType.CANCEL


def _warns(found: DeskBulletin) -> bool:
    """Test if it warns, or is about to: what ends a warning, or is over, wears the colour of no level."""
    return found.msg_type is not MsgType.CANCEL and found.state in WARNING


def doubts(asker: Asker, at: datetime) -> dict[str, Any]:
    """Return what somebody else may have signed and is still in force, and what the reader can do about it."""
    return {
        "doubted": queries.doubted(at),
        "doubted_notices": queries.doubted_notices(at),
        "may_write": asker.may(Role.ALERT_WRITER),
        "notice": way_to_answer() if asker.may(*NOTICE_WRITERS) else "",
    }


def _may_alone(found: DeskBulletin) -> bool:
    waits = found.wrote and found.state is State.SUBMITTED
    return waits and queries.alert_settings().one_person and not found.content.training


def _doubts_of(found: DeskBulletin, at: datetime) -> list[Doubted]:
    return [one for one in queries.doubted(at) if one.id == found.id]


def page(found: DeskBulletin, asker: Asker, at: datetime) -> dict[str, Any]:
    """Return everything about one bulletin."""
    language, content, doubted = addresses.language(), found.content, _doubts_of(found, at)
    writes, approves = asker.may(Role.ALERT_WRITER), asker.may(Role.ALERT_APPROVER)
    in_force = found.state is State.ISSUED and found.msg_type is not MsgType.CANCEL
    return {
        "bulletin": found,
        "content": content,
        "headline": words_in(content.texts, language).headline or _("No headline yet"),
        "texts": list(_texts(content)),
        "feed": words_in(content.texts, "vi"),
        "phones": [(code, text, _as_text(code, text, at)) for code, text in content.texts.items()],
        "event": pick(found.event.name, language),
        "state": _standing(found.state, found.msg_type),
        "tone": _tone(found.state, found.msg_type),
        "type": TYPE_WORDS[found.msg_type],
        "risk": RISK_WORDS[content.risk],
        "warns": _warns(found),
        "wards": ward_names(found.reach.wards),
        "sirens": sirens_of(found),
        "warnings": [WARN_WORDS[warn] for warn in found.warnings],
        "lacks": _lacks(found, at),
        "changes": list(_changes(found)),
        "picture": picture(content.wards, content.shapes, content.risk, _("Map of the warned area")),
        "may_edit": writes and found.state is State.DRAFT,
        "may_discard": writes and found.state in (State.DRAFT, State.SUBMITTED, State.APPROVED),
        "may_approve": approves and found.state is State.SUBMITTED and not found.wrote,
        "own_work": approves and found.state is State.SUBMITTED and found.wrote,
        "may_alone": _may_alone(found),
        "may_return": approves and found.state in (State.SUBMITTED, State.APPROVED),
        "may_issue": approves and found.state is State.APPROVED,
        "may_follow": writes and in_force,
        "doubted": doubted,
        "may_write": writes,
        "answer": way_to_answer() if asker.may(*NOTICE_WRITERS) else "",
        "may_repeat": approves and in_force and not content.training and content.expires_at > at and not doubted,
    }


def _as_text(code: str, text: Text, at: datetime) -> str:
    """Return the text message as the gateway would be given it."""
    title, body = {code[:2]: text.headline}, {code[:2]: text.instruction or text.description}
    words = Told(key="", topic="", urgency=Urgency.EXTREME, title=title, body=body, link="", at=at)
    return sms.body(Message(ref="", address="", language=code[:2], words=words))


def _texts(content: Content) -> Iterator[tuple[str, Words, Text, int]]:
    """Yield each language with its name, its words, and how many text messages they are."""
    for code, text in content.texts.items():
        yield code, LANGUAGE_NAMES.get(code[:2], code), text, segments(short(text))


def _lacks(found: DeskBulletin, at: datetime) -> list[str]:
    if found.state not in (State.DRAFT, State.SUBMITTED, State.APPROVED):
        return []
    faults = rules.faults(found.content, queries.known(), at=at)
    return list(dict.fromkeys(_told(fault) for fault in faults))


def _told(fault: Fault) -> str:
    """Return what is wrong, and in which language if it is the words."""
    _part, _gap, code = fault.field.partition("_")
    words = str(FAULT_WORDS[fault.code])
    return f"{LANGUAGE_NAMES.get(code[:2], code)}: {words}" if code in queries.alert_settings().languages else words


def _changes(found: DeskBulletin) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield what differs from the message before, in every language, with what changed marked."""
    if found.before is None:
        return
    then, now = _facts(found.before), _facts(found.content)
    for what in dict.fromkeys([*then, *now]):
        if then.get(what, "") != now.get(what, ""):
            yield what, marked(then.get(what, ""), now.get(what, ""))
    if found.before.shapes != found.content.shapes and _drawn(found.before) == _drawn(found.content):
        yield _("Areas drawn"), [("out", _drawn(found.before)), ("in", _("the same in size, with another outline"))]


def _drawn(content: Content) -> str:
    """Return how many areas were drawn, how large they are together, and what they touch."""
    if not content.shapes:
        return "–"
    touched = queries.parts_of(content.shapes, content.wards, addresses.language())
    size = f"{shapes.km2(content.shapes):.2f} km²"
    return " · ".join(filter(None, (str(len(content.shapes)), size, ", ".join(touched))))


def _facts(content: Content) -> dict[str, str]:
    event = queries.event(content.event)
    facts = {
        _("What happens"): pick(event.name, addresses.language()),
        _("Risk level"): str(content.risk),
        _("Begins"): instant_words(content.onset_at) if content.onset_at else "–",
        _("Ends"): instant_words(content.expires_at),
        _("Wards and communes"): ", ".join(ward_names(content.wards)) or "–",
        _("Areas drawn"): _drawn(content),
    }
    for code, text in content.texts.items():
        facts |= {
            f"{what} ({code[:2]})": words
            for what, words in (
                (_("Headline"), text.headline),
                (_("Description"), text.description),
                (_("What people should do"), text.instruction),
            )
        }
    return facts
