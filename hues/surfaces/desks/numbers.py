"""Public numbers as parts of an address, so that words such as "people" stay free for pages."""

from typing import Final

from django.urls import register_converter


class NumberConverter:
    """A public number: PA-2026-000123."""

    regex = r"[A-Z]{2,4}-\d{4}-\d{6,10}"

    def to_python(self, value: str) -> str:
        """Return the number as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Return the number as it stands."""
        return value


register_converter(NumberConverter, "number")
NUMBER: Final = "<number:number>"
