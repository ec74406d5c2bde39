"""B2: what a photo costs from upload to two clean copies, against the bare library calls in the same run."""

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pillow_heif
from PIL import ExifTags, Image

from bench.table import Row
from hues.kernel.media.pictures import shrink

HUE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
SCALE: Final = int(os.environ.get("SCALE", "1"))
ROUNDS: Final = 7
# Making a HEIC takes a hundred times as long as reading it: three megapixels say enough.
TWELVE, THREE, SCREEN = (4032, 3024), (2016, 1512), (1280, 960)
LOOP: Final = "import sys; from bench.photo import spend; spend(int(sys.argv[1]))"


def run() -> list[Row]:
    """Measure CPU time and memory for a photo of 12 MP, one that the phone made small, and one in HEIC."""
    rows = []
    for name, size, most in (("12 MP", TWELVE, 100.0), ("1280 px", SCREEN, None)):
        content = a_photo(size)
        ours, raw = _alternate(partial(shrink, content, zone=HUE), partial(_raw, content))
        ratio = ours / raw
        goal = "≤ 1.3x the raw calls" + (f", ≤ {most:.0f} CPU-ms" if most else "")
        ok = ratio <= 1.3 and (most is None or ours <= most)
        floor = f"raw Pillow: {raw:.1f} CPU-ms"
        rows.append(
            Row(name=f"B2 photo {name}", figure=ours, unit="CPU-ms", against=floor, ratio=ratio, goal=goal, ok=ok)
        )
    return [*rows, _heic(), _memory()]


def a_photo(size: tuple[int, int], kind: str = "JPEG", quality: int = 88) -> bytes:
    """Return a picture with slopes, edges and the noise of a sensor, and the EXIF block of a phone."""
    random = np.random.default_rng(1)
    coarse = Image.fromarray((random.random((24, 32, 3)) * 255).astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)
    pixels = np.asarray(coarse).astype(np.int16)
    pixels += random.integers(-8, 9, (size[1], size[0], 1), dtype=np.int16)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif._ifds[ExifTags.IFD.GPSInfo] = {1: "N", 2: (16.0, 28.0, 11.0), 3: "E", 4: (107.0, 34.0, 39.0)}
    out = io.BytesIO()
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(out, kind, quality=quality, exif=exif.tobytes())
    return out.getvalue()


def spend(photos: int) -> None:
    """Shrink the photo on standard input that many times and print the most memory this process ever took, in KiB."""
    # Made by the measuring process: making one takes more memory than shrinking it.
    content = sys.stdin.buffer.read()
    for _ in range(photos):
        shrink(content, zone=HUE)
    # Not getrusage: its peak is inherited from the process that started this one.
    status = Path("/proc/self/status").read_text("ascii")
    print(status.partition("VmHWM:")[2].split()[0])


def _memory() -> Row:
    few, many = _peak(5), _peak(30 * SCALE)
    return Row(
        name=f"B2 memory for {30 * SCALE} of 12 MP",
        figure=many,
        unit="MiB",
        against=f"for 5: {few:.0f} MiB",
        ratio=many / few,
        goal="≤ 120 MiB, flat",
        ok=many <= 120 and many / few <= 1.1,
    )


def _peak(photos: int) -> float:
    done = subprocess.run(
        [sys.executable, "-c", LOOP, str(photos)], input=a_photo(TWELVE), capture_output=True, check=True
    )
    return int(done.stdout) / 1024


def _raw(content: bytes) -> None:
    """Do the least that gives the same two files: decode reduced, shrink twice, encode twice."""
    image = Image.open(io.BytesIO(content))
    image.draft("RGB", (1280, 1280))
    image.thumbnail((1280, 1280), reducing_gap=None)
    image.save(io.BytesIO(), "JPEG", quality=82)
    image.thumbnail((400, 400), reducing_gap=None)
    image.save(io.BytesIO(), "WEBP", quality=75, method=1)


def _heic() -> Row:
    pillow_heif.register_heif_opener()
    content = a_photo(THREE, "HEIF", quality=60)
    ours, raw = _alternate(lambda: shrink(content, zone=HUE), lambda: Image.open(io.BytesIO(content)).load(), rounds=3)
    against = f"decoding alone: {raw:.0f} CPU-ms"
    return Row(name="B2 photo 3 MP in HEIC", figure=ours, unit="CPU-ms", against=against, ratio=ours / raw)


def _alternate(ours: Callable[[], object], raw: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Return the best CPU-ms of each, taken in turns."""
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for call, times in zip((ours, raw), spent, strict=True):
            began = time.process_time()
            call()
            times.append((time.process_time() - began) * 1000)
    return min(spent[0]), min(spent[1])
