"""What a report must have before the city takes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from hues.engines.cases.rules.breach import Breach

SHORTEST_TEXT, LONGEST_TEXT = 10, 4000
LONGEST_ADDRESS = 200
MOST_PHOTOS = 6
CHANNELS = frozenset({"web", "offline", "phone", "counter", "open311", "import"})
# Channels on which staff write down what somebody else says.
ON_BEHALF = frozenset({"phone", "counter"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where the trouble is: WGS 84 degrees, words, and how the point was found (photo, gps, map, address)."""

    lat: float
    lng: float
    address: str = ""
    source: str = "map"


def check(*, text: str, place: Place, photos: Sequence[UUID], channel: str) -> list[Breach]:
    """Return everything that is wrong with a report at once, so that its writer corrects it once."""
    wrong = []
    if len(text) < SHORTEST_TEXT:
        wrong.append(Breach("text", "text-short"))
    elif len(text) > LONGEST_TEXT:
        wrong.append(Breach("text", "text-long"))
    if len(place.address) > LONGEST_ADDRESS:
        wrong.append(Breach("address", "address-long"))
    if len(photos) > MOST_PHOTOS:
        wrong.append(Breach("photos", "photos-many"))
    elif len(set(photos)) != len(photos):
        wrong.append(Breach("photos", "photos-twice"))
    if channel not in CHANNELS:
        wrong.append(Breach("channel", "unknown-channel"))
    return wrong


def digest_of(words: Sequence[str]) -> str:
    """Return what the body of a request is recognised by when it comes twice."""
    return sha256("\x1f".join(words).encode()).hexdigest()
