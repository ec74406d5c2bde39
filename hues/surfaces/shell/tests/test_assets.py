"""Stylesheets are joined from what the rooms hold now, however often they are collected."""

from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.management import call_command

from hues.surfaces.shell.assets import Storage

APP = "look/app.css"


def collected(target: Path) -> str:
    call_command("collectstatic", interactive=False, verbosity=0)
    storage = Storage(location=target, base_url="/static/")
    return (target / storage.stored_name(APP)).read_text()


def test_a_part_that_changed_is_in_the_joined_sheet_at_once(tmp_path: Path, settings: Any) -> None:
    rooms, target = tmp_path / "rooms", tmp_path / "collected"
    (rooms / "look").mkdir(parents=True)
    (rooms / APP).write_text('@import url("part.css") layer(parts);\n')
    (rooms / "look" / "part.css").write_text(".old { color: red; } /* gone */")
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [rooms], target
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    known: Any = finders.get_finder
    known.cache_clear()
    try:
        assert collected(target) == "@layer parts {.old { color: red; } }"
        (rooms / "look" / "part.css").write_text(".new { color: blue; }")
        assert collected(target) == "@layer parts {.new { color: blue; }}"
    finally:
        known.cache_clear()
