"""What people say back to an alert, and the board that counts it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as present
from django.core.cache import cache
from django.test import Client

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.actions import Moved
from hues.engines.bulletins.testing import KIM_LONG, PHU_XUAN, cancelled, issued, updated, words
from hues.functions.alerts.tests.desk import NGA, at_desk, code_to
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.queries import asker_for
from hues.kernel.consent import actions as consent
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery import queries as told
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.testing import a_postbox
from hues.kernel.errors import Invalid, NotFound, SignInNeeded, WrongState
from hues.kernel.journal.queries import entries_about
from hues.kernel.journal.testing import drain
from hues.kernel.people import actions as people
from hues.kernel.people.asker import STRANGER, Asker
from hues.kit import clock

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def living_in(ward: str, asker: Asker) -> Asker:
    assert asker.person_id
    people.set_home_ward(person_id=asker.person_id, ward=ward, at=clock.now() - HOUR)
    return asker_for(asker.person_id, clock.now())


@pytest.fixture
def alert() -> Moved:
    return issued(words(at=clock.now()), at=clock.now())


def test_the_last_word_of_each_person_counts_by_ward(alert: Moved) -> None:
    lan, eve = living_in(PHU_XUAN, cast.lan()), living_in(KIM_LONG, cast.eve())
    for who, said in ((lan, "help"), (lan, "safe"), (eve, "got")):
        actions.answer(identifier=alert.identifier, said=said, by=who, at=clock.now())
    found = queries.echo(cast.alert_writer(), alert.id)
    assert dict(found.said) == {(PHU_XUAN, "safe"): 1, (KIM_LONG, "got"): 1}
    assert [found.total(said) for said in ("got", "safe", "help")] == [1, 1, 0]
    assert queries.my_answer(lan, alert.identifier) == "safe"


def test_an_answer_holds_through_an_update_and_none_is_taken_after_the_end(alert: Moved) -> None:
    lan, at = living_in(PHU_XUAN, cast.lan()), clock.now()
    actions.answer(identifier=alert.identifier, said="safe", by=lan, at=at)
    newer = updated(alert, words(risk=4, at=at), at=at + HOUR)
    assert queries.my_answer(lan, newer.identifier) == "safe"
    with pytest.raises(WrongState):
        actions.answer(identifier=alert.identifier, said="help", by=lan, at=at + HOUR)
    over = cancelled(newer, risk=4, at=at + 2 * HOUR)
    with pytest.raises(WrongState):
        actions.answer(identifier=newer.identifier, said="help", by=lan, at=at + 2 * HOUR)
    assert queries.echo(cast.alert_writer(), over.id).total("safe") == 1


def test_who_may_not_answer_and_what_is_none(alert: Moved) -> None:
    with pytest.raises(SignInNeeded):
        actions.answer(identifier=alert.identifier, said="safe", by=STRANGER, at=clock.now())
    with pytest.raises(NotFound):
        actions.answer(identifier="VN-HUE-2026-999999", said="safe", by=cast.lan(), at=clock.now())
    drill = issued(words(at=clock.now(), training=True), at=clock.now())
    with pytest.raises(NotFound):
        actions.answer(identifier=drill.identifier, said="safe", by=cast.lan(), at=clock.now())
    with pytest.raises(Invalid):
        actions.answer(identifier=alert.identifier, said="maybe", by=cast.lan(), at=clock.now())


def test_the_board_counts_inboxes_and_openings_by_ward(alert: Moved) -> None:
    lan = living_in(PHU_XUAN, cast.lan())
    living_in(KIM_LONG, cast.eve())
    later = issued(words(at=clock.now()), at=clock.now())
    drain()
    (card,) = [card for card in told.inbox(lan).rows if later.identifier in card.link]
    before = queries.echo(cast.alert_writer(), later.id).board
    assert [(ward.ward, ward.told, ward.opened) for ward in before.wards] == [(PHU_XUAN, 1, 0)]
    delivery.mark_read(by=lan, items=[card.id], at=clock.now())
    after = queries.echo(cast.alert_writer(), later.id).board
    assert (after.told, after.opened) == (1, 1)


def test_somebody_signed_in_answers_with_one_press_and_help_leads_to_rescue(alert: Moved) -> None:
    page, lan = f"/f/alerts/{alert.identifier}/answer/", at_desk(cast.lan())
    assert "Đăng nhập và trả lời" in Client().get(page).content.decode()
    assert Client().post(page, {"said": "safe"}).status_code in (302, 303, 401)
    asked = lan.post(page, {"said": "help"})
    assert (asked.status_code, asked.headers["Location"]) == (303, "/f/storm_flood/sos/")
    assert lan.post(f"/en{page}", {"said": "help"}).headers["Location"] == "/en/f/storm_flood/sos/"
    assert lan.post(page, {"said": "safe"}).headers["Location"] == page
    lan.post(page, {"said": "help"})
    shown = lan.get(page).content.decode()
    assert "/f/storm_flood/sos/" in shown
    assert 'value="help" aria-pressed="true"' in shown
    assert lan.post(page, {"said": "x"}).status_code == 422
    assert f'data-fragment="{page}"' in Client().get(f"/f/alerts/{alert.identifier}/").content.decode()


def test_the_desk_sees_the_board_and_takes_it_as_a_file(alert: Moved) -> None:
    lan = living_in(PHU_XUAN, cast.lan())
    actions.answer(identifier=alert.identifier, said="safe", by=lan, at=clock.now())
    desk, page = at_desk(cast.alert_writer()), f"/ops/alerts/{alert.id}/reach"
    assert "Phường Phú Xuân" in desk.get(f"{page}/").content.decode()
    file = b"".join(desk.get(f"{page}.csv")).decode("utf-8-sig")
    assert f"trả lời: Tôi an toàn,{PHU_XUAN},Phường Phú Xuân,,,,1" in file
    assert at_desk(cast.lan()).get(f"{page}/").status_code == 403


def test_the_board_tells_ways_and_ends_in_the_readers_words(settings: Any) -> None:
    with a_postbox() as box:
        settings.HUES = replace(present.HUES, mail_url=box.url)
        lan = living_in(PHU_XUAN, cast.lan())
        delivery.subscribe(
            way=Way.MAIL, address="lan@example.vn", person_id=lan.person_id, language="vi", at=clock.now() - HOUR
        )
        alert = issued(words(at=clock.now()), at=clock.now())
        drain()
        while delivery.send_owed(at=clock.now() + HOUR):
            pass
    page = at_desk(cast.alert_writer()).get(f"/ops/alerts/{alert.id}/reach/").content.decode()
    assert (
        '<td data-label="Kênh">Thư điện tử</td><td data-label="Kết quả"><span class="chip good">đã gửi</span></td>'
        in page
    )


def test_who_is_told_that_it_is_over_there_is_on_the_board_and_a_try_is_no_message(settings: Any) -> None:
    lan, eve = living_in(PHU_XUAN, cast.lan()), living_in(KIM_LONG, cast.eve())
    settings.HUES = replace(present.HUES, mail_url="smtp://127.0.0.1:9?tls=no")
    delivery.subscribe(
        way=Way.MAIL, address="lan@example.vn", person_id=lan.person_id, language="vi", at=clock.now() - HOUR
    )
    first = issued(words(wards=(PHU_XUAN, KIM_LONG), at=clock.now()), at=clock.now())
    drain()
    newer = updated(first, words(wards=(PHU_XUAN,), at=clock.now()), at=clock.now())
    drain()
    late = clock.now() + HOUR
    while delivery.send_owed(at=late):
        pass
    at_desk(eve).get(f"/f/alerts/{newer.identifier}/answer/")
    board = queries.echo(cast.alert_writer(), newer.id).board
    assert [(ward.ward, ward.told) for ward in board.wards] == [(PHU_XUAN, 1)]
    assert [(ward.ward, ward.told, ward.opened) for ward in board.elsewhere] == [(KIM_LONG, 1, 1)]
    desk = at_desk(cast.alert_writer())
    assert "Được báo là đã hết ở đó" in desk.get(f"/ops/alerts/{newer.id}/reach/").content.decode()
    file = b"".join(desk.get(f"/ops/alerts/{newer.id}/reach.csv")).decode("utf-8-sig")
    assert f"được báo là đã hết ở đó,{KIM_LONG},Phường Kim Long,Hộp thư,,,1" in file
    assert "đã thử, chưa được" in file
    assert "đã chuyển" not in file


def test_who_was_safe_is_forgotten_half_a_year_later(alert: Moved) -> None:
    lan, at = living_in(PHU_XUAN, cast.lan()), clock.now()
    actions.answer(identifier=alert.identifier, said="safe", by=lan, at=at)
    consent.sweep(at + timedelta(days=179))
    assert queries.my_answer(lan, alert.identifier) == "safe"
    consent.sweep(at + timedelta(days=181))
    assert queries.my_answer(lan, alert.identifier) == ""


def test_an_approver_pushes_an_alert_again_with_a_code_and_not_at_once() -> None:
    cache.clear()
    at = clock.now()
    alert = issued(words(at=at), at=at - timedelta(hours=1))
    drain()
    page = f"/ops/alerts/{alert.id}/"
    approver, writer = at_desk(cast.alert_approver()), at_desk(cast.alert_writer())
    assert "Nhắc lại" in approver.get(page).content.decode()
    assert "repeat/" not in writer.get(page).content.decode()
    assert writer.post(f"{page}repeat/", {"seen": "1"}).status_code == 403
    assert approver.post(f"{page}repeat/", {"seen": "1"}).status_code == 403
    assert approver.post(f"{page}repeat/", {"seen": "1", "code": code_to(NGA)}).status_code == 303
    assert [*entries_about(alert.id)][-1].event == "bulletins.alert.repeated"
    early = approver.post(f"{page}repeat/", {"seen": "1"})
    assert (early.status_code, "chưa đầy mười lăm phút" in early.content.decode()) == (409, True)
