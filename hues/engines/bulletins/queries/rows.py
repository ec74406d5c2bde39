"""Rows of the table turned into what the rules and the cards know."""

from collections.abc import Mapping
from typing import Any, Final

from hues.engines.bulletins.rules import shapes
from hues.engines.bulletins.rules.content import Content, Text

CONTENT: Final = ("event", "risk", "texts", "wards", "shapes", "onset_at", "expires_at", "training")


def texts_of(kept: Mapping[str, Mapping[str, str]]) -> dict[str, Text]:
    """Return the words by language."""
    return {language: Text(**words) for language, words in kept.items()}


def content_of(row: Mapping[str, Any]) -> Content:
    """Return what a row says."""
    return Content(
        event=row["event"],
        risk=row["risk"],
        texts=texts_of(row["texts"]),
        wards=tuple(row["wards"]),
        shapes=shapes.read(row["shapes"]),
        onset_at=row["onset_at"],
        expires_at=row["expires_at"],
        training=row["training"],
    )
