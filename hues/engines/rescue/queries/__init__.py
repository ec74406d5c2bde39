"""What is known of calls for rescue: the caller sees where it stands, the centre's rescuers see all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import RowNumber

from hues.engines.rescue.declare import RESCUERS
from hues.engines.rescue.models import Call, Seal, Step
from hues.engines.rescue.queries.news import News, came_behind, news, repeated
from hues.engines.rescue.rules.bounds import OF_ONE_ADDRESS
from hues.engines.rescue.rules.urgency import CRITICAL, Need
from hues.engines.rescue.rules.workflow import ENDED, OPEN, State, Verb
from hues.kernel import editions
from hues.kernel.errors import NotAllowed, NotFound
from hues.kernel.people.asker import Asker
from hues.kernel.statements import composed

__all__ = [
    "CallerView",
    "LINES",
    "LogLine",
    "MOST",
    "News",
    "Numbers",
    "RescueCall",
    "call",
    "caller_view",
    "came_behind",
    "everything",
    "in_danger",
    "log",
    "news",
    "numbers",
    "queue",
    "repeated",
    "waiting_count",
]

MOST = 200
LINES = ("waiting", "under_way", "behind", "ended")
_PUBLIC = ("code", "state", "people", "at", "moved_at", "said_safe_at", "outside")
_ROW = (
    *_PUBLIC,
    "id",
    "version",
    "urgency",
    "behind",
    "needs",
    "battery_low",
    "for_other",
    "ward_code",
    "tries",
    "seal__phone",
    "seal__lat",
    "seal__lng",
    "seal__source",
    "seal__address",
    "seal__words",
    "same_as",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class CallerView:
    """What the caller's page tells: no phone, no place, no words."""

    code: str
    state: State
    people: int
    at: datetime
    moved_at: datetime
    said_safe_at: datetime | None
    outside: bool

    @property
    def is_open(self) -> bool:
        """Test if the centre is still at it."""
        return self.state in OPEN


@dataclass(frozen=True, kw_only=True, slots=True)
class RescueCall(CallerView):
    """A call as the rescuers see it; `phone` and place are empty once they were forgotten."""

    id: UUID
    version: int
    urgency: int
    behind: bool
    needs: tuple[Need, ...]
    battery_low: bool
    for_other: bool
    ward_code: str
    tries: int
    phone: str
    lat: float | None
    lng: float | None
    source: str
    address: str
    words: str
    same_as: str
    """The code of the oldest open call before this one that tells the same; each has its own code."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LogLine:
    """One line of a call's log; `by` is empty where the caller did it."""

    seq: int
    verb: Verb
    by: UUID | None
    words: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbers:
    """How many calls stand where; `people` counts those of the open ones."""

    waiting: int
    under_way: int
    behind: int
    ended: int
    critical: int
    people: int


def waiting_count(asker: Asker) -> int:
    """Return how many calls nobody has taken, in both lines; nobody but rescuers is told."""
    return sum(_waits().values()) if asker.may(*RESCUERS) else 0


def in_danger(asker: Asker) -> tuple[int, int]:
    """Return how many of them are in danger of life, in the first and in the second line; only rescuers are told."""
    waits = _waits() if asker.may(*RESCUERS) else {}
    return waits.get((True, False), 0), waits.get((True, True), 0)


def caller_view(code: str) -> CallerView:
    """
    Return where a call stands, for whoever has its code.

    :raises NotFound: if there is none
    """
    row = Call.objects.filter(code=code).values(*_PUBLIC).first()
    if row is None:
        raise NotFound
    return CallerView(**{**row, "state": State(row["state"])})


def queue(asker: Asker, line: str = "waiting", *, limit: int = MOST) -> tuple[RescueCall, ...]:
    """
    Return one line of the queue: the open ones by urgency and age, the ended ones newest first.

    In the second line network addresses take turns, some calls of each at a time: thousands of one hide nobody else's.

    :raises NotAllowed: if the asker is no rescuer
    """
    found = _line(_seen_by(asker), line)
    order = ("-ended_at", "-id") if line == "ended" else ("-urgency", "at", "id")
    if line == "behind":
        of_its_network = Window(RowNumber(), partition_by=F("seal__origin"), order_by=order)
        found, order = found.alias(turn=(of_its_network - 1) / OF_ONE_ADDRESS), ("turn", *order)
    return tuple(_call(row) for row in found.order_by(*order).values(*_ROW)[:limit])


def call(asker: Asker, code: str) -> RescueCall:
    """
    Return one call.

    :raises NotAllowed: if the asker is no rescuer
    :raises NotFound: if there is none
    """
    row = _seen_by(asker).filter(code=code).values(*_ROW).first()
    if row is None:
        raise NotFound
    return _call(row)


def log(asker: Asker, call_id: UUID) -> tuple[LogLine, ...]:
    """
    Return what was done about a call, in order.

    :raises NotAllowed: if the asker is no rescuer
    """
    _seen_by(asker)
    rows = Step.objects.filter(seal_id=call_id).order_by("seq").values_list("seq", "verb", "by", "words", "at")
    return tuple(LogLine(seq=seq, verb=Verb(verb), by=by, words=words, at=at) for seq, verb, by, words, at in rows)


def numbers(asker: Asker) -> Numbers:
    """
    Count the calls of each line.

    :raises NotAllowed: if the asker is no rescuer
    """
    open_ = Q(state__in=OPEN)
    found = _seen_by(asker).aggregate(
        waiting=Count("id", filter=Q(state=State.RECEIVED, behind=False)),
        under_way=Count("id", filter=Q(state__in=OPEN - {State.RECEIVED})),
        ended=Count("id", filter=Q(state__in=ENDED)),
        critical=Count("id", filter=open_ & Q(urgency=CRITICAL)),
    )
    behind = _line(_seen_by(asker), "behind").count()
    heads = sum(_seen_by(asker).filter(open_, behind=False).values_list("people", flat=True))
    return Numbers(**found, behind=behind, people=heads)


def everything(asker: Asker) -> Iterator[RescueCall]:
    """
    Yield every call, oldest first, a thousand at a time from the database.

    :raises NotAllowed: if the asker is no rescuer
    """
    rows = _seen_by(asker).order_by("at", "id").values(*_ROW)
    return (_call(row) for row in rows.iterator(chunk_size=1000))


def _seen_by(asker: Asker) -> QuerySet[Call]:
    if not asker.may(*RESCUERS):
        raise NotAllowed
    before = Seal.objects.filter(alike=OuterRef("seal__alike"), is_open=True, at__lte=OuterRef("at"))
    first = before.exclude(alike="").order_by("at", "pk").values("call__code")[:1]
    return Call.objects.alias(first=Subquery(first)).annotate(
        same_as=Case(When(~Q(first=F("code")), then=F("first")), default=Value(""))
    )


def _line(calls: QuerySet[Call], line: str) -> QuerySet[Call]:
    if line == "ended":
        return calls.filter(state__in=ENDED)
    if line == "under_way":
        return calls.filter(state__in=OPEN - {State.RECEIVED})
    return calls.filter(state=State.RECEIVED, behind=line == "behind")


def _call(row: dict[str, Any]) -> RescueCall:
    plain = {name.removeprefix("seal__"): value for name, value in row.items()}
    for name in ("phone", "source", "address", "words", "same_as"):
        plain[name] = plain[name] or ""
    plain |= {"state": State(plain["state"]), "needs": tuple(Need(need) for need in plain["needs"])}
    return RescueCall(**plain)


def _waits() -> dict[tuple[bool, bool], int]:
    """Return how many calls nobody has taken, by whether they are critical and in the second line; a page says all."""
    return editions.once("rescue", lambda: {(row["critical"], row["behind"]): row["n"] for row in _untaken()})


@composed
def _untaken() -> Any:
    critical = Case(When(urgency=CRITICAL, then=True), default=False)
    found = Call.objects.filter(state=State.RECEIVED.value).order_by().annotate(critical=critical)
    return found.values("critical", "behind").annotate(n=Count("id")).values("critical", "behind", "n")
