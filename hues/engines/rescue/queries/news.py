"""What the centre is told of calls that come in, and of which it knows already."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from hues.engines.rescue.models import Call, Seal, Step
from hues.engines.rescue.rules.bounds import AT_ONCE, JUST_NOW, NEAR, WINDOW
from hues.engines.rescue.rules.urgency import CRITICAL
from hues.engines.rescue.rules.workflow import ENDED, State, Verb


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """
    What the centre is told of a call that nobody has taken: no phone, no place but the ward.

    Those of the second line are told together.
    """

    code: str
    critical: bool
    behind: bool
    people: int
    ward_code: str


def news(call_id: UUID) -> News | None:
    """
    Return what there is to tell the centre of a call that came in.

    There is nothing if somebody took it. What stands in the second line is always told. In the first line danger of
    life is, unless that of the same number and place was told just now; of others there is nothing if an open one at
    least as urgent of the same phone or place came in within the hour before. One of which somebody said that all are
    safe counts for nothing: whoever calls after that is in danger again.
    """
    row = Call.objects.filter(pk=call_id, state=State.RECEIVED).select_related("seal").first()
    if row is None or not Seal.objects.filter(pk=call_id).exists():
        return None
    critical = row.urgency == CRITICAL
    if not row.behind and (_told_just_now(row) if critical else _known(row)):
        return None
    return _of(row)


def repeated(call_id: UUID, at: datetime) -> News | None:
    """Return what there is to tell of a call that was sent again at `at`; nothing if that was told just before."""
    row = Call.objects.filter(pk=call_id).exclude(state__in=ENDED - {State.UNREACHABLE}).first()
    steps = Step.objects.filter(seal_id=call_id, verb=Verb.CALL_AGAIN, at__gt=at - AT_ONCE, at__lt=at)
    if row is None or steps.exists():
        return None
    return _of(row)


def _of(row: Call) -> News:
    critical = row.urgency == CRITICAL
    return News(code=row.code, critical=critical, behind=row.behind, people=row.people, ward_code=row.ward_code)


def came_behind(since: datetime, until: datetime) -> tuple[int, int]:
    """Return how many calls came into the second line meanwhile and wait, and how many of them in danger of life."""
    found = Call.objects.filter(state=State.RECEIVED, behind=True, at__gte=since, at__lt=until)
    counts = found.aggregate(calls=Count("pk"), in_danger=Count("pk", filter=Q(urgency=CRITICAL)))
    return counts["calls"], counts["in_danger"]


def _known(call: Call) -> bool:
    seal = call.seal
    same = Q(phone=seal.phone, origin=seal.origin) | _same_point(seal)  # nothing proves whose number it is
    if seal.address:
        same |= Q(phone=seal.phone, address__iexact=seal.address)
    return _before(call, WINDOW).filter(same, call__urgency__gte=call.urgency).exists()


def _told_just_now(call: Call) -> bool:
    seal = call.seal
    same = _same_point(seal)
    if seal.address:
        same |= Q(address__iexact=seal.address)
    before = _before(call, WINDOW).filter(same, phone=seal.phone, call__urgency=CRITICAL).order_by("at", "pk")
    told = None  # of a row of calls every few minutes, one in ten minutes was told
    for at in before.values_list("at", flat=True):
        told = at if told is None or at - told >= JUST_NOW else told
    return told is not None and call.at - told < JUST_NOW


def _same_point(seal: Seal) -> Q:
    if seal.lat is None or seal.lng is None:
        return Q(pk__in=())
    return Q(lat__range=(seal.lat - NEAR, seal.lat + NEAR), lng__range=(seal.lng - NEAR, seal.lng + NEAR))


def _before(call: Call, span: timedelta) -> QuerySet[Seal]:
    earlier = Q(at__lt=call.at) | Q(at=call.at, pk__lt=call.pk)
    there = Seal.objects.filter(earlier, is_open=True, at__gt=call.at - span)
    return there.filter(call__behind=False, call__said_safe_at=None)
