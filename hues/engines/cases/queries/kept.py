"""What is here already of reports that came from another system, and which numbers are the city's own."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from hues.engines.cases.models import Case
from hues.engines.cases.queries import catalogue
from hues.kernel.city import city


def kept_numbers(numbers: Iterable[str]) -> dict[str, tuple[str, datetime]]:
    """Return those of these numbers that are here, with text and opening; for commands: nobody's eyes are asked."""
    found = Case.every.filter(number__in=list(numbers)).values_list("number", "text", "opened_at")
    return {number: (text, at) for number, text, at in found}


def number_prefix(kind: str) -> str:
    """Return what the city's own numbers of that kind of case begin with."""
    declared = catalogue.case_type(kind)
    return (declared.prefix if declared else "") or city().number_prefix


def last_counts() -> dict[int, int]:
    """Return by year the count of the last number that was given out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT substring(sequencename from 14)::int, last_value FROM pg_sequences WHERE last_value IS NOT NULL"
            " AND schemaname = current_schema() AND sequencename ~ '^cases_number_[0-9]+$'"
        )
        return dict(cursor.fetchall())
