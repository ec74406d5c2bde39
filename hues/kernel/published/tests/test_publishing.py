"""Pages are published once per change, withdrawn, and seen by every process that serves them."""

import asyncio
import gzip
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from hues.kernel.published import actions, queries, rendering
from hues.kernel.published import shelf as shelf_module
from hues.kernel.published.rendering import NotPublic, Rendering
from hues.kernel.published.settling import settled_at_once
from hues.kernel.published.shelf import Shelf

AT = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)
PATH, BOARD = "/tests/notice/", "/tests/board/"
IN_TIME = 30.0  # seconds, on a machine that does much else
LONG = "Nước đang lên. ".encode() * 200


def page(words: str | bytes, **headers: str) -> Rendering:
    body = words if isinstance(words, bytes) else words.encode()
    return Rendering(body=body, headers={"content-type": "text/plain", **headers})


@pytest.mark.django_db
def test_the_same_bytes_are_no_news() -> None:
    assert actions.publish(path=PATH, page=page("Nước đang lên"), at=AT)
    (first,) = queries.since(0)
    assert not actions.publish(path=PATH, page=page("Nước đang lên"), at=AT)
    assert actions.publish(path=PATH, page=page("Nước đang xuống"), at=AT)
    (second,) = queries.since(first.version)
    assert (second.path, second.body.decode()) == (PATH, "Nước đang xuống")
    assert second.etag != first.etag


@pytest.mark.django_db
def test_other_headers_are_another_page() -> None:
    actions.publish(path=PATH, page=page("a", **{"Cache-Control": "no-cache"}), at=AT)
    assert actions.publish(path=PATH, page=page("a", **{"Cache-Control": "max-age=60"}), at=AT)
    assert queries.since(0)[0].headers["cache-control"] == "max-age=60"


@pytest.mark.django_db
def test_what_shrinks_is_kept_compressed_too() -> None:
    actions.publish(path=PATH, page=page(LONG), at=AT)
    actions.publish(path="/tests/short/", page=page("a"), at=AT)
    kept = {found.path: found for found in queries.since(0)}
    assert gzip.decompress(kept[PATH].gzip) == LONG
    assert kept["/tests/short/"].gzip == b""


@pytest.mark.django_db
def test_a_withdrawn_page_is_gone() -> None:
    actions.publish(path=PATH, page=page("a"), at=AT)
    actions.withdraw(path=PATH)
    actions.withdraw(path=PATH)
    assert queries.since(0) == ()


def test_nobody_publishes_an_address_that_nobody_renders() -> None:
    with pytest.raises(LookupError):
        rendering.render("/tests/unknown/")


@pytest.mark.django_db
def test_only_a_whole_page_for_strangers_goes_through_the_doors() -> None:
    with pytest.raises(NotPublic):
        rendering.through_the_doors("/nowhere-at-all/")


@pytest.mark.django_db
def test_every_registered_page_can_be_published() -> None:
    assert actions.publish_all(at=AT) == len(rendering.registered())
    assert actions.publish_all(at=AT) == 0
    assert {found.path for found in queries.since(0)} == set(rendering.registered())


async def until(holds: Callable[[], bool]) -> None:
    """Wait a moment for something that another connection brings about, and fail if it never comes."""
    async with asyncio.timeout(IN_TIME):
        while not holds():
            await asyncio.sleep(0.01)


def with_two_shelves(story: Callable[[Shelf, Shelf], Awaitable[None]]) -> None:
    """Run a story with the memories of two serving processes, each with a connection of its own."""
    known = connection.get_connection_params()
    database = make_conninfo(
        "", **{key: known[key] for key in ("host", "port", "user", "password", "dbname") if key in known}
    )

    async def run() -> None:
        shelves = Shelf(database), Shelf(database)
        for shelf in shelves:
            await shelf.open()
        try:
            await story(*shelves)
        finally:
            for shelf in shelves:
                await shelf.close()

    asyncio.run(run())


@pytest.mark.django_db(transaction=True)
def test_every_process_serves_what_was_published_as_soon_as_it_is_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    # A look now and then would come too late: what is seen here was told.
    monkeypatch.setattr(shelf_module, "POLL", 2 * IN_TIME)
    monkeypatch.setattr(shelf_module, "STALE", 3 * IN_TIME)

    async def story(one: Shelf, other: Shelf) -> None:
        assert one.is_fresh()
        assert one.get(PATH) is None
        await asyncio.to_thread(_publish_and_close, "Nước đang lên")
        await until(lambda: all(shelf.get(PATH) for shelf in (one, other)))
        await asyncio.to_thread(_withdraw_and_close)
        await until(lambda: not any(shelf.get(PATH) for shelf in (one, other)))

    with_two_shelves(story)


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_never_served() -> None:
    async def story(one: Shelf, other: Shelf) -> None:
        await asyncio.to_thread(_publish_and_change_our_mind)
        await asyncio.to_thread(_publish_and_close, "after", "/tests/after/")
        await until(lambda: bool(one.get("/tests/after/")))
        assert one.get(PATH) is None

    with_two_shelves(story)


def _publish_and_close(words: str, path: str = PATH) -> None:
    actions.publish(path=path, page=page(words), at=AT)
    connection.close()


def _withdraw_and_close() -> None:
    actions.withdraw(path=PATH)
    connection.close()


def _publish_and_change_our_mind() -> None:
    with suppress(LookupError), transaction.atomic():
        actions.publish(path=PATH, page=page("never"), at=AT)
        raise LookupError
    connection.close()


@pytest.fixture
def board() -> Iterator[list[str]]:
    """Return words that a page of this test shows; set them as a transaction would change what a page tells of."""
    words = ["old"]
    rendering.publishes(BOARD)(lambda _language: page(words[0]))
    yield words
    del rendering._renderers[BOARD]


def shown() -> str:
    return next((found.body.decode() for found in queries.since(0) if found.path == BOARD), "")


@pytest.mark.django_db
def test_what_is_owed_often_is_rendered_once_and_owed_no_more(board: list[str]) -> None:
    for _ in range(3):
        actions.owe(BOARD, at=AT)
    actions.owe("/tests/nobody-renders-this-any-more/", at=AT)
    assert actions.settle(at=AT) == 1
    assert shown() == "old"
    board[0] = "new"
    assert actions.settle(at=AT) == 0
    assert shown() == "old"


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_owes_nothing(board: list[str]) -> None:
    with suppress(LookupError), transaction.atomic():
        actions.owe(BOARD, at=AT)
        raise LookupError
    assert actions.settle(at=AT) == 0


@pytest.mark.django_db(transaction=True)
def test_a_page_rendered_before_a_change_never_replaces_one_rendered_after_it(board: list[str]) -> None:
    actions.owe(BOARD, at=AT)
    rendered, go_on = threading.Event(), threading.Event()

    def slowly(_language: str) -> Rendering:
        words = board[0]
        if words == "old":
            rendered.set()
            assert go_on.wait(10)
        return page(words)

    rendering.publishes(BOARD)(slowly)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(_settle_and_close)
        assert rendered.wait(10)
        board[0] = "new"
        second = threads.submit(_refresh_and_close)
        with suppress(TimeoutError):
            second.result(0.2)  # it waits for the first one, or overtakes it: that is what must not be
        go_on.set()
        first.result(10)
        second.result(10)
    assert shown() == "new"


@pytest.mark.django_db(transaction=True)
def test_a_serving_process_renders_what_is_owed_without_a_worker(board: list[str]) -> None:
    with settled_at_once(lambda: AT):
        for words in ("old", "new"):
            board[0] = words
            actions.owe(BOARD, at=AT)
            end = time.monotonic() + 10
            while shown() != words:
                assert time.monotonic() < end


def _settle_and_close() -> None:
    actions.settle(at=AT)
    connection.close()


def _refresh_and_close() -> None:
    actions.refresh(BOARD, at=AT)
    connection.close()
