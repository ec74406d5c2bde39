"""The outside world on this machine, for tests that send to it: a gateway of text messages, a push service."""

import json
import secrets
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as default_policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hues.kernel.delivery.encrypting import point, text_of


@dataclass(slots=True)
class Gateway:
    """
    What it was asked, by header and message; the answers are taken from the front, then all is well.

    It answers as soon as `may_answer`.
    """

    url: str = ""
    may_answer: Event = field(default_factory=Event)
    answers: list[int] = field(default_factory=list)
    received: list[dict[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def a_gateway(*answers: int) -> Iterator[Gateway]:
    """Run a gateway on loopback that answers with these status codes in turn, then with 202."""
    gateway = Gateway(answers=[*answers])
    gateway.may_answer.set()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            gateway.headers.append(dict(self.headers.items()))
            gateway.received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            gateway.may_answer.wait()
            self.send_response(gateway.answers.pop(0) if gateway.answers else 202)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent."""

    with _served(ThreadingHTTPServer(("127.0.0.1", 0), Answer)) as port:
        gateway.url = f"http://127.0.0.1:{port}/send"
        yield gateway


@dataclass(slots=True)
class Pushed:
    """One message as a push service got it; the names of headers in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class PushService:
    """
    What it got; `answers` gives the status for a path, and its Retry-After if it has one.

    It answers as soon as `may_answer`.
    """

    origin: str = ""
    authority: Path = Path()
    may_answer: Event = field(default_factory=Event)
    answers: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    received: list[Pushed] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True, slots=True)
class Receiver:
    """A browser's half of a subscription."""

    private: ec.EllipticCurvePrivateKey
    auth: bytes
    endpoint: str

    def json(self) -> dict[str, Any]:
        """Return what PushSubscription.toJSON() gives."""
        keys = {"p256dh": text_of(point(self.private)), "auth": text_of(self.auth)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}


def a_receiver(endpoint: str) -> Receiver:
    """Make the keys of a browser."""
    return Receiver(private=ec.generate_private_key(ec.SECP256R1()), auth=secrets.token_bytes(16), endpoint=endpoint)


@contextmanager
def a_push_service(folder: Path) -> Iterator[PushService]:
    """Run a push service with TLS on loopback that keeps what it gets, and answers 201 where nothing else is asked."""
    service = PushService(authority=folder / "authority.pem")
    service.may_answer.set()

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.received.append(
                Pushed(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            )
            service.may_answer.wait()
            waiting = service.answers.get(self.path, [])
            status, wait = waiting.pop(0) if waiting else (201, "")
            self.send_response(status)
            if wait:
                self.send_header("Retry-After", wait)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    trust = tls_of(folder, service.authority)
    server.socket = trust.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    with _served(server) as port:
        service.origin = f"https://localhost:{port}"
        yield service


def tls_of(folder: Path, authority: Path) -> ssl.SSLContext:
    """Return the TLS of a server called localhost, and write the authority that vouches for it."""
    root, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority.write_bytes(_certificate("tests", root, root))
    chain = folder / "localhost.pem"
    chain.write_bytes(_certificate("localhost", leaf, root))
    with chain.open("ab") as file:
        file.write(
            leaf.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(chain)
    return trust


def _certificate(name: str, key: ec.EllipticCurvePrivateKey, signer: ec.EllipticCurvePrivateKey) -> bytes:
    called = {who: x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, who)]) for who in (name, "tests")}
    made = (
        x509.CertificateBuilder()
        .subject_name(called[name])
        .issuer_name(called["tests"])
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=key is signer, path_length=None), critical=True)
        .add_extension(_usage(signs=key is signer), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .sign(signer, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


def _usage(*, signs: bool) -> x509.KeyUsage:
    rest = ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only")
    return x509.KeyUsage(
        digital_signature=True, key_cert_sign=signs, crl_sign=signs, decipher_only=False, **dict.fromkeys(rest, False)
    )


@dataclass(slots=True)
class Postbox:
    """What a mail server got; it refuses the addresses in `unknown` with 550, those in `busy` with 451."""

    url: str = ""
    unknown: set[str] = field(default_factory=set)
    busy: set[str] = field(default_factory=set)
    letters: list[EmailMessage] = field(default_factory=list)

    def answer(self, rcpt: bytes) -> bytes:
        """Return what it says of an address."""
        if any(one.encode() in rcpt for one in self.unknown):
            return b"550 nobody here\r\n"
        return b"451 later\r\n" if any(one.encode() in rcpt for one in self.busy) else b"250 fine\r\n"


@contextmanager
def a_postbox() -> Iterator[Postbox]:
    """Run as much of a mail server on loopback as a sender meets."""
    postbox = Postbox()

    class Session(StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            while line := self.rfile.readline():
                verb = line[:4].upper()
                if verb == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    postbox.letters.append(self._letter())
                if verb == b"QUIT":
                    return  # without a word, as some do
                self.wfile.write(postbox.answer(line) if verb == b"RCPT" else b"250 fine\r\n")

        def _letter(self) -> EmailMessage:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            return message_from_bytes(b"".join(lines), policy=default_policy)

    with _served(ThreadingTCPServer(("127.0.0.1", 0), Session)) as port:
        postbox.url = f"smtp://127.0.0.1:{port}?tls=no"
        yield postbox


@contextmanager
def _served(server: ThreadingTCPServer | ThreadingHTTPServer) -> Iterator[int]:
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
