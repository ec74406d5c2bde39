"""Who was told of a story hears how it goes on, by the ways by which they were told; nothing owed to them is lost."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as present

from hues.kernel.delivery import actions
from hues.kernel.delivery.channels import Urgency, Way, Whom, Words
from hues.kernel.delivery.testing import Gateway, Postbox, PushService, a_gateway, a_postbox
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.delivery.tests.telling import NOON, subscribed
from hues.kernel.delivery.tests.test_broadcast import MAY, A, B, somebody
from hues.kernel.journal.testing import drain
from hues.kernel.people.asker import Asker

pytestmark = pytest.mark.django_db
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@dataclass(frozen=True)
class House:
    """The other sides of two ways, and who can be reached by them."""

    postbox: Postbox
    company: Gateway

    @property
    def mails(self) -> list[str]:
        return [str(letter["Subject"]) for letter in self.postbox.letters]

    @property
    def texts(self) -> list[str]:
        return [str(text["body"]).partition(".")[0] for text in self.company.received]


@pytest.fixture
def house(settings: Any) -> Iterator[House]:
    with ExitStack() as sides:
        postbox, company = sides.enter_context(a_postbox()), sides.enter_context(a_gateway())
        settings.HUES = replace(present.HUES, mail_url=postbox.url, sms_url=company.url)
        yield House(postbox, company)


def reader(number: int = 1, *, home: str = A) -> Asker:
    """Return somebody who gave an e-mail address and a number."""
    asker = somebody(number, home=home)
    drain()
    for way, address in ((Way.MAIL, f"p{number}@example.vn"), (Way.SMS, f"+8490555{number:04}")):
        actions.subscribe(way=way, address=address, person_id=asker.person_id, language="vi", at=MAY)
    return asker


def say(
    key: str,
    urgency: Urgency,
    *,
    hours: int = 0,
    wards: tuple[str, ...] | None = (A,),
    send: bool = True,
    ends_at: datetime | None = None,
    **whom: Any,
) -> None:
    said, at = {"vi": key, "en": key}, NOON + hours * HOUR
    words = Words(key=key, topic="s", urgency=urgency, title=said, body=said, link="/", at=at, ends_at=ends_at)
    actions.broadcast(words, Whom(wards=wards, **whom))
    if send:
        send_all(at)


def want(asker: Asker, least: Urgency, *, hours: int) -> None:
    assert asker.person_id
    actions.prefer(person_id=asker.person_id, least=least, quiet_from=None, quiet_until=None, at=NOON + hours * HOUR)


def test_pushing_it_again_takes_away_no_mail_and_no_text_that_is_still_owed(house: House, service: PushService) -> None:
    subscribed(service, "lan", reader())
    say("danger", Urgency.EXTREME, send=False)
    assert actions.repeat(key="danger", at=NOON + HOUR)
    send_all(NOON + HOUR)
    assert (house.mails, house.texts) == (["danger"], ["danger"])
    assert len(service.received) == 1


def test_a_calmer_update_leaves_nobody_without_the_text_and_goes_to_those_who_had_one(house: House) -> None:
    reader()
    say("danger", Urgency.EXTREME, send=False)
    say("calmer", Urgency.HIGH, hours=1)
    assert house.texts == ["calmer"]
    say("over", Urgency.HIGH, hours=2, wards=(), also=["danger", "calmer"])
    assert (house.texts, house.mails) == (["calmer", "over"], ["calmer", "over"])


def test_a_calmer_update_takes_away_no_text_of_whom_it_does_not_reach(house: House) -> None:
    reader(1, home=A)
    reader(2, home=B)
    say("danger", Urgency.EXTREME, wards=(A, B), send=False)
    say("calmer", Urgency.HIGH, wards=(B,), hours=1)
    assert sorted(house.texts) == ["calmer", "danger"]
    assert sorted(house.mails) == ["calmer", "danger"]


def test_a_text_goes_only_to_those_who_were_texted_of_the_danger(house: House) -> None:
    reader(1, home=A)
    reader(2, home=B)
    say("danger", Urgency.EXTREME, wards=(A,))
    say("calmer", Urgency.HIGH, wards=(A, B), hours=1)
    assert [(text["to"][-1], name) for text, name in zip(house.company.received, house.texts, strict=True)] == [
        ("1", "danger"),
        ("1", "calmer"),
    ]
    assert sorted(house.mails) == ["calmer", "calmer", "danger"]


def test_who_wants_only_what_is_grave_hears_that_it_is_calmer_and_over(house: House) -> None:
    want(reader(), Urgency.HIGH, hours=-1)
    say("danger", Urgency.HIGH)
    say("calmer", Urgency.LOW, hours=1)
    say("over", Urgency.LOW, hours=2, wards=(), also=["danger", "calmer"])
    assert house.mails == ["danger", "calmer", "over"]


def test_who_wants_less_since_they_were_told_hears_that_it_is_over(house: House) -> None:
    asker = reader()
    say("danger", Urgency.NORMAL)
    want(asker, Urgency.EXTREME, hours=1)
    want(asker, Urgency.HIGH, hours=2)
    say("worse", Urgency.NORMAL, hours=3)
    say("over", Urgency.NORMAL, hours=4, wards=(), also=["danger", "worse"])
    assert house.mails == ["danger", "worse", "over"]


def test_who_never_wanted_it_is_not_told_of_its_end(house: House) -> None:
    asker = reader()
    want(asker, Urgency.EXTREME, hours=-2)
    say("wind", Urgency.NORMAL)
    say("over", Urgency.NORMAL, hours=1, wards=(), also=["wind"])
    want(asker, Urgency.LOW, hours=2)
    say("unheard", Urgency.NORMAL, hours=3, wards=(B,))
    assert house.mails == []


def test_who_moved_away_and_wants_less_hears_that_it_is_over(house: House) -> None:
    asker = reader()
    say("danger", Urgency.HIGH)
    assert asker.person_id
    actions.live_in(person_id=asker.person_id, ward=B, at=NOON + HOUR)
    want(asker, Urgency.EXTREME, hours=1)
    say("smaller", Urgency.LOW, hours=2)
    say("elsewhere", Urgency.LOW, hours=2, wards=(), also=["danger"], without=["smaller"])
    assert house.mails == ["danger", "elsewhere"]
