"""`hues run`: the whole city in one terminal."""

import errno
import os
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import click

from hues.config import env as environment
from hues.config import machine, tenancy
from hues.config.cli.rooms import with_rooms
from hues.config.env import Misconfigured

LOCAL = ("127.0.0.1", "::1")


@click.command()
@click.option(
    "--processes", type=click.IntRange(1, 64), help="How many web processes (default: one per core, up to 4)."
)
@click.option(
    "--only",
    type=click.Choice(["web", "live", "worker"]),
    multiple=True,
    help="Run only this kind of process here, and the others elsewhere.",
)
@click.option("--bind", "hosts", multiple=True, metavar="ADDRESS", help="Listen here instead of on this machine only.")
def run(processes: int | None, hosts: tuple[str, ...], only: tuple[str, ...]) -> None:
    """
    Start the database, web, live and worker processes, and keep them running until Ctrl-C.

    The first start also makes the tables and, with HUES_DEMO=1, loads the demo city.
    """
    env = environment.read()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # until the supervisor takes over
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads do not survive the fork that follows
    listening = bind(env.port, hosts or LOCAL) if not only or "web" in only else []
    try:
        with ExitStack() as stack:
            with ThreadPoolExecutor(1) as meanwhile:
                starting = meanwhile.submit(stack.enter_context, tenancy.database(env))
                os.environ["DATABASE_URL"] = tenancy.address(env)
                launch = with_rooms("hues.config.launch")  # Django and all rooms, while the database starts
                starting.result()
            count = processes or min(machine.cores(), 4)
            launch.launch(env, listening, processes=count, only=only or ("web", "live", "worker"))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    click.echo("Stopped.")


def bind(port: int, hosts: tuple[str, ...]) -> list[socket.socket]:
    """
    Return listening sockets, made once and handed to every web process, so that none is refused meanwhile.

    :raises Misconfigured: if the port is taken or none of the addresses is ours
    """
    listening = []
    for host in hosts:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        place = socket.socket(family)
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            place.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        try:
            place.bind((host, port))
            place.listen(1024)
        except OSError as failure:
            place.close()
            if isinstance(failure, PermissionError) or failure.errno == errno.EADDRINUSE:
                raise Misconfigured(f"Port {port} is taken or not ours. Choose another one: PORT={port + 1}") from None
            continue
        place.set_inheritable(True)
        listening.append(place)
    if not listening:
        raise Misconfigured(f"This machine has none of the addresses {', '.join(hosts)}.")
    return listening
