"""Working time against a walker that looks at every minute, and against the due dates of real reports."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from holidays import country_holidays
from hypothesis import given, settings
from hypothesis import strategies as st

from hues.kit.calendar import NeverWorks, WorkingCalendar

HUE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0)))
OFFICE = dict.fromkeys(range(5), DAY)
VIETNAM = country_holidays("VN")
HUE_CALENDAR = WorkingCalendar(hours=OFFICE, holidays=VIETNAM, make_up_days=VIETNAM.weekend_workdays, zone=HUE)
MINUTE = timedelta(minutes=1)
MONDAY = date(2026, 2, 2)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HUE)


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        ("2019-09-02 15:44", "2019-09-12"),  # sent on National Day
        ("2024-11-07 08:22", "2024-11-18"),
        ("2025-07-18 17:46", "2025-07-29"),  # after hours, yet the day is the day
        ("2025-08-23 18:28", "2025-09-05"),  # sent on a Saturday, National Day on the way
        ("2025-11-21 10:53", "2025-12-02"),
        ("2026-03-02 19:17", "2026-03-11"),
    ],
)
def test_due_dates_of_real_reports_are_seven_working_days_on(sent: str, due: str) -> None:
    assert HUE_CALENDAR.add_days(local(sent), 7).astimezone(HUE) == local(f"{due} 17:00")


@pytest.mark.parametrize(("sent", "due"), [("2022-11-22 13:23", "2022-12-02"), ("2023-03-08 22:51", "2023-03-20")])
def test_real_reports_accepted_the_day_after_are_due_seven_working_days_from_then(sent: str, due: str) -> None:
    accepted = HUE_CALENDAR.add_days(local(sent), 1)
    assert HUE_CALENDAR.add_days(accepted, 7).astimezone(HUE).date() == date.fromisoformat(due)


def test_the_clock_stands_still_through_tet() -> None:
    before_tet = local("2026-02-13 16:00")
    assert HUE_CALENDAR.add_hours(before_tet, 2).astimezone(HUE) == local("2026-02-23 08:30")
    assert HUE_CALENDAR.add_days(before_tet, 1).astimezone(HUE).date() == date(2026, 2, 23)


def test_a_saturday_that_makes_up_for_a_bridge_day_is_worked() -> None:
    assert HUE_CALENDAR.works_on(date(2026, 8, 22))
    assert not HUE_CALENDAR.works_on(date(2026, 8, 31))
    assert not HUE_CALENDAR.works_on(date(2026, 8, 29))


def test_the_day_of_vietnamese_culture_is_off() -> None:
    assert not HUE_CALENDAR.works_on(date(2026, 11, 24))


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-02 08:00", 4, "2026-03-02 14:00"),  # over lunch
        ("2026-03-02 07:30", 4, "2026-03-02 11:30"),  # done as lunch begins, not after it
        ("2026-03-02 12:10", 1, "2026-03-02 14:30"),
        ("2026-03-06 16:30", 1, "2026-03-09 08:00"),  # over the weekend
        ("2026-03-07 10:00", 8, "2026-03-10 08:00"),
        ("2026-03-02 22:00", 0, "2026-03-02 22:00"),
        ("2026-03-02 16:45", 0.5, "2026-03-03 07:45"),
    ],
)
def test_hours_pass_in_working_time_only(start: str, hours: float, end: str) -> None:
    assert HUE_CALENDAR.add_hours(local(start), hours).astimezone(HUE) == local(end)


def test_what_comes_out_is_in_utc() -> None:
    start = local("2026-03-02 08:00")
    assert HUE_CALENDAR.add_hours(start, 1).tzinfo is UTC
    assert HUE_CALENDAR.add_days(start, 1).tzinfo is UTC


def test_a_calendar_without_work_says_so_instead_of_searching_for_ever() -> None:
    never = WorkingCalendar(hours={}, holidays=frozenset(), zone=UTC)
    with pytest.raises(NeverWorks):
        never.add_hours(local("2026-03-02 08:00"), 1)
    with pytest.raises(NeverWorks):
        never.add_days(local("2026-03-02 08:00"), 1)
    assert never.working_time(local("2026-03-02 08:00"), local("2026-04-02 08:00")) == timedelta(0)


def test_a_night_in_which_the_clocks_change_is_counted_in_real_hours() -> None:
    paris = ZoneInfo("Europe/Paris")
    night = WorkingCalendar(hours={6: ((time(0), time(6)),)}, holidays=frozenset(), zone=paris)
    start = datetime(2026, 3, 29, 0, 0, tzinfo=paris)
    assert night.working_time(start, datetime(2026, 3, 29, 12, 0, tzinfo=paris)) == timedelta(hours=5)
    assert night.add_hours(start, 3).astimezone(paris) == datetime(2026, 3, 29, 4, 0, tzinfo=paris)


days = st.dates(MONDAY, MONDAY + timedelta(days=20))
minutes = st.integers(0, 24 * 60 - 1)
instants = st.builds(lambda day, minute: datetime.combine(day, time(), HUE) + minute * MINUTE, days, minutes)


@st.composite
def spans(draw: st.DrawFn) -> tuple[tuple[time, time], ...]:
    edges = sorted(draw(st.sets(st.integers(0, 95), min_size=2, max_size=6)))
    marks = [time(e // 4, e % 4 * 15) for e in edges]
    return tuple(zip(marks[::2], marks[1::2], strict=False))


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    hours = draw(st.dictionaries(st.integers(0, 6), spans(), min_size=1))
    off, made_up = draw(st.sets(days, max_size=5)), draw(st.sets(days, max_size=2))
    return WorkingCalendar(hours=hours, holidays=off, make_up_days=made_up, zone=HUE)


def works(calendar: WorkingCalendar, instant: datetime) -> bool:
    """Say the same as the calendar, from its facts alone."""
    here = instant.astimezone(HUE)
    day, first = here.date(), calendar.hours[min(calendar.hours)]
    if day in calendar.make_up_days:
        todays = calendar.hours.get(day.weekday(), first)
    else:
        todays = () if day in calendar.holidays else calendar.hours.get(day.weekday(), ())
    return any(a <= here.time() < b for a, b in todays)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(calendars(), instants)
def test_an_instant_is_working_as_the_facts_say(calendar: WorkingCalendar, instant: datetime) -> None:
    assert calendar.is_working(instant) == works(calendar, instant)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(calendars(), instants, st.integers(1, 600))
def test_adding_hours_agrees_with_a_walk_of_every_minute(
    calendar: WorkingCalendar, start: datetime, worked: int
) -> None:
    here, left = start, worked
    while left:
        left -= works(calendar, here)
        here += MINUTE
    assert calendar.add_hours(start, worked / 60) == here
    assert calendar.working_time(start, here) == worked * MINUTE


@settings(max_examples=60, deadline=None, derandomize=True)
@given(calendars(), instants, st.integers(0, 4000))
def test_working_time_agrees_with_a_walk_of_every_minute(
    calendar: WorkingCalendar, start: datetime, length: int
) -> None:
    walked = sum((works(calendar, start + n * MINUTE) for n in range(length)), 0) * MINUTE
    assert calendar.working_time(start, start + length * MINUTE) == walked
    assert calendar.working_time(start + length * MINUTE, start) == -walked


@settings(max_examples=150, deadline=None, derandomize=True)
@given(calendars(), instants, st.integers(0, 12))
def test_adding_days_agrees_with_a_walk_of_every_day(calendar: WorkingCalendar, start: datetime, days: int) -> None:
    def works_on(day: date) -> bool:
        return any(works(calendar, datetime.combine(day, time(n // 4, n % 4 * 15), HUE)) for n in range(96))

    day, left = start.date(), days
    while not works_on(day) or left:
        left -= works_on(day)
        day += timedelta(days=1)
    due = calendar.add_days(start, days).astimezone(HUE)
    assert due.date() == day
    assert works(calendar, due - MINUTE)
    assert not works(calendar, due)


def test_working_days_are_counted_from_the_day_after_and_leave_out_days_off() -> None:
    friday, monday = local("2026-03-06 16:00"), local("2026-03-09 08:00")
    assert HUE_CALENDAR.working_days(friday, monday) == 1
    assert HUE_CALENDAR.working_days(friday, friday + MINUTE) == 0
    assert HUE_CALENDAR.working_days(monday, monday + timedelta(days=7)) == 5
