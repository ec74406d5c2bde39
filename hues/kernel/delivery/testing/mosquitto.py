"""A real broker, and sirens that listen to it."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paho.mqtt.client import Client, MQTTMessage, MQTTv5
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from hues.kernel.delivery.testing import tls_of

MOSQUITTO = shutil.which("mosquitto", path=f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin")
MISSING = "there is no Mosquitto on this machine: THE SIRENS' OWN TESTS ARE LEFT OUT"
USER, PASSWORD = "hues", "p@ss/word"
IN_TIME = 10.0
# The city may say everything to sirens; each siren hears its own commands and answers for itself.
RIGHTS = """
user hues
topic write hues/sirens/+/command
topic read hues/sirens/+/answer
user siren
topic read hues/sirens/+/command
topic write hues/sirens/+/answer
"""


@dataclass(slots=True)
class Broker:
    """A Mosquitto on this machine: where it is, and its files in `folder`."""

    folder: Path
    port: int
    secure: bool = False
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return HUES_SIREN_URL."""
        if not self.secure:
            return f"mqtt://127.0.0.1:{self.port}"
        return f"mqtts://{USER}:p%40ss%2Fword@localhost:{self.port}?ca={self.folder / 'authority.pem'}"

    def start(self) -> None:
        """Let it run, on the same port as before."""
        if not MOSQUITTO:
            raise RuntimeError(MISSING)
        self.process = subprocess.Popen(
            [MOSQUITTO, "-c", str(self.folder / "mosquitto.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _until(lambda: _answers(self.port), "Mosquitto does not answer")

    def stop(self) -> None:
        """Kill it: it remembers nothing."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


@contextmanager
def a_broker(folder: Path, *, secure: bool = False) -> Iterator[Broker]:
    """Run Mosquitto on loopback; a `secure` one speaks TLS only, and knows the city and sirens by their passwords."""
    broker = Broker(folder=folder, port=_free_port(), secure=secure)
    lines = [f"listener {broker.port} {'localhost' if secure else '127.0.0.1'}", "persistence false", "user root"]
    if secure:
        tls_of(folder, folder / "authority.pem")
        lines += [f"certfile {folder}/localhost.pem", f"keyfile {folder}/localhost.pem"]
        lines += [f"password_file {folder}/passwords", f"acl_file {folder}/rights"]
        (folder / "rights").write_text(RIGHTS)
        _write_passwords(folder / "passwords")
    else:
        lines.append("allow_anonymous true")
    (folder / "mosquitto.conf").write_text("\n".join(lines) + "\n")
    broker.start()
    try:
        yield broker
    finally:
        broker.stop()


@dataclass(slots=True)
class Siren:
    """What it was told, how often it sounded, and which stories it was told to stop; `broken` says why it can't."""

    site: str
    told: list[dict[str, Any]] = field(default_factory=list)
    sounded: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    answers: bool = True
    broken: str = ""
    client: Client | None = None

    def hear(self, client: Client, _data: object, message: MQTTMessage) -> None:
        """Do as a controller must: sound for each id once, and say so each time."""
        command = json.loads(message.payload)
        self.told.append(command)
        if command["pattern"] == "stop":
            self.stopped.append(command["story"])
        elif not self.broken and command["id"] not in self.sounded:
            self.sounded.append(command["id"])
        state = {"state": "failed", "said": self.broken} if self.broken else {"state": "sounding"}
        if self.answers:
            answer = json.dumps({"id": command["id"], **state})
            client.publish(f"hues/sirens/{self.site}/answer", answer, qos=1, retain=True)

    def was_told(self, times: int) -> None:
        """Wait until it was told so often."""
        _until(lambda: len(self.told) >= times, f"{self.site} was not told {times} times")


@contextmanager
def a_siren(broker: Broker, site: str, *, answers: bool = True, broken: str = "") -> Iterator[Siren]:
    """Run a siren whose session the broker keeps for an hour when it is away."""
    siren = Siren(site=site, answers=answers, broken=broken)
    client = Client(CallbackAPIVersion.VERSION2, client_id=f"siren-{site}", protocol=MQTTv5)
    heard: list[int] = []
    client.on_message = siren.hear
    client.on_connect = lambda one, *_: one.subscribe(f"hues/sirens/{site}/command", qos=1)
    client.on_subscribe = lambda *_: heard.append(1)
    client.reconnect_delay_set(min_delay=1, max_delay=1)
    session = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
    session.SessionExpiryInterval = 3_600
    client.connect("127.0.0.1", broker.port, clean_start=False, properties=session)
    client.loop_start()
    siren.client = client
    try:
        _until(lambda: bool(heard), "the siren found no broker")
        yield siren
    finally:
        client.disconnect()
        client.loop_stop()


def _write_passwords(file: Path) -> None:
    file.touch(mode=0o600)
    for user in (USER, "siren"):
        subprocess.run(["mosquitto_passwd", "-b", str(file), user, PASSWORD], check=True, capture_output=True)


def _until(holds: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + IN_TIME
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(otherwise)
        time.sleep(0.01)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
