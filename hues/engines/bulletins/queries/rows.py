"""Rows of the table turned into what the rules and the cards know."""

from collections.abc import Mapping
from typing import Any, Final

from hues.engines.bulletins.queries.catalogue import alert_settings
from hues.engines.bulletins.rules import shapes
from hues.engines.bulletins.rules.content import Content, Text

CONTENT: Final = ("event", "risk", "texts", "wards", "shapes", "onset_at", "expires_at", "training")


def in_order(texts: Mapping[str, Any]) -> list[str]:
    """Return the languages of a bulletin, the city's first one first: the database keeps no order."""
    ours = [code[:2] for code in alert_settings().languages]
    return sorted(texts, key=lambda code: (ours.index(code[:2]) if code[:2] in ours else len(ours), code))


def texts_of(kept: Mapping[str, Mapping[str, str]]) -> dict[str, Text]:
    """Return the words by language, in the city's order."""
    return {language: Text(**kept[language]) for language in in_order(kept)}


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
