"""What is here already of reports that came from another system."""

from collections.abc import Iterable
from datetime import datetime

from hues.engines.cases.models import Case


def kept_numbers(numbers: Iterable[str]) -> dict[str, tuple[str, datetime]]:
    """Return those of these numbers that are here, with text and opening; for commands: nobody's eyes are asked."""
    found = Case.every.filter(number__in=list(numbers)).values_list("number", "text", "opened_at")
    return {number: (text, at) for number, text, at in found}
