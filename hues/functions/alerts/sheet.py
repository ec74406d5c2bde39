"""An alert as its pages show it, in the reader's language."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.dates import MONTHS
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hues.engines.bulletins import queries
from hues.engines.bulletins.declare import DOUBT, RISK_WORDS, RUMOUR_WORDS, STATE_WORDS, TYPE_WORDS
from hues.engines.bulletins.queries import AlertCard, alert_settings
from hues.engines.bulletins.rules.content import Text
from hues.engines.bulletins.rules.notices import Verdict
from hues.engines.bulletins.rules.states import MsgType, State
from hues.functions.alerts.drawing import picture
from hues.kernel.areas import queries as areas
from hues.kit.text import Words, pick
from hues.surfaces.shell import addresses
from hues.surfaces.shell.telling import local

LONGEST_PACK = 300
NAMED = 3  # places named in one line
SENTENCE_ENDS = re.compile(r"(?<=[^A-ZĐ.][.!?…])\s+|\s*\n\s*")  # "TP. Huế" is one
TONES = {State.ISSUED: "wait", State.CANCELLED: "good"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """Everything that a page about an alert says."""

    card: AlertCard
    text: Text
    risk_words: Words
    state_words: Words
    type_words: Words
    tone: str
    event: str
    sender: str
    places: tuple[str, ...]
    everywhere: bool
    valid: bool
    over: bool


def sheet(card: AlertCard, at: datetime) -> Sheet:
    """Return an alert in the reader's language."""
    language = addresses.language()
    is_over, valid = card.msg_type is MsgType.CANCEL, card.valid(at)
    state = State.EXPIRED if card.state is State.ISSUED and not valid else card.state
    return Sheet(
        card=card,
        text=words_in(card.texts, language),
        risk_words=RISK_WORDS[card.risk],
        state_words=TYPE_WORDS[MsgType.CANCEL] if is_over else STATE_WORDS[state],
        type_words=TYPE_WORDS[card.msg_type],
        tone="good" if is_over else TONES.get(state, "calm"),
        event=pick(card.event.name, language),
        sender=pick(alert_settings().sender_name, language),
        places=queries.places_of(card.wards, card.shapes, language),
        everywhere=len(card.wards) == len(areas.wards()),
        valid=valid,
        over=is_over,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Passed:
    """What neighbours pass on about an alert, and the message whose proof the link opens; nothing if it is doubted."""

    headline: str
    words: str
    identifier: str
    doubted: bool = False


def passed_on(of: Sheet, at: datetime) -> Passed:
    """
    Return what to pass on: the words of what holds; of what is over only that, and what the city says now.

    Of a message that is doubted only that is said.
    """
    last = of if of.valid or (of.over and not of.card.next) else sheet(last_word(of.card), at)
    proven = last.card if last.valid or last.over else of.card
    if proven.doubted:
        headline = _("Not certain: %(headline)s") % {"headline": of.text.headline}
        return Passed(headline=headline, words=str(DOUBT), identifier=proven.identifier, doubted=True)
    if last.over or last is of:
        return Passed(headline=last.text.headline, words=last.text.instruction, identifier=last.card.identifier)
    return Passed(
        headline=_("No longer in force: %(headline)s") % {"headline": of.text.headline},
        words=_("The city says now: %(headline)s") % {"headline": last.text.headline} if last.valid else "",
        identifier=proven.identifier,
    )


def last_word(card: AlertCard) -> AlertCard:
    """Return the newest message of the story that this one belongs to."""
    while card.next:
        card = queries.alert(card.next)
    return card


def where(of: Sheet) -> str:
    """Return what an alert concerns in one line, so that readers see whether it is about them."""
    if of.everywhere or not of.places:
        return _("The whole city") if of.everywhere else _("the area drawn on the map")
    names, more = ", ".join(of.places[:NAMED]), len(of.places) - NAMED
    if more <= 0:
        return names
    return ngettext("%(names)s and %(n)s more place", "%(names)s and %(n)s more places", more) % {
        "names": names,
        "n": more,
    }


def pack(said: Passed, address: str) -> str:
    """Return what a neighbour passes on: headline, what to do, and the link that proves it, within 300 characters."""
    room = LONGEST_PACK - len(address) - len(said.headline) - len("\n\n… ")
    words = " ".join(said.words.split())
    if len(words) > room:
        words = f"{words[:room].rsplit(' ', 1)[0]}…" if room > 0 else ""
    return "\n".join(part for part in (said.headline, words, address) if part)


def aloud(of: Sheet) -> str:
    """Return what the ward's loudspeakers read, a sentence a line: who, what, where, what to do, until when."""
    places = _("The whole city") if of.everywhere else ", ".join(of.places) or _("the area drawn on the map")
    headline = of.text.headline.rstrip(".")
    sentences = (
        _("This is %(sender)s.") % {"sender": of.sender},
        f"{of.event}.",
        f"{of.risk_words}.",
        f"{headline}.",
        _("It concerns: %(places)s.") % {"places": places},
        *SENTENCE_ENDS.split(of.text.instruction.strip()),
        _("This holds until %(until)s.") % {"until": _spoken(of.card.expires_at)},
        _("We repeat: %(headline)s.") % {"headline": headline},
        _("In danger, ring 112."),
    )
    return "\n\n".join(sentence for sentence in sentences if sentence)


def _spoken(at: datetime) -> str:
    """Return an instant as one says it, on the city's clock."""
    here = local(at)
    time = _("%(hour)s:%(minute)s") if here.minute else _("%(hour)s o'clock")
    month = str(here.month) if addresses.language() == "vi" else MONTHS[here.month]
    return _("%(time)s on %(day)s %(month)s") % {
        "time": time % {"hour": here.hour, "minute": f"{here.minute:02}"},
        "day": here.day,
        "month": month,
    }


def words_in(texts: Mapping[str, Text], language: str) -> Text:
    """Return the reader's language, else the first there is."""
    return next((text for code, text in texts.items() if code[:2] == language), next(iter(texts.values()), Text()))


def ward_names(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the names of wards in the reader's language, in the order of the alphabet."""
    language = addresses.language()
    known = (areas.ward(code) for code in codes)
    return tuple(sorted(pick(ward.name, language) for ward in known if ward))


def area_picture(card: AlertCard) -> SafeString:
    """Return the map of an alert, with its words for those who do not see it."""
    names = ", ".join(queries.places_of(card.wards, card.shapes, addresses.language()))
    words = _("Map of the warned area: %(wards)s") % {"wards": names or _("an area drawn on the map")}
    return picture(card.wards, card.shapes, card.risk, words)


def set_right(identifier: str, at: datetime) -> list[dict[str, Words]]:
    """Return what the city has set right of what is being told about an alert: the rumour, its verdict, the page."""
    notices = queries.notice_type()
    link = notices.link if notices else ""
    return [
        {
            "href": addresses.to(link.format(number=card.number)),
            "title": pick(rumours, addresses.language()) or pick(card.title, addresses.language()),
            "verdict": RUMOUR_WORDS[Verdict(card.content.verdict)],
        }
        for card in queries.corrections_about(identifier, at=at)
        if card.content.verdict
        for rumours in [{code: text.rumour for code, text in card.content.texts.items()}]
    ]


def way_to_answer() -> str:
    """Return where a rumour is answered, "" where the city runs no notices."""
    return addresses.if_there("notices_desk:new")


def way_to_rescue() -> str:
    """Return the city's own call for rescue, or the number to ring where it runs none."""
    return addresses.if_there("storm_flood:sos") or "tel:112"
