"""Numbers that lead to the reports they count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from hues.functions.field_reports.queries import Figures

# Which rows of the public list a number counts.
BEHIND: dict[str, dict[str, str]] = {
    "opened": {},
    "answered": {"clock": "answered"},
    "on_time": {"clock": "on_time"},
    "extended": {"clock": "extended"},
    "late": {"clock": "late"},
    "reopened": {"reopened": "1"},
    "confirmed": {"verdict": "confirmed"},
    "contested": {"verdict": "contested"},
    "silent": {"verdict": "silent"},
    "spoke": {"verdict": "spoke"},
    "rated": {"verdict": "rated"},
    "satisfied": {"verdict": "satisfied"},
}
COLUMNS = (
    *("opened", "on_time", "extended", "late", "overdue"),
    *("reopened", "confirmed", "contested", "silent", "satisfied"),
)
NAMES = (*BEHIND, "overdue")  # most of what is overdue is not public yet, and no list shows it
# Silence is no word: it is a share of nothing that was said.
WHOLE = {
    "on_time": "answered",
    "extended": "answered",
    "late": "answered",
    "reopened": "opened",
    "confirmed": "spoke",
    "contested": "spoke",
    "satisfied": "rated",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """One number, the list of the reports it counts if there is one, and its share of its whole in percent."""

    name: str
    value: int
    href: str
    share: Decimal | None


def numbers(found: Figures, asked: Mapping[str, str], names: Iterable[str]) -> tuple[Number, ...]:
    """Return figures by name, each with the address of the list that `asked` and its own filter narrow."""
    page = reverse("field_reports:list")
    return tuple(
        Number(
            name=name,
            value=getattr(found, name),
            href=f"{page}?{urlencode(_given({**asked, **BEHIND[name]}))}" if name in BEHIND else "",
            share=found.share(name, WHOLE[name]) if name in WHOLE else None,
        )
        for name in names
    )


def _given(asked: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in asked.items() if value}
