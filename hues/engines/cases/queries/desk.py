"""Cases as those see them who work on them: agencies their own, the operations centre all; never the reporter."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from hues.engines.cases.models import Case
from hues.engines.cases.queries import chains, narrowing, parts, register, shared
from hues.engines.cases.queries.cards import CaseRow, DeskCase
from hues.engines.cases.queries.choices import ALL, CaseFilters
from hues.engines.cases.queries.doubts import doubts_of
from hues.engines.cases.rules.outcomes import UNDER_SEAL
from hues.engines.cases.rules.publishing import FROM_WORDS
from hues.engines.cases.rules.timeline import Reader
from hues.engines.cases.rules.workflow import (
    AT_AGENCY,
    OF_AGENCY,
    Side,
    State,
    Verb,
    moves_open_to,
    shape_of,
)
from hues.kernel.agencies.leaves import away, seen_to_by
from hues.kernel.errors import NotAllowed, NotFound
from hues.kernel.people import queries as people
from hues.kernel.people.asker import Asker
from hues.kernel.statements import among, composed
from hues.kit import pages
from hues.kit.pages import Page

_COPIED = (
    *("id", "number", "kind", "outcome", "passed_to", "passed_ref", "service_class", "channel", "look", "road_owner"),
    *("text", "public_text", "public_address", "answers"),
    *("address", "lat", "lng", "cell", "coarse", "ward_code", "agency_id", "assigned_to", "plan_days", "promise_on"),
    *("supports", "rating", "fixed", "returned", "reopened", "version", "task"),
)
_BESIDES = (
    *("place_source", "category", "promise_shown_at", "promise_kept_at"),
    *("chain_id", "parent_id", "latest_due_at", "parts"),
)
type Ids = Sequence[UUID] | None
type Scope = tuple[Ids, Ids]  # of which agencies and people; None is of all
# What a queue is sorted by: whoever waits longest for the centre comes first, whatever is due first for an agency.
ORDERS = {"opened": "opened_at", "due": "due_at", "answered": "answered_at", "newest": "opened_at", "met": "supports"}
DOWNWARDS = frozenset({"newest", "met"})


def desk_inbox(
    asker: Asker,
    filters: CaseFilters = ALL,
    after: str = "",
    limit: int = 50,
    *,
    order: str = "due",
    at: datetime,
) -> Page[CaseRow]:
    """
    Return the cases of the asker's agencies, those due first at the top; without states those at work.

    :raises NotAllowed: if the asker works for no agency
    """
    return _listed(_scope_of(asker, filters, at), filters, after, limit, order, at)


def ops_queue(
    asker: Asker,
    filters: CaseFilters = ALL,
    after: str = "",
    limit: int = 50,
    *,
    order: str = "opened",
    at: datetime,
) -> Page[CaseRow]:
    """
    Return cases of the whole city, oldest first unless `order` says otherwise.

    :raises NotAllowed: if the asker is not of the operations centre
    """
    if not asker.may(*parts.MAY_WATCH):
        raise NotAllowed
    return _listed((None, None), filters, after, limit, order, at)


def of_own_agencies(asker: Asker, filters: CaseFilters, at: datetime) -> QuerySet[Case]:
    """
    Return the cases of the asker's agencies; without states those at work.

    :raises NotAllowed: if the asker works for no agency
    """
    return _of(*_scope_of(asker, filters, at), filters)


def _scope_of(asker: Asker, filters: CaseFilters, at: datetime) -> Scope:
    if not asker.agencies:
        raise NotAllowed
    return sorted(asker.agencies), seen_to_by(asker, at) if filters.mine else None


def _of(agencies: Ids, people: Ids, filters: CaseFilters) -> QuerySet[Case]:
    """Return the cases of these agencies, and of these people if they are named; of the whole city if none are."""
    if agencies is None:
        return Case.objects.all()
    own = Case.objects.filter(among("agency_id", agencies))
    if people is not None:
        own = own.filter(among("assigned_to", people))
    return own if filters.states or filters.text else own.filter(state__in=sorted(AT_AGENCY))


def of_the_city(asker: Asker) -> QuerySet[Case]:
    """
    Return all cases.

    :raises NotAllowed: if the asker is not of the operations centre
    """
    if not asker.may(*parts.MAY_WATCH):
        raise NotAllowed
    return Case.objects.all()


def whole_texts(asker: Asker, numbers: Iterable[str]) -> dict[str, str]:
    """Return what was reported, whole, of those of these cases that the asker may work on or watch."""
    found = Case.objects.filter(number__in=list(numbers))
    if not asker.may(*parts.MAY_WATCH):
        found = found.filter(agency_id__in=sorted(asker.agencies))
    return dict(found.values_list("number", "text"))


def place_of(asker: Asker, number: str) -> tuple[UUID, UUID | None]:
    """
    Return the id of a case that the asker may work on or watch, and of the agency that has it.

    :raises NotFound: if there is none of that number
    """
    found = Case.objects.filter(number=number)
    if not asker.may(*parts.MAY_WATCH):
        found = found.filter(agency_id__in=sorted(asker.agencies))
    row = found.values_list("id", "agency_id").first()
    if row is None:
        raise NotFound
    return row


def ordered_by(order: str) -> tuple[str, bool]:
    """Return the column that a queue is sorted by, and whether the newest, or what most met, comes first."""
    return ORDERS.get(order, "due_at"), order in DOWNWARDS


def listed(cases: QuerySet[Case], filters: CaseFilters, column: str, at: datetime) -> QuerySet[Case]:
    """Return the cases that stand in a queue sorted by `column`."""
    narrow = narrowing.narrowed(cases, filters, at, public=False)
    return narrow.filter(answered_at__isnull=False) if column == "answered_at" else narrow


def desk_case(asker: Asker, number: str, *, at: datetime) -> DeskCase:
    """
    Return a case of one of the asker's agencies.

    :raises NotFound: if none of them has a case of that number
    """
    return staff_case(_of_number(number=number, agencies=asker.agencies), asker, {Side.AGENCY}, at)


def ops_case(asker: Asker, number: str, *, at: datetime) -> DeskCase:
    """
    Return any case, for the operations centre.

    :raises NotAllowed: if the asker is not of the operations centre
    :raises NotFound: if there is none of that number
    """
    if not asker.may(*parts.MAY_WATCH):
        raise NotAllowed
    sides = {Side.IOC} if asker.in_ioc else set[Side]()
    return staff_case(_of_number(number=number, agencies=None), asker, sides, at)


@composed
def _of_number(*, number: str, agencies: Iterable[UUID] | None) -> Any:
    cases = Case.objects.filter(number=number)
    return facts_of(cases if agencies is None else cases.filter(among("agency_id", agencies)))


def facts_of(cases: QuerySet[Case]) -> Any:
    """Return what `staff_case` needs to know of cases."""
    return cases.values(*_COPIED, *_BESIDES, *parts.CLOCK_COLUMNS, original=F("duplicate_of"))


def _listed(scope: Scope, filters: CaseFilters, after: str, limit: int, order: str, at: datetime) -> Page[CaseRow]:
    column = ordered_by(order)[0]
    instant, case_id = narrowing.place_in(column, after)
    ask = _rows.afresh if narrowing.varies(filters) else _rows
    values = {"agencies": scope[0], "people": scope[1], "instant": instant, "case_id": case_id}
    rows = ask(filters, order, limit + 1, **values, at=at if narrowing.tells_time(filters) else None)
    last = rows[limit - 1] if len(rows) > limit else None
    held = {row["assigned_to"] for row in rows if row["assigned_to"]}
    holders = people.names_of(held) if held else {}
    cards = tuple(parts.rows(rows[:limit], at, holders))
    return Page(rows=cards, next=pages.mark(last[column], last["id"]) if last else None)


@composed
def _rows(
    filters: CaseFilters, order: str, limit: int, *, agencies: Ids, people: Ids, at: Any, instant: Any, case_id: Any
) -> Any:
    column, newest = ordered_by(order)
    cases = listed(_of(agencies, people, filters), filters, column, at)
    found = narrowing.placed(cases, column, instant, case_id, newest=newest)
    shown = found.annotate(excerpt=narrowing.excerpt(), photo_id=narrowing.first_photo())
    return shown.values(*parts.ROW_COLUMNS, "excerpt", "photo_id")[:limit]


def staff_case(rows: Iterable[Mapping[str, Any]], asker: Asker, sides: set[Side], at: datetime) -> DeskCase:
    """
    Return the case of the first of the rows, with the moves of those who stand on `sides`.

    :raises NotFound: if there is none
    """
    row = next(iter(rows), None)
    if row is None:
        raise NotFound
    steps = parts.steps_of(row["id"], Reader.STAFF)
    holders = parts.holders(steps, row["assigned_to"])
    state, was_split = State(row["state"]), any(step.verb == Verb.SPLIT for step in steps)
    photos = parts.photos_of(row["id"], Reader.STAFF, row["published_at"])
    return DeskCase(
        **{name: row[name] for name in _COPIED},
        **parts.category_words(row["category"]),
        approximate=row["place_source"] == FROM_WORDS,
        state=state,
        agency=parts.agency_names().get(row["agency_id"], parts.NOBODY),
        clock=parts.clock_of(row, at),
        promise=register.standing_of(row, at),
        chain=chains.chain_of(row, public=False),
        answer="" if state == State.SPLIT else parts.answer_that_stands(steps),
        extension_reason=_asked(steps, row),
        duplicate_of=_number_of(row["original"]),
        photos=photos,
        doubts=doubts_of(asker, row["id"]) if any(photo.role == parts.PROOF for photo in photos) else (),
        timeline=parts.timeline(steps, holders),
        holder=holders.get(row["assigned_to"], ""),
        stands_in=_stands_in(row, state, at),
        moves=_offered(state, sides, row),
        parts=shared.parts_of(row["id"], at=at) if was_split and OF_AGENCY.isdisjoint(sides) else (),
        whole=shared.whole_of(row["id"], row["parent_id"], asker),
    )


def _stands_in(row: Mapping[str, Any], state: State, at: datetime) -> str:
    held = row["assigned_to"] is not None and state in AT_AGENCY
    return away(row["agency_id"], at).get(row["assigned_to"], "") if held else ""


def _asked(steps: Any, row: Mapping[str, Any]) -> str:
    return parts.last_words(steps, Verb.ASK_EXTENSION, internal=True) if row["extension_asked_until"] else ""


def _number_of(case_id: Any) -> str:
    if case_id is None:
        return ""
    return Case.objects.filter(pk=case_id).values_list("number", flat=True).first() or ""


def _offered(state: State, sides: set[Side], row: Mapping[str, Any]) -> tuple[Verb, ...]:
    asked = row["extension_asked_until"] is not None
    wrong = Verb.ASK_EXTENSION if asked else Verb.DECIDE_EXTENSION
    shown, kept = row["promise_shown_at"] is not None, row["promise_kept_at"] is not None
    not_now = {wrong}
    if row["promise_on"] is None or shown:
        not_now.add(Verb.KEEP_PROMISE)
    if row["original"] is None:
        not_now.add(Verb.UNMERGE)
    if not shown or kept:
        not_now.add(Verb.CHECK_PROMISE)
    if row["outcome"] in UNDER_SEAL:
        not_now.add(Verb.PUBLISH)
    shape = shape_of(parts=row["parts"], parent_id=row["parent_id"])
    return tuple(verb for verb in moves_open_to(state, sides, shape) if verb not in not_now)
