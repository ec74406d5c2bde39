"""Who has opened an alert is counted as such and left in peace, wherever they opened it."""

from datetime import timedelta

import pytest
from django.test import Client

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.testing import KIM_LONG, PHU_XUAN, cancelled, issued, updated, words
from hues.functions.alerts.tests.desk import at_desk
from hues.functions.alerts.tests.test_echo import living_in
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery import queries as told
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.testing import a_receiver
from hues.kernel.journal.testing import drain
from hues.kernel.people.asker import Asker
from hues.kit import clock

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def device_of(asker: Asker | None, name: str) -> int:
    receiver, person = a_receiver(f"https://push.example/{name}"), asker.person_id if asker else None
    return delivery.subscribe(
        way=Way.PUSH,
        address=receiver.endpoint,
        keys=receiver.json()["keys"],
        person_id=person,
        language="vi",
        at=clock.now() - HOUR,
    )


def test_opening_its_page_counts_and_looking_at_another_does_not() -> None:
    lan, eve = living_in(PHU_XUAN, cast.lan()), living_in(PHU_XUAN, cast.eve())
    alert = issued(words(at=clock.now()), at=clock.now())
    drain()
    page = f"/f/alerts/{alert.identifier}/"
    fragment = f"{page}answer/"
    assert f'data-fragment="{fragment}"' in Client().get(page).content.decode()
    for browser in (Client(), at_desk(lan)):
        assert browser.get(fragment, headers={"HX-Request": "true"}).status_code == 200
    at_desk(eve).head(fragment)
    assert queries.echo(cast.alert_writer(), alert.id).board.opened == 1
    assert (told.unread_count(lan), told.unread_count(eve)) == (0, 1)


def test_opening_the_page_of_what_is_over_counts_too_and_shows_nothing_more() -> None:
    lan, eve = living_in(PHU_XUAN, cast.lan()), living_in(KIM_LONG, cast.eve())
    alert = issued(words(wards=(PHU_XUAN, KIM_LONG), at=clock.now()), at=clock.now())
    drain()
    newer = updated(alert, words(at=clock.now()), at=clock.now())
    drain()
    over = cancelled(newer, at=clock.now())
    drain()
    for who in (lan, eve):
        for one in (alert, newer, over):
            page = f"/f/alerts/{one.identifier}/"
            assert f'data-fragment="{page}answer/?over"' in Client().get(page).content.decode()
            assert at_desk(who).get(f"{page}answer/?over").status_code == 204
        assert told.unread_count(who) == 0


def test_who_said_to_be_safe_is_left_in_peace_by_all_of_the_story() -> None:
    lan, eve = living_in(PHU_XUAN, cast.lan()), living_in(PHU_XUAN, cast.eve())
    _safe, other = device_of(lan, "lan"), device_of(eve, "eve")
    at = clock.now() - HOUR / 2
    alert = issued(words(at=at), at=at)
    drain()
    actions.answer(identifier=alert.identifier, said="safe", by=lan, at=at)
    actions.answer(identifier=alert.identifier, said="got", by=eve, at=at)
    newer = updated(alert, words(risk=4, at=at), at=at)
    drain()
    approver = cast.alert_approver()
    actions.repeat(bulletin_id=newer.id, by=approver, proved_at=clock.now(), at=clock.now())
    again, first, *_rest = told.reached()
    assert {one.id for one in told.reach.targets(again.id, Way.PUSH, 0, 10**9, first.id)} == {other}
