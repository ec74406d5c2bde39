"""How a notice reached people, on its board and as a file; of a circle only about how many."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as present
from django.test import Client

from hues.engines.bulletins.queries import DeskNotice
from hues.engines.bulletins.testing import PHU_XUAN, notice_words, published_notice, submitted_notice
from hues.functions.notices.tests.test_few import parents
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.testing import a_postbox
from hues.kernel.journal.testing import drain
from hues.kernel.people import actions as people
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in
from hues.kit import clock

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def at_desk(who: Asker) -> Client:
    browser = Client()
    sign_in(browser, who)
    return browser


def seen(notice: DeskNotice) -> tuple[str, str]:
    desk, page = at_desk(cast.alert_writer()), f"/ops/notices/{notice.id}/reach"
    return desk.get(f"{page}/").content.decode(), b"".join(desk.get(f"{page}.csv")).decode("utf-8-sig")


def test_the_board_tells_inboxes_openings_ways_and_minutes(settings: Any) -> None:
    lan, at = cast.lan(), clock.now()
    assert lan.person_id
    people.set_home_ward(person_id=lan.person_id, ward=PHU_XUAN, at=at - HOUR)
    delivery.subscribe(way=Way.MAIL, address="lan@example.vn", person_id=lan.person_id, language="vi", at=at - HOUR)
    with a_postbox() as box:
        settings.HUES = replace(present.HUES, mail_url=box.url)
        notice = published_notice(notice_words(wards=(PHU_XUAN,)), at=at)
        drain()
        while delivery.send_owed(at=at + 24 * HOUR):
            pass
    delivery.mark_read(by=lan, at=clock.now())
    page, file = seen(notice)
    assert "Phường Phú Xuân" in page
    assert (
        '<td data-label="Kênh">Thư điện tử</td><td data-label="Kết quả"><span class="chip good">đã gửi</span></td>'
        in page
    )
    assert f"đã báo,{PHU_XUAN},Phường Phú Xuân,Hộp thư,,,1" in file
    assert f"đã mở,{PHU_XUAN},Phường Phú Xuân,Hộp thư,,,1" in file
    assert "đã chuyển,,,Thư điện tử,đã gửi," in file
    assert "/reach/" in at_desk(cast.alert_writer()).get(f"/ops/notices/{notice.id}/").content.decode()


def test_of_a_circle_nobody_reads_how_many_exactly() -> None:
    parents(PHU_XUAN, 0, 12)
    notice = published_notice(notice_words(audience="parents", wards=(PHU_XUAN,)), at=clock.now())
    drain()
    page, file = seen(notice)
    assert '<p class="big num">≈ 10</p>' in page
    assert "dưới 10 người đã mở" in page
    assert f"đã báo,{PHU_XUAN},Phường Phú Xuân,Hộp thư,,,10" in file
    assert f"đã mở,{PHU_XUAN},Phường Phú Xuân,Hộp thư,,,<10" in file
    assert ">12<" not in page


def test_the_board_of_what_was_not_published_is_empty_and_it_is_the_desks_alone() -> None:
    waiting = submitted_notice(at=clock.now())
    for end in ("/", ".csv"):
        assert at_desk(cast.alert_writer()).get(f"/ops/notices/{waiting.id}/reach{end}").status_code == 200
        assert at_desk(cast.lan()).get(f"/ops/notices/{waiting.id}/reach{end}").status_code == 403
    assert "/reach/" not in at_desk(cast.alert_writer()).get(f"/ops/notices/{waiting.id}/").content.decode()
