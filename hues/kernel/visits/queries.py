"""How often functions were used."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from hues.kernel.visits.models import DayVisits


@dataclass(frozen=True, kw_only=True, slots=True)
class Visits:
    """How often one audience used one function on one day. Visits, not visitors: nobody is told apart."""

    day: date
    function: str
    audience: str
    visits: int


def visits(since: date, until: date) -> tuple[Visits, ...]:
    """Return the visits of the days from `since` to `until`, both included, by day."""
    found = DayVisits.objects.filter(day__range=(since, until)).order_by("day", "function", "audience")
    return tuple(Visits(**row) for row in found.values("day", "function", "audience", "visits"))


def totals(since: date, until: date) -> dict[str, int]:
    """Return how often each function was used from `since` to `until`, both included, most used first."""
    found = DayVisits.objects.filter(day__range=(since, until)).values_list("function")
    return dict(found.annotate(total=Sum("visits")).order_by("-total", "function"))
