"""Static files: named by their content, and stylesheets joined, when they are collected."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
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
# Bootstrap's own colours go too: the tokens say what its rules read.
COMMENT = re.compile(r"/\*.*?\*/|@charset [^;]+;|(?::root,)?\[data-bs-theme=\w+\]\{[^}]*\}", re.S)
SPACE = re.compile(r"\s+")


class Storage(ManifestStaticFilesStorage):
    """
    Names by content, from a manifest; the frame's stylesheet becomes one file, its modules find each other.

    A name that was not collected is answered as it is, so that tests and a first look need no collection.
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

    def _join(self, name: str) -> None:
        folder = name.rpartition("/")[0]
        joined = SHEET.sub(lambda found: self._sheet(folder, found), self._text(name))
        self.delete(name)
        self.save(name, ContentFile(SPACE.sub(" ", COMMENT.sub("", joined)).strip().encode()))

    def _sheet(self, folder: str, found: re.Match[str]) -> str:
        rules = COMMENT.sub("", self._text(f"{folder}/{found['name']}"))
        return f"@layer {found['layer']} {{{rules}}}\n" if found["layer"] else rules

    def _text(self, name: str) -> str:
        # From the rooms and not from what was collected: there a joined sheet has taken the place of its list.
        found = finders.find(name)
        if not isinstance(found, str):
            raise LookupError(f"no room has {name}")
        return Path(found).read_text("utf-8")
