"""Enter river levels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hues.functions.storm_flood import events
from hues.functions.storm_flood.gauges import gauges
from hues.functions.storm_flood.models import Reading
from hues.kernel.city import city
from hues.kernel.errors import Invalid, NotAllowed
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import Asker, Role
from hues.kit.text import Words, tidy
from hues.kit.years import in_utc, meant

ENTERERS = (Role.OPERATOR, Role.DUTY_LEADER)
CENTIMETRE = Decimal("0.01")
LOWEST, HIGHEST = Decimal(-5), Decimal(200)  # metres: Thượng Nhật stands at 60
AHEAD = timedelta(minutes=10)  # a clock may be that wrong
MOST_ROWS = 5000
NO_YEAR: Words = gettext_lazy("Choose a year between 2000 and 2100.")


@dataclass(frozen=True, kw_only=True, slots=True)
class NewReading:
    """A level as somebody read it."""

    gauge: str
    metres: Decimal
    at: datetime
    source: str


@transaction.atomic
def enter(reading: NewReading, *, by: Asker, at: datetime) -> None:
    """
    Enter one level.

    :raises NotAllowed: if the asker does not work at the centre
    :raises Invalid: if the gauge is unknown, or the level or its instant out of reason
    """
    _only_the_centre(by)
    if faults := _faults(reading, at):
        raise Invalid(None, faults)
    _write([reading], by=by, at=at)
    journal.record(
        events.ReadingEntered(
            at=at,
            by=by.person_id,
            gauge=reading.gauge,
            centimetres=int(reading.metres * 100),
            read_at=reading.at.isoformat(),
        )
    )


@transaction.atomic
def import_levels(said: Iterable[Mapping[str, str | None]], *, by: Asker, at: datetime) -> int:
    """
    Enter all levels of a file (gauge, at, metres, source), or none, and return how many.

    An instant without a zone is one of the city's clock.

    :raises NotAllowed: if the asker does not work at the centre
    :raises Invalid: if a row is wrong; the sentence names its line
    """
    _only_the_centre(by)
    rows = [_read(row, line, at) for line, row in enumerate(said, start=2)]
    if not rows or len(rows) > MOST_ROWS:
        sentence = _("The file holds no rows, or more than 5,000.")
        raise Invalid(sentence, {"file": sentence})
    _write(rows, by=by, at=at)
    journal.record(events.ReadingsImported(at=at, by=by.person_id, rows=len(rows)))
    return len(rows)


def _read(row: Mapping[str, str | None], line: int, at: datetime) -> NewReading:
    try:
        read_at = in_utc(datetime.fromisoformat(tidy(row["at"] or "")), ZoneInfo(city().timezone))
        if read_at is None:
            raise _wrong_line(line, NO_YEAR)
        reading = NewReading(
            gauge=tidy(row["gauge"] or ""),
            metres=Decimal(tidy(row["metres"] or "").replace(",", ".")),
            at=read_at,
            source=tidy(row["source"] or "")[:120],
        )
    except (KeyError, ValueError, InvalidOperation) as wrong:
        raise _wrong_line(line, _("needs gauge, at, metres and source")) from wrong
    if faults := _faults(reading, at):
        raise _wrong_line(line, next(iter(faults.values())))
    return reading


def _wrong_line(line: int, what: Words) -> Invalid:
    sentence = _("Line %(line)s: %(what)s") % {"line": line, "what": what}
    return Invalid(sentence, {"file": sentence})


def _faults(reading: NewReading, at: datetime) -> dict[str, Words]:
    found: dict[str, Words] = {}
    if reading.gauge not in {gauge.code for gauge in gauges()}:
        found["gauge"] = _("This gauge is not on the city's list.")
    if not reading.metres.is_finite() or not LOWEST <= reading.metres <= HIGHEST:
        found["metres"] = _("A level in metres, such as 2.35.")
    if not meant(reading.at):
        found["at"] = NO_YEAR
    elif reading.at > at + AHEAD:
        found["at"] = _("This instant has not come yet.")
    if not reading.source:
        found["source"] = _("Say where the number comes from.")
    return found


def _write(readings: Iterable[NewReading], *, by: Asker, at: datetime) -> None:
    # The database rounds as well, but not a number with thousands of decimals.
    Reading.objects.bulk_create(
        Reading(
            gauge=r.gauge,
            metres=r.metres.quantize(CENTIMETRE, ROUND_HALF_UP),
            source=r.source,
            at=r.at,
            by=by.person_id,
            entered_at=at,
        )
        for r in readings
    )


def _only_the_centre(by: Asker) -> None:
    if not by.may(*ENTERERS):
        raise NotAllowed
