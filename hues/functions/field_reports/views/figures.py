"""How published reports were answered, in figures that lead to the reports they count."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hues.engines.cases import queries as cases
from hues.functions.field_reports import months, queries
from hues.functions.field_reports.choosing import NONE
from hues.functions.field_reports.numbers import COLUMNS, NAMES, Number, numbers
from hues.kernel import visits
from hues.kernel.agencies import queries as agencies
from hues.kernel.areas import queries as areas
from hues.kit.text import Bilingual, Words
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to
from hues.surfaces.shell.sharing import shared

TABS: dict[str, Words] = {
    "ward": _("By ward"),
    "agency": _("By agency"),
    "category": _("By category"),
    "month": _("By month"),
}


LABELS: dict[str, Words] = {
    "on_time": _("On time"),
    "extended": _("Extended"),
    "late": _("Answered late"),
    "overdue": _("Overdue"),
    "reopened": _("Reopened"),
    "confirmed": _("Confirmed"),
    "contested": _("Contested"),
    "silent": _("Silent"),
    "satisfied": _("Satisfied"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One ward, agency, category or month."""

    title: Bilingual | str
    opened: Number
    days: Decimal | None
    answered: Number
    numbers: tuple[tuple[Words, Number], ...]


@require_safe
@open_to(ANYONE)
@shared
def figures(request: AskedRequest) -> HttpResponse:
    """Show the figures of a period by ward, agency, category or month."""
    visits.count("field_reports", "citizen")
    grouping = request.GET.get("by", "ward")
    grouping = grouping if grouping in TABS else "ward"
    asked = request.GET.get("period", "")
    period = asked if months.is_period(asked) else ""
    whole, known = queries.total(period), queries.counted_months()
    context = {
        "grouping": grouping,
        "period": period,
        "tabs": [_tab(name, words, grouping, period) for name, words in TABS.items()],
        "whole": {number.name: number for number in numbers(whole, {"period": period}, NAMES)},
        "days": whole.days,
        "silent_after": cases.deadlines().silent_days,
        "lines": _lines(grouping, period),
        "heading": TABS[grouping],
        "columns": [LABELS[name] for name in COLUMNS[1:]],
        "years": sorted({month[:4] for month in known}, reverse=True),
        "months": known,
        "counted_at": queries.counted_at(period),
        "downloads": urlencode({"period": period}) if period else "",
    }
    return render(request, "field_reports/figures.html", context)


def _tab(name: str, words: Words, grouping: str, period: str) -> dict[str, object]:
    query = {"by": name, **({"period": period} if period else {})}
    return {"label": words, "href": f"?{urlencode(query)}", "current": name == grouping, "count": None}


def _lines(grouping: str, period: str) -> tuple[Line, ...]:
    titles = _titles(grouping)
    lines = []
    for found in queries.figures(grouping, period):
        title, code = titles.get(found.key, (found.key or "—", found.key or NONE))
        asked = {"period": found.key} if grouping == "month" else {"period": period, grouping: code}
        opened, answered, *others = numbers(found, asked, ("opened", "answered", *COLUMNS[1:]))
        lines.append(Line(title=title, opened=opened, answered=answered, days=found.days, numbers=_named(others)))
    return tuple(lines)


def _named(others: Iterable[Number]) -> tuple[tuple[Words, Number], ...]:
    return tuple((LABELS[number.name], number) for number in others)


def _titles(grouping: str) -> dict[str, tuple[Bilingual | str, str]]:
    """Return the title of each key, and the code that stands for it in an address."""
    if grouping == "ward":
        return {ward.code: (ward.name, ward.code) for ward in areas.wards()}
    if grouping == "agency":
        named: dict[str, tuple[Bilingual | str, str]] = {str(c.id): (c.name, c.code) for c in agencies.agencies()}
        return named | {"": (gettext("Operations centre"), NONE)}
    if grouping == "category":
        return {card.code: (card.title, card.code) for card in cases.categories("report")}
    return {month: (f"{month[5:]}/{month[:4]}", month) for month in queries.counted_months()}
