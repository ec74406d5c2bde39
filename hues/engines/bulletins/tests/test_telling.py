"""Who is told, by what is in the inboxes."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as present

from hues.engines.bulletins.rules.shapes import Circle
from hues.engines.bulletins.testing import KIM_LONG, MONDAY, PHU_XUAN, cancelled, issued, updated, words
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.queries import asker_for
from hues.kernel.areas import queries as areas
from hues.kernel.areas.testing import the_wards
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.queries import inbox
from hues.kernel.delivery.testing import a_gateway
from hues.kernel.delivery.testing.told import ends_told
from hues.kernel.journal.testing import drain
from hues.kernel.people import actions as people

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)
VY_DA = "19777"


def someone(number: int, ward: str) -> UUID:
    person = people.open_account(phone=f"+8490555{number:04d}", name="Người dân", at=cast.BEFORE)
    people.set_home_ward(person_id=person, ward=ward, at=cast.BEFORE)
    return person


def titles(person: UUID) -> list[str]:
    drain()
    rows = inbox(asker_for(person, LATER)).rows
    return [row.title["vi"] for row in rows if row.reason.startswith("bulletins.")]


def test_people_of_the_ward_are_told_and_nobody_else() -> None:
    the_wards()
    inside, outside = someone(1, PHU_XUAN), someone(2, KIM_LONG)
    alert = issued()
    assert titles(inside) == ["Lũ trên sông Hương vượt báo động 2"]
    assert titles(outside) == []
    row = inbox(asker_for(inside, LATER)).rows[0]
    assert row.link == f"/f/alerts/{alert.identifier}/"


def test_a_drawn_area_is_for_every_ward_that_it_touches() -> None:
    the_wards()
    ward = areas.ward(KIM_LONG)
    assert ward
    inside = someone(1, KIM_LONG)
    issued(words(wards=(), shapes=(Circle(ward.lat, ward.lng, 0.5),)))
    assert len(titles(inside)) == 1


def test_of_a_city_wide_alert_also_those_without_a_home_ward_are_told() -> None:
    the_wards()
    nowhere = people.open_account(phone="+84905559999", name="Khách", at=cast.BEFORE)
    issued(words(wards=tuple(ward.code for ward in areas.wards())))
    assert len(titles(nowhere)) == 1


def test_an_update_reaches_the_new_area_and_tells_the_old_one_that_it_is_over() -> None:
    the_wards()
    stays, leaves, joins = someone(1, PHU_XUAN), someone(2, KIM_LONG), someone(3, VY_DA)
    alert = issued(words(wards=(PHU_XUAN, KIM_LONG)))
    drain()
    updated(alert, words(wards=(PHU_XUAN, VY_DA), at=LATER), at=LATER)
    assert [len(titles(person)) for person in (stays, leaves, joins)] == [2, 2, 1]
    assert titles(leaves)[0].startswith("Không còn hiệu lực ở nơi bạn")
    assert titles(stays)[0] == titles(joins)[0] == "Lũ trên sông Hương vượt báo động 2"


def test_that_it_is_over_there_is_told_by_the_headline_that_they_know() -> None:
    the_wards()
    leaves = someone(2, KIM_LONG)
    alert = issued(words(wards=(PHU_XUAN, KIM_LONG)))
    drain()
    newer = words(wards=(PHU_XUAN,), risk=4, at=LATER)
    texts = {code: replace(text, headline="Lũ khẩn cấp, vỡ đê") for code, text in newer.texts.items()}
    updated(alert, replace(newer, texts=texts), at=LATER)
    assert titles(leaves)[0] == "Không còn hiệu lực ở nơi bạn: Lũ trên sông Hương vượt báo động 2"


def test_who_was_told_that_it_is_over_there_is_not_told_so_again_with_every_update() -> None:
    the_wards()
    out = someone(2, KIM_LONG)
    story = issued(words(wards=(PHU_XUAN, KIM_LONG)))
    drain()
    for minutes in (10, 20, 30):
        at = MONDAY + timedelta(minutes=minutes)
        story = updated(story, words(wards=(PHU_XUAN,), at=at), at=at)
        drain()
    assert [title.startswith("Không còn hiệu lực ở nơi bạn") for title in titles(out)] == [True, False]
    updated(story, words(wards=(PHU_XUAN, KIM_LONG), at=LATER), at=LATER)
    assert len(titles(out)) == 3


@pytest.mark.parametrize(("before", "now", "texts"), [(4, 4, 1), (3, 4, 0)])
def test_that_it_is_over_somewhere_is_texted_only_where_the_warning_was(
    before: int, now: int, texts: int, settings: Any
) -> None:
    the_wards()
    with a_gateway() as gateway:
        settings.HUES = replace(present.HUES, sms_url=gateway.url)
        leaves = someone(2, KIM_LONG)
        delivery.subscribe(way=Way.SMS, address="+84905550002", person_id=leaves, language="vi", at=cast.BEFORE)
        alert = issued(words(wards=(PHU_XUAN, KIM_LONG), risk=before))
        send_all(MONDAY + timedelta(seconds=9))
        told = len(gateway.received)
        updated(alert, words(wards=(PHU_XUAN,), risk=now, at=LATER), at=LATER)
        send_all(LATER + timedelta(seconds=9))
        assert len(gateway.received) - told == texts


def send_all(at: datetime) -> None:
    drain()
    while delivery.send_owed(at=at):
        pass


def test_who_moved_away_hears_of_the_cancellation() -> None:
    the_wards()
    moved = someone(1, PHU_XUAN)
    alert = issued()
    drain()
    people.set_home_ward(person_id=moved, ward=KIM_LONG, at=LATER)
    cancelled(alert, at=LATER)
    assert titles(moved)[0].startswith("Không còn hiệu lực")


def test_training_reaches_no_inbox() -> None:
    the_wards()
    inside = someone(1, PHU_XUAN)
    issued(words(training=True))
    assert titles(inside) == []


def test_what_was_replaced_before_its_turn_is_told_to_nobody() -> None:
    the_wards()
    inside, only_first = someone(1, KIM_LONG), someone(2, PHU_XUAN)
    alert = issued()
    updated(alert, words(wards=(KIM_LONG,), at=LATER), at=LATER)
    assert (len(titles(inside)), titles(only_first)) == (1, [])


def test_what_is_owed_of_an_alert_ends_with_it_and_what_ends_it_does_not() -> None:
    the_wards()
    alert = issued(words(wards=(PHU_XUAN, KIM_LONG)))
    drain()
    update = updated(alert, words(wards=(PHU_XUAN,), at=LATER), at=LATER)
    drain()
    over = cancelled(update, at=LATER)
    drain()
    assert ends_told() == {
        f"bulletins.alert:{alert.identifier}": words().expires_at,
        f"bulletins.alert:{update.identifier}": words(at=LATER).expires_at,
        f"bulletins.alert:{update.identifier}:elsewhere": None,
        f"bulletins.alert:{over.identifier}": None,
    }
