"""Whatever a phone sends comes out upright, small, and bare."""

import io
import struct
import zlib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pillow_heif
import pytest
from PIL import Image, ImageCms

from hues.kernel.errors import Invalid, TooLarge
from hues.kernel.media.pictures import MOST_BYTES, Picture, shrink
from hues.kernel.media.testing import a_picture, an_exif

HUE = ZoneInfo("Asia/Ho_Chi_Minh")
CITADEL = (16.4698, 107.5775)


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def made(content: bytes) -> Picture:
    return shrink(content, zone=HUE)


def colour(image: Image.Image, x: float, y: float) -> str:
    red, _, blue = image.convert("RGB").getpixel((int(x * image.width), int(y * image.height)))  # type: ignore[misc]
    return "red" if red > blue else "blue"


@pytest.mark.parametrize(
    ("size", "full", "thumb"),
    [
        ((2000, 1500), (1280, 960), (400, 300)),
        ((1500, 2000), (960, 1280), (300, 400)),
        ((5000, 100), (1280, 26), (400, 8)),
        ((300, 200), (300, 200), (300, 200)),
        ((3000, 1), (1280, 1), (400, 1)),
    ],
)
def test_a_photo_is_kept_in_two_sizes(size: tuple[int, int], full: tuple[int, int], thumb: tuple[int, int]) -> None:
    picture = made(a_picture(size))
    assert (picture.width, picture.height) == full
    assert opened(picture.full).size == full
    assert opened(picture.thumb).size == thumb
    assert (opened(picture.full).format, opened(picture.thumb).format) == ("JPEG", "WEBP")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_position_and_time_are_read_and_then_nothing_of_them_is_left(kind: str) -> None:
    pillow_heif.register_heif_opener()
    exif = an_exif(place=CITADEL, taken="2026:03:02 08:15:00", offset="+07:00")
    picture = made(a_picture(kind=kind, exif=exif))
    assert picture.taken.at == datetime(2026, 3, 2, 1, 15, tzinfo=UTC)
    assert (picture.taken.lat, picture.taken.lng) == pytest.approx(CITADEL, abs=1e-5)
    for content in (picture.full, picture.thumb):
        assert not dict(opened(content).getexif())
        assert b"Exif" not in content
        assert b"Lan" not in content


def test_comments_and_xmp_are_stripped() -> None:
    content = a_picture(comment=b"Lan was here", xmp=b"<x:xmpmeta>Lan lives here</x:xmpmeta>")
    assert b"Lan was here" in content
    picture = made(content)
    assert b"Lan" not in picture.full + picture.thumb
    assert opened(picture.full).info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_camera_that_does_not_know_its_zone_is_in_ours() -> None:
    picture = made(a_picture(exif=an_exif(taken="2026:03:02 08:15:00")))
    assert picture.taken.at == datetime(2026, 3, 2, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize("taken", ["", "0000:00:00 00:00:00", "1970:01:01 00:00:00", "yesterday"])
def test_a_time_that_cannot_be_is_no_time(taken: str) -> None:
    assert made(a_picture(exif=an_exif(taken=taken))).taken.at is None


@pytest.mark.parametrize("place", [(0.0, 0.0), (95.0, 107.0), (16.0, 200.0)])
def test_a_position_that_cannot_be_is_no_position(place: tuple[float, float]) -> None:
    picture = made(a_picture(exif=an_exif(place=place)))
    assert (picture.taken.lat, picture.taken.lng) == (None, None)


def test_a_position_south_and_west_is_negative() -> None:
    picture = made(a_picture(exif=an_exif(place=(-22.9, -43.2))))
    assert (picture.taken.lat, picture.taken.lng) == pytest.approx((-22.9, -43.2), abs=1e-5)


@pytest.mark.filterwarnings("ignore:.*EXIF:UserWarning")
def test_a_broken_exif_block_costs_the_position_not_the_photo() -> None:
    content = a_picture(exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff\x12\x01")
    assert made(content).taken.lat is None


@pytest.mark.parametrize(
    ("orientation", "red_at"),
    [(1, (0.2, 0.5)), (2, (0.8, 0.5)), (3, (0.8, 0.5)), (4, (0.2, 0.5)), (5, (0.5, 0.2)), (6, (0.5, 0.2)),
     (7, (0.5, 0.8)), (8, (0.5, 0.8))],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
def test_a_photo_is_turned_upright(orientation: int, red_at: tuple[float, float], kind: str) -> None:
    pillow_heif.register_heif_opener()
    image = opened(made(a_picture((640, 480), kind, exif=an_exif(orientation=orientation))).full)
    assert image.size == ((640, 480) if orientation < 5 else (480, 640))
    assert colour(image, *red_at) == "red"
    assert colour(image, 1 - red_at[0], 1 - red_at[1]) == "blue"


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "P"), ("PNG", "1"), ("PNG", "LA"), ("PNG", "RGBA"), ("PNG", "I;16"),
     ("WEBP", "RGBA")],
)  # fmt: skip
def test_every_kind_of_pixel_becomes_plain_colour(kind: str, mode: str) -> None:
    if mode == "I;16":
        out = io.BytesIO()
        Image.new("I;16", (300, 200), 40_000).save(out, kind)
        content = out.getvalue()
    else:
        content = a_picture((300, 200), kind, mode)
    image = opened(made(content).full)
    assert image.mode == "RGB"
    if mode == "CMYK":
        assert (colour(image, 0.2, 0.8), colour(image, 0.8, 0.8)) == ("red", "blue")
    if mode == "I;16":
        assert image.getpixel((5, 5)) == (156, 156, 156)


def test_what_was_transparent_is_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (300, 200), (255, 0, 0, 0)).save(out, "PNG")
    assert opened(made(out.getvalue()).full).getpixel((150, 100)) == (255, 255, 255)


def test_a_colour_profile_is_applied_before_it_goes() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    swapped = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # A profile in which red and blue change places, under another name.
    tags = {bytes(swapped[132 + 12 * n : 136 + 12 * n]): 132 + 12 * n for n in range(swapped[131])}
    red, blue = tags[b"rXYZ"], tags[b"bXYZ"]
    swapped[red + 4 : red + 12], swapped[blue + 4 : blue + 12] = (
        swapped[blue + 4 : blue + 12],
        swapped[red + 4 : red + 12],
    )
    profile = bytes(swapped).replace("sRGB".encode("utf-16-be"), "xRGB".encode("utf-16-be"))
    image = opened(made(a_picture(icc_profile=profile)).full)
    assert colour(image, 0.2, 0.8) == "blue"
    assert "icc_profile" not in image.info
    unusable = opened(made(a_picture(icc_profile=lab.tobytes())).full)
    assert colour(unusable, 0.2, 0.8) == "red"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_a_moving_picture_the_first_frame_is_kept(kind: str) -> None:
    blue = Image.new("RGB", (300, 200), "blue")
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(out, kind, save_all=True, append_images=[blue], duration=100)
    assert colour(opened(made(out.getvalue()).full), 0.5, 0.5) == "red"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.95])
def test_a_photo_that_was_cut_off_is_refused(kind: str, share: float) -> None:
    pillow_heif.register_heif_opener()
    noise = Image.effect_noise((640, 480), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, kind)
    content = out.getvalue()
    with pytest.raises(Invalid, match=r"can't be read|Please send a photo"):
        made(content[: int(len(content) * share)])


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP",
     b"\0\0\0\x18ftypheic" + b"\0" * 64, b"\0\0\0\x18ftypheic"],
)  # fmt: skip
def test_what_is_not_a_photo_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        made(content)


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO", "PPM"])
def test_formats_that_we_do_not_take_are_refused(kind: str) -> None:
    with pytest.raises(Invalid, match="JPEG, PNG, WebP or HEIC"):
        made(a_picture((32, 32), kind))


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def webp_that_claims(width: int, height: int) -> bytes:
    still = a_picture((16, 16), "WEBP")[12:]
    canvas = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + canvas + still
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize(("width", "height"), [(10_000, 5_001), (60_000, 60_000)])
def test_a_picture_with_too_many_pixels_is_refused_before_one_is_decoded(width: int, height: int) -> None:
    with pytest.raises(TooLarge, match="50 million"):
        made(png_that_claims(width, height))


def test_a_bomb_in_webp_is_refused() -> None:
    with pytest.raises((TooLarge, Invalid)):
        made(webp_that_claims(16_000, 16_000))


def test_a_photo_of_more_than_ten_megabytes_is_refused() -> None:
    with pytest.raises(TooLarge, match="10 MB"):
        made(a_picture() + b"\0" * MOST_BYTES)


def test_the_same_photo_always_gives_the_same_bytes() -> None:
    content = a_picture((2000, 1500))
    assert made(content) == made(content)
