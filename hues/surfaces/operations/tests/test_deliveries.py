"""The page of deliveries: what is owed and given up, and who may send it again."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings as present
from django.test import Client

from hues.kernel.agencies.testing import duty_leader, lan, operator
from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.channels import Urgency, Whom, Words
from hues.kernel.delivery.testing import a_gateway
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in

pytestmark = pytest.mark.django_db
NOON = datetime(2036, 3, 2, 5, tzinfo=UTC)
WORDS = {"vi": "Nước lên", "en": "The water rises"}


def browser(asker: Asker) -> Client:
    client = Client()
    sign_in(client, asker)
    return client


def test_a_dead_letter_is_shown_and_sent_again_by_those_who_may(settings: Any) -> None:
    settings.HUES = replace(present.HUES, demo=True)
    with a_gateway(400) as system:
        actions.add_hook(label="Radio", url=system.url, at=NOON)
        words = Words(key="a", topic="a", urgency=Urgency.HIGH, title=WORDS, body=WORDS, link="/", at=NOON)
        actions.broadcast(words, Whom(wards=None))
        while actions.send_owed(at=NOON):
            pass
        page = browser(operator()).get("/en/ops/deliveries/").content.decode()
        assert "The water rises" in page
        assert "HTTP 400" in page
        assert "Send again" not in page
        (dead,) = queries.dead_letters()
        item = {"item": [str(dead.id), "junk"]}
        assert browser(operator()).post("/ops/deliveries/replay/", item).status_code == 403
        assert browser(lan()).get("/ops/deliveries/").status_code == 403
        leader = browser(duty_leader())
        assert "Send again" in leader.get("/en/ops/deliveries/").content.decode()
        assert leader.post("/ops/deliveries/replay/", item).status_code == 303
        while actions.send_owed(at=datetime(2040, 1, 1, tzinfo=UTC)):
            pass
    assert queries.dead_letters() == ()
    assert len(system.received) == 2


def test_a_dead_letter_of_what_is_over_is_not_sent_again_and_the_page_says_so(settings: Any) -> None:
    settings.HUES = replace(present.HUES, demo=True)
    past = datetime(2020, 3, 2, 5, tzinfo=UTC)
    with a_gateway(400) as system:
        actions.add_hook(label="Radio", url=system.url, at=past)
        words = Words(key="a", topic="a", urgency=Urgency.HIGH, title=WORDS, body=WORDS, link="/", at=past)
        actions.broadcast(replace(words, ends_at=past.replace(hour=6)), Whom(wards=None))
        while actions.send_owed(at=past):
            pass
        (dead,) = queries.dead_letters()
        page = browser(duty_leader()).post("/en/ops/deliveries/replay/", {"item": [str(dead.id)]}, follow=True)
        assert "1 message is not sent again" in page.content.decode()
        assert "0 messages" not in page.content.decode()
        while actions.send_owed(at=datetime(2040, 1, 1, tzinfo=UTC)):
            pass
    assert queries.dead_letters() == ()
    assert len(system.received) == 1
