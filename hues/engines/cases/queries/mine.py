"""What the asker reported, wrote and supports."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from hues.engines.cases.models import Case, CaseSeal, Draft, Key, Support
from hues.engines.cases.queries import catalogue, narrowing, parts, register, shared
from hues.engines.cases.queries.cards import Access, CaseRow, MyCase
from hues.engines.cases.rules.publishing import FROM_WORDS
from hues.engines.cases.rules.rounds import ended_at
from hues.engines.cases.rules.sealing import READ
from hues.engines.cases.rules.timeline import Reader, Told
from hues.engines.cases.rules.workflow import Side, State, Verb, moves_open_to, shape_of
from hues.kernel.consent import queries as consent
from hues.kernel.errors import NotFound, SignInNeeded
from hues.kernel.people import queries as people
from hues.kernel.people.asker import Asker
from hues.kit import pages
from hues.kit.pages import Page

_COLUMNS = (
    "id",
    "number",
    "kind",
    "category",
    "outcome",
    "passed_to",
    "passed_ref",
    "text",
    "answers",
    "address",
    "lat",
    "lng",
    "ward_code",
    "agency_id",
    "promise_on",
    "supports",
    "rating",
    "fixed",
    "show_name",
    "version",
    "look",
    "parts",
    *parts.CLOCK_COLUMNS,
)
REOPENABLE = frozenset({State.REFUSED, State.PUBLISHED, State.CLOSED})


OF_MOVE = "move:"  # begins the keys of what staff are writing in a move, which is no report


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftCard:
    """What somebody has written so far; `others` is what they wrote on other pages at the same time."""

    key: str
    fields: dict[str, Any]
    photos: tuple[UUID, ...]
    sent: str
    version: int
    page: str
    others: dict[str, dict[str, Any]]
    at: datetime


def my_cases(
    asker: Asker, after: str = "", limit: int = 30, *, but_sealed: bool = False, at: datetime
) -> Page[CaseRow]:
    """
    Return what the asker reported, newest first; `but_sealed` where staff look on, who may not know who denounced.

    :raises SignInNeeded: if nobody is signed in
    """
    if not asker.signed_in:
        raise SignInNeeded
    mine = CaseSeal.objects.filter(person_id=asker.person_id).order_by("-opened_at", "-case_id")
    if but_sealed:
        mine = mine.exclude(case__state=State.SEALED)
    if last := pages.place(after):
        mine = mine.filter(opened_at__lte=last[0]).exclude(opened_at=last[0], case_id__gte=last[1])
    ids = list(mine.values_list("case_id", flat=True)[: limit + 1])
    found = Case.every.filter(pk__in=ids[:limit]).order_by("-opened_at", "-id")
    listed = found.annotate(excerpt=narrowing.excerpt(), photo_id=narrowing.first_photo())
    cards = tuple(parts.rows(listed.values(*parts.ROW_COLUMNS, "excerpt", "photo_id"), at))
    if not but_sealed:
        cards = _apart(cards)
    more = len(ids) > limit and cards
    return Page(rows=cards, next=pages.mark(cards[-1].opened_at, cards[-1].id) if more else None)


def my_case(asker: Asker, number: str, *, at: datetime) -> MyCase:
    """
    Return a case that the asker reported.

    :raises SignInNeeded: if nobody is signed in
    :raises NotFound: if there is none of that number, or somebody else reported it
    """
    if not asker.signed_in:
        raise SignInNeeded
    mine = Case.every.filter(number=number, seal__person_id=asker.person_id)
    row = mine.values(
        *_COLUMNS, "place_source", "promise_shown_at", "promise_kept_at", original=F("duplicate_of")
    ).first()
    if row is None:
        raise NotFound
    steps = parts.steps_of(row["id"], Reader.REPORTER)
    state = State(row["state"])
    until = _reopen_until(state, ended_at(state, published_at=row["published_at"], closed_at=row["closed_at"]))
    moves = moves_open_to(state, {Side.CITIZEN}, shape_of(parts=row["parts"], parent_id=None))
    copied = set(_COLUMNS) - set(parts.CLOCK_COLUMNS) - {"category", "agency_id"}
    return MyCase(
        **{name: row[name] for name in copied},
        **parts.category_words(row["category"]),
        approximate=row["place_source"] == FROM_WORDS,
        state=state,
        agency=parts.agency_names().get(row["agency_id"], parts.NOBODY),
        clock=parts.clock_of(row, at),
        promise=register.standing_of(row, at),
        answer=parts.last_words(steps, Verb.SEAL) if state == State.SEALED else parts.answer_that_stands(steps),
        question=parts.last_words(steps, Verb.ASK) if state == State.WAITING else "",
        reopen_until=until,
        photos=parts.photos_of(row["id"], Reader.REPORTER, _read_until(row, steps)),
        timeline=parts.timeline(steps),
        accesses=tuple(_accesses(asker, number)),
        duplicate_of=_public_number(row["original"]),
        is_apart=_is_sealed(row["original"]),
        waits_for=shared.waits_for(row["id"]) if state == State.SPLIT else 0,
        moves=tuple(m for m in moves if m != Verb.REOPEN or (until is not None and at <= until)),
    )


def supported(asker: Asker, case_id: UUID) -> bool:
    """Test if the asker said that they met the same trouble."""
    if asker.person_id is None:
        return False
    return Support.objects.filter(case_id=case_id, person_id=asker.person_id).exists()


def follows(asker: Asker, number: str) -> bool:
    """Test if the asker follows the case of that number."""
    if asker.person_id is None:
        return False
    return Support.objects.filter(case__number=number, person_id=asker.person_id).exists()


def is_mine(asker: Asker, number: str) -> bool:
    """Test if the asker reported the case of that number."""
    if asker.person_id is None:
        return False
    return CaseSeal.objects.filter(case__number=number, person_id=asker.person_id).exists()


def draft(asker: Asker, key: str = "", *, unsent: bool = False) -> DraftCard | None:
    """Return what the asker was writing last, or under that key; `unsent`, only what is still to be sent."""
    if asker.person_id is None:
        return None
    found = Draft.objects.filter(person_id=asker.person_id).order_by("-at")
    found = found.filter(key=key) if key else found.exclude(key__startswith=OF_MOVE)
    if unsent:
        found = found.filter(sent="")
    row = found.values("key", "fields", "photos", "sent", "version", "page", "others", "at").first()
    if row is None:
        return None
    return DraftCard(
        key=row["key"],
        fields=row["fields"],
        photos=tuple(row["photos"]),
        sent=row["sent"],
        version=row["version"],
        page=row["page"],
        others=row["others"],
        at=row["at"],
    )


def key_of_move(case_id: UUID, code: str) -> str:
    """Return the key of what somebody is writing in a move of a case."""
    return f"{OF_MOVE}{case_id}:{code}"


def number_sent(asker: Asker, key: str) -> str:
    """Return the number of the report that the asker sent under `key`, or nothing if none has come yet."""
    if asker.person_id is None or not key:
        return ""
    case = Key.objects.filter(person_id=asker.person_id, key=key).values("case_id")
    return Case.every.filter(pk__in=case).values_list("number", flat=True).first() or ""


def _reopen_until(state: State, ended: datetime | None) -> datetime | None:
    if state not in REOPENABLE or ended is None:
        return None
    return catalogue.deadlines().reopen_until(ended)


def _read_until(row: Mapping[str, Any], steps: Sequence[Told]) -> datetime | None:
    """Return up to when the reporter may see proof; what was published before a seal stays theirs to read."""
    until: datetime | None = row["promise_kept_at"] or row["published_at"]
    if until is None and any(step.verb == Verb.SEAL for step in steps):
        until = max((step.at for step in steps if step.verb in (Verb.PUBLISH, Verb.KEEP_PROMISE)), default=None)
    return until


def _apart(rows: Sequence[CaseRow]) -> tuple[CaseRow, ...]:
    """Tell of each row if it was refused as the duplicate of a case that is sealed."""
    refused = [row.id for row in rows if row.state == State.REFUSED]
    sealed = Case.every.filter(state=State.SEALED)
    apart = set(Case.every.filter(pk__in=refused, duplicate_of__in=sealed.values("pk")).values_list("pk", flat=True))
    return tuple(replace(row, is_apart=row.id in apart) for row in rows) if apart else tuple(rows)


def _public_number(case_id: UUID | None) -> str:
    if case_id is None:
        return ""
    found = Case.objects.filter(pk=case_id, published_at__isnull=False)
    return found.values_list("number", flat=True).first() or ""


def _is_sealed(case_id: UUID | None) -> bool:
    return case_id is not None and Case.every.filter(pk=case_id, state=State.SEALED).exists()


def _accesses(asker: Asker, number: str) -> Iterable[Access]:
    if asker.person_id is None:
        return []
    looked = [a for a in consent.accesses_of(asker.person_id) if a.what.removesuffix(READ) == f"cases:{number}"]
    names = people.names_of(a.by for a in looked) if looked else {}
    return [Access(at=a.at, by_name=names.get(a.by, ""), purpose=a.purpose, read=a.what.endswith(READ)) for a in looked]
