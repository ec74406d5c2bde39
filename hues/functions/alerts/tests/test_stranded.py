"""A draft whose ground is gone, at the desk: one press lets it follow what is in force."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from hues.engines.bulletins import actions
from hues.engines.bulletins.testing import cancelled, issued, updated, words
from hues.kernel.agencies import testing as cast
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in
from hues.kit import clock

pytestmark = pytest.mark.django_db
ONTO = re.compile(r'name="seen" value="(\d+)"><input type="hidden" name="onto" value="([^"]+)"')


def at_desk(asker: Asker) -> Client:
    client = Client()
    sign_in(client, asker)
    return client


def test_a_cancellation_that_lost_follows_what_is_in_force_by_one_press_of_whoever_writes() -> None:
    at = clock.now() - timedelta(hours=2)
    alert = issued(words(at=at), at=at)
    lost = actions.cancel(bulletin_id=alert.id, by=cast.alert_writer(), at=at)
    newer = updated(alert, words(risk=2, at=at), at=at)
    page = f"/ops/alerts/{lost.id}/"
    writer, approver = at_desk(cast.alert_writer()), at_desk(cast.alert_approver())
    assert "Hủy" in writer.get(page).content.decode()
    assert not ONTO.search(approver.get(page).content.decode())
    offered = ONTO.search(writer.get(page).content.decode())
    assert offered
    assert offered[2] == str(newer.id)
    form = {"seen": offered[1], "onto": offered[2]}
    assert approver.post(f"{page}follow/", form).status_code == 403
    assert writer.post(f"{page}follow/", {**form, "onto": "x"}).status_code == 404
    assert writer.post(f"{page}follow/", form).status_code == 303
    assert writer.post(f"{page}follow/", form).status_code == 409
    assert not ONTO.search(writer.get(page).content.decode())


def test_where_nothing_is_in_force_the_page_says_so_and_offers_an_alert_of_its_own() -> None:
    at = clock.now() - timedelta(hours=2)
    alert = issued(words(at=at), at=at)
    second = actions.start_update(bulletin_id=alert.id, by=cast.alert_writer(), at=at)
    cancelled(alert, at=at)
    writer, address = at_desk(cast.alert_writer()), f"/en/ops/alerts/{second.id}/"
    page = writer.get(address).content.decode()
    assert "What this follows has ended" in page
    assert not ONTO.search(page)
    assert f'action="{address}begin-anew/"' in page
    assert f'action="{address}begin-anew/"' not in at_desk(cast.alert_approver()).get(address).content.decode()
    fresh = writer.post(f"{address}begin-anew/", {"seen": str(second.version)})
    assert fresh.status_code == 303
    assert fresh["Location"] != address
    assert writer.post(f"{address}begin-anew/", {"seen": str(second.version)}).status_code == 409
