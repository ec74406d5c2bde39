"""What the front keeps for a moment, and what it never keeps."""

import asyncio
import gzip
from collections.abc import Iterable
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from hues.config.front.counting import function_of
from hues.config.front.moment import Moment
from hues.surfaces.shell.middleware import PackingMiddleware
from hues.surfaces.shell.sharing import FOR_EVERYBODY, KEEPS, MINE

SHARED = (b"cache-control", b"public, max-age=0, s-maxage=1")


class Inner:
    """An application that counts how often it was asked, and answers when it is let."""

    def __init__(self, *headers: tuple[bytes, bytes], status: int = 200, body: bytes = b"hello") -> None:
        self.asked, self.headers, self.status, self.body = 0, headers, status, body
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        await self.gate.wait()
        await send({"type": "http.response.start", "status": self.status, "headers": list(self.headers)})
        await send({"type": "http.response.body", "body": self.body, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


async def get(app: Moment, path: str = "/", headers: Iterable[tuple[bytes, bytes]] = (), method: str = "GET") -> Any:
    told: list[Any] = []

    async def send(message: Any) -> None:
        told.append(message)

    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": list(headers)}
    await app(scope, lambda: None, send)  # type: ignore[arg-type,return-value]
    body = b"".join(m.get("body", b"") for m in told)
    return told[0]["status"], dict(told[0]["headers"]), body


def test_a_shared_answer_is_asked_for_once_a_second() -> None:
    inner, clock = Inner(SHARED), Clock()
    seen: list[str] = []

    async def story() -> None:
        app = Moment(inner, now=clock, seen=seen.append)
        for _ in range(3):
            assert (await get(app))[2] == b"hello"
        assert inner.asked == 1
        clock.time = 1.01
        inner.body = b"changed"
        assert (await get(app))[2] == b"changed"
        assert inner.asked == 2

    asyncio.run(story())
    assert seen == ["/", "/"]


def test_a_crowd_that_comes_at_once_costs_one_answer() -> None:
    async def story() -> None:
        inner = Inner(SHARED)
        app = Moment(inner)
        inner.gate.clear()
        crowd = [asyncio.create_task(get(app)) for _ in range(50)]
        while inner.asked == 0:
            await asyncio.sleep(0)
        inner.gate.set()
        answers = await asyncio.gather(*crowd)
        assert {body for _status, _headers, body in answers} == {b"hello"}
        assert inner.asked == 1

    asyncio.run(story())


@pytest.mark.parametrize(
    ("headers", "request_headers", "status", "method"),
    [
        pytest.param((), (), 200, "GET", id="not marked as shared"),
        pytest.param((SHARED, (b"set-cookie", b"a=b")), (), 200, "GET", id="sets a cookie"),
        pytest.param((SHARED,), ((b"cookie", b"hues_session=x"),), 200, "GET", id="comes with a cookie"),
        pytest.param((SHARED,), ((b"authorization", b"Bearer x"),), 200, "GET", id="comes with a key"),
        pytest.param((SHARED,), ((b"hx-request", b"true"),), 200, "GET", id="a fragment"),
        pytest.param((SHARED,), (), 404, "GET", id="not found"),
        pytest.param((SHARED,), (), 200, "POST", id="a write"),
    ],
)
def test_what_is_personal_or_failed_is_asked_for_each_time(
    headers: Any, request_headers: Any, status: int, method: str
) -> None:
    inner = Inner(*headers, status=status)

    async def story() -> None:
        app = Moment(inner)
        for _ in range(2):
            assert (await get(app, headers=request_headers, method=method))[0] == status

    asyncio.run(story())
    assert inner.asked == 2


def test_a_kept_answer_is_not_sent_to_who_knows_it() -> None:
    async def story() -> None:
        app = Moment(Inner(SHARED))
        _status, headers, _body = await get(app)
        again = await get(app, headers=[(b"if-none-match", headers[b"etag"])])
        assert again[0] == 304
        assert again[2] == b""

    asyncio.run(story())


def test_an_answer_too_large_to_keep_still_arrives_whole() -> None:
    inner = Inner(SHARED, body=b"x" * (1024 * 1024 + 1))

    async def story() -> None:
        app = Moment(inner)
        for _ in range(2):
            assert len((await get(app))[2]) == len(inner.body)

    asyncio.run(story())
    assert inner.asked == 2


def test_a_failure_reaches_who_waits_and_is_forgotten() -> None:
    class Broken(Inner):
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            self.asked += 1
            raise RuntimeError("no database")

    inner = Broken(SHARED)

    async def story() -> None:
        app = Moment(inner)
        for _ in range(2):
            with pytest.raises(RuntimeError):
                await get(app)

    asyncio.run(story())
    assert inner.asked == 2


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/", "home"),
        ("/en/", "home"),
        ("/f/field_reports/", "field_reports"),
        ("/en/f/alerts/x/", "alerts"),
        ("/map/", "map"),
    ],
)
def test_a_path_belongs_to_a_function(path: str, label: str) -> None:
    assert function_of(path) == label


def test_strangers_who_once_saw_a_form_share_what_others_share() -> None:
    inner = Inner(SHARED)
    csrf, session = settings.CSRF_COOKIE_NAME.encode(), settings.SESSION_COOKIE_NAME.encode()
    known = settings.KNOWN_COOKIE_NAME.encode()

    async def story() -> None:
        app = Moment(inner)
        for cookie in (
            b"",
            b"%s=a" % csrf,
            b"%s=b; %s=c" % (csrf, known),
            b"%s=a; %s=x" % (csrf, session),
            b"x=%s" % csrf,
        ):
            assert (await get(app, headers=[(b"cookie", cookie)]))[0] == 200

    asyncio.run(story())
    assert inner.asked == 3


def test_a_page_is_packed_once_for_those_who_take_that() -> None:
    page = b"Lu tren song Huong " * 100

    async def story() -> None:
        inner = Inner(SHARED, body=page)
        app = Moment(inner)
        assert (await get(app, headers=[(b"accept-encoding", b"br")]))[2] == page
        packed = [await get(app, headers=[(b"accept-encoding", b"gzip")]) for _ in range(2)]
        assert packed[0] == packed[1]
        assert gzip.decompress(packed[0][2]) == page
        assert b"content-encoding" not in (await get(app))[1]
        assert inner.asked == 1

    asyncio.run(story())


def test_what_came_compressed_all_the_same_goes_through_as_it_is() -> None:
    inner = Inner(SHARED, (b"content-encoding", b"gzip"), body=gzip.compress(b"hello"))

    async def story() -> None:
        app = Moment(inner)
        for _ in range(2):
            assert gzip.decompress((await get(app, headers=[(b"accept-encoding", b"gzip")]))[2]) == b"hello"

    asyncio.run(story())
    assert inner.asked == 2


@pytest.mark.parametrize(
    ("keeps", "control", "packed"), [(True, FOR_EVERYBODY, False), (False, FOR_EVERYBODY, True), (True, MINE, True)]
)
def test_django_leaves_to_the_front_what_the_front_keeps(*, keeps: bool, control: str, packed: bool) -> None:
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    request.META |= {KEEPS: True} if keeps else {}
    page = HttpResponse(b"Lu tren song Huong " * 100, headers={"Cache-Control": control})
    PackingMiddleware(lambda request: page)(request)
    assert page.headers.get("Content-Encoding") == ("gzip" if packed else None)
