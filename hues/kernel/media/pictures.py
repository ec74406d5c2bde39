"""Make of whatever a phone sends two clean pictures of known size; knows no database."""

import io
import logging
import threading
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from importlib import import_module
from typing import Final

from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, ImageCms, JpegImagePlugin, PngImagePlugin, UnidentifiedImageError, WebPImagePlugin

from hues.kernel.errors import Invalid, TooLarge
from hues.kernel.media.fingerprints import fingerprint, looks
from hues.kernel.media.positions import Taken, taken

logger = logging.getLogger(__name__)

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_PIXELS: Final = 50_000_000
FULL_EDGE: Final = 1280
THUMB_EDGE: Final = 400
TINY_EDGE: Final = 128
FULL_MIME: Final = "image/jpeg"
THUMB_MIME: Final = "image/webp"
FORMATS: Final = ("JPEG", "PNG", "WEBP")
HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
# Above this a picture that cannot be decoded at reduced size waits for its turn: 50 MP are 200 MB of memory.
BIG_PIXELS: Final = 8_000_000
_one_big_at_a_time = threading.Lock()

# Imported to be there: each teaches Pillow to open its format.
PLUGINS: Final = (JpegImagePlugin, PngImagePlugin, WebPImagePlugin)
# We look at the size ourselves, before a pixel is decoded.
Image.MAX_IMAGE_PIXELS = None

TURNS: Final = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_270,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}
UNREADABLE: Final = _("This picture can't be read: it may be damaged or cut off. Please choose another one.")
UNKNOWN: Final = _("Please send a photo as JPEG, PNG, WebP or HEIC.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A clean picture in two sizes (`full` JPEG, `thumb` WebP), upright, its looks and what its EXIF block told."""

    full: bytes
    thumb: bytes
    width: int
    height: int
    fingerprint: list[int]
    taken: Taken


def shrink(content: bytes, *, zone: tzinfo) -> Picture:
    """
    Return `content` turned upright, at most 1280 pixels long, with nothing in it but pixels.

    What it is, its bytes decide, never a name. Local times are read in `zone`.

    :raises TooLarge: if it has too many bytes or pixels
    :raises Invalid: if it is not a picture that we take, or is damaged
    """
    if len(content) > MOST_BYTES:
        raise TooLarge(_("This photo is larger than 10 MB. Please send a smaller one."))
    image = _open(content)
    if image.width * image.height > MOST_PIXELS:
        raise TooLarge(_("This picture has more than 50 million pixels. Please send a smaller one."))
    told, turn = _read_exif(image, zone)
    try:
        with _turn_for(image):
            full = _decode(image)
    except Exception as error:
        # Hostile bytes fail in any way they like, deep in any decoder.
        logger.info("a picture could not be decoded: %r", error)
        raise Invalid(UNREADABLE) from error
    for step in TURNS.get(turn, ()):
        full = full.transpose(step)
    encoded, thumb = in_two_sizes(full)
    return Picture(
        full=encoded,
        thumb=thumb,
        width=full.width,
        height=full.height,
        fingerprint=fingerprint(full),
        taken=told,
    )


def in_two_sizes(full: Image.Image) -> tuple[bytes, bytes]:
    """Return a picture encoded in full size (JPEG) and small (WebP), with nothing in it but pixels."""
    thumb = full.resize(_fit(full.size, THUMB_EDGE), Image.Resampling.BICUBIC, reducing_gap=1.5)
    return _encoded(full, "JPEG", quality=82), _encoded(thumb, "WEBP", quality=75, method=1)


def square(thumb: bytes) -> bytes:
    """Return the middle of a small copy as a square for lists (WebP)."""
    with Image.open(io.BytesIO(thumb), formats=FORMATS) as image:
        whole = image.convert("RGB")
    edge = min(whole.size)
    left, top = (whole.width - edge) // 2, (whole.height - edge) // 2
    side = min(edge, TINY_EDGE)
    cut = whole.resize((side, side), Image.Resampling.BICUBIC, box=(left, top, left + edge, top + edge))
    return _encoded(cut, "WEBP", quality=75, method=1)


def looks_of(thumb: bytes) -> list[list[int]]:
    """Return what a picture may have been made of, by its small copy (see `fingerprints.looks`)."""
    with Image.open(io.BytesIO(thumb), formats=FORMATS) as image:
        return looks(image)


def _open(content: bytes) -> Image.Image:
    is_heic = content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS
    try:
        return Image.open(io.BytesIO(content), formats=_heic() if is_heic else FORMATS)
    except UnidentifiedImageError as error:
        raise Invalid(UNKNOWN) from error
    except Exception as error:
        logger.info("a picture could not be opened: %r", error)
        raise Invalid(UNREADABLE) from error


@cache
def _heic() -> tuple[str]:
    # Five megabytes of a process's memory that most processes never need.
    import_module("pillow_heif").register_heif_opener()
    return ("HEIF",)


def _read_exif(image: Image.Image, zone: tzinfo) -> tuple[Taken, int]:
    try:
        exif = image.getexif()
        turn = int(exif.get(ExifTags.Base.Orientation, 1))
        return taken(exif, zone), turn
    except Exception as error:  # noqa: BLE001 a broken EXIF block costs the position, not the photo
        logger.info("an EXIF block could not be read: %r", error)
        return Taken(), 1


def _turn_for(image: Image.Image) -> AbstractContextManager[object]:
    # MPO is what phones with two lenses call a JPEG.
    drafted = image.format in ("JPEG", "MPO") and "progressive" not in image.info
    return nullcontext() if drafted or image.width * image.height <= BIG_PIXELS else _one_big_at_a_time


def _decode(image: Image.Image) -> Image.Image:
    target = _fit(image.size, FULL_EDGE)
    profile = image.info.get("icc_profile")
    image.draft(image.mode, target)
    image.load()
    plain = _plain(image)
    small = plain if plain.size == target else plain.resize(target, Image.Resampling.HAMMING, reducing_gap=2.0)
    return _in_srgb(small, profile)


def _plain(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("RGB", "RGBA", "L", "CMYK"):
        return image
    see_through = "A" in image.mode or "a" in image.mode or "transparency" in image.info
    return image.convert("RGBA" if see_through else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if image.mode == "RGBA":
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileDescription(source):
                converted = ImageCms.profileToProfile(image, source, _srgb(), outputMode="RGB")
                return converted or image.convert("RGB")
        except ImageCms.PyCMSError as error:
            logger.info("a colour profile could not be used: %r", error)
    return image.convert("RGB")


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _fit(size: tuple[int, int], edge: int) -> tuple[int, int]:
    width, height = size
    scale = min(1.0, edge / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _encoded(image: Image.Image, kind: str, **options: int) -> bytes:
    out = io.BytesIO()
    # Comments, profiles and EXIF blocks travel here, and some encoders would write them again.
    image.info = {}
    image.save(out, kind, **options)
    return out.getvalue()
