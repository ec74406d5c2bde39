"""Another side that answers byte by byte holds nobody: a call ends in time as a whole."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.conf import settings as present

from hues.kernel.delivery import actions, bounded, gateway, mail, messengers, mqtt, sirens, webhook
from hues.kernel.delivery.channels import Channel, Message, Urgency, Words
from hues.kernel.delivery.testing import tls_of
from hues.kernel.delivery.tests.telling import BODY, NOON, TITLE, tell

WAIT, BETWEEN, LONG = 0.5, 0.1, 10.0  # seconds: of our patience, between two bytes of theirs, until a test has failed
HTTP, SMTP = b"HTTP/1.1 200 OK\r\nX-A: ", b"220-here\r\n220-"


@contextmanager
def a_drip(said: bytes, trust: Any = None) -> Iterator[int]:
    """Run a server that says `said`, and then a letter after the other, for longer than anybody here should listen."""
    over, end = Event(), time.monotonic() + 2 * LONG

    def speak(there: socket.socket) -> None:
        with suppress(OSError), trust.wrap_socket(there, server_side=True) if trust else there as line:
            line.sendall(said)
            while not over.wait(BETWEEN) and time.monotonic() < end:
                line.sendall(b"a")

    def serve() -> None:
        with suppress(OSError):
            while True:
                Thread(target=speak, args=[listening.accept()[0]], daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]
        over.set()
        listening.shutdown(socket.SHUT_RDWR)


def a_message(address: str) -> Message:
    words = Words(key="k", topic="k", urgency=Urgency.EXTREME, title=TITLE, body=BODY, link="/x/", at=NOON)
    return Message(ref="1", address=address, language="vi", words=words)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have little, and see that a call takes no longer."""
    for module in (webhook, messengers, gateway, mail):
        monkeypatch.setattr(module, "SECONDS", WAIT)
    began = time.monotonic()
    yield
    assert time.monotonic() - began < LONG


@pytest.mark.parametrize("secure", [False, True])
def test_a_hook_that_drips_is_called_again_later(
    secure: bool,  # noqa: FBT001
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trust = tls_of(tmp_path, tmp_path / "authority.pem") if secure else None
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    webhook._opener.cache_clear()
    with a_drip(HTTP, trust) as port:
        url = f"https://localhost:{port}/" if secure else f"http://127.0.0.1:{port}/"
        (result,) = webhook.Webhooks({"h": (url, b"secret")})([a_message("h")], at=NOON)
    webhook._opener.cache_clear()
    assert (result.outcome, result.said) == ("again", "TimeoutError")


def test_a_gateway_and_a_messenger_that_drip_are_asked_again_later(settings: Any) -> None:
    with a_drip(HTTP) as port, pytest.raises(gateway.Unreachable, match="TimeoutError"):
        gateway.send(f"http://127.0.0.1:{port}/", key="k", to="+84901000001", body="x")
    with a_drip(b"HTTP/1.1 200 OK\r\n\r\n{") as port:  # the head at once, the body not
        settings.HUES = replace(present.HUES, facebook_url=f"http://p:t@127.0.0.1:{port}")
        (result,) = messengers.facebook([a_message("1")], at=NOON)
    assert (result.outcome, result.said) == ("again", "TimeoutError")


def test_a_gateway_that_sends_us_elsewhere_has_taken_nothing() -> None:
    elsewhere = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"
    with a_drip(elsewhere) as port, pytest.raises(gateway.Unreachable, match="HTTP 302"):
        gateway.send(f"http://127.0.0.1:{port}/", key="k", to="+84901000001", body="x")


@pytest.mark.parametrize("scheme", ["smtp", "smtps", "starttls"])
def test_a_mail_server_that_drips_gets_the_letters_later(
    scheme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    trust = tls_of(tmp_path, tmp_path / "authority.pem") if scheme == "smtps" else None
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    said = b"220 here\r\n250-" if scheme == "starttls" else SMTP
    with a_drip(said, trust) as port:
        url = f"smtps://localhost:{port}" if trust else f"smtp://127.0.0.1:{port}"
        settings.HUES = replace(present.HUES, mail_url=url if scheme != "smtp" else f"{url}?tls=no")
        (result,) = mail.send([a_message("a@example.vn")], at=NOON)
    assert result.outcome == "again"


def test_a_mail_server_that_drips_after_the_welcome_holds_no_letter_for_longer(settings: Any) -> None:
    with a_drip(b"220 here\r\n250 fine\r\n250-") as port:
        settings.HUES = replace(present.HUES, mail_url=f"smtp://127.0.0.1:{port}?tls=no")
        results = mail.send([a_message("a@example.vn"), a_message("b@example.vn")], at=NOON)
    assert {result.outcome for result in results} == {"again"}


def test_all_addresses_of_a_host_share_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first two of three take the connection and say nothing more; none is reached, and not three times as long."""
    place = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 9))
    tried = list[float]()

    def connect(self: socket.socket, _place: object) -> None:
        tried.append(self.gettimeout() or 0)
        raise TimeoutError

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: [place] * 3)
    monkeypatch.setattr(bounded._Bare, "connect", connect, raising=False)
    with pytest.raises(TimeoutError):
        bounded.reach(("x", 1), 3.0)
    assert tried[0] == pytest.approx(1.0, abs=0.2)


@pytest.mark.parametrize("way", ["hook", "mail", "siren"])
def test_a_name_that_nobody_looks_up_is_not_waited_for(
    way: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    over = Event()

    def look_up(*_args: object, **_more: object) -> list[Any]:
        assert over.wait(LONG)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "gethostbyaddr", look_up)
    monkeypatch.setattr(mqtt, "CONNECTING", WAIT)
    settings.HUES = replace(present.HUES, mail_url="smtp://mail.example", siren_url="mqtt://broker.example")
    ways: dict[str, Channel] = {
        "hook": webhook.Webhooks({"h": ("http://hook.example/", b"s")}),
        "mail": mail.send,
        "siren": sirens.send,
    }
    (result,) = ways[way]([a_message({"hook": "h", "mail": "a@example.vn"}.get(way, "S1:emergency"))], at=NOON)
    over.set()
    assert result.outcome == "again"


@pytest.mark.parametrize(("name", "wrong"), [("no..name", UnicodeError), ("nowhere.invalid", OSError)])
def test_what_is_wrong_with_a_name_is_said_as_before(name: str, wrong: type[Exception]) -> None:
    with pytest.raises(wrong):
        bounded.reach((name, 80), LONG)


@pytest.mark.django_db
def test_one_hook_that_drips_keeps_no_siren_and_no_other_hook_waiting() -> None:
    with a_drip(HTTP) as port:
        actions.add_hook(label="x", url=f"http://127.0.0.1:{port}/", at=NOON)
        tell()
        began = time.monotonic()
        actions.send_owed(at=NOON)
        assert time.monotonic() - began < LONG


def test_all_letters_over_one_connection_end_in_time_too(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "SECONDS", LONG)
    monkeypatch.setattr(bounded, "OVER", WAIT)
    with a_drip(b"220 here\r\n250 fine\r\n250-") as port:
        settings.HUES = replace(present.HUES, mail_url=f"smtp://127.0.0.1:{port}?tls=no")
        results = mail.send([a_message("a@example.vn"), a_message("b@example.vn")], at=NOON)
    assert {result.outcome for result in results} == {"again"}


def test_a_broker_that_takes_the_connection_and_says_nothing_is_left_within_a_lease(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mqtt, "CONNECTING", WAIT)
    monkeypatch.setattr(mqtt, "KEEPING", 1)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        for scheme in ("mqtt", "mqtts"):  # it waits for a welcome, or for the other half of a handshake
            settings.HUES = replace(present.HUES, siren_url=f"{scheme}://127.0.0.1:{mute.getsockname()[1]}")
            (result,) = sirens.send([a_message("S1:emergency")], at=NOON)
            assert result.outcome == "again"
