"""What a new report is weighed by: how many its sender sent lately, how many unproven ones came from there."""

from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from hues.engines.cases.models import CaseSeal, Step
from hues.engines.cases.rules import intake, moderation
from hues.engines.cases.rules.intake import Report
from hues.engines.cases.rules.moderation import Limits, Look, Seen
from hues.engines.cases.rules.publishing import FROM_WORDS
from hues.engines.cases.rules.workflow import Side, Verb
from hues.kernel import city
from hues.kernel.statements import planned
from hues.kit import cells

FILE = "moderation.toml"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Somebody with a thousand reports is read no further than somebody with a few. All that are known by an address alone
# stand in the middle of their ward: of these only the same address is the same place.
_SEEN = """
SELECT
  (SELECT count(*) FROM (
    SELECT FROM cases_caseseal WHERE person_id = %(person)s AND opened_at > %(hour)s LIMIT %(per_hour)s
  ) AS lately),
  (SELECT count(*) FROM (
    SELECT FROM cases_caseseal WHERE person_id = %(person)s AND opened_at > %(day)s LIMIT %(per_day)s
  ) AS today),
  (SELECT count(*) FROM (
    SELECT FROM cases_case AS near
    WHERE cell = %(cell)s AND opened_at > %(since)s AND parent_id IS NULL AND kind = %(kind)s
      AND (place_source = %(words)s) = %(from_words)s AND (NOT %(from_words)s OR lower(address) = lower(%(address)s))
      AND NOT EXISTS (SELECT FROM cases_casephoto WHERE case_id = near.id)
    LIMIT %(unproven)s
  ) AS there)
"""


@cache
def limits() -> Limits:
    """Return what the city lays down; nothing, where it has no such file."""
    return moderation.read(city.document(FILE) if city.path(FILE).exists() else {})


def looks_at(report: Report, reporter: UUID | None, *, emergency: bool, at: datetime) -> tuple[Look, ...]:
    """Return why a report that is about to be opened needs a look; one that staff wrote down needs none."""
    if report.channel not in intake.UNSEEN:
        return ()
    seen = Seen() if emergency else _seen(report, reporter, at)
    return moderation.looks(limits(), report.text, seen, emergency=emergency)


def has_added_enough(reporter: UUID | None, at: datetime) -> bool:
    """Test if somebody has added to their reports as often as one may within an hour."""
    most = limits().added_per_hour
    if not most:
        return False
    own = CaseSeal.objects.filter(person_id=reporter).values("case_id")
    added = Step.objects.filter(case_id__in=own, verb=Verb.ADD, side=Side.CITIZEN, at__gt=at - HOUR)
    return added[:most].count() >= most


def counted_with(report: Report, reporter: UUID | None, *, emergency: bool) -> tuple[str, ...]:
    """Return the names of what a report is counted in: its sender's reports, unproven ones from its place; or none."""
    if report.channel not in intake.UNSEEN or emergency:
        return ()
    law, names = limits(), []
    if reporter is not None and (law.per_hour or law.per_day):
        names.append(f"cases.sent:{reporter}")
    if law.reports and not report.photos:
        names.append(f"cases.unproven:{report.kind}:{cells.cell_of(report.place.lat, report.place.lng)}")
    return tuple(names)


def _seen(report: Report, reporter: UUID | None, at: datetime) -> Seen:
    """Return what there is with the new report, counted no further than the limits ask."""
    most = limits()
    with planned() as cursor:
        cursor.execute(
            _SEEN,
            {
                "person": reporter,
                "hour": at - HOUR,
                "day": at - DAY,
                "per_hour": most.per_hour,
                "per_day": most.per_day,
                "cell": cells.cell_of(report.place.lat, report.place.lng),
                "since": at - timedelta(days=most.days),
                "kind": report.kind,
                "words": FROM_WORDS,
                "from_words": report.place.source == FROM_WORDS,
                "address": report.place.address,
                "unproven": 0 if report.photos else most.reports,
            },
        )
        in_hour, in_day, unproven = cursor.fetchone()
    return Seen(in_hour=in_hour + 1, in_day=in_day + 1, unproven=0 if report.photos else unproven + 1)
