"""Staff are told of their work by the ways they chose, and not in their quiet hours."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.conf import settings as present

from hues.kernel.agencies.testing import head, lan, minh
from hues.kernel.delivery import actions
from hues.kernel.delivery.channels import Urgency, Way
from hues.kernel.delivery.testing import a_gateway, a_postbox
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.people.asker import Asker

pytestmark = pytest.mark.django_db
TITLE, BODY = {"vi": "PA-2026-000001: quá hạn", "en": "Overdue"}, {"vi": "Đã quá hạn.", "en": "It is late."}
MONDAY = datetime(2026, 3, 2, 3, tzinfo=UTC)
NIGHT = datetime(2026, 3, 2, 16, tzinfo=UTC)  # eleven in the evening in Huế
MORNING = datetime(2026, 3, 2, 23, tzinfo=UTC)


def wish(who: Asker, *, least: Urgency = Urgency.LOW, text: bool = True) -> None:
    assert who.person_id
    night = {"quiet_from": time(22), "quiet_until": time(6)}
    actions.prefer(person_id=who.person_id, least=least, work_by_text=text, at=MONDAY, **night)


def tell(*askers: Asker, work: bool = True, at: datetime = MONDAY) -> None:
    people = [who.person_id for who in askers if who.person_id]
    actions.plan(people, reason="late:1", title=TITLE, body=BODY, link="/desk/", work=work, at=at)


def test_staff_who_wish_so_get_one_text_message_for_each_thing_at_work(settings: Any) -> None:
    with a_gateway() as company:
        settings.HUES = replace(present.HUES, sms_url=company.url)
        wish(minh())
        wish(lan(), text=False)
        tell(minh(), head(), lan())
        tell(minh(), head(), lan(), at=MONDAY + timedelta(minutes=1))
        send_all(MONDAY + timedelta(minutes=2))
    (text,) = company.received
    assert (text["to"], text["body"]) == ("+84901000003", "PA-2026-000001: qua han. Da qua han.")


def test_what_is_no_work_costs_the_city_no_text_message(settings: Any) -> None:
    with a_gateway() as company:
        settings.HUES = replace(present.HUES, sms_url=company.url)
        wish(minh())
        tell(minh(), work=False)
        send_all(MONDAY)
    assert company.received == []


def test_a_message_to_one_person_waits_for_the_end_of_the_quiet_hours(settings: Any) -> None:
    with a_gateway() as company, a_postbox() as postbox:
        settings.HUES = replace(present.HUES, sms_url=company.url, mail_url=postbox.url)
        wish(minh())
        actions.subscribe(way=Way.MAIL, address="minh@example.vn", person_id=minh().person_id, language="vi", at=NIGHT)
        tell(minh(), at=NIGHT)
        send_all(MORNING - timedelta(seconds=1))
        assert (company.received, postbox.letters) == ([], [])
        send_all(MORNING)
    assert (len(company.received), len(postbox.letters)) == (1, 1)


def test_who_wants_warnings_only_finds_the_rest_in_the_inbox_alone(settings: Any) -> None:
    with a_postbox() as postbox:
        settings.HUES = replace(present.HUES, mail_url=postbox.url)
        wish(minh(), least=Urgency.HIGH)
        actions.subscribe(way=Way.MAIL, address="minh@example.vn", person_id=minh().person_id, language="vi", at=MONDAY)
        tell(minh())
        send_all(MONDAY)
    assert postbox.letters == []
