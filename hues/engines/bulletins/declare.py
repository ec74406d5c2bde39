"""What a function may ask of the bulletins engine, and the words for what the engine knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from hues.engines.bulletins.rules.notices import Kind, NoticeState, Verdict, Why
from hues.engines.bulletins.rules.states import MsgType, State
from hues.engines.bulletins.rules.warnings import Warn
from hues.kernel.people.asker import Role
from hues.kernel.registry import Declaration
from hues.kit.text import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertType(Declaration):
    """
    Alerts, run by a function; the city has one such function.

    `link` is the page of one alert and `machine_link` its signed message, with `{identifier}` in them. `show` is the
    dotted name of `fn(*, identifier, at)`, called in the transaction in which something public begins, changes or ends.
    """

    link: str
    machine_link: str
    show: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeType(Declaration):
    """
    Notices and corrections of rumours, run by a function; the city has one such function.

    `link` is the page of one notice, with `{number}` in it. `show` is the dotted name of `fn(*, at)`, called in the
    transaction in which something public begins, changes or ends.
    """

    link: str
    show: str


# Who writes notices, and who lets them pass: never the same person for one notice.
NOTICE_WRITERS: Final = (Role.ALERT_WRITER, Role.OPERATOR)
NOTICE_APPROVERS: Final = (Role.ALERT_APPROVER, Role.DUTY_LEADER)
# Who may see drafts and training; only writers write, only approvers approve.
READERS: Final = (
    Role.ALERT_WRITER,
    Role.ALERT_APPROVER,
    Role.OPERATOR,
    Role.DUTY_LEADER,
    Role.LEADER,
    Role.AUDITOR,
)
# Said wherever a message is shown that somebody else may have signed.
DOUBT: Final = _("Others may know the key that signed this message. Do not rely on it; ring the city's hotline.")
DOUBT_IN_SHORT: Final = _("its signature is not trusted: check first")
STATE_WORDS: Final[Mapping[State, Words]] = {
    State.DRAFT: _("Draft"),
    State.SUBMITTED: _("Waiting for approval"),
    State.APPROVED: _("Approved, not issued"),
    State.ISSUED: _("In force"),
    State.UPDATED: _("Replaced by an update"),
    State.CANCELLED: _("Cancelled"),
    State.EXPIRED: _("Expired"),
    State.DISCARDED: _("Discarded"),
}
TYPE_WORDS: Final[Mapping[MsgType, Words]] = {
    MsgType.ALERT: _("Alert"),
    MsgType.UPDATE: _("Update"),
    MsgType.CANCEL: _("Cancellation"),
}
RISK_WORDS: Final[Mapping[int, Words]] = {
    1: _("Level 1, light blue: low"),
    2: _("Level 2, light yellow: medium"),
    3: _("Level 3, orange: large"),
    4: _("Level 4, red: very large"),
    5: _("Level 5, purple: disaster"),
}
WARN_WORDS: Final[Mapping[Warn, Words]] = {
    Warn.NOBODY: _("Nobody with an account lives there: the app would reach no one."),
    Warn.MOST_OF_THE_CITY: _("More than half of the city would be warned."),
    Warn.NO_ACTION: _("The instruction has no verb that tells people what to do."),
    Warn.LONG_MESSAGE: _("Headline and instruction do not fit in two text messages."),
    Warn.ONE_LANGUAGE: _("Only one language says something new: what the others say may be what was true before."),
    Warn.FEW: _("Fewer than ten people say of themselves that they belong to whom it is for."),
    Warn.MOST_ARE_TOLD: _("More than half of the city would be told."),
    Warn.NO_DATE: _("The words do not say when: neither a day nor a time stands there."),
    Warn.LONG_TITLE: _("The title is longer than a locked phone shows (65 letters)."),
    Warn.CUT: _("A phone shows the first 240 letters of the words: does what matters stand there?"),
}
NOTICE_STATE_WORDS: Final[Mapping[NoticeState, Words]] = {
    NoticeState.DRAFT: _("Draft"),
    NoticeState.SUBMITTED: _("Waiting for approval"),
    NoticeState.SCHEDULED: _("Approved, goes out at its time"),
    NoticeState.ISSUED: _("Published"),
    NoticeState.REPLACED: _("Replaced by an update"),
    NoticeState.WITHDRAWN: _("Withdrawn"),
    NoticeState.EXPIRED: _("Expired"),
    NoticeState.DISCARDED: _("Discarded"),
}
KIND_WORDS: Final[Mapping[Kind, Words]] = {Kind.NOTICE: _("Notice"), Kind.CORRECTION: _("True or false")}
VERDICT_WORDS: Final[Mapping[Verdict, Words]] = {
    Verdict.TRUE: _("It is true"),
    Verdict.FALSE: _("It is false"),
    Verdict.MISLEADING: _("It is misleading"),
}
# On the page of what a rumour is about, where "It is false" would read as if that was meant.
RUMOUR_WORDS: Final[Mapping[Verdict, Words]] = {
    Verdict.TRUE: _("What is told about this is true"),
    Verdict.FALSE: _("A rumour about this is false"),
    Verdict.MISLEADING: _("A rumour about this is misleading"),
}
WHY_WORDS: Final[Mapping[Why, Words]] = {
    Why.OVER: _("It was over earlier than announced."),
    Why.OFF: _("What it announced does not take place."),
    Why.WRONG: _("It said something that was not right."),
}
AUDIENCE_WORDS: Final[Mapping[str, Words]] = {
    "everybody": _("Everybody"),
    "residents": _("Residents"),
    "parents": _("Parents and pupils"),
    "elders": _("Older people and who looks after them"),
    "business": _("Businesses"),
    "visitors": _("Visitors"),
}
# The same as people say it of themselves.
CIRCLE_WORDS: Final[Mapping[str, Words]] = {
    "parents": _("I am a parent or a pupil"),
    "elders": _("I am older, or look after somebody who is"),
    "business": _("I run a business or a shop"),
    "visitors": _("I am visiting"),
}
ANSWER_WORDS: Final[Mapping[str, Words]] = {
    "got": _("I have read it"),
    "safe": _("I am safe"),
    "help": _("I need help"),
}
OUTCOME_WORDS: Final[Mapping[str, Words]] = {
    "drafted": _("Became a draft"),
    "update-drafted": _("Became the draft of an update"),
    "unsure": _("Became a draft, not sure of what"),
    "marked": _("Noted at our alert"),
    "noted": _("Only noted"),
    "unread": _("Could not be read"),
}
REASON_WORDS: Final[Mapping[str, Words]] = {
    "not-actual": _("A test or an exercise of theirs."),
    "not-public": _("It is not meant for the public."),
    "no-warning": _("It warns of nothing."),
    "says-nothing": _("It says nothing in any language."),
    "over": _("Its time was over."),
    "elsewhere": _("It is for places outside of the city."),
    "reference": _("One of the messages that it refers to could not be read; the others were followed."),
    "unknown": _("It changes a message that we never made anything of."),
    "ended": _("What we made of the earlier message has ended already."),
    "large": _("It is too large."),
    "xml": _("It is not well-formed XML."),
    "doctype": _("It brings a document type, which no alert needs."),
    "no-cap": _("It is not a CAP message, nor an Atom or RSS feed."),
    "lacks": _("It lacks what every message has."),
    "instant": _("It holds an instant that cannot be read, or one without a time zone."),
    "signature": _("It is not signed with the certificate that the city knows of them."),
    "certificate": _(
        "The certificate that the city names for them cannot be read: whoever runs the system puts it right."
    ),
    "many": _("It holds more than twenty blocks: the first twenty were read, the others were not. Read the message."),
    "failed": _("It brought a fault of our own system to light: whoever runs it finds it in the log."),
    "no-answer": _("There was no answer."),
    "refused": _("Their server refused to answer."),
    "foreign-link": _("Their feed links to another server; such links are not followed."),
    "unread": _("Something they sent could not be read."),
}
FAULT_WORDS: Final[Mapping[str, Words]] = {
    "audience-unknown": _("Choose of the list whom it is for."),
    "topic-unknown": _("Choose a topic of the list."),
    "verdict-missing": _("Say whether what is being told is true, false or misleading."),
    "about-unknown": _("The city has published no alert and no notice with this code."),
    "notice-ends-early": _("The end must come after it is published, and in the future."),
    "notice-long": _("This is too long."),
    "title-missing": _("Write a title in this language."),
    "rumour-missing": _("Say in this language what was being told."),
    "body-missing": _("Write the text in this language."),
    "source-missing": _("Say in this language where the truth comes from."),
    "alt-missing": _("Say in this language what each picture shows, a line for each."),
    "papers-many": _("Five documents at most."),
    "pictures-many": _("Six pictures at most."),
    "event-unknown": _("Choose an event of the list."),
    "risk-unknown": _("Choose a level from 1 to 5."),
    "expires-past": _("The end must lie in the future."),
    "expires-before-onset": _("The end must come after the beginning."),
    "onset-far": _("What begins more than ten days from now is no alert yet; write a notice."),
    "expires-far": _("An alert is in force for ten days at most; issue an update instead."),
    "headline-missing": _("Write a headline in this language."),
    "headline-long": _("A headline has 160 characters at most."),
    "description-missing": _("Describe what happens in this language."),
    "description-long": _("This is too long; 4,000 characters at most."),
    "instruction-missing": _("Say in this language what people should do."),
    "instruction-long": _("This is too long; 4,000 characters at most."),
    "markup": _("Write plain words, without tags such as <b>."),
    "blank": _("Fill in what the template has left open: […]."),
    "area-missing": _("Choose at least one ward, or draw an area."),
    "ward-unknown": _("Choose wards of the list."),
    "shape-earth": _("A corner lies outside of the world: latitude goes to 90, longitude to 180 degrees."),
    "shape-line": _("Each line is an area: corners as latitude,longitude, or a centre and a radius in km."),
    "shape-hole": _("This area has a hole, and who is in it would be warned too. Draw it in parts without one."),
    "shape-no-area": _(
        "These are points or lines. Draw an area, or give each point a radius in km on a line of its own."
    ),
    "shape-geojson": _("This is not a GeoJSON polygon."),
    "shape-many": _("Ten areas at most."),
    "shape-small": _("An area needs at least three corners."),
    "shape-points": _("An area has 500 corners at most."),
    "shape-crossed": _("The line of this area crosses itself."),
    "shape-radius": _("A circle needs latitude, longitude and a radius of at most 200 km."),
    "shape-outside": _("This area lies outside of the city."),
}
