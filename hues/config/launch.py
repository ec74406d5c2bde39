"""Launch the city: bring the database up to date, then keep every process alive."""

import http.client
import os
import socket
import time
from collections.abc import Sequence
from functools import partial
from typing import Any

import click

from hues.config import freshness, loading, postgres, serving, working
from hues.config.demo import loading as demo
from hues.config.env import Env
from hues.config.supervise import Child, Supervisor, run_apart
from hues.kernel.people.phones import shown
from hues.kit import clock
from hues.surfaces.shell.demo_people import one_each


def launch(env: Env, listening: Sequence[socket.socket], *, processes: int, only: Sequence[str]) -> None:
    """
    Run the kinds of process named in `only` until told to stop, the web on these sockets.

    :raises SystemExit: if the database could not be brought up to date
    """
    serving.warm_up()
    database = os.environ["DATABASE_URL"]
    fresh = freshness.found(database) == freshness.wanted(env.city, demo=env.demo)
    if not fresh and (code := run_apart("load", bring_up_to_date)):
        raise SystemExit(code)
    names = [f"web {number}" for number in range(1, processes + 1)] if "web" in only else []
    children = [Child(name=name, work=partial(serving.serve_web, env, listening)) for name in names]
    if "live" in only:
        children.append(Child(name="live", work=partial(serving.serve_live, env)))
    if "worker" in only:
        children.append(Child(name="worker", work=working.work))
    caretaker = Caretaker(env, listening[0].getsockname() if listening else None, publish=fresh)
    Supervisor(children=children, tend=caretaker, say=tell).run()


def bring_up_to_date(*, reports: int = demo.REPORTS) -> None:
    """Make the tables and load what is missing, while bars show how far it is."""
    at = clock.now()
    with loading.alone():
        for words, step in loading.steps(reports=reports, at=at):
            with click.progressbar(length=1, label=f"  Loading {words:32}", show_pos=False) as bar:
                step(partial(_move, bar))
                _move(bar, 1, 1)
        loading.finish(at=at)


def _move(bar: Any, done: int, total: int) -> None:
    bar.length = max(total, 1)
    bar.update(done - bar.pos if total else 0)


class Caretaker:
    """Greets when the city answers, and starts the embedded database again when it died."""

    def __init__(self, env: Env, door: tuple[str, int] | None, *, publish: bool) -> None:
        self._env, self._door, self._publish = env, door, publish
        self._greeted = door is None
        self._looked_at = time.monotonic()

    def __call__(self) -> None:
        if not self._greeted and self._door and self._answers(*self._door[:2]):
            self._greeted = True
            run_apart("greet", self._greet)  # it asks the database, whose connections may not be shared
            if self._publish:  # the code may be newer than the bytes
                run_apart("publish", partial(loading.finish, at=clock.now()))
        if not self._env.database_url and time.monotonic() - self._looked_at > 1:
            if not postgres.running(self._env.home):
                tell("database died; it is started again")
                try:
                    postgres.start(self._env.home)
                except postgres.DatabaseUnavailable as failure:
                    tell(f"{failure}\nIt is tried again.")
            self._looked_at = time.monotonic()

    def _answers(self, host: str, port: int) -> bool:
        connection = http.client.HTTPConnection(host, port, timeout=1)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            connection.close()

    def _greet(self) -> None:
        click.echo(f"\n  Hue-S is running: {self._env.origin}")
        if self._env.demo:
            click.echo(f"  Demo people:      {self._env.origin}/demo/ (one click to be any of them), for example")
            for person in one_each():
                click.echo(f"    {person.role.replace('_', ' '):16}{shown(person.phone)}  {person.name}")
        click.echo("  Ctrl-C stops it.\n")


def tell(sentence: str) -> None:
    """Say on the terminal what the supervisor did."""
    click.echo(f"hues: {sentence}", err=True)
