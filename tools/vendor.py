"""Copy the browser files we name out of node_modules, and draw the icons we name into three sprites."""

import csv
import io
import logging
import re
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools import merge, subset

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "node_modules"
SHELL = ROOT / "hues" / "surfaces" / "shell"
TARGET = SHELL / "static" / "vendor"
FONTS = "@fontsource/be-vietnam-pro"
FILES: dict[str, tuple[str, ...]] = {
    "bootstrap": ("dist/css/bootstrap-reboot.min.css",),
    "htmx.org": ("dist/htmx.min.js",),
    "idb": ("build/umd.js",),
    "maplibre-gl": (
        "dist/maplibre-gl.css",
        "dist/maplibre-gl.mjs",
        "dist/maplibre-gl-worker.mjs",
    ),
}
VIETNAMESE = (
    "C0-C3,C8-CA,CC-CD,D2-D5,D9-DA,DD,E0-E3,E8-EA,EC-ED,F2-F5,F9-FA,FD,102-103,110-111,128-129,168-169,"
    "1A0-1A1,1AF-1B0,300-301,303,309,323,1EA0-1EF9"
)
LETTERS = f"20-7E,A0,A9,AB,B0-B3,B7,BB,D7,{VIETNAMESE},2013-2014,2018-201D,2022,2026,20AB,2212"
EPOCH = 3_000_000_000  # seconds since 1904, as fonts count
FEATURES = ["kern", "mark", "mkmk", "ccmp"]
RENAMED = {"build/umd.js": "idb.js"}
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
            (target / RENAMED.get(name, Path(name).name)).write_bytes(content)
            count += 1
        for licence in sorted(source.glob("LICEN[CS]E*"))[:1]:
            shutil.copyfile(licence, target / f"{package.replace('@', '').replace('/', '-')}.licence.txt")
    return count


def draw_fonts(target: Path) -> int:
    """
    Write one file per weight, cut to the letters of Vietnamese and English, and return how many.

    The package has the letters of each script in a file of its own; together and cut they weigh a third.
    """
    files, weights = PACKAGES / FONTS / "files", (400, 600)
    for weight in weights:
        with TemporaryDirectory() as folder:
            parts = []
            for script in ("latin", "vietnamese"):
                part = _cut((files / f"be-vietnam-pro-{script}-{weight}-normal.woff2").read_bytes())
                parts.append(str(Path(folder, script)))
                Path(parts[-1]).write_bytes(part)
            whole = merge.Merger().merge(parts)
        whole.flavor = "woff2"
        # The same letters must give the same bytes, and so the same name: no time of making goes in.
        whole.recalcTimestamp, whole["head"].created, whole["head"].modified = False, EPOCH, EPOCH
        whole.save(target / f"be-vietnam-pro-{weight}.woff2")
    shutil.copyfile(PACKAGES / FONTS / "LICENSE", target / "be-vietnam-pro.licence.txt")
    return len(weights)


def _cut(font: bytes) -> bytes:
    options = subset.Options(hinting=False, layout_features=FEATURES, desubroutinize=True)
    options.flavor = None
    part = subset.load_font(io.BytesIO(font), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(LETTERS))
    cutter.subset(part)
    part.flavor = None
    plain = io.BytesIO()
    part.save(plain)
    return plain.getvalue()


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


def listed_icons(root: Path, name: str) -> list[str]:
    """Return the icons named in one of the shell's lists, one a line."""
    lines = (root / "hues" / "surfaces" / "shell" / name).read_text().splitlines()
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
    logging.disable(logging.WARNING)  # of tables that the fonts do not have
    count = copy_files(fresh) + draw_fonts(fresh)
    drawn = {
        "icons.svg": listed_icons(ROOT, "icons.txt"),
        "icons-more.svg": listed_icons(ROOT, "icons-more.txt"),
        "subjects.svg": subject_icons(ROOT),
    }
    for name, icons in drawn.items():
        (fresh / name).write_text(draw_sprite(icons))
    TARGET.parent.mkdir(exist_ok=True)
    shutil.rmtree(TARGET, ignore_errors=True)
    fresh.rename(TARGET)
    kinds = len({icon for icons in drawn.values() for icon in icons})
    print(f"{count} browser files and {kinds} icons are in {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
