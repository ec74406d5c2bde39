"""
Message catalogues without GNU gettext: extract, check and compile them with Babel.

Usage: python tools/messages.py extract|check|compile
English is the language of the source; every room holds `locale/vi/LC_MESSAGES/django.po`.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# What the floors themselves say stands in the frame's catalogue: they are no room of their own.
ALSO = {"shell": ("hues/kernel/errors.py",)}
type Key = tuple[str | tuple[str, ...] | list[str], str | None]


def rooms() -> list[Path]:
    """Return every folder that owns a catalogue: the innermost one with an `apps.py` and text for people."""
    return sorted(p.parent for p in ROOT.glob("hues/*/*/apps.py"))


def found_in(room: Path) -> dict[Key, set[str]]:
    """Return the messages of a room with the files they stand in."""
    found: dict[Key, set[str]] = {}
    for file, source in _sources(room):
        for _line, message, _comments, context in extract("python", BytesIO(source), keywords=KEYWORDS):
            found.setdefault((message, context), set()).add(str(file.relative_to(ROOT)))
    return found


def _sources(room: Path) -> Iterator[tuple[Path, bytes]]:
    for file in (*sorted(room.rglob("*.py")), *(ROOT / name for name in ALSO.get(room.name, ()))):
        if "tests" not in file.parts and "migrations" not in file.parts:
            yield file, file.read_bytes()
    for file in sorted(room.rglob("templates/**/*")):
        if file.suffix in (".html", ".txt", ".xml", ".js", ".webmanifest"):
            yield file, _as_python(templatize(file.read_text("utf-8"))).encode()


def _as_python(templatized: str) -> str:
    """Keep the gettext calls of a templatized template, which is not quite Python, one a line."""
    calls = re.findall(
        r"(?:_|gettext|ngettext|pgettext|npgettext)\((?:[^()'\"]|u?'(?:\\.|[^'\\])*'|u?\"(?:\\.|[^\"\\])*\")*\)",
        templatized,
        re.S,
    )
    return "\n".join(" ".join(call.split("\n")) if "'''" not in call else call for call in calls)


def catalogue_of(room: Path) -> Path:
    """Return the path of a room's Vietnamese catalogue."""
    return room / "locale" / "vi" / "LC_MESSAGES" / "django.po"


def read(po: Path) -> Catalog:
    """Return the catalogue at `po`, or an empty one."""
    if not po.exists():
        return Catalog(locale="vi", charset="utf-8")
    with po.open("rb") as file:
        return read_po(file, locale="vi")


def check() -> list[str]:
    """Return a sentence for each message that is missing, stale, fuzzy, loses a placeholder or has two translations."""
    wrong, said = [], dict[Key, str]()
    for room in rooms():
        catalogue, wanted = read(catalogue_of(room)), found_in(room)
        have = {(m.id, m.context): m for m in catalogue if m.id}
        name = room.relative_to(ROOT)
        wrong += [f"{name}: not translated: {_show(key)}" for key in wanted if not _done(have.get(key))]
        wrong += [f"{name}: no longer used: {_show(key)}" for key in have if key not in wanted]
        wrong += [f"{name}: placeholders differ: {_show(key)}" for key, m in have.items() if _done(m) and _loses(m)]
        # All rooms speak with one catalogue in the end: of two translations one would be shown everywhere.
        words = {key: str(m.string) for key, m in have.items()}
        wrong += [
            f"{name}: said otherwise elsewhere: {_show(key)}"
            for key in words
            if said.get(key, words[key]) != words[key]
        ]
        said |= words
    return wrong


def _show(key: Key) -> str:
    return repr(key[0] if isinstance(key[0], str) else key[0][0])[:100]


def _done(message: object) -> bool:
    string = getattr(message, "string", "")
    return bool(string) and (isinstance(string, str) or all(string)) and not getattr(message, "fuzzy", False)


def _loses(message: object) -> bool:
    ids, strings = getattr(message, "id", ""), getattr(message, "string", "")
    first = ids if isinstance(ids, str) else ids[-1]
    pattern = r"%\((\w+)\)[sd]|\{(\w*)\}"
    wanted = {a or b for a, b in re.findall(pattern, first)}
    return any(
        {a or b for a, b in re.findall(pattern, s)} != wanted
        for s in ([strings] if isinstance(strings, str) else strings)
    )


def update() -> None:
    """Write what is new into the catalogues and drop what is gone."""
    for room in rooms():
        wanted, po = found_in(room), catalogue_of(room)
        old = read(po)
        new = Catalog(locale="vi", charset="utf-8", header_comment="# Tiếng Việt", creation_date=old.creation_date)
        for message, context in sorted(wanted, key=str):
            known = old.get(message if isinstance(message, str) else message[0], context)
            new.add(message, known.string if known else None, context=context)
        if wanted:
            po.parent.mkdir(parents=True, exist_ok=True)
            with po.open("wb") as file:
                write_po(file, new, omit_header=False, width=110, no_location=True)
            print(f"{po.relative_to(ROOT)}: {len(wanted)} messages")


def compile_all() -> None:
    """Write a .mo beside each .po that is newer."""
    for po in ROOT.glob("hues/**/django.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            with mo.open("wb") as file:
                write_mo(file, read(po))


def main(verb: str) -> int:
    """Run one verb and return the exit code."""
    if verb == "extract":
        update()
    elif verb == "compile":
        compile_all()
    elif verb == "check":
        wrong = check()
        print("\n".join(wrong) or "catalogues: complete")
        return bool(wrong)
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
