"""Published bytes are answered as HTTP wants it: whole, compressed, only asked after, or not again."""

import asyncio
import gzip
from typing import Any

import pytest

from hues.config.front.answers import Message, answer_page
from hues.kernel.published.queries import PublishedPage

BODY = "Nước đang lên ".encode() * 100
PAGE = PublishedPage(
    path="/",
    version=7,
    etag="abc",
    headers={"content-type": "text/html; charset=utf-8"},
    body=BODY,
    gzip=gzip.compress(BODY),
)


def ask(method: str = "GET", page: PublishedPage = PAGE, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Ask for the page and return status, headers and body."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {"method": method, "headers": pairs}
    asyncio.run(answer_page(scope, send, page))
    start, *rest = sent
    found = {name.decode(): value.decode() for name, value in start["headers"]}
    assert len(found) == len(start["headers"]), "no header twice"
    return start["status"], found, b"".join(message["body"] for message in rest)


def test_a_page_comes_whole_and_asks_to_be_asked_after() -> None:
    status, headers, body = ask()
    assert (status, body) == (200, BODY)
    assert headers["cache-control"] == "no-cache"
    assert headers["content-length"] == str(len(BODY))
    assert headers["vary"] == "accept-encoding"
    assert "set-cookie" not in headers


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.5", "deflate, *", "GZIP, br".lower()])
def test_who_takes_gzip_gets_gzip(accepted: str) -> None:
    _, headers, body = ask(accept_encoding=accepted)
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == BODY


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip;q=0.0, br", "xgzip"])
def test_who_does_not_take_gzip_gets_none(accepted: str) -> None:
    _, headers, body = ask(accept_encoding=accepted)
    assert "content-encoding" not in headers
    assert body == BODY


def test_what_gains_nothing_is_never_compressed() -> None:
    small = PublishedPage(path="/", version=1, etag="e", headers={}, body=b"a", gzip=b"")
    _, headers, body = ask(page=small, accept_encoding="gzip")
    assert "content-encoding" not in headers
    assert body == b"a"


@pytest.mark.parametrize("known", ['"abc"', 'W/"abc"', '"abc-gz"', '"x", "abc"', "*"])
def test_who_has_the_page_is_told_so_and_nothing_else(known: str) -> None:
    status, headers, body = ask(if_none_match=known)
    assert (status, body) == (304, b"")
    assert headers["etag"] == '"abc"'
    assert "content-length" not in headers


def test_who_has_an_older_page_gets_the_new_one() -> None:
    assert ask(if_none_match='"abd"')[0] == 200


def test_compressed_and_plain_bytes_have_different_names() -> None:
    assert ask(accept_encoding="gzip")[1]["etag"] != ask()[1]["etag"]


def test_head_tells_the_length_and_sends_nothing() -> None:
    status, headers, body = ask("HEAD")
    assert (status, headers["content-length"], body) == (200, str(len(BODY)), b"")
