"""Whether the machine does what it owes: jobs, timers, deliveries, backups."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateJob

from hues.kernel.clocks.queries import late_timers
from hues.kernel.delivery.queries import outbox
from hues.kit.clock import now
from hues.kit.text import Words
from hues.surfaces.operations.places import KEEPERS, places
from hues.surfaces.shell.access import AskedRequest, open_to

BACKUPS = "backups"
OLD_BACKUP = timedelta(days=2)
MANY_JOBS = 1_000
SINCE = timedelta(days=7)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """One thing that is watched: what it is, how it stands, and the tone of that (good, wait, bad)."""

    title: Words
    value: object
    tone: str
    hint: Words = ""
    at: datetime | None = None


@open_to(*KEEPERS)
@require_safe
def health(request: AskedRequest) -> HttpResponse:
    """Show whether the machine does what it owes."""
    at = now()
    context = {"signs": [*_jobs(), *_others(at)], "at": at, "places": places(request.asker, "health")}
    return render(request, "operations/health.html", context)


def _jobs() -> list[Sign]:
    rows = ProcrastinateJob.objects.values_list("status").annotate(n=Count("id")).order_by()
    by_status: dict[str, int] = dict(rows)
    waiting, failed = by_status.get("todo", 0), by_status.get("failed", 0)
    return [
        Sign(
            title=_("Jobs waiting"),
            value=waiting,
            tone="wait" if waiting > MANY_JOBS else "good",
            hint=_("What follows from moves: messages, timers, figures."),
        ),
        Sign(title=_("Jobs running"), value=by_status.get("doing", 0), tone="good"),
        Sign(
            title=_("Jobs failed"),
            value=failed,
            tone="bad" if failed else "good",
            hint=_("Tried to the end and given up; the server's log says why."),
        ),
    ]


def _others(at: datetime) -> list[Sign]:
    late, texts, backup = late_timers(at), outbox(at - SINCE), last_backup(Path(settings.HUES.home) / BACKUPS)
    return [
        Sign(
            title=_("Timers late"),
            value=late,
            tone="bad" if late else "good",
            hint=_("Due more than five minutes ago and not yet rung."),
        ),
        Sign(title=_("Text messages to send"), value=texts.owed, tone="good", at=texts.oldest_at),
        Sign(
            title=_("Text messages given up"),
            value=texts.given_up,
            tone="bad" if texts.given_up else "good",
            hint=_("In the last seven days."),
        ),
        Sign(
            title=_("Last backup"),
            value="" if backup else _("none yet"),
            tone="good" if backup and at - backup < OLD_BACKUP else "wait",
            hint=_("Made by the command “hues backup”."),
            at=backup,
        ),
    ]


def last_backup(folder: Path) -> datetime | None:
    """Return when the newest file of the folder was written."""
    times = [file.stat().st_mtime for file in folder.glob("*")] if folder.is_dir() else []
    return datetime.fromtimestamp(max(times), tz=UTC) if times else None
