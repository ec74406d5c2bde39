"""The board of an alert names every ward it was for, and says of each way why nothing went out by it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as present

from hues.engines.bulletins.testing import KIM_LONG, PHU_XUAN, issued, words
from hues.functions.alerts.tests.desk import at_desk
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.testing import a_postbox
from hues.kernel.journal.testing import drain
from hues.kernel.people import actions as people
from hues.kit import clock

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def _page(alert: Any) -> str:
    return at_desk(cast.alert_writer()).get(f"/ops/alerts/{alert.id}/reach/").content.decode()


def test_every_ward_that_was_chosen_is_listed_though_nobody_lives_there() -> None:
    alert = issued(words(wards=(PHU_XUAN, KIM_LONG), at=clock.now()), at=clock.now())
    page = _page(alert)
    assert '<th scope="row">Phường Phú Xuân</th>' in page
    assert '<th scope="row">Phường Kim Long</th>' in page


def test_each_way_by_which_nothing_went_out_says_why(settings: Any) -> None:
    lan = cast.lan().person_id
    assert lan
    people.set_home_ward(person_id=lan, ward=PHU_XUAN, at=clock.now() - HOUR)
    with a_postbox() as box:
        settings.HUES = replace(present.HUES, mail_url=box.url, sms_url="", zalo_url="")
        alert = issued(words(at=clock.now()), at=clock.now())
        drain()
        while delivery.send_owed(at=clock.now() + HOUR):
            pass
        page = _page(alert)
        assert "Chưa gửi tin nào; cảnh báo nằm trong hộp thư" in page
        assert "Thư điện tử: không ai ở đó chọn cách này" in page
        assert "Tin nhắn: thành phố chưa thiết lập" in page
        delivery.subscribe(way=Way.MAIL, address="lan@example.vn", person_id=lan, language="vi", at=clock.now() - HOUR)
        later = issued(words(at=clock.now()), at=clock.now())
        drain()
        while delivery.send_owed(at=clock.now() + HOUR):
            pass
        page = _page(later)
    assert "Thư điện tử: không ai" not in page
    assert "Tin nhắn: thành phố chưa thiết lập" in page


@pytest.mark.parametrize("training", [True, False])
def test_the_board_of_a_drill_says_why_it_is_all_zeros(*, training: bool) -> None:
    alert = issued(words(training=training, at=clock.now()), at=clock.now())
    assert ("Diễn tập chỉ đến với người tham gia diễn tập" in _page(alert)) is training
