"""The embedded server: it starts, survives, stops and keeps to its own folder."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from hues.config import machine, postgres, sockets


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("server")
    yield folder
    postgres.stop(folder, "immediate")


def ask(address: str, question: str) -> object:
    with psycopg.connect(address) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row
    return row[0]


def postmaster(home: Path) -> int:
    return int((home / "postgres" / "cluster" / "postmaster.pid").read_text().split()[0])


def test_it_speaks_vietnamese_whatever_the_system_does(home: Path) -> None:
    address = postgres.start(home, unsafe=True)
    assert postgres.running(home)
    assert ask(address, "SELECT lower('ĐƯỜNG HUẾ')") == "đường huế"
    assert ask(address, "SHOW jit") == "off"


def test_it_listens_on_its_socket_only_and_only_for_its_owner(home: Path) -> None:
    address = postgres.start(home, unsafe=True)
    assert ask(address, "SHOW listen_addresses") == ""
    assert stat.S_IMODE((home / "postgres" / "socket").stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "postgres" / "cluster").stat().st_mode) == 0o700


def test_a_statement_that_fails_leaves_no_words_of_people_in_the_log(home: Path) -> None:
    address = postgres.start(home, unsafe=True)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE said (words text NOT NULL, at int NOT NULL)")
        for wrong in ("INSERT INTO said VALUES ('ring 0905', NULL)", """SELECT '{"w": "ring 0905 \\u0000"}'::jsonb"""):
            with pytest.raises(psycopg.Error):
                connection.execute(wrong)
    log = (home / "postgres" / "server.log").read_text()
    assert "null value in column" in log
    assert "unsupported Unicode escape" in log
    assert "0905" not in log


def test_starting_at_once_from_many_sides_gives_one_server(tmp_path: Path) -> None:
    command = (
        "import sys, pathlib; from hues.config import postgres;"
        "print(postgres.start(pathlib.Path(sys.argv[1]), unsafe=True))"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", command, tmp_path], stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    try:
        said = {child.communicate(timeout=120)[0].strip() for child in children}
        assert said == {postgres.url(tmp_path)}
        assert postgres.running(tmp_path)
    finally:
        postgres.stop(tmp_path, "immediate")


def test_a_killed_server_comes_back_with_everything_it_acknowledged(tmp_path: Path) -> None:
    address = postgres.start(tmp_path)  # the safe settings: this is about durability
    try:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (number int)")
            connection.execute("INSERT INTO kept VALUES (42)")
        os.kill(postmaster(tmp_path), signal.SIGKILL)
        assert postgres.start(tmp_path) == address
        assert ask(address, "SELECT number FROM kept") == 42
    finally:
        postgres.stop(tmp_path, "fast")


def test_a_pid_file_of_an_unrelated_process_stops_nobody(tmp_path: Path) -> None:
    address = postgres.start(tmp_path, unsafe=True)
    postgres.stop(tmp_path, "fast")
    assert not postgres.running(tmp_path)
    (tmp_path / "postgres" / "cluster" / "postmaster.pid").write_text(f"{os.getpid()}\n{tmp_path}\n")
    try:
        assert postgres.start(tmp_path, unsafe=True) == address
    finally:
        postgres.stop(tmp_path, "immediate")


def test_stopping_what_never_ran_is_no_mistake(tmp_path: Path) -> None:
    postgres.stop(tmp_path / "nowhere")
    assert not postgres.running(tmp_path / "nowhere")


def test_a_deep_folder_still_gets_a_socket_the_kernel_can_open(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    address = postgres.start(deep, unsafe=True)
    try:
        assert ask(address, "SELECT 1") == 1
        assert len(address) < 130
    finally:
        postgres.stop(deep, "immediate")
    assert not sockets.folder_in(postgres.folder(deep)).exists()


def test_a_folder_with_spaces_and_quotes_is_only_a_folder(tmp_path: Path) -> None:
    odd = tmp_path / "Huế's own; folder"
    address = postgres.start(odd, unsafe=True)
    try:
        assert ask(address, "SELECT 1") == 1
    finally:
        postgres.stop(odd, "immediate")


def test_no_permission_outside_its_own_folder_changes(tmp_path: Path) -> None:
    parents = [tmp_path, *tmp_path.parents]
    before = [(stat.S_IMODE(p.stat().st_mode), p.stat().st_uid) for p in parents]
    postgres.start(tmp_path / "own", unsafe=True)
    postgres.stop(tmp_path / "own", "immediate")
    assert [(stat.S_IMODE(p.stat().st_mode), p.stat().st_uid) for p in parents] == before


def test_a_second_database_is_made_once(home: Path) -> None:
    postgres.start(home, unsafe=True)
    postgres.ensure_database(home, "other")
    postgres.ensure_database(home, "other")
    assert ask(postgres.url(home, "other"), "SELECT current_database()") == "other"


def test_many_threads_may_ask_whether_it_runs(home: Path) -> None:
    postgres.start(home, unsafe=True)
    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(postgres.running, [home] * 20))


def test_the_settings_follow_the_machine() -> None:
    assert machine.memory_megabytes() > 100
    assert machine.cores() >= 1
