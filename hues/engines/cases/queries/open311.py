"""Cases as programs of others may know them: what is published, and at once what came from such a program."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from hues.engines.cases.models import Case, CaseSeal, Step
from hues.engines.cases.queries import narrowing, parts, routes
from hues.engines.cases.queries.catalogue import REPORT
from hues.engines.cases.queries.pieces import TimelineStep
from hues.engines.cases.rules import numbers as naming
from hues.engines.cases.rules.houses import names_a_home
from hues.engines.cases.rules.publishing import FROM_WORDS, point_unread
from hues.engines.cases.rules.timeline import PUBLIC_VERBS, Reader, Told, told
from hues.engines.cases.rules.workflow import ANSWERING, ENDED, Side, State, Verb
from hues.kernel.statements import among, composed
from hues.kit.text import Bilingual

CHANNEL = "open311"
OVER = ENDED | {State.PUBLISHED}
ENDINGS = frozenset({Verb.PUBLISH, Verb.CLOSE, Verb.REFUSE})
NEWS = PUBLIC_VERBS - ANSWERING - {Verb.OPEN} | {Verb.REFUSE}
_COLUMNS = (
    *("id", "number", "category", "state", "outcome", "channel", "coarse", "version"),
    *("text", "address", "place_source", "lat", "lng", "answers", "ward_code", "agency_id", "supports"),
    *("public_text", "public_address", "public_lat", "public_lng"),
    *("opened_at", "due_at", "published_at", "closed_at"),
)
_STEP = ("case_id", "seq", "at", "verb", "side", "agency_id", "public_text", "facts")
_STEP_OF = itemgetter(*_STEP)


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenRequest:
    """
    A request without its reporter. Until it `is_public` nobody of the city has vouched for its words, which may name
    anybody: they are withheld (""), its place is rough, and its address a street that the city knows, or "".
    """

    number: str
    category: str
    category_title: Bilingual
    state: State
    outcome: str
    is_over: bool
    is_public: bool
    text: str
    answers: dict[str, Any]
    address: str
    lat: float
    lng: float
    approximate: bool
    ward_code: str
    agency: Bilingual
    opened_at: datetime
    updated_at: datetime
    due_at: datetime
    answer: str
    supports: int
    photo_id: UUID | None
    timeline: tuple[TimelineStep, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenUpdate:
    """A step of a request; `text` is what was said with it, `is_over` how it left the request."""

    number: str
    step: TimelineStep
    text: str
    is_over: bool


def open_requests(numbers: Iterable[str]) -> tuple[OpenRequest, ...]:
    """Return the requests of these numbers that may be known, the newest first."""
    wanted = {number for number in numbers if naming.is_public(number)}
    return _cards(_of_numbers(numbers=wanted)) if wanted else ()


def sent_request(number: str, *, sender: UUID | None) -> OpenRequest | None:
    """
    Return a request as it was sent, for whoever sent it; None if it is published, or came in otherwise.

    Without a `sender` the caller knows by other means who asks.
    """
    rows = _of_numbers(numbers={number}) if naming.is_public(number) else ()
    for row in rows:
        theirs = sender is None or CaseSeal.objects.filter(case_id=row["id"], person_id=sender).exists()
        if theirs and row["channel"] == CHANNEL and row["published_at"] is None:
            own = {name: row[name] for name in ("text", "address", "lat", "lng")}
            return replace(*_cards([row]), **own, approximate=row["place_source"] == FROM_WORDS)
    return None


def open_requests_between(
    since: datetime,
    until: datetime,
    *,
    categories: Sequence[str] = (),
    over: bool | None = None,
    offset: int = 0,
    limit: int = 1000,
) -> tuple[OpenRequest, ...]:
    """Return the requests opened from `since` to `until`, both included, the newest first."""
    found = _readable().filter(opened_at__gte=since, opened_at__lte=until)
    if categories:
        found = found.filter(category__in=categories)
    if over is not None:
        found = found.filter(state__in=sorted(OVER if over else frozenset(State) - OVER))
    return _cards(list(_shown(found.order_by("-opened_at", "-id")[offset : offset + limit])))


def open_updates(since: datetime, until: datetime, *, number: str = "", limit: int = 1000) -> tuple[OpenUpdate, ...]:
    """
    Return what happened from `since` to `until`, the earliest first, to requests that came from programs.

    With a `number`, to that request, wherever it came from.
    """
    if number and not naming.is_public(number):
        return ()
    cases = _readable().filter(number=number) if number else Case.objects.filter(kind=REPORT.key, channel=CHANNEL)
    moved = Step.objects.filter(case__in=cases, verb__in=sorted(NEWS), at__gte=since, at__lte=until)
    ids = set(moved.order_by("at", "case_id", "seq").values_list("case_id", flat=True)[:limit])
    rows = {row["id"]: row for row in Case.objects.filter(pk__in=ids).values("id", "number", "published_at")}
    found = [
        OpenUpdate(number=rows[case_id]["number"], step=step, text=_said(step, steps), is_over=step.verb in ENDINGS)
        for case_id, steps in _steps(rows.values()).items()
        for step in parts.timeline(steps)
        if since <= step.at <= until and step.verb in NEWS
    ]
    return tuple(sorted(found, key=lambda update: (update.step.at, update.number, update.step.seq))[:limit])


def _said(step: TimelineStep, steps: Iterable[Told]) -> str:
    """Return the words of a step; an answer is told when it is published, not when it was written."""
    if step.verb != Verb.PUBLISH:
        return step.text
    answer = parts.last_words((s for s in steps if s.seq < step.seq), *ANSWERING)
    return "\n\n".join(words for words in (answer, step.text) if words)


def _readable() -> QuerySet[Case]:
    return Case.objects.filter(Q(published_at__isnull=False) | Q(channel=CHANNEL), kind=REPORT.key, parent=None)


def _shown(found: QuerySet[Case]) -> Any:
    return found.annotate(photo_id=narrowing.first_photo()).values(*_COLUMNS, "photo_id")


@composed
def _of_numbers(*, numbers: Collection[str]) -> Any:
    return _shown(_readable().filter(among("number", numbers)))


def _cards(rows: Sequence[Mapping[str, Any]]) -> tuple[OpenRequest, ...]:
    steps = _steps(rows)
    words, names = parts.titles(), parts.agency_names()
    cards = [_card(row, steps.get(row["id"], ()), words, names) for row in rows]
    return tuple(sorted(cards, key=lambda card: (card.opened_at, card.number), reverse=True))


def _card(row: Mapping[str, Any], steps: tuple[Told, ...], words: Any, names: Any) -> OpenRequest:
    state, public = State(row["state"]), row["published_at"] is not None
    ended = row["closed_at"] if state in ENDED else None
    return OpenRequest(
        **{name: row[name] for name in ("number", "category", "outcome", "answers", "ward_code", "supports")},
        **(_published(row) if public else _unread(row, state)),
        category_title=words.get(row["category"], ({"vi": row["category"]}, ""))[0],
        state=state,
        is_over=state in OVER,
        is_public=public,
        approximate=not public or row["coarse"] or row["place_source"] == FROM_WORDS,
        agency=names.get(row["agency_id"], parts.NOBODY),
        opened_at=row["opened_at"],
        updated_at=max(at for at in (row["opened_at"], ended, *(step.at for step in steps)) if at),
        due_at=row["due_at"],
        answer=parts.last_words(steps, *ANSWERING),
        photo_id=row["photo_id"] if public else None,
        timeline=parts.timeline(steps),
    )


def _published(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[f"public_{name}"] for name in ("text", "address", "lat", "lng")}


def _unread(row: Mapping[str, Any], state: State) -> dict[str, Any]:
    """Return what is shown of a case before anybody of the city has read it: nothing in the sender's words."""
    home = row["coarse"] or names_a_home(row["text"], row["address"])
    lat, lng = point_unread(row["lat"], row["lng"], coarse=home)
    withheld = home or state == State.REFUSED
    road = None if withheld else routes.road_of(row["ward_code"], address=row["address"])
    return {"text": "", "address": road.name if road else "", "lat": lat, "lng": lng}


def _steps(rows: Iterable[Mapping[str, Any]]) -> dict[UUID, tuple[Told, ...]]:
    """Return the steps of many cases as the public may know them."""
    published = {row["id"]: row["published_at"] is not None for row in rows}
    by_case: dict[UUID, list[Told]] = {}
    found = _all_steps(case_ids=published) if published else ()
    for case_id, seq, at, verb, side, agency, text, facts in map(_STEP_OF, found):
        step = Told(
            seq=seq, at=at, verb=Verb(verb), side=Side(side), agency_id=agency, text=text, internal="", facts=facts
        )
        by_case.setdefault(case_id, []).append(step)
    return {case_id: _public_steps(steps, published[case_id]) for case_id, steps in by_case.items()}


@composed
def _all_steps(*, case_ids: Collection[UUID]) -> Any:
    return Step.objects.filter(among("case_id", case_ids)).order_by("case_id", "seq").values(*_STEP)


def _public_steps(steps: list[Told], published: bool) -> tuple[Told, ...]:  # noqa: FBT001
    """Return what everybody may know; whoever sent a request also learns that it ended, without the words."""
    public = told(steps, Reader.PUBLIC)
    if published:
        return public
    ended = (replace(step, text="", facts={}) for step in steps if step.verb == Verb.REFUSE)
    return tuple(sorted((*public, *ended), key=lambda step: step.seq))
