"""Cover parts of a picture: what is under a box is gone from the bytes, not painted over by a browser."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw

from hues.kernel.media import pictures

MOST_BOXES: Final = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A part of a picture in percent of its width and height, from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def covers(self) -> bool:
        """Test if it lies in the picture and has a size."""
        inside = 0 <= self.left < 100 and 0 <= self.top < 100
        return inside and 0 < self.width <= 100 and 0 < self.height <= 100


def covered(content: bytes, boxes: Sequence[Box]) -> tuple[bytes, bytes]:
    """Return a picture of ours with boxes filled in, in full size (JPEG) and small (WebP)."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as opened:
        image = opened.convert("RGB")
    pen = ImageDraw.Draw(image)
    for box in boxes:
        left, top = box.left * image.width / 100, box.top * image.height / 100
        right, bottom = left + box.width * image.width / 100, top + box.height * image.height / 100
        pen.rectangle((left, top, right, bottom), fill="black")
    return pictures.in_two_sizes(image)
