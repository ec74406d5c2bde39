"""Letters for tests, and the channels' own machines on this one: a host of pictures, Zalo, Facebook."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from hues.kernel.delivery.channels import Way
from hues.kernel.letters import actions
from hues.kernel.letters.incoming import Incoming

APP_SECRET = "shared-with-zalo"  # noqa: S105  (of a machine in this file)
SENDER = "4242"
WORDS = "Ổ gà rất sâu trước cổng trường ở 12 Lê Lợi."


def a_letter(
    *, text: str = WORDS, sender: str = SENDER, way: Way = Way.ZALO, key: str = "m1", name: str = "", at: datetime
) -> UUID | None:
    """Have somebody write to the city, and return the letter's id if it was kept."""
    return actions.receive(Incoming(way=way, message_id=key, sender=sender, name=name, text=text, written_at=at), at=at)


@dataclass(slots=True)
class Host:
    """Where it is, and what it answers with by path: a status and bytes."""

    url: str = ""
    found: dict[str, tuple[int, bytes]] = field(default_factory=dict)


@contextmanager
def a_host() -> Iterator[Host]:
    """Run a host on loopback that answers with what was put there, else 404."""
    host = Host()

    class Answer(Silent):
        def do_GET(self) -> None:
            self.say(*host.found.get(self.path, (404, b"")))

    with _served(Answer) as host.url:
        yield host


@dataclass(slots=True)
class Messenger:
    """What was posted there: path, headers and body. `answers` are taken from the front, then all is well."""

    url: str = ""
    answers: list[dict[str, Any]] = field(default_factory=list)
    texts: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    warnings: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    exchanged: list[str] = field(default_factory=list)
    token: str = ""


@contextmanager
def a_zalo() -> Iterator[Messenger]:
    """Run Zalo's two services on loopback: each refresh token is good once, and only the newest token is taken."""
    zalo = Messenger()

    class Answer(Silent):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/v4/oa/access_token":
                self.tell(self._exchanged(parse_qs(body.decode())))
            elif self.headers["access_token"] != zalo.token:
                self.tell({"error": -216, "message": "Access token is invalid"})
            else:
                said = json.loads(body)
                told = said["message"]
                if self.path.endswith("/transaction"):
                    zalo.warnings.append((said["recipient"]["user_id"], told["attachment"]["payload"]))
                else:
                    zalo.texts.append((said["recipient"]["user_id"], told["text"], self.named()))
                number = len(zalo.texts) + len(zalo.warnings)
                data = {"message_id": f"z{number}", "user_id": said["recipient"]["user_id"]}
                well = {"error": 0, "message": "Success", "data": data}
                self.tell(zalo.answers.pop(0) if zalo.answers else well)

        def _exchanged(self, asked: dict[str, list[str]]) -> dict[str, str | int]:
            refresh = asked["refresh_token"][0]
            known = refresh == f"refresh-{len(zalo.exchanged)}" and self.headers["secret_key"] == APP_SECRET
            if not known or asked["app_id"] != ["app"] or asked["grant_type"] != ["refresh_token"]:
                return {"error": -14014, "error_name": "Invalid refresh token"}
            zalo.exchanged.append(refresh)
            zalo.token = f"access-{len(zalo.exchanged)}"
            return {
                "access_token": zalo.token,
                "refresh_token": f"refresh-{len(zalo.exchanged)}",
                "expires_in": "90000",
            }

    with _served(Answer) as url:
        zalo.url = url.replace("//", f"//app:{APP_SECRET}@")
        yield zalo


@contextmanager
def a_facebook() -> Iterator[Messenger]:
    """Run as much of the Graph API on loopback as a page that answers meets."""
    facebook = Messenger()

    class Answer(Silent):
        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.headers["Authorization"] != "Bearer page-token" or self.path != "/v23.0/me/messages":
                self.tell({"error": {"code": 190}}, status=400)
                return
            facebook.texts.append((said["recipient"]["id"], said["message"]["text"], self.named()))
            wrong = facebook.answers.pop(0) if facebook.answers else None
            self.tell(wrong or {"recipient_id": "5151", "message_id": "m"}, status=400 if wrong else 200)

    with _served(Answer) as url:
        facebook.url = url.replace("//", "//page:page-token@") + "/v23.0"
        yield facebook


class Silent(BaseHTTPRequestHandler):
    """Answers without writing about it."""

    def say(self, status: int, body: bytes) -> None:
        """Answer."""
        self.send_response(status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def tell(self, what: Any, status: int = 200) -> None:
        """Answer with JSON."""
        self.say(status, json.dumps(what).encode())

    def named(self) -> dict[str, str]:
        """Return the headers that came, by names in lower case."""
        return {name.lower(): value for name, value in self.headers.items()}

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@contextmanager
def _served(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
