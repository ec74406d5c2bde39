"""Copy the browser files we name out of node_modules, and draw the icons we name into one sprite."""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "node_modules"
SHELL = ROOT / "hues" / "surfaces" / "shell"
TARGET = SHELL / "static" / "vendor"
FONT = "be-vietnam-pro-{}-{}-normal.woff2"
FILES: dict[str, tuple[str, ...]] = {
    "bootstrap": ("dist/css/bootstrap.min.css",),
    "htmx.org": ("dist/htmx.min.js",),
    "idb": ("build/index.js",),
    "maplibre-gl": (
        "dist/maplibre-gl.css",
        "dist/maplibre-gl.mjs",
        "dist/maplibre-gl-worker.mjs",
    ),
    "@fontsource/be-vietnam-pro": tuple(
        "files/" + FONT.format(script, weight)
        for script in ("vietnamese", "latin", "latin-ext")
        for weight in (400, 600)
    ),
}
RENAMED = {"build/index.js": "idb.js"}
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


def draw_sprite(names: list[str]) -> str:
    """
    Return one SVG with a symbol per icon.

    :raises SystemExit: if an icon does not exist
    """
    icons = PACKAGES / "@tabler" / "icons" / "icons" / "outline"
    if missing := [name for name in names if not (icons / f"{name}.svg").is_file()]:
        raise SystemExit(f"There is no such Tabler outline icon: {', '.join(missing)} (see {icons}).")
    symbols = [_symbol(name, (icons / f"{name}.svg").read_text()) for name in names]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _symbol(name: str, drawing: str) -> str:
    shapes = re.sub(r"\s+", " ", drawing[drawing.index(">", drawing.index("<svg")) + 1 : drawing.rindex("</svg>")])
    pen = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    return f'<symbol id="{name}" viewBox="0 0 24 24" {pen}>{shapes.strip()}</symbol>'


def named_icons(lists: list[Path]) -> list[str]:
    """Return the icons named in the lists, one per line, without comments and doubles."""
    lines = (line.split("#")[0].strip() for path in lists for line in path.read_text().splitlines())
    return sorted({line for line in lines if line})


def main() -> int:
    """Rebuild the whole vendor folder."""
    fresh = PACKAGES / ".vendor"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    count = copy_files(fresh)
    names = named_icons(sorted((ROOT / "hues").glob("*/*/icons.txt")))
    (fresh / "icons.svg").write_text(draw_sprite(names))
    TARGET.parent.mkdir(exist_ok=True)
    shutil.rmtree(TARGET, ignore_errors=True)
    fresh.rename(TARGET)
    print(f"{count} browser files and {len(names)} icons are in {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
