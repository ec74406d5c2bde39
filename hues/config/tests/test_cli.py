"""What the command line and the environment refuse, and that each command explains itself."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from click import ClickException
from click.testing import CliRunner

from hues.config import tenancy
from hues.config.cli import hues
from hues.config.cli.rooms import done
from hues.config.env import DEMO_KEY, ROOT, Misconfigured, read

KEY = "k" * 50
REAL = {"HUES_SECRET_KEY": KEY, "HUES_ORIGIN": "https://hue.example.vn"}


@pytest.mark.parametrize(
    "command",
    [
        "run",
        "worker",
        "migrate",
        "demo",
        "setup",
        "areas import",
        "agencies import",
        "people import",
        "keys issue",
        "keys revoke",
        "keys list",
        "hooks add",
        "hooks remove",
        "hooks list",
        "check",
        "backup",
        "restore",
    ],
)
def test_a_command_explains_itself(command: str) -> None:
    told = CliRunner().invoke(hues, [*command.split(), "--help"])
    assert told.exit_code == 0
    assert "--help" in told.output


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({}, "HUES_SECRET_KEY"),
        ({"HUES_SECRET_KEY": "short"}, "HUES_SECRET_KEY"),
        ({"HUES_SECRET_KEY": DEMO_KEY}, "HUES_SECRET_KEY"),
        ({"HUES_SECRET_KEY": KEY}, "HUES_ORIGIN"),
        ({"HUES_SECRET_KEY": KEY, "HUES_ORIGIN": "http://hue.example.vn"}, "https"),
        ({"HUES_DEMO": "1", "PORT": "eight"}, "PORT"),
    ],
)
def test_a_city_that_can_not_be_safe_does_not_start(environ: dict[str, str], says: str) -> None:
    with pytest.raises(Misconfigured, match=says):
        read(environ)


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"DATABASE_URL": "postgresql://hues:secret@127.0.0.1:1/hues"}, "DATABASE_URL does not answer"),
        ({"DATABASE_URL": "mysql://hues:secret@127.0.0.1/hues"}, "DATABASE_URL must name a PostgreSQL"),
        ({"HUES_HOME": "/proc/nowhere"}, "HUES_HOME can not be used"),
    ],
)
def test_a_place_for_records_that_can_not_be_used_is_told_in_one_sentence(environ: dict[str, str], says: str) -> None:
    env = read({"HUES_DEMO": "1", **environ})
    with pytest.raises(Misconfigured, match=says) as refused, tenancy.database(env):
        raise AssertionError("it let us in")
    assert "secret" not in str(refused.value)


def test_a_real_city_answers_to_its_own_name_only() -> None:
    env = read({"HUES_SECRET_KEY": KEY, "HUES_ORIGIN": "https://hue.example.vn"})
    assert env.hosts == ("hue.example.vn",)
    assert not env.demo


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"HUES_DEMO": "1", "PORT": "8000"}, {"HUES_DEMO": "1", "PORT": "8110"}),
        (REAL, REAL | {"HUES_ORIGIN": "https://hue.example.vn:8443"}),
    ],
)
def test_two_cities_on_one_host_keep_their_cookies_apart(one: dict[str, str], other: dict[str, str]) -> None:
    assert cookies_of(one).isdisjoint(cookies_of(other))


def test_a_real_city_keeps_its_cookies_whatever_port_it_listens_on() -> None:
    assert cookies_of(REAL) == cookies_of(REAL | {"PORT": "9000"}) >= {"hues_session", "hues_csrf"}


def cookies_of(environ: dict[str, str]) -> set[str]:
    """Return the names of the cookies that a city with this environment sets or reads."""
    told = "from hues.config.settings import *; print(SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME)"
    names = subprocess.run([sys.executable, "-c", told], env=environ, cwd=ROOT, capture_output=True, check=True)
    return set(names.stdout.decode().split())


@pytest.mark.django_db
def test_a_command_tells_what_is_wrong_in_the_language_of_its_help_whatever_the_city_speaks() -> None:
    with pytest.raises(ClickException) as refused:
        done("hues.surfaces.open.actions", "issue_key", label="x", phone="12", at=datetime(2026, 1, 5, tzinfo=UTC))
    assert "phone" in refused.value.message
    assert refused.value.message.isascii()
