"""A process writes its counts by itself, each second and once more when it ends."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection

from hues.kernel.visits import queries

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real]
PROCESS = """
import os, sys, django
django.setup()
from hues.kernel.visits import count
from hues.kernel.visits.flushing import flushed_each_second
with flushed_each_second():
    for _ in range(7):
        count("home", "citizen")
    print("counted", flush=True)
    sys.stdin.readline()
"""


def process() -> "subprocess.Popen[str]":
    ours = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environ = os.environ | {"DATABASE_URL": ours, "DJANGO_SETTINGS_MODULE": "hues.config.settings"}
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", PROCESS], stdin=pipe, stdout=pipe, text=True, env=environ)


def counted() -> int:
    today = datetime.now(UTC).date()
    return sum(row.visits for row in queries.visits(today - timedelta(days=1), today + timedelta(days=1)))


def test_a_process_that_ends_writes_what_it_counted_last() -> None:
    with process() as running:
        assert running.stdout
        assert running.stdout.readline() == "counted\n"
        running.communicate("\n", timeout=30)
    assert counted() == 7


def test_a_process_that_is_killed_has_written_all_but_the_last_second() -> None:
    with process() as running:
        assert running.stdout
        assert running.stdout.readline() == "counted\n"
        deadline = datetime.now(UTC) + timedelta(seconds=30)
        while counted() < 7 and datetime.now(UTC) < deadline:
            connection.close()
        running.send_signal(signal.SIGKILL)
    assert counted() == 7
