"""A message of somebody else in the Common Alerting Protocol, or a feed of them, read with suspicion."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from lxml import etree

from hues.engines.bulletins.rules import signing
from hues.engines.bulletins.rules.cap import Reference
from hues.engines.bulletins.rules.content import GRAVITY, LEVELS, Text
from hues.engines.bulletins.rules.drawn import from_text
from hues.engines.bulletins.rules.shapes import MOST_SHAPES, BadShape, Shape
from hues.kit.text import number, tidy
from hues.kit.years import in_utc

NAMESPACES: Final = ("urn:oasis:names:tc:emergency:cap:1.2", "urn:oasis:names:tc:emergency:cap:1.1")
ATOM: Final = "{http://www.w3.org/2005/Atom}"
RISK_LEVEL: Final = "VN:RiskLevel"
LARGEST: Final = 1_000_000  # bytes
LONGEST_LINK: Final = 1_000
LONGEST_NAME: Final = 200
LONGEST_WORDS: Final = 4_000
MOST_BLOCKS: Final = 20  # of a message, each of one danger in one language
MOST_REFERENCES: Final = 100


class Unreadable(ValueError):
    """What came is no message and no feed; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What one block of a message says, in one language; `codes` are geocodes, `lost` counts shapes not taken."""

    language: str
    event: str
    risk: int
    text: Text
    onset_at: datetime | None
    expires_at: datetime | None
    shapes: tuple[Shape, ...]
    codes: tuple[str, ...]
    places: tuple[str, ...]
    lost: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """
    A message as it was read, or one piece of it: what it says of one danger, once in each language.

    Of what it refers to, `skipped` cannot be read; `left_out` counts blocks beyond those that are read.
    """

    sender: str
    identifier: str
    sent_at: datetime
    status: str
    msg_type: str
    scope: str
    references: tuple[Reference, ...]
    told: tuple[Told, ...]
    skipped: int = 0
    left_out: int = 0

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Return the areas of all its blocks, as many as a bulletin takes."""
        return self._shapes()[:MOST_SHAPES]

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the geocodes of its areas."""
        return tuple(dict.fromkeys(code for told in self.told for code in told.codes))

    @property
    def places(self) -> tuple[str, ...]:
        """Return the names of its areas."""
        return tuple(dict.fromkeys(name for told in self.told for name in told.places))

    @property
    def lost(self) -> int:
        """Return how many shapes could not be taken; in two languages the same one is lost once."""
        return max((told.lost for told in self.told), default=0) + max(0, len(self._shapes()) - MOST_SHAPES)

    def _shapes(self) -> tuple[Shape, ...]:
        return tuple(dict.fromkeys(one for told in self.told for one in told.shapes))


def pieces(said: Received) -> tuple[Received, ...]:
    """
    Return a message in pieces, each with one block in each language; one with a block in each language is one piece.

    A second block in a language speaks of another danger, place or time: the second of each language belong together.
    """
    seen, found = Counter[str](), dict[int, list[Told]]()
    for told in said.told:
        tongue = told.language[:2].lower()
        found.setdefault(seen[tongue], []).append(told)
        seen[tongue] += 1
    return tuple(replace(said, told=tuple(piece)) for piece in found.values()) or (said,)


def left_out(said: Received) -> Received | None:
    """Return what stands for the blocks of a message that were not read, None if all were."""
    return replace(said, told=()) if said.left_out else None


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


def read(body: bytes, certificates: Sequence[str] = ()) -> Received:
    """
    Return what a message says; with certificates only what one of their keys has signed.

    :raises Unreadable: if it is none, lacks what every message has, or is not signed as it must be
    """
    root = _root(body)
    if certificates:
        signed = signing.signed_part(body, certificates)
        # What is signed must be the whole of it: it is kept whole, and read again when others refer to it.
        if signed is None or signed.tag != root.tag or next(root.iterdescendants(root.tag), None) is not None:
            raise Unreadable("signature")
        root = signed
    space = _namespace(root)
    references, skipped = _references(_said(root, f"{space}references"))
    blocks = root.findall(f"{space}info")  # none that lies within a signature, where nobody has signed it
    return Received(
        sender=_needed(root, f"{space}sender")[:LONGEST_NAME],
        identifier=_needed(root, f"{space}identifier")[:LONGEST_NAME],
        sent_at=_instant(_needed(root, f"{space}sent")),
        status=_needed(root, f"{space}status"),
        msg_type=_needed(root, f"{space}msgType"),
        scope=_said(root, f"{space}scope"),
        references=references,
        skipped=skipped,
        told=tuple(_told(info, space) for info in blocks[:MOST_BLOCKS]),
        left_out=max(0, len(blocks) - MOST_BLOCKS),
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
    areas = list(info.iter(f"{space}area"))
    drawn, lost = _shapes(areas, space)
    return Told(
        language=_said(info, f"{space}language") or "en-US",
        event=_said(info, f"{space}event"),
        risk=_risk(info, space),
        text=Text(
            headline=tidy(_said(info, f"{space}headline"))[:LONGEST_WORDS],
            description=tidy(_said(info, f"{space}description"))[:LONGEST_WORDS],
            instruction=tidy(_said(info, f"{space}instruction"))[:LONGEST_WORDS],
        ),
        onset_at=_perhaps(_said(info, f"{space}onset")),
        expires_at=_perhaps(_said(info, f"{space}expires")),
        shapes=drawn,
        codes=tuple(dict.fromkeys(_said(code, f"{space}value") for a in areas for code in a.iter(f"{space}geocode"))),
        places=tuple(dict.fromkeys(name for a in areas if (name := _said(a, f"{space}areaDesc")))),
        lost=lost,
    )


def _risk(info: etree._Element, space: str) -> int:
    for parameter in info.iter(f"{space}parameter"):
        level = _said(parameter, f"{space}value")
        if _said(parameter, f"{space}valueName") == RISK_LEVEL and number(level) in LEVELS:
            return number(level)
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
    return tuple(found), lost


def _references(words: str) -> tuple[tuple[Reference, ...], int]:
    """Return the messages that one refers to, and how many of them cannot be read: one bad one spoils no other."""
    parts = words.split()
    found = tuple(filter(None, map(_reference, parts[:MOST_REFERENCES])))
    return found, len(parts) - len(found)


def _reference(words: str) -> Reference | None:
    sender, _comma, rest = words.partition(",")
    identifier, _comma, sent = rest.rpartition(",")
    try:
        return Reference(sender, identifier, _instant(sent)) if identifier else None
    except Unreadable:
        return None


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
        found = in_utc(datetime.fromisoformat(words))
    except ValueError as wrong:
        raise Unreadable("instant") from wrong
    if found is None:
        raise Unreadable("instant")
    return found
