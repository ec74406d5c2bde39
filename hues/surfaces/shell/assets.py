"""Static files: named by their content, joined and packed once, when they are collected."""

import gzip
import re
from collections.abc import Iterator, Mapping
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
        if not dry_run:
            for name in [path for path in paths if path.endswith("/app.css")]:
                self._join(name)
        yield from super().post_process(paths, dry_run=dry_run, **options)
        if not dry_run:
            self._pack()

    def _join(self, name: str) -> None:
        with self.open(name) as file:
            sheet = file.read().decode()
        folder = name.rpartition("/")[0]
        self._put(name, COMMENT.sub("", SHEET.sub(lambda found: self._sheet(folder, found), sheet)))

    def _sheet(self, folder: str, found: re.Match[str]) -> str:
        with self.open(f"{folder}/{found['name']}") as file:
            rules = COMMENT.sub("", file.read().decode())
        return f"@layer {found['layer']} {{{rules}}}\n" if found["layer"] else rules

    def _put(self, name: str, text: str) -> None:
        self.delete(name)
        self._save(name, ContentFile(text.encode()))

    def _pack(self) -> None:
        for name in {*self.hashed_files, *self._names()}:
            if name.endswith(PACKED) and not self.exists(f"{name}.gz"):
                with self.open(name) as file:
                    content = file.read()
                if len(packed := gzip.compress(content, 9, mtime=0)) < len(content) * 0.95:
                    self._save(f"{name}.gz", ContentFile(packed))

    def _names(self) -> Mapping[str, str] | set[str]:
        return set(self.hashed_files.values())
