"""Calls that end in time as a whole: who answers byte by byte, each within its wait, holds nobody for longer."""

import socket
import ssl
import time
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from queue import Empty, SimpleQueue
from smtplib import SMTP, SMTP_SSL
from threading import Thread
from typing import Any
from urllib.request import BaseHandler, HTTPHandler, HTTPSHandler, Request

OVER = 50.0  # seconds for all letters over one connection: less than a lease, with what was begun before it


class _Ending:
    """A socket that waits for nothing beyond `end`, however often it waits."""

    end = float("inf")

    def hurry(self) -> None:
        """
        Let the next wait end in time.

        :raises TimeoutError: if the time is over
        """
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the call took too long")
        self.settimeout(left)  # type: ignore[attr-defined]

    def recv_into(self, *args: Any, **more: Any) -> int:
        self.hurry()
        return int(super().recv_into(*args, **more))  # type: ignore[misc]

    def send(self, *args: Any, **more: Any) -> int:
        self.hurry()
        return int(super().send(*args, **more))  # type: ignore[misc]

    def sendall(self, *args: Any, **more: Any) -> None:
        self.hurry()
        super().sendall(*args, **more)  # type: ignore[misc]


class _Bare(_Ending, socket.socket):
    pass


class _Closed(_Ending, ssl.SSLSocket):
    pass


def trusted() -> ssl.SSLContext:
    """Return whom this machine trusts, for connections that end in time."""
    trust = ssl.create_default_context()
    trust.sslsocket_class = _Closed
    return trust


def places_of(address: tuple[str, int], seconds: float) -> list[Any]:
    """
    Look a name up; the system itself may take half a minute where its own name servers do not answer.

    :raises OSError: if it has no address, or none is found in time
    :raises UnicodeError: if it cannot be a name, such as one with a dot too many
    """
    found: SimpleQueue[list[Any] | Exception] = SimpleQueue()

    def look_up() -> None:
        try:
            found.put(socket.getaddrinfo(*address, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.put(error)

    Thread(target=look_up, daemon=True).start()  # one that is left ends when the system gives up
    try:
        places = found.get(timeout=seconds)
    except Empty:
        raise TimeoutError("the name was not found in time") from None
    if isinstance(places, Exception):
        raise places
    return places


def reach(address: tuple[str, int], seconds: float, _source: object = None) -> socket.socket:
    """
    Return a connection that ends in so many seconds, however long its name takes and however many addresses it has.

    :raises OSError: if there is none
    """
    end, failed = time.monotonic() + seconds, OSError("no address")
    places = places_of(address, seconds)
    for tried, (family, kind, protocol, _name, place) in enumerate(places):
        found = _Bare(family, kind, protocol)
        found.end = end
        found.settimeout(max(0.001, (end - time.monotonic()) / (len(places) - tried)))
        try:
            found.connect(place)
            found.hurry()
        except OSError as error:
            failed = error
            found.close()
        else:
            return found
    raise failed


class _Http(HTTPConnection):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._create_connection = reach


class _Https(HTTPSConnection):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._create_connection = reach

    def connect(self) -> None:
        end = time.monotonic() + float(self.timeout or 0)
        super().connect()
        here: Any = self.sock
        here.end = end


class _HttpHandler(HTTPHandler):
    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_Http, req)


class _HttpsHandler(HTTPSHandler):
    def __init__(self) -> None:
        self._trust = trusted()
        super().__init__(context=self._trust)

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_Https, req, context=self._trust)


def handlers() -> tuple[BaseHandler, ...]:
    """Return what makes the `timeout` of an opener one for the whole call."""
    return _HttpHandler(), _HttpsHandler()


class Smtp(SMTP):
    """
    A mail server; `timeout` is for its welcome with all that this takes, and for each letter.

    What does not go within OVER fails: those are posted again over another connection.
    """

    def starttls(self, *args: Any, **more: Any) -> Any:
        """Go on behind TLS."""
        answer = super().starttls(*args, **more)
        self._within(self.timeout)
        return answer

    def send_message(self, *args: Any, **more: Any) -> Any:
        """Post one letter."""
        self._within(self.timeout)
        return super().send_message(*args, **more)

    def _get_socket(self, host: str, port: int, timeout: float) -> Any:
        self._over = time.monotonic() + OVER
        return reach((host, port), timeout)

    def _within(self, seconds: float) -> None:
        if self.sock:
            self.sock.end = min(self._over, time.monotonic() + seconds)  # type: ignore[attr-defined]


class Smtps(SMTP_SSL, Smtp):
    """The same, behind TLS from the first byte."""

    def _get_socket(self, host: str, port: int, timeout: float) -> Any:
        end = time.monotonic() + timeout
        found: Any = super()._get_socket(host, port, timeout)
        found.end = end
        return found
