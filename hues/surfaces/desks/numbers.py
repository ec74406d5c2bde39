"""Public numbers as parts of an address, so that words such as "people" stay free for pages."""

from typing import Final

from django.urls import register_converter

from hues.engines.cases.rules.numbers import SHAPE


class NumberConverter:
    """A public number: PA-2026-000123."""

    regex = SHAPE

    def to_python(self, value: str) -> str:
        """Return the number as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Return the number as it stands."""
        return value


register_converter(NumberConverter, "number")
NUMBER: Final = "<number:number>"
