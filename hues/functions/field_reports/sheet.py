"""One report as its page shows it: photos in pairs, the timeline in words, the clock as a chip."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from hues.engines.cases import queries
from hues.engines.cases.declare import BROUGHT, STATE_WORDS, words_of
from hues.engines.cases.queries import MyCase, OutcomeCard, PhotoRef, PublicCase, TimelineStep
from hues.engines.cases.rules.workflow import ANSWERING, ENDED, OF_AGENCY, Side, State, Verb
from hues.kernel.areas import queries as areas
from hues.kernel.clocks.queries import calendar
from hues.kernel.errors import NotFound
from hues.kernel.media import queries as media
from hues.kit.text import Bilingual, Words, pick
from hues.surfaces.citizen.cards import CLOCKS, TONES
from hues.surfaces.shell import addresses, telling

ICONS: dict[Verb, str] = {
    Verb.OPEN: "send",
    Verb.ACCEPT: "building-community",
    Verb.REFUSE: "circle-x",
    Verb.GIVE_BACK: "arrow-back-up",
    Verb.TAKE: "player-play",
    Verb.ASK: "help-circle",
    Verb.REPLY: "message-circle",
    Verb.ADD: "message-circle",
    Verb.RESUME: "player-play",
    Verb.DECIDE_EXTENSION: "calendar-due",
    Verb.ANSWER: "message-check",
    Verb.PUBLISH: "eye",
    Verb.RATE: "star",
    Verb.REOPEN: "repeat",
    Verb.CLOSE: "circle-check",
    Verb.KEEP_PROMISE: "shield-check",
    Verb.SPLIT: "arrows-split",
    Verb.GATHER: "message-check",
    Verb.EDIT: "message-check",
    Verb.JOIN: "arrows-join",
    Verb.SUCCEED: "building-community",
    Verb.SEAL: "lock",
    Verb.LIFT: "repeat",
}


type Shown = media.PhotoCard | media.ClipCard


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A photo or recording of the report as shell/_photos.html draws it."""

    src: str
    href: str
    alt: str
    is_clip: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """A step as shell/_timeline.html draws it."""

    title: Words
    at: datetime | None
    words: str
    who: Words
    icon: str
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """
    What stands beside a report's own facts on its page.

    `days` are those from the report to its answer by the calendar, `working_days` those of them that the city worked.
    """

    state: Words
    tone: str
    clock: str
    due_at: datetime | None
    ward: Bilingual
    before: tuple[Picture, ...]
    after: tuple[Picture, ...]
    outcome: OutcomeCard | None
    answers: tuple[tuple[Bilingual, str], ...]
    happenings: tuple[Happening, ...]
    days: int = 0
    working_days: int | None = None
    checked: Words = ""

    @property
    def pair(self) -> tuple[Picture, Picture] | None:
        """Return the first photo and the first proof, to stand side by side."""
        first = [picture for picture in self.before if not picture.is_clip]
        proof = [picture for picture in self.after if not picture.is_clip]
        return (first[0], proof[0]) if first and proof else None

    @property
    def lone(self) -> Picture | None:
        """Return the only photo there is, to be shown large."""
        return self.rest[0] if len(self.rest) == 1 and not self.pair and not self.rest[0].is_clip else None

    @property
    def rest(self) -> tuple[Picture, ...]:
        """Return the photos that don't stand in the pair."""
        return tuple(p for p in (*self.before, *self.after) if not self.pair or p not in self.pair)


def sheet_of(case: MyCase | PublicCase, at: datetime) -> Sheet:
    """Return what the page of a report shows; words for its reporter say "you"."""
    clock, public = case.clock, isinstance(case, PublicCase)
    ward = areas.ward(case.ward_code) if case.ward_code else None
    ended = case.state in ENDED | {State.PUBLISHED}
    shown = [(role, card) for role, card in _media(case.photos) if card.is_public or not public]
    return Sheet(
        state=_state(case),
        tone=TONES[case.state],
        clock=CLOCKS.get(clock.standing, ""),
        due_at=clock.due_now,
        ward=ward.name if ward else {},
        before=tuple(_picture(card, _("Photo from the report"), at) for role, card in shown if role != "proof"),
        after=tuple(_picture(card, _("Photo of what was done"), at) for role, card in shown if role == "proof"),
        outcome=next((card for card in queries.outcomes() if card.code == case.outcome), None),
        answers=answers_in_words(case.category, case.answers),
        happenings=(*_happenings(case, mine=not public, over=ended), *_awaited(case)),
        days=(telling.local(clock.answered_at).date() - telling.local(clock.opened_at).date()).days
        if clock.answered_at
        else 0,
        working_days=calendar().working_days(clock.opened_at, clock.answered_at) if clock.answered_at else None,
        checked=_checked(case),
    )


def _checked(case: MyCase | PublicCase) -> Words:
    """Return who checked the answer before it was published; one from an earlier system nobody has."""
    last = next((step.side for step in reversed(case.timeline) if step.verb == Verb.PUBLISH), Side.IOC)
    return BROUGHT if last == Side.CITY else _("checked and published by the operations centre")


def _state(case: MyCase | PublicCase) -> Words:
    if isinstance(case, MyCase) and case.is_apart:
        return _("Settled apart")
    return (
        _("Waiting for your reply")
        if case.state == State.WAITING and isinstance(case, MyCase)
        else STATE_WORDS[case.state]
    )


def _awaited(case: MyCase | PublicCase) -> Iterator[Happening]:
    """Yield what a report that was split among agencies still waits for."""
    if isinstance(case, MyCase) and case.waits_for:
        waits = _("Waits for %(n)s of %(all)s agencies") % {"n": case.waits_for, "all": case.parts}
        yield Happening(title=waits, at=None, words=_("You get one answer."), who="", icon="hourglass", state="next")


def answers_in_words(category: str, answers: dict[str, Any]) -> tuple[tuple[Bilingual, str], ...]:
    """Return the category's questions that were answered, with the words of the answer."""
    card, language = queries.category(category), addresses.language()
    asked = card.questions if card else ()
    return tuple((q.title, q.in_words(answers[q.key], language)) for q in asked if answers.get(q.key))


def _media(refs: Sequence[PhotoRef]) -> Iterator[tuple[str, Shown]]:
    photos = media.photos(ref.photo_id for ref in refs)
    for ref in refs:
        if card := photos.get(ref.photo_id) or _clip(ref):
            yield ref.role, card


def _picture(card: Shown, alt: str, at: datetime) -> Picture:
    if isinstance(card, media.ClipCard):
        address = media.link_to(card, "clip", at)
        return Picture(src=address, href=address, alt=alt, is_clip=True)
    return Picture(src=media.link_to(card, "thumb", at), href=media.link_to(card, "full", at), alt=alt)


def _clip(ref: PhotoRef) -> media.ClipCard | None:
    try:
        return media.clip(ref.photo_id)
    except NotFound:
        return None


def _happenings(case: MyCase | PublicCase, *, mine: bool, over: bool) -> tuple[Happening, ...]:
    last = len(case.timeline) - 1
    before = _before_seal(case.timeline)
    return tuple(
        Happening(
            title=_("An earlier answer") if n in before else _title(step, mine=mine, apart=_is_apart(case, step)),
            at=step.at,
            # What stands as the answer has a letter of its own on the page.
            words=step.text if n in before else "" if _is_letter(case, step) or _is_apart(case, step) else _words(step),
            who=_who(step),
            icon=ICONS.get(step.verb, "check"),
            state="now" if n == last and not over else "done",
        )
        for n, step in enumerate(case.timeline)
    )


def _before_seal(steps: Sequence[TimelineStep]) -> frozenset[int]:
    """Return the places of answers that a seal has ended: they are no answer any more, and stay in the history."""
    sealed = max((n for n, step in enumerate(steps) if step.verb == Verb.SEAL), default=0)
    return frozenset(n for n, step in enumerate(steps) if n < sealed and step.verb in ANSWERING)


def _is_apart(case: MyCase | PublicCase, step: TimelineStep) -> bool:
    """Test if a step joined the report with one that is sealed since: it says no more than that."""
    return isinstance(case, MyCase) and case.is_apart and step.verb == Verb.REFUSE


def _is_letter(case: MyCase | PublicCase, step: TimelineStep) -> bool:
    return step.verb == Verb.SEAL and case.state == State.SEALED and step.text == case.answer


def _who(step: TimelineStep) -> Words:
    """Return who did it: an agency by its name, the centre as such; the reporter is never named."""
    agency = pick(step.agency, addresses.language()) if step.agency else ""
    if step.side in OF_AGENCY:
        return agency
    if step.verb == Verb.SUCCEED:
        return agency
    if step.side != Side.IOC:
        return ""
    return (
        f"{_('Operations centre')} → {agency}"
        if step.verb in (Verb.ACCEPT, Verb.JOIN) and agency
        else _("Operations centre")
    )


def _title(step: TimelineStep, *, mine: bool, apart: bool) -> Words:
    if apart:
        return _("Joined with an earlier report")
    yours: dict[Verb, str] = {
        Verb.OPEN: _("You reported it"),
        Verb.ASK: _("The agency asks you"),
        Verb.REPLY: _("You replied"),
        Verb.ADD: _("You added something"),
        Verb.RATE: _("You rated the answer"),
        Verb.REOPEN: _("You reopened it"),
    }
    if step.verb == Verb.DECIDE_EXTENSION:
        return _("More time was granted") if step.facts.get("granted") else _("More time was refused")
    if step.agencies:
        return _("Split among %(n)s agencies") % {"n": len(step.agencies)}
    return (mine and yours.get(step.verb)) or words_of(step.verb, step.side)


def _words(step: TimelineStep) -> str:
    if step.verb in ANSWERING:
        return ""
    if step.agencies:
        return "\n".join(pick(agency, addresses.language()) for agency in step.agencies)
    until = step.facts.get("until")
    if step.verb == Verb.DECIDE_EXTENSION and step.facts.get("granted") and isinstance(until, str):
        day = telling.instant_words(datetime.fromisoformat(until), "date")
        return _("New date: %(day)s") % {"day": day} + (f"\n{step.text}" if step.text else "")
    return step.text
