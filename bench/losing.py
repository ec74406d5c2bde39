"""The processes of B6's whole way: a city of browsers, a sender killed in the middle, and the one that takes over."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.management import call_command
from django.db import connection

from bench import server
from bench.inside import FILL as PEOPLE
from hues.config import postgres
from hues.kernel.areas.testing import the_wards
from hues.kernel.delivery import actions
from hues.kernel.delivery.actions.sending import LEASE
from hues.kernel.delivery.channels import Urgency, Whom, Words
from hues.kernel.delivery.encrypting import point, text_of
from hues.kernel.delivery.models import Chunk, Parcel, Subscription
from hues.kernel.delivery.push import topic
from hues.kit import clock

BROWSERS = int(os.environ.get("BENCH_BROWSERS", "20000")) * int(os.environ.get("SCALE", "1"))
KEY, AUTH = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
TITLE = "Lũ khẩn cấp trên sông Hương"
WARD = "19753"
FILL = (
    *PEOPLE[:2],
    """INSERT INTO delivery_subscription (channel, person_id, address, keys, language, at)
       SELECT 'push', id, %(origin)s || '/wpush/v2/' || substr(phone, 6)::int, %(keys)s::jsonb, 'vi', now()
       FROM people_person""",
    "ANALYZE",
)
type Pipes = subprocess.Popen[str]


def main() -> None:
    """Measure on a durable database of its own and print one line of JSON."""
    home = Path(os.environ["HUES_HOME"])
    postgres.start(home)
    try:
        call_command("migrate", verbosity=0)
        the_wards()
        with _a_sink(home) as (origin, sink):
            print(json.dumps(_measure(home, origin, sink)))
        connection.close()
    finally:
        postgres.stop(home, "immediate")


def sender() -> None:
    """Be a worker that sends, from the first line of its input on, and say what it took. Its clock may be ahead."""
    ahead = timedelta(seconds=float(sys.argv[-1]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    Path("/proc/self/clear_refs").write_text("5")  # its highest mark of memory begins here
    idle = _kib("VmRSS")
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.process_time()
    while Chunk.objects.filter(done_at=None).exists() or Parcel.objects.filter(sent_at=None, failed_at=None).exists():
        threads = [Thread(target=_send, args=[ahead]) for _ in range(actions.Kind.PUSHES.threads)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        time.sleep(0.05)  # what is asked for again has its time
    print(json.dumps({"cpu": time.process_time() - began, "memory": (_kib("VmHWM") - idle) / 1024}), flush=True)


def _send(ahead: timedelta) -> None:
    """Be one of the threads in which a worker pushes."""
    actions.send_all(actions.Kind.PUSHES, now=lambda: clock.now() + ahead)
    connection.close()


def _kib(name: str, pid: str = "self") -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def _measure(home: Path, origin: str, sink: Pipes) -> dict[str, Any]:
    keys = {"p256dh": text_of(point(KEY)), "auth": text_of(AUTH)}
    with connection.cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement, {"ward": WARD, "number": BROWSERS, "origin": origin, "keys": json.dumps(keys)})
    while actions.prepare():
        pass  # as idle workers do, some at a time
    first = _killed(home, sink)
    return {"browsers": BROWSERS, "killed": first, "second": _second(home, sink)}


def _killed(home: Path, sink: Pipes) -> dict[str, Any]:
    """Send the first alert; kill its sender when half is taken, and let another take over when the lease is out."""
    one, other = _a_sender(), _a_sender((LEASE * 1.1).total_seconds())
    idle = _kib("VmRSS", str(one.pid))
    began, ours = time.time(), server.cpu_seconds(one.pid)
    database = server.database_cpu(home)
    _tell("b6:killed")
    _go(one)
    assert sink.stdout
    if sink.stdout.readline() != "half\n":
        raise RuntimeError("the sink did not see half of it")
    os.kill(one.pid, signal.SIGSTOP)  # what it took is read before it dies
    spent, memory = server.cpu_seconds(one.pid) - ours, (_kib("VmHWM", str(one.pid)) - idle) / 1024
    one.kill()
    one.wait()
    done = _done(other)
    wall, took = time.time() - began, _taken(sink)
    return took | {
        "wall": wall,
        "lease": LEASE.total_seconds(),
        "first": took["first"][topic("b6:killed")] - began,
        "cpu": spent + done["cpu"],
        "database": server.database_cpu(home) - database,
        "memory": max(memory, done["memory"]),
        "left": Subscription.objects.count(),
    }


def _second(home: Path, sink: Pipes) -> dict[str, Any]:
    """Send another alert at once: nothing is prepared any more."""
    one, number = _a_sender((LEASE * 1.2).total_seconds()), Subscription.objects.count()
    began, database = time.time(), server.database_cpu(home)
    _tell("b6:second")
    _go(one)
    done = _done(one)
    took = _taken(sink)
    return took | {
        "number": number,
        "wall": time.time() - began,
        "first": took["first"][topic("b6:second")] - began,
        "cpu": done["cpu"],
        "database": server.database_cpu(home) - database,
        "memory": done["memory"],
    }


def _tell(key: str) -> None:
    words = {"vi": TITLE, "en": "Flash flood on the Hương river"}
    body = {"vi": "Nước lên nhanh. Lên chỗ cao, không qua ngầm tràn, gọi 112 khi cần cứu hộ.", "en": "Go up."}
    said = Words(
        key=key, topic=key, urgency=Urgency.EXTREME, title=words, body=body, link="/f/alerts/x/", at=clock.now()
    )
    if not actions.broadcast(said, Whom(wards=None)):
        raise RuntimeError(f"{key} was told before")


def _a_sender(ahead: float = 0) -> Pipes:
    """Start a sender and wait until it only needs a word."""
    command = "import django; django.setup(); from bench import losing; losing.sender()"
    words = [sys.executable, "-W", "ignore", "-c", command, str(ahead)]
    environ = {**os.environ, "DATABASE_URL": postgres.url(Path(os.environ["HUES_HOME"]))}
    process = subprocess.Popen(
        words, cwd=server.ROOT, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    if process.stdout.readline() != "ready\n":
        raise RuntimeError("the sender did not begin")
    return process


def _go(process: Pipes) -> None:
    assert process.stdin
    process.stdin.write("go\n")
    process.stdin.flush()


def _done(process: Pipes) -> dict[str, Any]:
    told, _errors = process.communicate("go\n")
    if process.returncode:
        raise RuntimeError(f"the sender ended with {process.returncode}")
    found: dict[str, Any] = json.loads(told.splitlines()[-1])
    return found


@contextmanager
def _a_sink(home: Path) -> Iterator[tuple[str, Pipes]]:
    """Yield the origin of a push service in a process of its own that loses, delays and counts, and that process."""
    with tempfile.TemporaryDirectory(prefix="hues-bench-") as folder:
        words = [sys.executable, "-m", "bench.fussy", folder, str(BROWSERS)]
        sink = subprocess.Popen(words, cwd=server.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert sink.stdout
        port = sink.stdout.readline().strip()
        os.environ["SSL_CERT_FILE"] = str(Path(folder, "authority.pem"))
        try:
            yield f"https://localhost:{port}", sink
        finally:
            sink.kill()
            sink.wait()


def _taken(sink: Pipes) -> dict[str, Any]:
    """Ask the sink what it has taken since it was last asked, and read the sample it kept."""
    assert sink.stdin
    assert sink.stdout
    sink.stdin.write("tell\n")
    sink.stdin.flush()
    said: dict[str, Any] = json.loads(sink.stdout.readline())
    for body in said.pop("sample"):
        read = json.loads(http_ece.decrypt(b64decode(body), private_key=KEY, auth_secret=AUTH, version="aes128gcm"))
        if read["title"] != TITLE:
            raise RuntimeError(f"read {read}")
    return said
