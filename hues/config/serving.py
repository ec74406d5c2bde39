"""What each kind of serving process does: the front with Django behind it, and the live process."""

import asyncio
import fcntl
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import uvicorn
from django.conf import settings
from django.urls import get_resolver

from hues.config import machine, sockets
from hues.config.env import Env
from hues.config.front.app import Front, Places
from hues.config.live import Live
from hues.config.wsgi import application
from hues.kernel.languages import join_catalogues
from hues.kernel.published.settling import settled_at_once
from hues.kernel.visits.flushing import flushed_each_second
from hues.kit import clock, later


def warm_up() -> None:
    """Import every view and read what is said in each language, so that the first visitor does not wait."""
    get_resolver().url_patterns  # noqa: B018
    join_catalogues()
    later.load_all()


def serve_web(env: Env, listening: Sequence[socket.socket]) -> None:
    """Answer requests on these sockets until told to stop."""
    places = Places(home=env.home, static=env.static_root, database=settings.DATABASE_URL)
    with flushed_each_second(), settled_at_once(clock.now):
        front = Front(application, places)
        _serve(front, listening, patience=5, before_end=front.watching.streams.let_go)


def serve_live(env: Env) -> None:
    """Stream news to open pages until told to stop."""
    folder = sockets.folder_in(env.home)
    sockets.prepare(folder)
    place = folder / "live"
    with (folder / "live.lock").open("w") as lock, socket.socket(socket.AF_UNIX) as listening:
        # One that is started beside another waits until that one ends: it must not take its open pages away.
        fcntl.flock(lock, fcntl.LOCK_EX)
        place.unlink(missing_ok=True)
        listening.bind(str(place))
        listening.listen(1024)
        live = Live(settings.DATABASE_URL)
        _serve(live, [listening], patience=1, before_end=live.streams.let_go)


class Server(uvicorn.Server):
    """Calls `before_end` when it is told to stop, before it waits for what is still being answered."""

    def __init__(self, config: uvicorn.Config, before_end: Callable[[], None]) -> None:
        super().__init__(config)
        self._before_end = before_end

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._before_end()
        await super().shutdown(sockets)


def _serve(
    application: Any,
    listening: Sequence[socket.socket],
    *,
    patience: int,
    before_end: Callable[[], None],
) -> None:
    config = uvicorn.Config(
        application,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=patience,
        h11_max_incomplete_event_size=64 * 1024,
    )
    machine.descriptors()
    with suppress(KeyboardInterrupt, asyncio.CancelledError):
        Server(config, before_end).run(sockets=list(listening))
