"""Static files: named by their content, joined and packed once, when they are collected."""

import gzip
import re
from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile

CSS_URL = r"""(?P<matched>url\((?P<quote>['"]{0,1})\s*(?P<url>[^'")]*?)\s*(?P=quote)\))"""
JS_IMPORT = (
    (
        r"""(?P<matched>import(?P<import>[\s{*][^;]*?)\s*from\s*["'](?P<url>[./].*?)["'])""",
        'import%(import)s from "%(url)s"',
    ),
    (r"""(?P<matched>import\(["'](?P<url>[./].*?)["']\))""", 'import("%(url)s")'),
)
SHEET = re.compile(r'@import url\("(?P<name>[^"]+)"\)(?: layer\((?P<layer>\w+)\))?;\n?')
COMMENT = re.compile(r"/\*.*?\*/|@charset [^;]+;", re.S)
SPACE = re.compile(r"\s+")
WORTH = 0.95
PACKED = (".css", ".js", ".mjs", ".svg", ".json", ".geojson", ".webmanifest")


class Storage(ManifestStaticFilesStorage):
    """
    Manifest names; a stylesheet of ours is one file, and text has a packed twin beside it.

    Only our own files are searched for addresses: those of others hold none, and are large. A name that was not
    collected is answered as it is, so that tests and a first look need no collection.
    """

    manifest_strict = False
    patterns = (("*.css", (CSS_URL,)), ("*.js", JS_IMPORT))

    def stored_name(self, name: str) -> str:
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:  # noqa: FBT001, FBT002
        if dry_run:
            return
        for name in [path for path in paths if path.endswith("/app.css")]:
            self._join(name)
            paths[name] = (self, name)
        yield from super().post_process(paths, dry_run=dry_run, **options)
        self._pack(sorted({*paths, *self.hashed_files.values()}))

    def _join(self, name: str) -> None:
        folder = name.rpartition("/")[0]
        joined = SHEET.sub(lambda found: self._sheet(folder, found), self._text(name))
        self._put(name, SPACE.sub(" ", COMMENT.sub("", joined)).strip().encode())

    def _sheet(self, folder: str, found: re.Match[str]) -> str:
        rules = COMMENT.sub("", self._text(f"{folder}/{found['name']}"))
        return f"@layer {found['layer']} {{{rules}}}\n" if found["layer"] else rules

    def _text(self, name: str) -> str:
        with self.open(name) as file:
            return str(file.read().decode())

    def _put(self, name: str, content: bytes) -> None:
        self.delete(name)
        self._save(name, ContentFile(content))

    def _pack(self, names: list[str]) -> None:
        """Write a gzip twin beside each text that gains by it; a file and its hashed copy are packed once."""
        done: dict[bytes, bytes] = {}
        for name in names:
            if name.endswith(PACKED):
                with self.open(name) as file:
                    content = file.read()
                small = done.setdefault(content, b"") or gzip.compress(content, 9, mtime=0)
                done[content] = small
                if len(small) < len(content) * WORTH:
                    self._put(f"{name}.gz", small)
