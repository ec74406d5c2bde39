"""Connections that are kept: over TLS, to a server that closes, stalls, hangs up or talks nonsense."""

import asyncio
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
import uvloop

from hues.kernel.delivery import posting
from hues.kernel.delivery.posting import Answer, Answers, House, Request, _is_outside
from hues.kernel.delivery.testing import tls_of

OK = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
LAST = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
PARTS = b"HTTP/1.1 429 Busy\r\nretry-after: 7\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"

type Behave = Callable[[int, int], bytes | None]


class Server:
    """Answers each request as `behave(connection, number on it)` says; None hangs up, b"" keeps silent."""

    def __init__(self, folder: Path, behave: Behave) -> None:
        self._trust, self._behave = tls_of(folder, folder / "authority.pem"), behave
        self.trust = ssl.create_default_context(cafile=folder / "authority.pem")
        self.connections, self.requests = 0, list[bytes]()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        mine, number = self.connections, 0
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                said = self._behave(mine, number := number + 1)
                if said is None:
                    break
                self.requests.append(head.split()[1])
                writer.write(said)
                if said == LAST:
                    break
        except asyncio.IncompleteReadError:
            pass
        writer.close()

    def run(self, *rounds: int, outside_only: bool = False) -> list[Answers]:
        """Post so many requests in each round, over one house."""

        async def everything() -> list[Answers]:
            listening = await asyncio.start_server(self.serve, "127.0.0.1", 0, ssl=self._trust)
            port = listening.sockets[0].getsockname()[1]
            house = House(f"https://localhost:{port}", self.trust, outside_only=outside_only)
            found = [await house.post(iter(requests(many)), many) for many in rounds]
            house.close()
            listening.close()
            return found

        return uvloop.run(everything())


def requests(many: int) -> list[Request]:
    return [(str(n), f"POST /{n} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()) for n in range(many)]


def said(answers: Answers) -> list[str]:
    assert sorted(int(ref) for ref, _ in answers) == list(range(len(answers)))
    return sorted({f"{answer.status} {answer.said} {answer.retry_after}".strip() for _, answer in answers})


def test_connections_are_few_and_kept_from_round_to_round(tmp_path: Path) -> None:
    server = Server(tmp_path, lambda _connection, _number: OK)
    one, many, more = server.run(1, 300, 300)
    assert (said(one), said(many), said(more)) == (["201"], ["201"], ["201"])
    assert [len(one), len(many), len(more)] == [1, 300, 300]
    assert server.connections <= posting.MOST


def test_one_message_opens_one_connection(tmp_path: Path) -> None:
    server = Server(tmp_path, lambda _connection, _number: OK)
    server.run(1, 1, 1)
    assert server.connections == 1


def test_an_answer_in_parts_is_read_to_its_end_with_its_wait(tmp_path: Path) -> None:
    (answers,) = Server(tmp_path, lambda _connection, _number: PARTS).run(40)
    assert said(answers) == ["429  7"]


def test_a_server_that_ends_each_connection_is_served_over_new_ones(tmp_path: Path) -> None:
    server = Server(tmp_path, lambda _connection, _number: LAST)
    (answers,) = server.run(30)
    assert said(answers) == ["201"]
    assert server.connections >= 30


def test_a_connection_that_grew_stale_costs_nothing_but_another(tmp_path: Path) -> None:
    server = Server(tmp_path, lambda _connection, number: OK if number < 3 else None)
    first, second = server.run(16, 20)
    assert (said(first), said(second)) == (["201"], ["201"])
    assert len(server.requests) == 36


@pytest.mark.parametrize(
    ("behave", "wanted"),
    [
        (lambda _connection, _number: None, "0 ConnectionLost"),
        (lambda _connection, _number: b"SSH-2.0-nobody\r\n\r\n", "0 ConnectionLost"),
    ],
)
def test_a_server_that_makes_no_sense_is_answered_for(tmp_path: Path, behave: Behave, wanted: str) -> None:
    (answers,) = Server(tmp_path, behave).run(12)
    assert said(answers) == [wanted]
    assert len(answers) == 12


def test_a_silent_server_is_not_waited_for_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "PATIENCE", 0.5)
    (answers,) = Server(tmp_path, lambda _connection, _number: b"").run(3)
    assert said(answers) == ["0 Timeout"]


def test_a_server_that_stalls_again_and_again_gets_no_more_than_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "PATIENCE", 0.5)
    monkeypatch.setattr(posting, "LONGEST", 1.0)
    server = Server(tmp_path, lambda _connection, number: OK if number <= 2 else b"")
    (answers,) = server.run(1_000)
    assert said(answers) == ["0 Timeout", "201"]
    assert server.connections < 100


def test_nobody_waits_for_a_server_that_is_left(tmp_path: Path) -> None:
    async def post() -> Answers:
        asked = asyncio.Event()

        async def keep_silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            asked.set()

        listening = await asyncio.start_server(keep_silent, "127.0.0.1", 0, ssl=tls_of(tmp_path, tmp_path / "a.pem"))
        trust = ssl.create_default_context(cafile=tmp_path / "a.pem")
        house = House(f"https://localhost:{listening.sockets[0].getsockname()[1]}", trust, outside_only=False)
        posting_ = asyncio.create_task(house.post(iter(requests(50)), 50))
        await asked.wait()
        house.leave_if_silent()
        answers = await posting_
        listening.close()
        return answers

    answers = uvloop.run(post())
    assert (said(answers), len(answers)) == (["0 Silent"], 50)


def test_nobody_there_is_said_for_every_message(tmp_path: Path) -> None:
    trust = Server(tmp_path, lambda _connection, _number: OK).trust

    async def post() -> Answers:
        listening = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
        port = listening.sockets[0].getsockname()[1]
        listening.close()
        await listening.wait_closed()
        return await House(f"https://127.0.0.1:{port}", trust, outside_only=False).post(iter(requests(20)), 20)

    answers = uvloop.run(post())
    assert said(answers) == ["0 ConnectionRefusedError"]
    assert len(answers) == 20


def test_a_server_that_nobody_vouches_for_gets_nothing(tmp_path: Path) -> None:
    server = Server(tmp_path, lambda _connection, _number: OK)
    server.trust = ssl.create_default_context()
    (answers,) = server.run(5)
    assert said(answers) == ["0 SSLCertVerificationError"]
    assert server.requests == []


def test_an_address_inside_of_the_house_gets_nothing_where_that_is_asked_for(tmp_path: Path) -> None:
    server = Server(tmp_path, lambda _connection, _number: OK)
    (answers,) = server.run(5, outside_only=True)
    assert {answer for _, answer in answers} == {Answer(403, "no address outside of this house")}
    assert server.connections == 0


@pytest.mark.parametrize(
    ("place", "outside"),
    [("1.1.1.1", True), ("10.0.0.1", False), ("64:ff9b::7f00:1", False), ("64:ff9b::101:101", True), ("::1", False)],
)
def test_a_gateway_from_ipv6_leads_into_the_house_no_more_than_an_address_of_it(place: str, outside: bool) -> None:  # noqa: FBT001
    assert _is_outside(place) is outside
