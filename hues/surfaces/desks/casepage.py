"""What both desks show of one case: its words, photos, place, clock and history; never its reporter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from hues.engines.cases.declare import CHANNEL_WORDS, LOOK_WORDS, SIDE_WORDS, STATE_WORDS, look_words, words_of
from hues.engines.cases.queries import DeskCase, PartCard, PhotoRef, TimelineStep, category, outcomes
from hues.engines.cases.rules.workflow import OF_AGENCY, SAYING, Side, State, Verb
from hues.kernel.areas.queries import ward
from hues.kernel.media import queries as media
from hues.kit.text import Words, pick
from hues.surfaces.desks import doubts, lines, pieces
from hues.surfaces.desks.choices import ROAD_OWNERS, UNKNOWN_OWNER
from hues.surfaces.desks.photos import address_of
from hues.surfaces.desks.pieces import Cover, Glance, Said, Shot
from hues.surfaces.shell import addresses, telling

VERB_ICONS = {
    Verb.OPEN: "send",
    Verb.ACCEPT: "route",
    Verb.SUCCEED: "building-community",
    Verb.REFUSE: "circle-x",
    Verb.GIVE_BACK: "arrow-back-up",
    Verb.TAKE: "player-play",
    Verb.ASSIGN: "users",
    Verb.ASK: "message-question",
    Verb.REPLY: "message-circle",
    Verb.ADD: "message-circle",
    Verb.RESUME: "player-play",
    Verb.ASK_EXTENSION: "hourglass",
    Verb.DECIDE_EXTENSION: "calendar-due",
    Verb.ANSWER: "message-check",
    Verb.RETURN: "arrow-back-up",
    Verb.PUBLISH: "world",
    Verb.RATE: "star",
    Verb.REOPEN: "rotate",
    Verb.CLOSE: "lock",
    Verb.NOTE: "edit",
    Verb.COVER: "eye-off",
    Verb.UNCOVER: "eye",
    Verb.UNMERGE: "arrows-right-left",
    Verb.KEEP_PROMISE: "shield-check",
    Verb.CHECK_PROMISE: "calendar-due",
    Verb.SPLIT: "arrows-split",
    Verb.GATHER: "message-check",
    Verb.AWAIT: "arrow-back-up",
    Verb.EDIT: "edit",
    Verb.JOIN: "arrows-join",
    Verb.CALL_OFF: "circle-x",
    Verb.END: "lock",
    Verb.SEAL: "lock",
    Verb.LIFT: "rotate",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class PartLine:
    """One agency's part of a case, ready to be drawn."""

    number: str
    agency: str
    state: Words
    state_tone: str
    clock: SafeString
    outcome: str
    task: str
    answer: str
    may_go_back: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CasePage:
    """A case, ready to be drawn."""

    case: DeskCase
    title: str
    ward: str
    agency: str
    state: Words
    state_tone: str
    came_by: Words
    clock: SafeString
    due: datetime
    outcome: str
    reported: tuple[Shot, ...]
    proof: tuple[Shot, ...]
    doubts: tuple[doubts.Told, ...]
    history: tuple[Said, ...]
    answers: tuple[tuple[str, str], ...]
    parts: tuple[PartLine, ...]
    others: str
    query: str

    @property
    def looks(self) -> list[Words]:
        """Return why the operations centre looks at it by itself, until it has decided."""
        return look_words(self.case.look, LOOK_WORDS) if self.case.state == State.RECEIVED else []

    @property
    def photos(self) -> tuple[Shot, ...]:
        """Return all photos, the report's first."""
        return self.reported + self.proof

    @property
    def coverable(self) -> str:
        """Return the number of the case if its reader may cover parts of it."""
        return self.case.number if Verb.COVER in self.case.moves else ""

    @property
    def glance_drawn(self) -> SafeString:
        """Draw where it is and until when."""
        case, point = self.case, None if self.case.approximate else (self.case.lat, self.case.lng)
        first_due = case.clock.first_due_at if case.clock.extended_until else None
        seen = Glance(address=case.address, ward=self.ward, point=point, due=self.due, first_due=first_due)
        return pieces.glance(seen)

    @property
    def history_drawn(self) -> SafeString:
        """Draw its history as the items of a list."""
        return pieces.timeline(self.history, Cover(self.coverable, self.query))

    @property
    def reported_drawn(self) -> SafeString:
        """Draw the photos of the report."""
        return pieces.photos(self.reported, Cover(self.coverable, self.query))

    @property
    def proof_drawn(self) -> SafeString:
        """Draw the photos of the answer."""
        return pieces.photos(self.proof, Cover(self.coverable, self.query))


def case_page(case: DeskCase, *, at: datetime, query: str = "") -> CasePage:
    """Return the case ready to be drawn in the reader's language; `query` leads back to the queue beside it."""
    language = addresses.language()
    place = ward(case.ward_code) if case.ward_code else None
    due = case.clock.due_now
    shots = tuple(_shots(case.photos, at))
    return CasePage(
        case=case,
        title=pick(case.category_title, language),
        ward=pick(place.name, language) if place else "",
        agency=pick(case.agency, language),
        state=STATE_WORDS[case.state],
        state_tone=lines.STATE_TONES[case.state],
        came_by=CHANNEL_WORDS[case.channel],
        clock=lines.clock(case.clock.standing, case.state, due, at),
        due=due,
        outcome=_beside(STATE_WORDS[case.state], outcome_words(case.outcome)),
        reported=tuple(shot for role, shot in shots if role != "proof"),
        proof=tuple(shot for role, shot in shots if role == "proof"),
        doubts=doubts.told((doubt for doubt in case.doubts if doubt.pending), at),
        history=tuple(_said(step, language) for step in reversed(case.timeline)),
        answers=_answers(case, language),
        parts=tuple(_part(part, language, at) for part in case.parts),
        others=", ".join(pick(name, language) for name in case.whole.others) if case.whole else "",
        query=query,
    )


def _part(part: PartCard, language: str, at: datetime) -> PartLine:
    return PartLine(
        number=part.number,
        agency=pick(part.agency, language),
        state=STATE_WORDS[part.state],
        state_tone=lines.STATE_TONES[part.state],
        clock=lines.clock(part.standing, part.state, part.due_now, at),
        outcome=_beside(STATE_WORDS[part.state], outcome_words(part.outcome)) if part.outcome else "",
        task=part.task,
        answer=part.answer,
        may_go_back=part.state == State.ANSWERED,
    )


def _beside(state: Words, outcome: str) -> str:
    """Return the word of the outcome, unless the state beside it says the same."""
    return "" if outcome == str(state) else outcome


def outcome_words(code: str) -> str:
    """Return the city's word for an outcome."""
    language = addresses.language()
    return next((pick(card.title, language) for card in outcomes() if card.code == code), code)


def _shots(photos: Sequence[PhotoRef], at: datetime) -> Iterator[tuple[str, Shot]]:
    cards = media.photos(photo.photo_id for photo in photos) if photos else {}
    covered = media.covered(cards) if any(card.edition for card in cards.values()) else frozenset()
    counted = {True: count(1), False: count(1)}
    for photo in photos:
        proof = photo.role == "proof"
        alt = gettext("Proof photo %(n)s") if proof else gettext("Photo %(n)s of the report")
        yield (
            photo.role,
            Shot(
                name=str(photo.photo_id),
                src=_address(photo.photo_id, cards, "thumb", at),
                href=_address(photo.photo_id, cards, "full", at),
                alt=alt % {"n": next(counted[proof])},
                hidden=photo.hidden,
                covered=photo.photo_id in covered,
            ),
        )


def _address(photo_id: UUID, cards: Mapping[UUID, media.PhotoCard], size: str, at: datetime) -> str:
    """Return where a photo is; one whose bytes were replaced has another address than before."""
    card = cards.get(photo_id)
    return media.link_to(card, size, at) if card else address_of(photo_id, size, at)


def _said(step: TimelineStep, language: str) -> Said:
    return Said(
        title=words_of(step.verb, step.side),
        icon=VERB_ICONS.get(step.verb, "check"),
        at=step.at,
        who=_who(step, language),
        text=step.text,
        internal=step.internal,
        more=tuple(_facts(step, language)),
        seq=step.seq,
    )


def _who(step: TimelineStep, language: str) -> str:
    if step.verb in SAYING:
        return str(SIDE_WORDS[Side.CITIZEN])  # whoever passed it on to the agency that has a part
    named = pick(step.agency, language) if step.side in OF_AGENCY else ""
    if named and step.side == Side.LINK:
        return gettext("%(agency)s, by link") % {"agency": named}
    return named or str(SIDE_WORDS[step.side])


def _facts(step: TimelineStep, language: str) -> list[str]:
    said: list[str] = []
    facts: dict[str, Any] = step.facts
    said += [pick(agency, language) for agency in step.agencies]
    if step.verb in (Verb.ACCEPT, Verb.JOIN, Verb.SUCCEED) and step.agency:
        said.append(gettext("To: %(agency)s") % {"agency": pick(step.agency, language)})
    if owner := facts.get("road_owner"):
        said.append(gettext("Whose road it is: %(owner)s") % {"owner": ROAD_OWNERS.get(owner, UNKNOWN_OWNER)})
    if step.verb == Verb.ASSIGN:
        said.append(facts.get("assigned_to") or gettext("Nobody has it now"))
    if outcome := facts.get("outcome"):
        said.append(gettext("Outcome: %(outcome)s") % {"outcome": outcome_words(outcome)})
    said += _days(facts)
    if (granted := facts.get("granted")) is not None:
        said.append(gettext("Granted") if granted else gettext("Not granted"))
    if stars := facts.get("stars"):
        said.append("★" * int(stars) + "☆" * (5 - int(stars)))
    return said


def _days(facts: dict[str, Any]) -> Iterator[str]:
    """Yield the days that a step speaks of."""
    if promised := facts.get("promise_on"):
        yield gettext("Promised for %(day)s") % {"day": telling.day_words(date.fromisoformat(promised))}
    if until := facts.get("until"):
        yield gettext("Until %(instant)s") % {"instant": telling.instant_words(datetime.fromisoformat(until))}
    if chosen := facts.get("chosen"):
        day = telling.day_words(date.fromisoformat(chosen))
        yield gettext("Chosen was %(day)s, on which the city does not work.") % {"day": day}


def _answers(case: DeskCase, language: str) -> tuple[tuple[str, str], ...]:
    """Return the category's questions with what the reporter answered."""
    card = category(case.category) if case.answers else None
    if card is None:
        return ()
    return tuple(
        (pick(question.title, language), question.in_words(case.answers[question.key], language))
        for question in card.questions
        if question.key in case.answers
    )
