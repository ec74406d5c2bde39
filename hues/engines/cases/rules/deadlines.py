"""The honest clock: when a case is due, what stops the clock, and whether it was kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from hues.engines.cases.rules.breach import Breach
from hues.kit.calendar import WorkingCalendar


class ServiceClass(StrEnum):
    """How fast a kind of trouble must be answered."""

    URGENT = "urgent"
    NORMAL = "normal"
    COMPLEX = "complex"


class Standing(StrEnum):
    """How a case stands with its clock; the last four are final."""

    RUNNING = "running"
    SOON = "soon"
    OVERDUE = "overdue"
    PAUSED = "paused"
    ON_TIME = "on_time"
    EXTENDED = "extended"
    LATE = "late"
    NO_CLOCK = "no_clock"


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerTime:
    """Working hours or working days in which an answer is due; a plan may stretch it to `max_days`."""

    hours: float | None = None
    days: int | None = None
    max_days: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadlines:
    """
    What the city promises.

    Hours and days are working time, but for `reopen_days` and `close_days`, which citizens count on a wall calendar.
    """

    accept_hours: float = 8
    answers: Mapping[str, AnswerTime]
    share_left: float = 0.25
    reopen_days: int = 10
    close_days: int = 10
    waiting_days: int = 10
    escalate_hours: float = 4
    review_hours: float = 8

    def reopen_until(self, ended_at: datetime) -> datetime:
        """Return until when an answer given at `ended_at` may be contested."""
        return ended_at + timedelta(days=self.reopen_days)

    @property
    def silent_days(self) -> int:
        """Return after how many days without a word an answer closes: never while it may still be contested."""
        return max(self.close_days, self.reopen_days)


DEFAULTS: Mapping[str, AnswerTime] = {
    ServiceClass.URGENT: AnswerTime(hours=4),
    ServiceClass.NORMAL: AnswerTime(days=7),
    ServiceClass.COMPLEX: AnswerTime(days=15, max_days=30),
}


def read(document: Mapping[str, Any]) -> Deadlines:
    """Return the deadlines a city wrote down in `deadlines.toml`; what it leaves out has the usual length."""
    answers: dict[str, AnswerTime] = dict(DEFAULTS)
    for name, given in document.get("answer", {}).items():
        answers[name] = AnswerTime(
            hours=given.get("working_hours"),
            days=given.get("working_days"),
            max_days=given.get("max_working_days"),
        )
    return Deadlines(
        accept_hours=document.get("accept", {}).get("working_hours", 8),
        answers=answers,
        share_left=document.get("warning", {}).get("share_left", 0.25),
        reopen_days=document.get("reopen", {}).get("days", 10),
        close_days=document.get("close", {}).get("days", 10),
        review_hours=document.get("review", {}).get("working_hours", 8),
        escalate_hours=document.get("escalation", {}).get("working_hours", 4),
        waiting_days=document.get("waiting", {}).get("working_days", 10),
    )


def accept_due(received_at: datetime, *, deadlines: Deadlines, calendar: WorkingCalendar) -> datetime:
    """Return when the operations centre must have routed a case that it received at `received_at`."""
    return calendar.add_hours(received_at, deadlines.accept_hours)


def answer_due(
    started_at: datetime,
    service_class: str,
    *,
    plan_days: int | None = None,
    deadlines: Deadlines,
    calendar: WorkingCalendar,
) -> datetime:
    """
    Return when an answer is due whose clock started at `started_at`.

    :raises Breach: `service_class` if the city knows none of that name, `plan_days` if the plan is too long or short
    """
    allowed = deadlines.answers.get(service_class)
    if allowed is None:
        raise Breach("service_class", "unknown-class")
    if plan_days is not None:
        _check_plan(plan_days, allowed)
        return calendar.add_days(started_at, plan_days)
    if allowed.days is not None:
        return calendar.add_days(started_at, allowed.days)
    return calendar.add_hours(started_at, allowed.hours or 0)


def warn_at(
    started_at: datetime,
    due_at: datetime,
    *,
    credit: timedelta = timedelta(0),
    deadlines: Deadlines,
    calendar: WorkingCalendar,
) -> datetime:
    """
    Return the instant from which only the city's warning share of the working time is left.

    `credit` is what was given back between the two: nobody could work in it, so it is no part of the whole.
    """
    if due_at <= started_at:
        return due_at  # a part of a case that was late before it was split
    whole = calendar.working_time(started_at, due_at)
    left = max(whole - credit, timedelta(0)) * deadlines.share_left
    return min(calendar.add_hours(started_at, (whole - left) / timedelta(hours=1)), due_at)


def credit(paused_at: datetime, resumed_at: datetime, due_at: datetime, *, calendar: WorkingCalendar) -> timedelta:
    """
    Return the working time that is given back for a pause that a reply ended, or for a review.

    A pause that began after the due time gives nothing: what is late stays late.
    """
    return calendar.working_time(paused_at, resumed_at) if paused_at < due_at else timedelta(0)


def later(due_at: datetime, by: timedelta, *, calendar: WorkingCalendar) -> datetime:
    """Return a due time moved by working time."""
    return calendar.add_hours(due_at, by / timedelta(hours=1)) if by > timedelta(0) else due_at


def standing(
    *,
    due_at: datetime | None,
    first_due_at: datetime | None,
    warn_at: datetime | None,
    answered_at: datetime | None,
    paused_at: datetime | None,
    ended: bool,
    at: datetime,
) -> Standing:
    """
    Return how a case stands with its clock at `at`.

    On time is an answer by `first_due_at`, extended one by the later `due_at` that was granted, late any other.
    A case that ended without an answer (refused) has no clock. The pause shows only while it helps: a case that
    was late before it waited is late.
    """
    if due_at is None or first_due_at is None or (ended and answered_at is None):
        return Standing.NO_CLOCK
    if answered_at is not None:
        if answered_at <= first_due_at:
            return Standing.ON_TIME
        return Standing.EXTENDED if answered_at <= due_at else Standing.LATE
    if paused_at is not None and paused_at < due_at:
        return Standing.PAUSED
    if at > due_at:
        return Standing.OVERDUE
    return Standing.SOON if warn_at is not None and at >= warn_at else Standing.RUNNING


def elapsed_days(opened_at: datetime, until: datetime) -> int:
    """Return the whole days, nights and holidays included, from `opened_at` to `until`."""
    return max((until - opened_at).days, 0)


def _check_plan(days: int, allowed: AnswerTime) -> None:
    if allowed.max_days is None:
        raise Breach("plan_days", "no-plan-here")
    if not (allowed.days or 1) <= days <= allowed.max_days:
        raise Breach("plan_days", "plan-length")
