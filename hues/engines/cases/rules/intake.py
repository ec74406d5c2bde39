"""What a report must have before the city takes it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from hues.engines.cases.rules.breach import Breach
from hues.kit.text import tidy

SHORTEST_TEXT, LONGEST_TEXT = 10, 4000  # characters
LONGEST_ADDRESS, LONGEST_CONTACT, LONGEST_ANSWER = 200, 120, 400
MOST_PHOTOS = 10
CHANNELS = frozenset({"web", "offline", "phone", "counter", "open311", "import", "zalo", "facebook", "letter"})
# Channels on which staff write down what somebody else says.
ON_BEHALF = frozenset({"phone", "counter"})
# Channels on which nobody of the city has read a report before it is there.
UNSEEN = frozenset({"web", "offline", "open311"})
# Channels on which who is to be reached need not be the account that sends.
TAKES_CONTACT = ON_BEHALF | {"open311"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where the trouble is: WGS 84 degrees, words, and how the point was found (photo, gps, map, address)."""

    lat: float
    lng: float
    address: str = ""
    source: str = "map"


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What a reporter sends; `contact` is how a caller without an account is reached."""

    kind: str
    category: str
    text: str
    place: Place
    photos: Sequence[UUID] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)
    show_name: bool = False
    channel: str = "web"
    contact: str = ""

    @property
    def on_behalf(self) -> bool:
        """Test if staff wrote it down for somebody else."""
        return self.channel in ON_BEHALF


def tidied(report: Report, questions: Sequence[str]) -> Report:
    """Return the report composed, without what cannot be seen, and with answers only to what was asked."""
    place = report.place
    said = {key: tidy(str(value))[:LONGEST_ANSWER] for key, value in report.answers.items() if key in questions}
    return replace(
        report,
        text=tidy(report.text),
        place=replace(place, address=tidy(place.address).replace("\n", ", "), source=place.source[:16]),
        photos=tuple(report.photos),
        answers={key: value for key, value in said.items() if value},
        show_name=report.show_name and not report.on_behalf,
        contact=tidy(report.contact)[:LONGEST_CONTACT] if report.channel in TAKES_CONTACT else "",
    )


def check(report: Report) -> list[Breach]:
    """Return everything that is wrong with a tidied report at once, so that its writer corrects it once."""
    wrong = []
    if len(report.text) < SHORTEST_TEXT:
        wrong.append(Breach("text", "text-short"))
    elif len(report.text) > LONGEST_TEXT:
        wrong.append(Breach("text", "text-long"))
    if len(report.place.address) > LONGEST_ADDRESS:
        wrong.append(Breach("address", "address-long"))
    if len(report.photos) > MOST_PHOTOS:
        wrong.append(Breach("photos", "photos-many"))
    elif len(set(report.photos)) != len(report.photos):
        wrong.append(Breach("photos", "photos-twice"))
    if report.channel not in CHANNELS:
        wrong.append(Breach("channel", "unknown-channel"))
    if report.on_behalf and not report.contact:
        wrong.append(Breach("contact", "contact-missing"))
    return wrong


def digest(report: Report, pictures: Sequence[str]) -> str:
    """Return what a report is recognised by when it is sent twice; of its pictures their bytes, not their ids."""
    place = report.place
    said = [report.kind, report.category, report.text, place.address, f"{place.lat:.6f} {place.lng:.6f}"]
    more = [list(pictures), dict(report.answers), report.show_name]
    body = json.dumps([*said, *more, report.channel, report.contact], sort_keys=True)
    return sha256(body.encode()).hexdigest()
