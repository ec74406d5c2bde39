"""One ticket opens a few streams, and not as many as somebody likes."""

import asyncio

from hues.config.live import EACH, Live
from hues.config.tests.test_live import Reader, until
from hues.kernel import live


def test_a_ticket_opens_no_more_streams_than_a_few_pages_need_and_again_when_they_left() -> None:
    async def story() -> None:
        process, shown = Live(""), live.ticket(["desk:1"])
        pages = [Reader(shown) for _ in range(EACH)]
        streams = [asyncio.create_task(process(one.scope, one.receive, one.send)) for one in pages]
        await until(lambda: all(b"open" in one.heard for one in pages))
        late, other = Reader(shown), Reader(live.ticket(["desk:2"]))
        await process(late.scope, late.receive, late.send)
        assert late.status == 429
        streams.append(asyncio.create_task(process(other.scope, other.receive, other.send)))
        await until(lambda: b"open" in other.heard)
        pages[0].left.set()
        await streams[0]
        again = Reader(shown)
        streams.append(asyncio.create_task(process(again.scope, again.receive, again.send)))
        await until(lambda: b"open" in again.heard)
        for one in (*pages, other, again):
            one.left.set()
        await asyncio.gather(*streams)
        assert not process._open

    asyncio.run(story())
