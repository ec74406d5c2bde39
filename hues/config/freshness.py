"""Whether a database holds this version's tables and this city's facts, without loading Django to find out."""

import hashlib
from pathlib import Path

import psycopg
from psycopg import sql

from hues.config.env import ROOT

PREFIX = "hues "
FIND = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"


def wanted(city: Path, *, demo: bool) -> str:
    """Return a digest of everything that decides what has to be in the database."""
    digest = hashlib.sha256(b"demo" if demo else b"")
    migrations = sorted(ROOT.glob("hues/**/migrations/*.py"))
    facts = sorted(path for path in city.rglob("*") if path.is_file())
    for path in (*migrations, *facts, ROOT / "requirements" / "base.txt", Path(__file__).with_name("loading.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return PREFIX + digest.hexdigest()


def found(database: str) -> str:
    """Return the digest that was noted when the database was last brought up to date, or nothing."""
    with psycopg.connect(database, autocommit=True, connect_timeout=10) as connection:
        row = connection.execute(FIND).fetchone()
    return row[0] if row and row[0] else ""


def note(database: str, mark: str) -> None:
    """Note, as the database's own comment, what it holds now; an account that may not leaves it unsaid."""
    with psycopg.connect(database, autocommit=True) as connection:
        name = sql.Identifier(connection.info.dbname)
        try:
            connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(mark)))
        except psycopg.errors.InsufficientPrivilege:
            return
