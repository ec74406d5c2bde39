"""Kill a worker when the other side has a message and the worker has not yet written that down: by every way out."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from hues.config import postgres
from hues.kernel.delivery.channels import KEYLESS, Way
from hues.kernel.delivery.messengers import AGAIN
from hues.kernel.delivery.testing import (
    Gateway,
    Postbox,
    PushService,
    a_gateway,
    a_postbox,
    a_push_service,
    a_receiver,
)
from hues.kernel.delivery.testing.mosquitto import MISSING, MOSQUITTO, Siren, a_broker, a_siren
from hues.kernel.letters.testing import Messenger, a_facebook, a_zalo
from tests.running import RunningCity, a_city, until, within

pytestmark = pytest.mark.real
BACK = 90.0
MARK = AGAIN["vi"]


@dataclass(kw_only=True)
class Outside:
    """Everybody whom the city speaks to."""

    push: PushService
    post: Postbox
    company: Gateway
    system: Gateway
    zalo: Messenger
    facebook: Messenger
    siren: Siren | None
    environ: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    with ExitStack() as there:
        found = Outside(
            push=there.enter_context(a_push_service(Path(tmp_path_factory.mktemp("push")))),
            post=there.enter_context(a_postbox()),
            company=there.enter_context(a_gateway()),
            system=there.enter_context(a_gateway()),
            zalo=there.enter_context(a_zalo()),
            facebook=there.enter_context(a_facebook()),
            siren=None,
        )
        found.environ = {
            "HUES_DEMO": "1",
            "SSL_CERT_FILE": str(found.push.authority),
            "HUES_MAIL_URL": found.post.url,
            "HUES_LETTERS_ADDRESS": "phananh@hue.example",
            "HUES_SMS_URL": found.company.url,
            "HUES_ZALO_URL": found.zalo.url,
            "HUES_ZALO_SECRET": "a-secret-of-the-channel",
            "HUES_ZALO_PAGE": "https://zalo.me/1",
            "HUES_FACEBOOK_URL": found.facebook.url,
        }
        if MOSQUITTO:
            broker = there.enter_context(a_broker(Path(tmp_path_factory.mktemp("broker"))))
            found.siren = there.enter_context(a_siren(broker, "S1"))
            found.environ["HUES_SIREN_URL"] = broker.url
        yield found


@pytest.fixture(scope="module")
def city(outside: Outside, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCity]:
    with a_city(Path(tmp_path_factory.mktemp("city")), reports=0, environ=outside.environ) as running:
        within(running.home, outside.environ, "answered_by", zalo="refresh-0")
        yield running


def ask(city: RunningCity, query: str) -> Any:
    with psycopg.connect(postgres.url(city.home)) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


@contextmanager
def nothing_is_written_in(city: RunningCity, table: str) -> Iterator[None]:
    """Keep everybody from writing into a table: what a worker has handed over it can't settle."""
    with psycopg.connect(postgres.url(city.home)) as connection:
        connection.execute(f"LOCK TABLE {table} IN SHARE MODE")
        yield


def kill_the_worker(city: RunningCity) -> None:
    (worker,) = city.of_kind("worker")
    os.kill(worker, signal.SIGKILL)
    until(lambda: city.of_kind("worker") not in ([], [worker]), BACK)


def assert_one_is_said_twice(
    city: RunningCity,
    outside: Outside,
    table: str,
    tell: Callable[[], Any],
    way: Way,
    people: int = 1,
) -> None:
    """Kill the worker between what it said to the first and what it writes; all are told in the end, one twice."""
    got, same = got_by(outside, way)
    before = len(got)
    with nothing_is_written_in(city, table):
        tell()
        until(lambda: len(got) > before, BACK)
        kill_the_worker(city)
    assert len(got) == before + 1
    within(city.home, outside.environ, "time_passes")
    until(lambda: len(got) > before + people, BACK)
    until(lambda: not ask(city, OWED), BACK)
    within(city.home, outside.environ, "time_passes")
    assert len(got) == before + people + 1
    assert len({same(one) for one in got[before:]}) == people
    if way in KEYLESS:
        assert [MARK in str(one) for one in got[before:]].count(True) == 1


OWED = """
  SELECT (SELECT count(*) FROM delivery_chunk WHERE done_at IS NULL)
       + (SELECT count(*) FROM delivery_parcel WHERE sent_at IS NULL)
"""


def got_by(outside: Outside, way: Way) -> tuple[list[Any], Callable[[Any], Any]]:
    """Return what came by a way, and what makes two of them the same."""
    found: dict[Way, tuple[list[Any], Callable[[Any], Any]]] = {
        Way.PUSH: (outside.push.received, lambda pushed: (pushed.path, pushed.headers["topic"])),
        Way.MAIL: (outside.post.letters, lambda letter: (letter["To"], letter["Message-ID"])),
        Way.LETTER: (outside.post.letters, lambda letter: (letter["To"], letter["Message-ID"])),
        Way.SMS: (outside.company.received, lambda text: (text["to"], text["id"])),
        Way.WEBHOOK: (outside.system.received, lambda call: call["key"]),
        # Zalo takes no key; but the page that its button opens is the same, and says what holds now.
        Way.OA: (outside.zalo.warnings, lambda warned: (warned[0], warned[1]["buttons"][0]["payload"]["url"])),
        Way.ZALO: (outside.zalo.texts, lambda text: (text[0], text[1].removeprefix(MARK).partition("http")[0])),
        Way.FACEBOOK: (outside.facebook.texts, lambda text: (text[0], text[1].removeprefix(MARK).partition("http")[0])),
        Way.SIREN: (outside.siren.told if outside.siren else [], lambda command: command["id"]),
    }
    return found[way]


@pytest.mark.parametrize(
    "way",
    [
        *(Way.PUSH, Way.MAIL, Way.SMS, Way.WEBHOOK, Way.OA),
        pytest.param(Way.SIREN, marks=pytest.mark.skipif(not MOSQUITTO, reason=MISSING)),
    ],
)
def test_a_warning_is_said_again_under_the_same_key(city: RunningCity, outside: Outside, way: Way) -> None:
    receiver = a_receiver(f"{outside.push.origin}/lan").json()
    addresses = {Way.PUSH: (receiver["endpoint"],), Way.MAIL: ("lan@example.vn",), Way.SMS: ("+84905111222",)}
    addresses |= {Way.OA: ("4242", "4243", "4244")}
    within(city.home, outside.environ, "forget")
    for address in addresses.get(way, ()):
        keys = receiver["keys"] if way is Way.PUSH else {}
        within(city.home, outside.environ, "subscribe", way=way, address=address, keys=keys)
    if way is Way.WEBHOOK:
        within(city.home, outside.environ, "hook", url=outside.system.url)
    siren = {"siren": "storm", "wards": ["19753"]} if way is Way.SIREN else {"siren": "", "wards": []}

    def tell() -> None:
        within(city.home, outside.environ, "broadcast", key=f"danger:{way}", **siren)

    assert_one_is_said_twice(city, outside, "delivery_tally", tell, way, len(addresses.get(way, (way,))))
    if way is Way.SIREN and outside.siren:
        assert outside.siren.sounded.count("danger:siren:S1") == 1


@pytest.mark.parametrize(
    ("way", "senders"),
    [(Way.ZALO, ["4242", "4243", "4244"]), (Way.FACEBOOK, ["5151", "5152", "5153"]), (Way.LETTER, ["eve@example.vn"])],
)
def test_an_answer_is_said_again(city: RunningCity, outside: Outside, way: Way, senders: list[str]) -> None:
    def tell() -> None:
        within(city.home, outside.environ, "answer", way=way, senders=senders)

    within(city.home, outside.environ, "forget")
    assert_one_is_said_twice(city, outside, "delivery_line", tell, way, len(senders))


def test_a_code_for_signing_in_is_sent_again_under_the_same_key(city: RunningCity, outside: Outside) -> None:
    outside.company.may_answer.clear()
    before = len(outside.company.received)
    within(city.home, outside.environ, "text", to="+84905333444")
    until(lambda: len(outside.company.received) > before, BACK)
    kill_the_worker(city)
    outside.company.may_answer.set()
    until(lambda: ask(city, "SELECT count(*) FROM delivery_text WHERE sent_at IS NULL") == 0, 150)
    first, second = outside.company.received[before:]
    assert first == second
