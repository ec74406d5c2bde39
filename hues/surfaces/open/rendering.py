"""The two forms of every answer: XML, which the standard requires, and JSON, which programs like."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from xml.etree import ElementTree

from django.http import HttpResponse

from hues.surfaces.shell import telling
from hues.surfaces.shell.sharing import NOT_KEPT

TYPES: Final[Mapping[str, str]] = {
    "json": "application/json; charset=utf-8",
    "xml": "text/xml; charset=utf-8",
}
# How the members of a list are called in XML.
MEMBERS: Final[Mapping[str, str]] = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "endpoints": "endpoint",
    "formats": "format",
    "errors": "error",
    "notes": "note",
}
# XML 1.0 has no way to write these, not even escaped.
UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

type Value = str | int | float | bool | datetime | Mapping[str, Any] | Sequence[Any] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """What is answered, and what XML calls the whole of it; `own` is for whoever asked, and `sent` what they sent."""

    root: str
    content: Mapping[str, Value] | Sequence[Mapping[str, Value]]
    own: bool = False
    sent: str = ""


def answer(body: Body, form: str, *, status: int = 200) -> HttpResponse:
    """Return `body` in the form that was asked for, readable from any site."""
    written = as_xml(body) if form == "xml" else json.dumps(_plain(body.content), ensure_ascii=False)
    response = HttpResponse(written.encode(), status=status, content_type=TYPES[form])
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if body.own:
        response.headers["Cache-Control"] = NOT_KEPT
    return response


def as_xml(body: Body) -> str:
    """Return `body` as a document of XML 1.0."""
    top = ElementTree.Element(body.root)
    _fill(top, body.content)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(top, encoding="unicode")


def instant(at: datetime) -> str:
    """Return an instant as the standard writes it, on the city's clock."""
    return telling.local(at).isoformat(timespec="seconds")


def _fill(element: ElementTree.Element, value: Value) -> None:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _fill(ElementTree.SubElement(element, name), inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            _fill(ElementTree.SubElement(element, MEMBERS.get(element.tag, "item")), inner)
    else:
        element.text = _text(value)


def _text(value: Value) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return UNWRITABLE.sub("\ufffd", instant(value) if isinstance(value, datetime) else str(value))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(inner) for inner in value]
    return value
