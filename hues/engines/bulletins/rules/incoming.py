"""A message of somebody else in the Common Alerting Protocol, or a feed of them, read with suspicion."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from hues.engines.bulletins.rules.cap import Reference
from hues.engines.bulletins.rules.content import GRAVITY, LEVELS, Text
from hues.engines.bulletins.rules.drawn import from_text
from hues.engines.bulletins.rules.shapes import MOST_SHAPES, BadShape, Shape

NAMESPACES: Final = ("urn:oasis:names:tc:emergency:cap:1.2", "urn:oasis:names:tc:emergency:cap:1.1")
ATOM: Final = "{http://www.w3.org/2005/Atom}"
RISK_LEVEL: Final = "VN:RiskLevel"
LARGEST: Final = 1_000_000  # bytes
LONGEST_LINK: Final = 1_000
YEARS: Final = range(2000, 2101)  # others fit neither a calendar nor a database
LONGEST_NAME: Final = 200
LONGEST_WORDS: Final = 4_000


class Unreadable(ValueError):
    """What came is no message and no feed; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What a message says in one language."""

    language: str
    event: str
    risk: int
    text: Text
    onset_at: datetime | None
    expires_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """A message as it was read; `codes` are the geocodes of its areas, `lost` how many shapes could not be taken."""

    sender: str
    identifier: str
    sent_at: datetime
    status: str
    msg_type: str
    scope: str
    references: tuple[Reference, ...]
    told: tuple[Told, ...]
    shapes: tuple[Shape, ...]
    codes: tuple[str, ...]
    places: tuple[str, ...]
    lost: int


def links(body: bytes) -> tuple[str, ...] | None:
    """
    Return the addresses of the messages that a feed links to, or None for a message itself.

    :raises Unreadable: if it is neither
    """
    root = _root(body)
    if root.tag == f"{ATOM}feed":
        return _usable(map(_atom_link, root.iter(f"{ATOM}entry")))
    if root.tag == "rss":
        return _usable((item.findtext("link") or "").strip() for item in root.iter("item"))
    _namespace(root)
    return None


def read(body: bytes) -> Received:
    """
    Return what a message says.

    :raises Unreadable: if it is none, or lacks what every message has
    """
    root = _root(body)
    space = _namespace(root)
    infos = list(root.iter(f"{space}info"))
    areas = [area for info in infos for area in info.iter(f"{space}area")]
    drawn, lost = _shapes(areas, space)
    return Received(
        sender=_needed(root, f"{space}sender")[:LONGEST_NAME],
        identifier=_needed(root, f"{space}identifier")[:LONGEST_NAME],
        sent_at=_instant(_needed(root, f"{space}sent")),
        status=_needed(root, f"{space}status"),
        msg_type=_needed(root, f"{space}msgType"),
        scope=_said(root, f"{space}scope"),
        references=tuple(_references(_said(root, f"{space}references"))),
        told=tuple(_told(info, space) for info in infos),
        shapes=drawn,
        codes=tuple(dict.fromkeys(_said(code, f"{space}value") for a in areas for code in a.iter(f"{space}geocode"))),
        places=tuple(dict.fromkeys(name for a in areas if (name := _said(a, f"{space}areaDesc")))),
        lost=lost,
    )


def _root(body: bytes) -> etree._Element:
    if len(body) > LARGEST:
        raise Unreadable("large")
    # Neither entities nor anything outside of the document: a message needs none, and an attack needs both.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise Unreadable("xml") from wrong
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise Unreadable("doctype")
    return root


def _namespace(root: etree._Element) -> str:
    for name in NAMESPACES:
        if root.tag == f"{{{name}}}alert":
            return f"{{{name}}}"
    raise Unreadable("no-cap")


def _usable(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(link for link in found if link and len(link) <= LONGEST_LINK)


def _atom_link(entry: etree._Element) -> str:
    found = [link for link in entry.iter(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
    found.sort(key=lambda link: link.get("type") != "application/cap+xml")
    return found[0].get("href", "").strip() if found else ""


def _told(info: etree._Element, space: str) -> Told:
    return Told(
        language=_said(info, f"{space}language") or "en-US",
        event=_said(info, f"{space}event"),
        risk=_risk(info, space),
        text=Text(
            headline=_said(info, f"{space}headline")[:LONGEST_WORDS],
            description=_said(info, f"{space}description")[:LONGEST_WORDS],
            instruction=_said(info, f"{space}instruction")[:LONGEST_WORDS],
        ),
        onset_at=_perhaps(_said(info, f"{space}onset")),
        expires_at=_perhaps(_said(info, f"{space}expires")),
    )


def _risk(info: etree._Element, space: str) -> int:
    for parameter in info.iter(f"{space}parameter"):
        level = _said(parameter, f"{space}value")
        if _said(parameter, f"{space}valueName") == RISK_LEVEL and level.isdecimal() and int(level) in LEVELS:
            return int(level)
    severity = _said(info, f"{space}severity")
    return next((level for level, gravity in GRAVITY.items() if gravity.severity == severity), 1)


def _shapes(areas: list[etree._Element], space: str) -> tuple[tuple[Shape, ...], int]:
    lines = [
        " ".join((element.text or "").split())
        for area in areas
        for element in area
        if element.tag in (f"{space}polygon", f"{space}circle")
    ]
    found, lost = dict[Shape, None](), 0
    for line in dict.fromkeys(filter(None, lines)):
        try:
            found.update(dict.fromkeys(from_text(line)))
        except BadShape as bad:
            lost += 1 if bad.code else 0
    kept = tuple(found)[:MOST_SHAPES]
    return kept, lost + len(found) - len(kept)


def _references(words: str) -> Iterator[Reference]:
    for part in words.split():
        sender, _comma, rest = part.partition(",")
        identifier, _comma, sent = rest.rpartition(",")
        sent_at = _perhaps(sent)
        if identifier and sent_at:
            yield Reference(sender, identifier, sent_at)


def _needed(element: etree._Element, name: str) -> str:
    found = _said(element, name)
    if not found:
        raise Unreadable("lacks")
    return found


def _said(element: etree._Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _perhaps(words: str) -> datetime | None:
    return _instant(words) if words else None


def _instant(words: str) -> datetime:
    try:
        found = datetime.fromisoformat(words)
    except ValueError as wrong:
        raise Unreadable("instant") from wrong
    if found.tzinfo is None or found.year not in YEARS:
        raise Unreadable("instant")
    return found
