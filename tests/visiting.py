"""A browser without JavaScript: it keeps cookies, fills in the forms that a page has, and sends them as they are."""

import http.client
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Protocol
from urllib.parse import urlencode, urljoin, urlsplit

from django.test import Client
from lxml import html
from lxml.html import FormElement

type Typed = str | Sequence[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came back; header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Return the page."""
        return self.body.decode()

    @property
    def goes_to(self) -> str:
        """Return where a redirection leads."""
        return self.headers.get("location", "")


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A file chosen in a form."""

    name: str
    body: bytes
    kind: str = "image/jpeg"


class Way(Protocol):
    """Carries a request to the city and its answer back; cookies are its own business."""

    def __call__(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Answer: ...


@dataclass(kw_only=True)
class Visitor:
    """Somebody who looks at one page at a time; `path` and `page` are where they are and what they see."""

    way: Way
    path: str = "/"
    page: str = ""
    last: Answer = field(default_factory=lambda: Answer(status=0, headers={}, body=b""))

    def status_of(self, path: str) -> int:
        """Ask for a page without going there, and return the status."""
        return self.way("GET", path).status

    def open(self, path: str) -> str:
        """Go to a page, wherever it leads, and return it."""
        return self._arrive(self.way("GET", path), path)

    def send(self, action: str = "", *, files: Mapping[str, Sequence[File]] | None = None, **typed: Typed) -> Answer:
        """
        Send the form of this page whose address ends with `action`, and follow where it leads.

        What is not `typed` goes as the page filled it in. Return the answer to the form itself.
        """
        form = self._form(action)
        fields = _filled(form, typed)
        where = urljoin(self.path, form.get("action") or self.path)
        body, kind = _multipart(fields, files or {}) if form.get("enctype") else (_encoded(fields), ENCODED)
        answer = self.way("POST", where, body, kind)
        self.last = answer
        if "text/html" in answer.headers.get("content-type", "") or answer.goes_to:
            self._arrive(answer, where)
        return answer

    def _arrive(self, answer: Answer, path: str) -> str:
        for _ in range(5):
            if not answer.goes_to:
                break
            parts = urlsplit(urljoin(path, answer.goes_to))
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            answer = self.way("GET", path)
        self.path, self.page, self.last = path, answer.text, answer
        return self.page

    def _form(self, action: str) -> FormElement:
        forms: list[FormElement] = html.document_fromstring(self.page).forms  # type: ignore[attr-defined]
        found = [form for form in forms if urlsplit(form.get("action") or self.path).path.endswith(action)]
        posting = [form for form in found if form.method == "POST"]
        assert posting, f"{self.path} has no form for {action!r}, only {[form.get('action') for form in forms]}"
        return posting[-1]


ENCODED = "application/x-www-form-urlencoded"


def through_django(client: Client) -> Way:
    """Return the way through Django itself."""

    def ask(method: str, path: str, body: bytes = b"", kind: str = "") -> Answer:
        found = client.generic(method, path, body, kind or "application/octet-stream")
        headers = {name.lower(): value for name, value in found.headers.items()}
        return Answer(status=found.status_code, headers=headers, body=b"".join(found))

    return ask


def over_http(port: int, *, origin: str = "") -> Way:
    """Return the way over the network; with an https `origin`, as the proxy in front of the city would come."""
    jar: SimpleCookie = SimpleCookie()
    secure = origin.startswith("https://")
    host = urlsplit(origin).netloc if origin else f"127.0.0.1:{port}"

    def ask(method: str, path: str, body: bytes = b"", kind: str = "") -> Answer:
        headers = {"Host": host, "Cookie": "; ".join(f"{k}={m.value}" for k, m in jar.items())}
        headers |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"} if secure else {}
        if method == "POST":
            headers |= {"Content-Type": kind, "Origin": origin or f"http://{host}"}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request(method, path, body or None, headers)
            came = connection.getresponse()
            found = came.read()
            for line in came.headers.get_all("Set-Cookie") or ():
                jar.load(line)
            return Answer(status=came.status, headers={k.lower(): v for k, v in came.headers.items()}, body=found)
        finally:
            connection.close()

    return ask


def _filled(form: FormElement, typed: Mapping[str, Typed]) -> list[tuple[str, str]]:
    """Return the form's fields with what was typed instead of what was there."""
    kept = [(name, value) for name, value in form.form_values() if name not in typed]
    said = [(name, [value] if isinstance(value, str) else value) for name, value in typed.items()]
    return kept + [(name, value) for name, values in said for value in values]


def _encoded(fields: Sequence[tuple[str, str]]) -> bytes:
    return urlencode(fields).encode()


def _multipart(fields: Sequence[tuple[str, str]], files: Mapping[str, Sequence[File]]) -> tuple[bytes, str]:
    edge = uuid.uuid5(uuid.NAMESPACE_URL, repr(fields)).hex
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in fields]
    for name, chosen in files.items():
        for file in chosen:
            head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{file.name}"\r\n'
            parts.append(f"{head}Content-Type: {file.kind}\r\n\r\n".encode() + file.body + b"\r\n")
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"
