"""A backup is complete or not there, and comes back only where nothing is lost by it."""

import os
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from hues.config import env as environment
from hues.config import freshness
from hues.config.chores import keeping
from hues.config.chores.keeping import CannotKeep
from hues.config.env import Env

AT = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)
WORDS = "Đường Lê Lợi, phường Thuận Hóa"


@pytest.fixture
def databases() -> Iterator[tuple[str, str]]:
    """Make two empty databases on the server of the tests."""
    server, names = os.environ["DATABASE_URL"], [f"keeping_{os.getpid()}_{n}" for n in (1, 2)]
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield make_conninfo(server, dbname=names[0]), make_conninfo(server, dbname=names[1])
        for name in names:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def homes(tmp_path: Path) -> tuple[Env, Env]:
    """Give each of two cities a data folder; the first has a photo."""
    known = environment.read({"HUES_DEMO": "1"})
    one, two = (replace(known, home=tmp_path / name) for name in ("one", "two"))
    (one.home / "media" / "ab").mkdir(parents=True)
    (one.home / "media" / "ab" / "abcd").write_bytes(b"photo")
    return one, two


def write(database: str, words: str = WORDS) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (words text)")
        connection.execute("INSERT INTO kept VALUES (%s)", [words])


def words_in(database: str) -> list[str]:
    with psycopg.connect(database, autocommit=True) as connection:
        return [words for (words,) in connection.execute("SELECT words FROM kept ORDER BY words").fetchall()]


def test_what_was_backed_up_comes_back_with_its_photos(
    databases: tuple[str, str], homes: tuple[Env, Env], tmp_path: Path
) -> None:
    write(databases[0])
    freshness.note(databases[0], "hues 123")
    file = tmp_path / "backups" / "monday.tar"
    assert keeping.back_up(homes[0], databases[0], file, at=AT) == file.stat().st_size
    assert file.stat().st_mode & 0o077 == 0
    assert keeping.bring_back(homes[1], databases[1], file, force=False) == AT.isoformat()
    assert words_in(databases[1]) == [WORDS]
    assert (homes[1].home / "media" / "ab" / "abcd").read_bytes() == b"photo"
    assert freshness.found(databases[1]) == "hues 123"
    assert sorted(path.name for path in file.parent.iterdir()) == ["monday.tar"]


def test_a_backup_that_fails_leaves_the_last_one_alone(homes: tuple[Env, Env], tmp_path: Path) -> None:
    file = tmp_path / "monday.tar"
    file.write_bytes(b"last week's")
    with pytest.raises(CannotKeep, match="pg_dump"):
        keeping.back_up(homes[0], f"postgresql:///none?host={tmp_path}", file, at=AT)
    assert file.read_bytes() == b"last week's"
    assert not list(tmp_path.glob(".backup*"))


def test_a_database_in_use_is_only_replaced_by_force(
    databases: tuple[str, str], homes: tuple[Env, Env], tmp_path: Path
) -> None:
    write(databases[0])
    write(databases[1], "Đường khác")
    file = tmp_path / "a.tar"
    keeping.back_up(homes[0], databases[0], file, at=AT)
    with pytest.raises(CannotKeep, match="not empty"):
        keeping.bring_back(homes[1], databases[1], file, force=False)
    keeping.bring_back(homes[1], databases[1], file, force=True, dry_run=True)
    assert words_in(databases[1]) == ["Đường khác"]
    keeping.bring_back(homes[1], databases[1], file, force=True)
    assert words_in(databases[1]) == [WORDS]


def test_a_running_city_is_never_replaced(databases: tuple[str, str], homes: tuple[Env, Env], tmp_path: Path) -> None:
    file = tmp_path / "a.tar"
    keeping.back_up(homes[0], databases[0], file, at=AT)
    with psycopg.connect(databases[1]), pytest.raises(CannotKeep, match="stop it first"):
        keeping.bring_back(homes[1], databases[1], file, force=True)


def test_a_file_that_is_no_backup_touches_nothing(
    databases: tuple[str, str], homes: tuple[Env, Env], tmp_path: Path
) -> None:
    write(databases[1])
    text = tmp_path / "notes.txt"
    text.write_text("not a backup")
    other = tmp_path / "other.tar"
    with tarfile.open(other, "w") as tar:
        tar.add(text, "about.txt")
    for file in (text, other):
        with pytest.raises(CannotKeep, match="backup"):
            keeping.bring_back(homes[1], databases[1], file, force=True)
    assert words_in(databases[1]) == [WORDS]


@pytest.mark.parametrize("share", [0.5, 0.95])
def test_a_dump_that_was_cut_leaves_the_city_as_it_was(
    databases: tuple[str, str], homes: tuple[Env, Env], tmp_path: Path, share: float
) -> None:
    write(databases[0])
    with psycopg.connect(databases[0], autocommit=True) as connection:
        connection.execute("INSERT INTO kept SELECT md5(n::text) FROM generate_series(1, 5000) AS n")
    write(databases[1])
    file, folder = tmp_path / "a.tar", tmp_path / "parts"
    keeping.back_up(homes[0], databases[0], file, at=AT)
    with tarfile.open(file) as tar:
        tar.extractall(folder, filter="data")
    dump = folder / "database.dump"
    dump.write_bytes(dump.read_bytes()[: int(dump.stat().st_size * share)])
    with tarfile.open(file, "w") as tar:
        for part in folder.iterdir():
            tar.add(part, part.name)
    for dry_run in (True, False):
        with pytest.raises(CannotKeep, match="pg_restore"):
            keeping.bring_back(homes[1], databases[1], file, force=True, dry_run=dry_run)
    assert words_in(databases[1]) == [WORDS]


def test_what_fails_half_way_leaves_the_city_as_it_was(
    databases: tuple[str, str], homes: tuple[Env, Env], tmp_path: Path
) -> None:
    write(databases[0])
    write(databases[1], "Đường khác")
    with psycopg.connect(databases[0], autocommit=True) as connection:
        connection.execute("CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.kept (n int)")
    with psycopg.connect(databases[1], autocommit=True) as connection:
        connection.execute("CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.kept (n int)")
    file = tmp_path / "a.tar"
    keeping.back_up(homes[0], databases[0], file, at=AT)
    with pytest.raises(CannotKeep, match="psql"):
        keeping.bring_back(homes[1], databases[1], file, force=True)
    assert words_in(databases[1]) == ["Đường khác"]
