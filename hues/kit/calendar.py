"""Working time: add hours and days that skip nights, days off and public holidays."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

type Spans = tuple[tuple[time, time], ...]
type Week = Mapping[int, Spans]

ONE_DAY = timedelta(days=1)
NOTHING = timedelta(0)
# A calendar with no working time at all must not search for ever.
HORIZON_DAYS = 10_000


class NeverWorks(ValueError):
    """There is no working time left to find in this calendar."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkingCalendar:
    """
    When a city works.

    `hours` maps a weekday (Monday 0) to its spans of local time in `zone`, in order and without overlap;
    a weekday that is not there is a day off. `holidays` are days off whatever the weekday; `make_up_days`
    are days off that are worked after all, with the hours of the week's first working day, and win over
    everything else. Every instant that goes in is aware; every instant that comes out is in UTC.
    """

    hours: Week
    holidays: Container[date]
    zone: tzinfo
    make_up_days: Container[date] = frozenset()
    _days: dict[date, tuple[tuple[datetime, datetime], ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def works_on(self, day: date) -> bool:
        """Test if the city works on `day`."""
        return bool(self.spans_on(day))

    def is_working(self, instant: datetime) -> bool:
        """Test if the city works at `instant`; the end of a span is no longer working time."""
        return any(start <= instant < end for start, end in self.spans_on(self._day_of(instant)))

    def add_hours(self, start: datetime, hours: float) -> datetime:
        """
        Return the first instant by which `hours` of working time have passed since `start`.

        :raises NeverWorks: if the calendar has no working time
        """
        left, here = timedelta(hours=hours), start.astimezone(UTC)
        if left <= NOTHING:
            return here
        for opens, closes in self._spans_from(here):
            begins = max(opens, here)
            if closes - begins >= left:
                return begins + left
            left -= closes - begins
        raise NeverWorks

    def add_days(self, start: datetime, days: int) -> datetime:
        """
        Return the end of work on the `days`-th working day after the day of `start`.

        The day itself does not count, whatever the hour; what starts on a day off counts from the next working day.

        :raises NeverWorks: if the calendar has no working day
        """
        day = self._day_of(start)
        for _ in range(HORIZON_DAYS):
            if self.works_on(day):
                if days <= 0:
                    return self.spans_on(day)[-1][1]
                days -= 1
            day += ONE_DAY
        raise NeverWorks

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time from `start` to `end`; negative if `end` is the earlier one."""
        if end < start:
            return -self.working_time(end, start)
        first, last = start.astimezone(UTC), end.astimezone(UTC)
        total = NOTHING
        day, last_day = self._day_of(first), self._day_of(last)
        while day <= last_day:
            for opens, closes in self.spans_on(day):
                total += max(min(closes, last) - max(opens, first), NOTHING)
            day += ONE_DAY
        return total

    def working_days(self, start: datetime, end: datetime) -> int:
        """Return how many working days begin after the day of `start`, up to and with the day of `end`."""
        first, last = self._day_of(start), self._day_of(end)
        return sum(self.works_on(first + ONE_DAY * n) for n in range(1, (last - first).days + 1))

    def spans_on(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """Return the working spans of `day`, in UTC; none on a day off."""
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = tuple((self._at(day, a), self._at(day, b)) for a, b in self._hours_on(day))
        return found

    def _hours_on(self, day: date) -> Spans:
        # Asked first: the package `holidays` learns a year, its make-up days included, when first asked about it.
        is_off = day in self.holidays
        if day in self.make_up_days:
            return self.hours.get(day.weekday()) or next((self.hours[d] for d in sorted(self.hours)), ())
        return () if is_off else self.hours.get(day.weekday(), ())

    def _at(self, day: date, moment: time) -> datetime:
        return datetime.combine(day, moment, self.zone).astimezone(UTC)

    def _day_of(self, instant: datetime) -> date:
        return instant.astimezone(self.zone).date()

    def _spans_from(self, instant: datetime) -> Iterator[tuple[datetime, datetime]]:
        day = self._day_of(instant)
        for _ in range(HORIZON_DAYS):
            for opens, closes in self.spans_on(day):
                if closes > instant:
                    yield opens, closes
            day += ONE_DAY
