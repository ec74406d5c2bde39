"""Three wards are warned, then one, then none: who hears which word, by every way out, whatever they did meanwhile."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as present

from hues.engines.bulletins.rules.content import Content, Text
from hues.engines.bulletins.testing import KIM_LONG, MONDAY, PHU_XUAN, cancelled, issued, updated, words
from hues.kernel.agencies import testing as cast
from hues.kernel.areas import queries as areas
from hues.kernel.areas.testing import the_wards
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery.channels import Urgency, Way
from hues.kernel.delivery.testing import (
    Gateway,
    Postbox,
    PushService,
    Receiver,
    a_gateway,
    a_postbox,
    a_push_service,
    a_receiver,
)
from hues.kernel.delivery.testing.mosquitto import MISSING, MOSQUITTO, a_broker, a_siren
from hues.kernel.delivery.tests.telling import opened
from hues.kernel.journal.testing import drain
from hues.kernel.letters.testing import Messenger, a_zalo
from hues.kernel.people import actions as people
from hues.kit.text import fold

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WAYS = (Way.PUSH, Way.MAIL, Way.SMS, Way.OA)
A, B, C, OUTSIDE = PHU_XUAN, KIM_LONG, "19777", "19789"
WARNED, BETTER = "Lũ về", "Lũ rút"


@dataclass(kw_only=True)
class Outside:
    """Everybody whom the city speaks to, and who is who there."""

    push: PushService
    post: Postbox
    company: Gateway
    system: Gateway
    zalo: Messenger
    browsers: dict[str, Receiver] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def heard(self, name: str) -> dict[Way, list[str]]:
        """Return what somebody was told by each way, as the kind of word it was."""
        number = self.numbers.get(name, -1)
        mine = [
            opened(self.browsers[name], pushed)["title"] for pushed in self.push.received if pushed.path == f"/{name}"
        ]
        found = {
            Way.PUSH: mine,
            Way.MAIL: [letter["Subject"] for letter in self.post.letters if letter["To"] == f"{name}@example.vn"],
            Way.SMS: [text["body"] for text in self.company.received if text["to"] == f"+8490555{number:04}"],
            Way.OA: [said["elements"][0]["content"] for to, said in self.zalo.warnings if to == name],
        }
        return {way: [kind(str(one)) for one in said] for way, said in found.items()}


def kind(title: str) -> str:
    """Return which word it is, with marks or without."""
    bare = fold(title)
    if bare.startswith(fold("Không còn hiệu lực ở nơi bạn")):
        return "away"
    return "over" if bare.startswith(fold("Không còn hiệu lực")) else "danger"


@pytest.fixture
def outside(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    the_wards()
    with ExitStack() as there:
        found = Outside(
            push=there.enter_context(a_push_service(tmp_path)),
            post=there.enter_context(a_postbox()),
            company=there.enter_context(a_gateway()),
            system=there.enter_context(a_gateway()),
            zalo=there.enter_context(a_zalo()),
        )
        monkeypatch.setenv("SSL_CERT_FILE", str(found.push.authority))
        settings.HUES = replace(
            present.HUES,
            mail_url=found.post.url,
            sms_url=found.company.url,
            zalo_url=found.zalo.url,
            zalo_secret="a-secret",
            zalo_page="https://zalo.me/1",
        )
        delivery.keep_zalo_pass(refresh="refresh-0", at=MONDAY - HOUR)
        delivery.add_hook(label="Radio", url=found.system.url, at=MONDAY - HOUR)
        yield found


def each(*words: str) -> dict[Way, list[str]]:
    """Return what somebody heard who heard the same by each way."""
    return {way: [*words] for way in WAYS}


def browser(outside: Outside, name: str, person: UUID | None, *, wards: tuple[str, ...] = (), at: datetime) -> None:
    said = outside.browsers.setdefault(name, a_receiver(f"{outside.push.origin}/{name}")).json()
    pk = delivery.subscribe(
        way=Way.PUSH, address=said["endpoint"], keys=said["keys"], person_id=person, language="vi", at=at
    )
    delivery.choose_wards(subscription=pk, wards=wards, at=at)


def somebody(outside: Outside, name: str, ward: str) -> UUID:
    """Return who lives there and can be reached by every way."""
    number = outside.numbers[name] = len(outside.numbers)
    person = people.open_account(phone=f"+8490666{number:04}", name=name, at=cast.BEFORE)
    people.set_home_ward(person_id=person, ward=ward, at=cast.BEFORE)
    drain()
    browser(outside, name, person, at=cast.BEFORE)
    for way, address in ((Way.MAIL, f"{name}@example.vn"), (Way.SMS, f"+8490555{number:04}"), (Way.OA, name)):
        delivery.subscribe(way=way, address=address, person_id=person, language="vi", at=cast.BEFORE)
    return person


def moves(person: UUID, ward: str, at: datetime) -> None:
    people.set_home_ward(person_id=person, ward=ward, at=at)
    drain()


def said(wards: tuple[str, ...], *, risk: int, headline: str, at: datetime) -> Content:
    found = words(wards=wards, risk=risk, at=at)
    texts = {code: Text(headline=headline, description="…", instruction="Lên chỗ cao.") for code in found.texts}
    return replace(found, texts=texts)


def send(at: datetime) -> None:
    drain()
    while delivery.send_owed(at=at):
        pass


def test_every_way_carries_the_warning_its_shrinking_and_its_end_to_whom_each_is_for(outside: Outside) -> None:
    somebody(outside, "stays", A)
    leaves = somebody(outside, "leaves", A)
    narrows, comes = somebody(outside, "narrows", B), somebody(outside, "comes", C)
    somebody(outside, "never", OUTSIDE)
    before = MONDAY - HOUR
    browser(outside, "strange-a", None, wards=(A,), at=before)
    browser(outside, "strange-c", None, wards=(C,), at=before)
    browser(outside, "turns", None, wards=(B,), at=before)

    first = issued(said((A, B, C), risk=4, headline=WARNED, at=MONDAY), at=MONDAY)
    send(MONDAY)
    told = ("stays", "leaves", "narrows", "comes")
    for name in told:
        assert outside.heard(name) == each("danger"), name
    assert outside.heard("never") == each()
    assert [outside.heard(name)[Way.PUSH] for name in ("strange-a", "strange-c", "turns")] == [["danger"]] * 3

    at = MONDAY + HOUR
    moves(leaves, OUTSIDE, at)
    moves(comes, A, at)
    delivery.prefer(person_id=narrows, least=Urgency.EXTREME, quiet_from=None, quiet_until=None, at=at)
    browser(outside, "turns", None, wards=(OUTSIDE,), at=at)
    at += HOUR
    second = updated(first, said((A,), risk=2, headline=BETTER, at=at), at=at)
    send(at)
    for name in ("stays", "comes"):
        assert outside.heard(name) == each("danger", "danger"), name
    for name in ("leaves", "narrows"):
        assert outside.heard(name) == each("danger", "away"), name
    strangers = {"strange-a": ["danger", "danger"], "strange-c": ["danger", "away"], "turns": ["danger", "away"]}
    assert {name: outside.heard(name)[Way.PUSH] for name in strangers} == strangers

    at += HOUR
    cancelled(second, risk=2, at=at)
    send(at)
    for name in told:
        assert [heard[2:] for heard in outside.heard(name).values()] == [["over"]] * 4, name
    assert [outside.heard(name)[Way.PUSH][2:] for name in strangers] == [["over"]] * 3
    assert outside.heard("never") == each()
    # Another system hears every word of it, once each: the warning, the update, that it is over elsewhere, the end.
    assert len({call["key"] for call in outside.system.received}) == len(outside.system.received) == 4


def test_a_browser_that_came_during_a_warning_for_the_whole_city_hears_its_end_too(outside: Outside) -> None:
    everywhere = tuple(ward.code for ward in areas.wards())
    browser(outside, "early", None, at=MONDAY - HOUR)
    first = issued(said(everywhere, risk=4, headline=WARNED, at=MONDAY), at=MONDAY)
    send(MONDAY)
    browser(outside, "late", None, at=MONDAY + HOUR)
    at = MONDAY + 2 * HOUR
    updated(first, said((A,), risk=4, headline=BETTER, at=at), at=at)
    send(at)
    assert outside.heard("early")[Way.PUSH] == ["danger", "away"]
    # One word too many, rather than somebody who saw it on the page and got a new address from the browser left out.
    assert outside.heard("late")[Way.PUSH] == ["away"]


@pytest.mark.skipif(not MOSQUITTO, reason=MISSING)
def test_sirens_fall_silent_where_the_danger_is_no_more_and_everywhere_at_its_end(
    settings: Any, tmp_path: Path
) -> None:
    the_wards()
    with ExitStack() as there:
        broker = there.enter_context(a_broker(tmp_path))
        settings.HUES = replace(present.HUES, siren_url=broker.url)
        here, elsewhere = (there.enter_context(a_siren(broker, site)) for site in ("S1", "S2"))
        first = issued(said((A, B, C), risk=4, headline=WARNED, at=MONDAY), at=MONDAY)
        send(MONDAY)
        here.was_told(1)
        elsewhere.was_told(1)
        at = MONDAY + timedelta(minutes=10)
        second = updated(first, said((A,), risk=4, headline=BETTER, at=at), at=at)
        send(at)
        elsewhere.was_told(2)
        assert (len(here.told), here.stopped, len(elsewhere.stopped)) == (1, [], 1)
        cancelled(second, risk=4, at=at)
        send(at)
        here.was_told(2)
        assert (len(here.stopped), len(here.sounded), len(elsewhere.sounded)) == (1, 1, 1)
        assert len(elsewhere.told) == 2
