"""What the front answers to what it does not take: a page for a reader, a line for a machine."""

from typing import Final

from django.template.loader import render_to_string
from django.utils import translation

from hues.config.front.answers import Pairs, Scope, Send, answer, header
from hues.surfaces.shell.refusing import TITLES, TURNED

POLICY: Final = b"default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; frame-ancestors 'none'"


async def turn_away(scope: Scope, send: Send, status: int, sentence: str, headers: Pairs) -> None:
    """Say why a request is not taken; `sentence` is what a machine reads."""
    if b"text/html" not in header(scope, b"accept"):
        await answer(send, status, sentence.encode(), headers)
        return
    page = page_of(status, "en" if scope["path"].startswith("/en/") else "vi")
    kind: Pairs = [(b"content-type", b"text/html; charset=utf-8"), (b"content-security-policy", POLICY)]
    await answer(send, status, page, [*headers, *kind, (b"cache-control", b"no-store")])


def page_of(status: int, language: str) -> bytes:
    """Return the page in the reader's language."""
    with translation.override(language):
        said = {"title": TITLES.get(status, TITLES[400]), "sentence": TURNED.get(status, TURNED[400])}
        return render_to_string("shell/turned.html", said).encode()
