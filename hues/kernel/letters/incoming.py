"""A message as a channel hands it over."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from hues.kernel.delivery.channels import Way
from hues.kit.text import whole

LONGEST_TEXT = 4000  # characters, as of a report
LONGEST_ID = 200
LONGEST_SENDER = 254  # characters of an e-mail address; the messengers' names for people have some twenty
GOES_ON = " […]"
MOST_PICTURES = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Incoming:
    """
    One message: who sent it by the channel's own name for them, what it says, and what came along.

    `pictures` are addresses at the channel, `photos` are stored already and nobody's; `point` is WGS 84 degrees.
    """

    way: Way
    message_id: str
    sender: str
    name: str = ""
    text: str = ""
    pictures: tuple[str, ...] = ()
    photos: tuple[UUID, ...] = ()
    point: tuple[float, float] | None = None
    left_out: int = 0
    written_at: datetime

    @property
    def can_be_answered(self) -> bool:
        """Test if its sender is somebody."""
        return 0 < len(self.sender) <= LONGEST_SENDER

    @property
    def says_something(self) -> bool:
        """Test if there is anything in it to see to."""
        return bool(self.text or self.pictures or self.photos or self.point or self.left_out)


def tidied(letter: Incoming) -> Incoming:
    """Return the message composed (NFC), without what cannot be kept or seen, and cut to what a report takes."""
    dropped = max(len(letter.pictures) - MOST_PICTURES, 0)
    return replace(
        letter,
        message_id=whole(letter.message_id)[:LONGEST_ID],
        sender=whole(letter.sender),
        name=whole(letter.name),
        text=_cut(whole(letter.text)),
        pictures=tuple(whole(address) for address in letter.pictures[:MOST_PICTURES]),
        point=letter.point if letter.point and _on_earth(*letter.point) else None,
        left_out=letter.left_out + dropped,
    )


def _cut(text: str) -> str:
    """Return what a report takes of a text, with a sign where it goes on in the channel itself."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(GOES_ON)] + GOES_ON


def _on_earth(lat: float, lng: float) -> bool:
    return abs(lat) <= 90 and abs(lng) <= 180
