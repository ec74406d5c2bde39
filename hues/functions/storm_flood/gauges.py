"""The city's gauges, their alarm levels, and what a level means."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from hues.kernel import city
from hues.kit.text import Bilingual, Words

SIMULATED = "demo"
SIMULATED_WORDS = _("Simulated figures (demo)")
STALE = timedelta(hours=6)
"""After that long a level says nothing about now: in October 2025 the Hương rose by 3.3 m in a day and a half."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Gauge:
    """A gauge: `alarms` are báo động 1 to 3 in metres, empty where none are known."""

    code: str
    name: Bilingual
    river: Bilingual
    alarms: tuple[Decimal, ...]
    record: Decimal | None
    record_year: str
    lat: float | None
    lng: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """What a gauge showed at an instant."""

    gauge: str
    metres: Decimal
    source: str
    at: datetime

    @property
    def said_by(self) -> Words:
        """Return the source as readers see it; what is simulated says so in their language."""
        return SIMULATED_WORDS if self.source == SIMULATED else self.source


def gauges() -> tuple[Gauge, ...]:
    """Return the city's gauges, the one that most people look at first."""
    return tuple(
        Gauge(
            code=row["code"],
            name={"vi": row["name_vi"], "en": row["name_en"]},
            river={"vi": row["river_vi"], "en": row["river_en"]},
            alarms=tuple(Decimal(row[f"bd{n}"]) for n in (1, 2, 3) if row[f"bd{n}"]),
            record=Decimal(row["record"]) if row["record"] else None,
            record_year=row["record_year"],
            lat=float(row["lat"]) if row["lat"] else None,
            lng=float(row["lng"]) if row["lng"] else None,
        )
        for row in city.rows("gauges.csv")
    )


def alarm_of(gauge: Gauge, metres: Decimal) -> int | None:
    """Return which alarm level is reached, 0 for none; None where the city does not know them all."""
    if len(gauge.alarms) < 3:
        return None
    return sum(metres >= alarm for alarm in gauge.alarms)


def is_stale(at: datetime, now: datetime) -> bool:
    """Test if a level is too old to be relied on."""
    return now - at > STALE


def levels_of_the_city() -> tuple[Level, ...]:
    """Return the levels that the city's folder holds, with their sources."""
    return tuple(
        Level(
            gauge=row["gauge"],
            metres=Decimal(row["metres"]),
            source=row["source"],
            at=datetime.fromisoformat(row["at"]),
        )
        for row in city.rows("gauge_readings.csv")
    )
