"""Folders for Unix sockets, whose paths the kernel wants short."""

import hashlib
import os
import stat
import tempfile
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

LONGEST_FOLDER = 80  # bytes: the kernel allows about 104 with the socket's own name


def folder_in(home: Path) -> Path:
    """Return the folder for the sockets of `home`: inside it, or a short name in the temporary folder."""
    beside = home.absolute() / "socket"
    if len(os.fsencode(beside)) <= LONGEST_FOLDER:
        return beside
    name = hashlib.sha256(os.fsencode(home.absolute())).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"hues-{os.geteuid()}-{name}"


def prepare(folder: Path, owners: Collection[int] = ()) -> None:
    """
    Make the folder, for its owner only.

    :raises PermissionError: if it belongs to somebody else, who could then pose as our server
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), *owners}:
        raise PermissionError(f"{folder} belongs to somebody else: remove it, or choose a shorter HUES_HOME.")
    folder.chmod(0o700)


def leave(home: Path) -> None:
    """Remove the short-named folder of `home` if nothing is in it any more; one inside of `home` stays."""
    place = folder_in(home)
    if place.parent != home.absolute():
        with suppress(OSError):
            place.rmdir()
