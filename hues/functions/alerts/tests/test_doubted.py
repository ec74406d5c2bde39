"""Alerts in force that a key signed which others may know: who is told, and how they are issued again."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.testing import (
    KIM_LONG,
    PHU_XUAN,
    TEXTS,
    cancelled,
    issued,
    notice_words,
    passed,
    published_notice,
    updated,
    updated_notice,
    words,
)
from hues.functions.alerts.tests.desk import at_desk, code_to
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery.queries import inbox
from hues.kernel.errors import Invalid, WrongState
from hues.kernel.journal.testing import drain
from hues.kernel.people import actions as people
from hues.kit import clock

pytestmark = pytest.mark.django_db
MAI, KEYS, DESK, HOUR = "+84901000007", "/ops/alerts/keys/", "/ops/alerts/", timedelta(hours=1)
AGAIN, LINE = "Phát lại", "Người khác có thể đã biết khóa"
NO_RELIANCE = "Người khác có thể đã biết khóa ký tin này. Đừng dựa vào tin; hãy gọi tổng đài của thành phố."
MACHINES = ("/cap/feed.atom", "/cap/feed.rss", "/cap/alerts.json", "/cap/alerts.geojson")


@pytest.fixture(autouse=True)
def _no_limits_of_other_tests() -> None:
    cache.clear()


def _leaked() -> tuple[str, str]:
    """Return the identifiers of an alert before and one after a key was leaked."""
    at = clock.now()
    early, late = issued(words(at=at - 3 * HOUR), at=at - 3 * HOUR), issued(words(at=at - HOUR), at=at - HOUR)
    _leak(at - 2 * HOUR)
    return early.identifier, late.identifier


def _leak(since: datetime) -> None:
    said = timezone.localtime(since).strftime("%Y-%m-%dT%H:%M")
    admin, told = at_desk(cast.admin()), {"why": "leaked", "since": said}
    admin.post(KEYS, told)
    assert admin.post(KEYS, {**told, "code": code_to(MAI)}).status_code == 303


def _read_instant(name: str, feed: str) -> datetime:
    found = re.search(rf"<{name}>([^<]+)<", feed)
    assert found
    return datetime.fromisoformat(found[1])


def _read(path: str) -> str:
    return Client().get(path).content.decode()


def test_whoever_can_issue_them_again_is_told_once_and_nobody_where_there_are_none() -> None:
    leader, writer, auditor = cast.duty_leader(), cast.alert_writer(), cast.auditor()
    _leaked()
    drain()
    for asker, count in ((leader, 1), (writer, 1), (auditor, 0)):
        told = [item for item in inbox(asker).rows if AGAIN.lower() in item.title["vi"].lower()]
        assert len(told) == count
        assert all(item.link == DESK and "1" in item.title["vi"] for item in told)


def test_a_key_that_signed_nothing_in_force_bothers_nobody() -> None:
    writer = cast.alert_writer()
    issued(words(at=clock.now() - HOUR), at=clock.now() - HOUR)
    admin, told = at_desk(cast.admin()), {"why": "leaked"}
    admin.post(KEYS, told)
    assert admin.post(KEYS, {**told, "code": code_to(MAI)}).status_code == 303
    drain()
    assert not [item for item in inbox(writer).rows if item.link == DESK]
    assert 'id="doubted"' not in at_desk(writer).get(DESK).content.decode()


def test_public_pages_say_so_of_the_late_one_alone_and_lead_to_its_proof() -> None:
    early, late = _leaked()
    assert LINE not in _read(f"/f/alerts/{early}/")
    page = _read(f"/f/alerts/{late}/")
    assert LINE in page
    assert f'class="banner bad" href="/f/alerts/verify/{late}/"' in page
    listed = _read("/f/alerts/")
    assert listed.count(LINE) == 1
    assert f'href="/f/alerts/verify/{late}/"' in listed
    assert _read("/").count("chữ ký của tin không còn đáng tin") == 1


def test_the_desk_issues_it_again_with_one_press_and_the_new_key_proves_it() -> None:
    _early, late = _leaked()
    writer = at_desk(cast.alert_writer())
    for path in (DESK, KEYS):
        page = (at_desk(cast.admin()) if path == KEYS else writer).get(path).content.decode()
        assert late in page.partition('id="doubted"')[2]
    press = re.search(r'action="(/ops/alerts/[^"]+/renew/)"', writer.get(DESK).content.decode())
    assert press
    answers = [writer.post(press[1], {"seen": "1"}) for _ in range(2)]
    assert len({answer["Location"] for answer in answers}) == 1
    found = queries.desk_list(cast.alert_writer()).rows[0]
    waiting = queries.desk_bulletin(cast.alert_writer(), found.id)
    assert waiting.before == waiting.content
    fresh = passed(actions.Moved(id=found.id, state=found.state, version=waiting.version), risk=3, at=clock.now())
    assert queries.proof(fresh.identifier).distrusted_from is None
    assert queries.doubted(clock.now()) == ()
    assert 'id="doubted"' not in writer.get(DESK).content.decode()
    assert LINE not in _read("/f/alerts/")


def test_nothing_is_issued_again_in_place_of_other_words_or_of_what_is_trusted() -> None:
    _leaked()
    (one,) = queries.doubted(clock.now())
    writer, at = cast.alert_writer(), clock.now()
    early = next(row for row in queries.desk_list(writer).rows if row.id != one.id)
    assert at_desk(writer).post(f"{DESK}{early.id}/renew/", {"seen": "1"}).status_code == 409
    begun = actions.start_update(bulletin_id=one.id, by=writer, at=at)
    calmer = replace(words(at=at), texts={**TEXTS, "vi-VN": replace(TEXTS["vi-VN"], headline="Nước đang rút")})
    begun = actions.rewrite(bulletin_id=begun.id, content=calmer, by=writer, seen=begun.version, at=at)
    actions.submit(bulletin_id=begun.id, by=writer, seen=begun.version, at=at)
    refused = at_desk(writer).post(f"{DESK}{one.id}/renew/", {"seen": "1"})
    assert refused.status_code == 409
    assert "nội dung khác" in refused.content.decode()


def test_only_writers_issue_again() -> None:
    _leaked()
    (one,) = queries.doubted(clock.now())
    approver = at_desk(cast.alert_approver())
    assert f"{one.id}/renew/" not in approver.get(DESK).content.decode()
    assert approver.post(f"{DESK}{one.id}/renew/", {"seen": "1"}).status_code == 403


def test_what_machines_read_says_so_in_words_and_in_a_member_and_its_tag_changes() -> None:
    at = clock.now()
    cancelled(issued(words(at=at - 4 * HOUR), at=at - 4 * HOUR), at=at - 3 * HOUR)
    late = issued(words(at=at - HOUR), at=at - HOUR).identifier
    drain()
    before = {path: Client().get(path)["ETag"] for path in MACHINES}
    assert not any(NO_RELIANCE in _read(path) for path in MACHINES)
    _leak(at - 2 * HOUR)
    for path in MACHINES:
        again = Client().get(path, headers={"If-None-Match": before[path]})
        assert again.status_code == 200
        assert NO_RELIANCE in again.content.decode()
    feed = _read("/cap/feed.atom")
    updated, published = (
        _read_instant(name, feed.partition(f"{late}.xml</id>")[2]) for name in ("updated", "published")
    )
    assert updated > published
    assert updated == _read_instant("updated", feed)
    item = Client().get("/cap/alerts.json").json()["items"][0]
    assert datetime.fromisoformat(item["date_modified"]).replace(microsecond=0) == updated
    (area,) = Client().get("/cap/alerts.geojson").json()["features"]
    assert item["content_text"].startswith(NO_RELIANCE)
    for facts in (item["_cap"], area["properties"]):
        assert facts["identifier"] == late
        assert facts["doubted"] is True
        assert facts["doubt"]["en-US"].startswith("Others may know the key")


def test_the_feeds_say_so_of_what_was_replaced_too_though_nothing_in_force_is_doubted() -> None:
    at = clock.now()
    first = issued(words(at=at - 4 * HOUR), at=at - 4 * HOUR)
    updated(first, words(at=at - 3 * HOUR), at=at - 3 * HOUR)
    drain()
    cancelled(issued(words(at=at - 2 * HOUR), at=at - 2 * HOUR), at=at - HOUR)
    admin = cast.admin()
    actions.rotate_key(by=admin, proved_at=at - HOUR / 2, at=at - HOUR / 2)
    newest = issued(words(at=at), at=at)
    (old,) = (key for key in queries.certificates() if not key.is_current)
    since = at - 3.5 * HOUR
    actions.distrust_key(fingerprint=old.fingerprint, trusted_until=since, by=admin, proved_at=at, at=at)
    for path in MACHINES[:2]:
        assert _read(path).count(NO_RELIANCE) == 3
    assert not queries.alert(newest.identifier).doubted


def test_an_alert_that_is_not_doubted_says_that_too() -> None:
    issued(words(at=clock.now()), at=clock.now())
    (area,) = Client().get("/cap/alerts.geojson").json()["features"]
    assert (area["properties"]["doubted"], area["properties"]["doubt"]) == (False, None)


def test_nothing_to_pass_on_is_offered_of_it_and_the_page_says_why() -> None:
    early, late = _leaked()
    page = _read(f"/f/alerts/{late}/")
    for offered in ('id="pack-words"', 'id="aloud"', "card.png", "og:image"):
        assert offered in _read(f"/f/alerts/{early}/")
        assert offered not in page
    assert NO_RELIANCE in page.partition("</head>")[0]
    assert "Chưa chắc chắn: " in page.partition("</head>")[0]
    assert NO_RELIANCE in page.partition('id="pack"')[2]
    assert f'href="/f/alerts/verify/{late}/"' in page.partition('id="pack"')[2]
    assert Client().get(reverse("alerts:picture", args=[late])).status_code == 404
    assert Client().get(reverse("alerts:picture", args=[early])).status_code == 200


def test_what_a_doubted_cancellation_ended_leads_to_it_and_is_not_passed_on_as_over() -> None:
    at = clock.now()
    early = issued(words(at=at - 3 * HOUR), at=at - 3 * HOUR)
    over = cancelled(early, at=at - HOUR)
    _leak(at - 2 * HOUR)
    page = _read(f"/f/alerts/{early.identifier}/").partition('id="pack"')[2]
    assert NO_RELIANCE in page
    ended = _read(f"/f/alerts/{over.identifier}/").partition('class="banner bad"')[2].partition("</a>")[0]
    assert f'href="/f/alerts/verify/{over.identifier}/"' in ended
    assert NO_RELIANCE in ended
    assert f'href="/f/alerts/{over.identifier}/"' in page


def test_once_it_is_issued_again_the_newest_word_is_passed_on() -> None:
    _early, late = _leaked()
    (one,) = queries.doubted(clock.now())
    waiting = actions.renew(bulletin_id=one.id, by=cast.alert_writer(), at=clock.now())
    fresh = passed(waiting, at=clock.now())
    page = _read(f"/f/alerts/{late}/").partition('id="pack-words"')[2]
    assert f"/f/alerts/verify/{fresh.identifier}/" in page


def test_a_doubted_cancellation_is_issued_again_and_told_to_all_whom_the_story_reached() -> None:
    at = clock.now()
    lan, said = cast.lan(), words(at=at - 4 * HOUR)
    assert lan.person_id
    people.set_home_ward(person_id=lan.person_id, ward=PHU_XUAN, at=cast.BEFORE)
    early = issued(said, at=at - 4 * HOUR)
    drain()
    people.set_home_ward(person_id=lan.person_id, ward=KIM_LONG, at=at - 3 * HOUR)
    over = cancelled(early, at=at - HOUR)
    _leak(at - 2 * HOUR)
    waiting = actions.renew(bulletin_id=over.id, by=cast.alert_writer(), at=at)
    assert actions.renew(bulletin_id=over.id, by=cast.alert_writer(), at=at).id == waiting.id
    fresh = passed(waiting, at=at)
    drain()
    assert queries.doubted(at) == ()
    assert queries.in_force(at) == ()
    assert queries.proof(fresh.identifier).distrusted_from is None
    message = _read(f"/cap/alerts/{fresh.identifier}.xml")
    assert "<msgType>Cancel</msgType>" in message
    assert all(f",{one.identifier}," in message.partition("<references>")[2] for one in (early, over))
    assert inbox(lan).rows[0].link == f"/f/alerts/{fresh.identifier}/"
    for identifier in (early.identifier, over.identifier, fresh.identifier):
        page = _read(f"/f/alerts/{identifier}/")
        assert f"/f/alerts/verify/{fresh.identifier}/" in page.partition('id="pack-words"')[2]
        assert NO_RELIANCE not in page
    with pytest.raises(Invalid):
        actions.start_update(bulletin_id=fresh.id, by=cast.alert_writer(), at=at)
    with pytest.raises(Invalid):
        actions.cancel(bulletin_id=fresh.id, by=cast.alert_writer(), at=at)


def test_nobody_pushes_it_again_and_the_desk_does_not_offer_it() -> None:
    _leaked()
    (one,) = queries.doubted(clock.now())
    approver = cast.alert_approver()
    assert f"{one.id}/repeat/" not in at_desk(approver).get(f"{DESK}{one.id}/").content.decode()
    with pytest.raises(WrongState, match="Hãy phát lại"):
        actions.repeat(bulletin_id=one.id, by=approver, proved_at=clock.now(), at=clock.now())


def test_doubted_notices_and_cancellations_are_somebody_s_job_too() -> None:
    at = clock.now()
    writer, early = cast.alert_writer(), issued(words(at=at - 4 * HOUR), at=at - 4 * HOUR)
    sound = published_notice(at=at - 3 * HOUR)
    over = cancelled(early, at=at - HOUR)
    notice = published_notice(at=at - HOUR)
    _leak(at - 2 * HOUR)
    drain()
    assert [item.title["vi"] for item in inbox(writer).rows if item.link == DESK] == [
        "Tin đang hiệu lực cần phát lại: 2"
    ]
    for asker, path in ((writer, DESK), (cast.admin(), KEYS)):
        listed = at_desk(asker).get(path).content.decode().partition('id="doubted"')[2].partition("</section>")[0]
        assert over.identifier in listed
        assert notice.number in listed
        assert sound.number not in listed
    listed = at_desk(writer).get(DESK).content.decode().partition('id="doubted"')[2].partition("</section>")[0]
    assert f'action="{reverse("alerts_desk:move", args=[over.id, "renew"])}"' in listed
    assert f'action="{reverse("notices_desk:move", args=[notice.id, "renew"])}"' in listed
    updated_notice(notice, notice_words(), at=clock.now())
    assert queries.doubted_notices(clock.now()) == ()
    assert NO_RELIANCE in _read("/cap/feed.atom")
