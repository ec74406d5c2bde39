"""A message in the Common Alerting Protocol 1.2."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any

from lxml import etree

from hues.engines.bulletins.rules.content import GRAVITY, Gravity, Text
from hues.engines.bulletins.rules.shapes import Circle, Polygon, Shape
from hues.engines.bulletins.rules.states import MsgType

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
BARE: dict[Any, str] = {None: NAMESPACE}  # the elements of CAP have no prefix
CONTENT_TYPE = "application/cap+xml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """One area as a language names it; `codes` are the country's codes of wards."""

    name: str
    shapes: tuple[Shape, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Info:
    """The message in one language."""

    language: str
    event: str
    sender_name: str
    text: Text
    areas: tuple[Area, ...]
    web: str


@dataclass(frozen=True, slots=True)
class Reference:
    """An earlier message of the same story."""

    sender: str
    identifier: str
    sent_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """Everything that a message says."""

    identifier: str
    sender: str
    sent_at: datetime
    msg_type: MsgType
    training: bool
    references: tuple[Reference, ...]
    category: str
    event_code: str
    response: str
    risk: int
    onset_at: datetime | None
    expires_at: datetime
    contact: str
    infos: tuple[Info, ...]
    zone: tzinfo


def gravity_of(msg_type: MsgType, risk: int) -> Gravity:
    """
    Return how grave a message is.

    Who was told to run is told just as plainly that it is over; but nothing is urgent any more.
    """
    gravity = GRAVITY[risk]
    return replace(gravity, urgency="Past") if msg_type is MsgType.CANCEL else gravity


def response_of(msg_type: MsgType, usual: str) -> str:
    """Return what is to be done: what its event `usual`ly asks for, or nothing more."""
    return "AllClear" if msg_type is MsgType.CANCEL else usual


def moment(at: datetime, zone: tzinfo) -> str:
    """Return an instant as CAP writes it: whole seconds, a numeric offset, -00:00 for UTC."""
    local = at.astimezone(zone).replace(microsecond=0)
    offset = local.strftime("%z")
    sign = "-" if offset in ("+0000", "") else offset[0]
    return f"{local:%Y-%m-%dT%H:%M:%S}{sign}{offset[1:3] or '00'}:{offset[3:5] or '00'}"


def build(message: Message) -> bytes:
    """Return the message as XML, its elements in the order of the schema, unsigned."""
    root = etree.Element(f"{{{NAMESPACE}}}alert", nsmap=BARE)
    for name, words in _head(message):
        _add(root, name, words)
    for info in message.infos:
        block = etree.SubElement(root, f"{{{NAMESPACE}}}info")
        for name, words in _info(message, info):
            _add(block, name, words)
        _named(block, "parameter", "VN:RiskLevel", str(message.risk))
        for area in info.areas:
            _add_area(block, area)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _head(message: Message) -> Iterator[tuple[str, str]]:
    yield "identifier", message.identifier
    yield "sender", message.sender
    yield "sent", moment(message.sent_at, message.zone)
    yield "status", "Exercise" if message.training else "Actual"
    yield "msgType", message.msg_type
    yield "scope", "Public"
    if message.references:
        told = (f"{r.sender},{r.identifier},{moment(r.sent_at, message.zone)}" for r in message.references)
        yield "references", " ".join(told)


def _info(message: Message, info: Info) -> Iterator[tuple[str, str]]:
    gravity = gravity_of(message.msg_type, message.risk)
    yield "language", info.language
    yield "category", message.category
    yield "event", info.event
    yield "responseType", response_of(message.msg_type, message.response)
    yield "urgency", gravity.urgency
    yield "severity", gravity.severity
    yield "certainty", gravity.certainty
    yield "effective", moment(message.sent_at, message.zone)
    if message.onset_at:
        yield "onset", moment(message.onset_at, message.zone)
    yield "expires", moment(message.expires_at, message.zone)
    yield "senderName", info.sender_name
    yield "headline", info.text.headline
    yield "description", info.text.description
    if info.text.instruction:
        yield "instruction", info.text.instruction
    yield "web", info.web
    yield "contact", message.contact


def _add_area(block: etree._Element, area: Area) -> None:
    element = etree.SubElement(block, f"{{{NAMESPACE}}}area")
    _add(element, "areaDesc", area.name)
    for shape in area.shapes:
        if not isinstance(shape, Circle):
            _add(element, "polygon", points_of(shape))
    for shape in area.shapes:
        if isinstance(shape, Circle):
            _add(element, "circle", circle_of(shape))
    for code in area.codes:
        _named(element, "geocode", "VN:GSO", code)


def _named(parent: etree._Element, name: str, key: str, value: str) -> None:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    _add(element, "valueName", key)
    _add(element, "value", value)


def _add(parent: etree._Element, name: str, words: str) -> None:
    etree.SubElement(parent, f"{{{NAMESPACE}}}{name}").text = words


def points_of(shape: Polygon) -> str:
    """Return a ring as CAP writes it."""
    return " ".join(f"{lat:.6f},{lng:.6f}" for lat, lng in shape.points)


def circle_of(shape: Circle) -> str:
    """Return a circle as CAP writes it: its middle, and how many kilometres it is wide from there."""
    return f"{shape.lat:.6f},{shape.lng:.6f} {shape.km:g}"
