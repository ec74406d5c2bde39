"""A drill is told as a drill, whatever writes into the database: no raw SQL tells it as an alert."""

from uuid import uuid4

import pytest
from django.db import connection

from hues.engines.bulletins.actions import return_to_writer, rewrite
from hues.engines.bulletins.models import Bulletin
from hues.engines.bulletins.rules.numbers import told_as
from hues.engines.bulletins.testing import MONDAY, issued, submitted, words
from hues.engines.bulletins.tests.issuing import refused
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery.testing.told import ends_told

pytestmark = pytest.mark.django_db
TOLD = """
  INSERT INTO delivery_broadcast (id, key, topic, subject, urgency, title, body, link, training, at)
  VALUES (%s, %s, %s, '', 'extreme', '{}', '{}', '/x/', %s, now())
"""


def told(key: str, topic: str, *, training: bool) -> str:
    """Return what the database says to a broadcast by raw SQL."""
    return refused(TOLD, uuid4(), key, topic, training)


@pytest.mark.parametrize("more", ["", ":elsewhere", ":again:1"])
def test_a_drill_by_its_name_is_never_told_as_real(more: str) -> None:
    drill = issued(words(training=True))
    assert "told as the bulletin" in told(f"{told_as(drill.identifier)}{more}", "x", training=False)


def test_the_story_of_a_drill_is_never_told_as_real_under_another_name() -> None:
    chain = Bulletin.objects.get(pk=issued(words(training=True)).id).chain
    assert "told as the bulletins" in told("any:name", str(chain), training=False)


def test_an_alert_that_there_is_none_of_is_told_by_nobody() -> None:
    assert "told as the bulletin" in told(told_as("VN-HUE-2026-999999"), "x", training=False)
    assert "told as the bulletin" in told("bulletins.alert:anything", "x", training=True)


def test_what_was_told_of_a_drill_does_not_become_real_afterwards() -> None:
    drill = issued(words(training=True))
    key = told_as(drill.identifier)
    with connection.cursor() as cursor:
        cursor.execute(TOLD, [uuid4(), key, "x", True])
    assert "told as the bulletin" in refused("UPDATE delivery_broadcast SET training = false WHERE key = %s", key)
    assert "told as the bulletin" in refused("UPDATE delivery_broadcast SET key = %s", told_as("VN-HUE-2026-999998"))


ONE = """
  INSERT INTO delivery_parcel (id, key, channel, training, address, words, at, due_at, tries, last_error)
  VALUES (%s, %s, 'email', false, 'lan@example.vn', jsonb_build_object('link', %s::text), now(), now(), 0, '')
"""
ITEM = """
  INSERT INTO delivery_inboxitem (id, person_id, reason, title, body, link, at)
  VALUES (%s, %s, %s, '{}', '{}', %s, now())
"""


def test_a_drill_is_put_into_no_inbox_and_no_letter_to_one_person() -> None:
    drill, alert, lan = issued(words(training=True)), issued(words()), cast.alert_writer().person_id
    for key, link in ((told_as(drill.identifier), "/x/"), ("any", f"/f/alerts/{drill.identifier.lower()}/")):
        assert "of a drill" in refused(ONE, uuid4(), key, link)
        assert "of a drill" in refused(ITEM, uuid4(), lan, key, link)
    with connection.cursor() as cursor:
        cursor.execute(ONE, [uuid4(), told_as(alert.identifier), f"/f/alerts/{alert.identifier}/"])
        cursor.execute(ITEM, [uuid4(), lan, told_as(alert.identifier), f"/f/alerts/{alert.identifier}/"])
        cursor.execute(ITEM, [uuid4(), lan, "to those at the desk", f"/ops/alerts/{drill.id}/"])
    to_drill = "UPDATE {} SET {} = %s"
    assert "of a drill" in refused(to_drill.format("delivery_parcel", "key"), told_as(drill.identifier))
    assert "of a drill" in refused(to_drill.format("delivery_inboxitem", "reason"), told_as(drill.identifier))


def test_what_says_a_drill_again_is_one() -> None:
    told_of, again = uuid4(), uuid4()
    with connection.cursor() as cursor:
        cursor.execute(TOLD, [told_of, told_as(issued(words(training=True)).identifier), "x", True])
        cursor.execute(TOLD, [again, "any:name", "x", False])
    assert "bulletins_again_as_it_was" in refused(
        "UPDATE delivery_broadcast SET again_of_id = %s WHERE id = %s", told_of, again
    )


def test_a_real_alert_is_told_still_and_never_as_a_drill() -> None:
    alert = issued(words())
    key = told_as(alert.identifier)
    assert "told as the bulletin" in told(f"{key}:elsewhere", "x", training=True)
    assert set(ends_told()) <= {key}


@pytest.mark.parametrize("training", [True, False])
def test_what_waits_for_approval_stays_the_drill_or_the_alert_that_it_was(*, training: bool) -> None:
    waiting = submitted(words(training=training))
    change = "UPDATE bulletins_bulletin SET training = NOT training WHERE id = %s"
    assert "drill does not change" in refused(change, waiting.id)
    back = return_to_writer(
        bulletin_id=waiting.id, because="Đọc lại.", by=cast.alert_approver(), seen=waiting.version, at=MONDAY
    )
    written = words(training=not training)
    rewrite(bulletin_id=waiting.id, content=written, by=cast.alert_writer(), seen=back.version, at=MONDAY)
    assert Bulletin.objects.get(pk=waiting.id).training is not training
