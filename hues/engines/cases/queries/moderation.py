"""What a new report is weighed by: how many its sender sent lately, how many unproven ones came from there."""

from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from hues.engines.cases.models import Case, CasePhoto, CaseSeal
from hues.engines.cases.rules import intake, moderation
from hues.engines.cases.rules.intake import Report
from hues.engines.cases.rules.moderation import Limits, Look, Seen
from hues.kernel import city
from hues.kit import cells

FILE = "moderation.toml"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


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


def _seen(report: Report, reporter: UUID | None, at: datetime) -> Seen:
    sent = {"in_hour": 0, "in_day": 0}
    if reporter is not None:
        sent = CaseSeal.objects.filter(person_id=reporter, opened_at__gt=at - DAY).aggregate(
            in_hour=Count("pk", filter=Q(opened_at__gt=at - HOUR)), in_day=Count("pk")
        )
    there = 0 if report.photos else _unproven(report, at) + 1
    return Seen(in_hour=sent["in_hour"] + 1, in_day=sent["in_day"] + 1, unproven=there)


def _unproven(report: Report, at: datetime) -> int:
    cell = cells.cell_of(report.place.lat, report.place.lng)
    since = at - timedelta(days=limits().days)
    pictured = CasePhoto.objects.filter(case_id=OuterRef("pk"))
    near = Case.objects.filter(cell=cell, opened_at__gt=since, parent=None, kind=report.kind)
    return near.exclude(Exists(pictured)).count()
