"""Copy the browser files we name out of node_modules, and draw the icons we name into two sprites."""

import csv
import io
import re
import shutil
import sys
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "node_modules"
SHELL = ROOT / "hues" / "surfaces" / "shell"
TARGET = SHELL / "static" / "vendor"
FONT = "be-vietnam-pro-{}-{}-normal.woff2"
FILES: dict[str, tuple[str, ...]] = {
    "bootstrap": ("dist/css/bootstrap-reboot.min.css",),
    "htmx.org": ("dist/htmx.min.js",),
    "idb": ("build/index.js",),
    "maplibre-gl": (
        "dist/maplibre-gl.css",
        "dist/maplibre-gl.mjs",
        "dist/maplibre-gl-worker.mjs",
    ),
    "@fontsource/be-vietnam-pro": tuple(
        "files/" + FONT.format(script, weight) for script in ("vietnamese", "latin") for weight in (400, 600)
    ),
}
LETTERS = (
    "20-7E,A0-FF,102-103,110-111,128-129,168-169,1A0-1A1,1AF-1B0,300-301,303,309,323,1EA0-1EF9,"
    "2013-2014,2018-201D,2022,2026,20AB,2190-2193,2212"
)
FEATURES = ["kern", "mark", "mkmk", "ccmp"]
RENAMED = {"build/index.js": "idb.js"}
DRAWN_AS = {"megaphone": "speakerphone"}  # our word for it, and Tabler's
SOURCE_MAP = re.compile(rb"(?m)^(?://[#@] ?sourceMappingURL=.*|/\*# sourceMappingURL=.*\*/)\s*$")
TEXT = {".js", ".mjs", ".css"}


def copy_files(target: Path) -> int:
    """Copy the named files and their licences, and return how many files there are."""
    count = 0
    for package, names in FILES.items():
        source = PACKAGES / package
        for name in names:
            content = (source / name).read_bytes()
            if Path(name).suffix in TEXT:
                content = SOURCE_MAP.sub(b"", content)
            elif name.endswith(".woff2"):
                content = only_what_we_write(content)
            (target / RENAMED.get(name, Path(name).name)).write_bytes(content)
            count += 1
        for licence in sorted(source.glob("LICEN[CS]E*"))[:1]:
            shutil.copyfile(licence, target / f"{package.replace('@', '').replace('/', '-')}.licence.txt")
    return count


def only_what_we_write(font: bytes) -> bytes:
    """Return a font cut to the letters of Vietnamese and English: half the weight of what comes first on a page."""
    options = subset.Options(flavor="woff2", hinting=False, layout_features=FEATURES, desubroutinize=True)
    whole = subset.load_font(io.BytesIO(font), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(LETTERS))
    cutter.subset(whole)
    small = io.BytesIO()
    subset.save_font(whole, small, options)
    return small.getvalue()


def draw_sprite(names: list[str]) -> str:
    """
    Return one SVG with a symbol per icon.

    :raises SystemExit: if an icon does not exist
    """
    icons = PACKAGES / "@tabler" / "icons" / "icons" / "outline"
    drawings = {name: icons / f"{DRAWN_AS.get(name, name)}.svg" for name in names}
    if missing := [name for name, drawing in drawings.items() if not drawing.is_file()]:
        raise SystemExit(f"There is no such Tabler outline icon: {', '.join(missing)} (see {icons}).")
    symbols = [_symbol(name, drawing.read_text()) for name, drawing in drawings.items()]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _symbol(name: str, drawing: str) -> str:
    shapes = re.sub(r"\s+", " ", drawing[drawing.index(">", drawing.index("<svg")) + 1 : drawing.rindex("</svg>")])
    pen = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    return f'<symbol id="{name}" viewBox="0 0 24 24" {pen}>{shapes.strip()}</symbol>'


def frame_icons(root: Path) -> list[str]:
    """Return the icons of the frame, named in the shell's list, one a line."""
    lines = (root / "hues" / "surfaces" / "shell" / "icons.txt").read_text().splitlines()
    return sorted({line.split("#")[0].strip() for line in lines} - {""})


def subject_icons(root: Path) -> list[str]:
    """Return the icons that manifests and city data name."""
    names: set[str] = set()
    for path in root.glob("hues/functions/*/apps.py"):
        names |= set(re.findall(r'^    icon = "([a-z0-9-]+)"', path.read_text(), re.MULTILINE))
    for path in root.glob("cities/*/*.csv"):
        with path.open(encoding="utf-8", newline="") as rows:
            names |= {row.get("icon") or "" for row in csv.DictReader(rows)}
    return sorted(names - {""})


def main() -> int:
    """Rebuild the whole vendor folder."""
    fresh = PACKAGES / ".vendor"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    count = copy_files(fresh)
    frame, subjects = frame_icons(ROOT), subject_icons(ROOT)
    (fresh / "icons.svg").write_text(draw_sprite(frame))
    (fresh / "subjects.svg").write_text(draw_sprite(subjects))
    TARGET.parent.mkdir(exist_ok=True)
    shutil.rmtree(TARGET, ignore_errors=True)
    fresh.rename(TARGET)
    print(f"{count} browser files and {len({*frame, *subjects})} icons are in {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
