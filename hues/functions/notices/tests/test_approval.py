"""What the approver of a notice has before the eyes: whom it reaches, what has changed, what to look at twice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hues.engines.bulletins import actions
from hues.engines.bulletins.queries import desk_notice
from hues.engines.bulletins.rules.notice_warnings import notice_warnings
from hues.engines.bulletins.rules.notices import Kind, NoticeText
from hues.engines.bulletins.rules.warnings import Reach, Warn
from hues.engines.bulletins.testing import (
    KIM_LONG,
    MONDAY,
    NOTICE_TEXTS,
    PHU_XUAN,
    notice_words,
    published_notice,
    submitted_notice,
)
from hues.kernel.agencies import testing as cast
from hues.kernel.areas import queries as areas
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.testing import a_receiver
from hues.kernel.people import actions as people
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in
from hues.kit import clock

pytestmark = pytest.mark.django_db
REACH = Reach(wards=(PHU_XUAN,), people=12, accounts=90, area_km2=1, city_km2=100, all_wards=40)


def shown(notice_id: object, who: Callable[[], Asker] = cast.alert_approver, language: str = "") -> str:
    browser = Client()
    sign_in(browser, who())
    return browser.get(f"{language}/ops/notices/{notice_id}/").content.decode()


def warned(reach: Reach = REACH, **said: Any) -> set[Warn]:
    return set(notice_warnings(notice_words(**said), reach))


def lives_in(who: Asker, ward: str) -> None:
    assert who.person_id
    people.set_home_ward(person_id=who.person_id, ward=ward, at=clock.now() - timedelta(days=1))


def test_who_lives_there_and_follows_the_topic_is_counted_beside_devices_and_the_share_of_the_city() -> None:
    waiting = submitted_notice(at=clock.now())
    lan = cast.lan().person_id
    assert lan
    lives_in(cast.lan(), PHU_XUAN)
    lives_in(cast.minh(), PHU_XUAN)
    before = desk_notice(cast.alert_approver(), waiting.id).reach
    assert before
    assert (before.wards, before.all_wards) == ((PHU_XUAN,), len(areas.wards()))
    assert 0 < before.share_of_area < 1
    delivery.unfollow_one(person_id=lan, subject="notice:power", at=clock.now())
    browser = delivery.subscribe(
        way=Way.PUSH,
        address="https://push.example/1",
        keys=a_receiver("https://push.example/1").json()["keys"],
        person_id=None,
        language="vi",
        at=clock.now(),
    )
    delivery.choose_wards(subscription=browser, wards=[PHU_XUAN], at=clock.now())
    after = desk_notice(cast.alert_approver(), waiting.id).reach
    assert after
    assert (after.people, after.devices) == (before.people - 1, 1)
    page = shown(waiting.id, language="/en")
    assert "and 1 device registered without an account" in page
    assert after.shares["area"] == 0
    assert "under 1 % of the ground" in page


def test_a_notice_for_the_whole_city_is_for_all_its_wards_and_says_so_twice() -> None:
    waiting = submitted_notice(notice_words(wards=()))
    reach = waiting.reach
    assert reach
    assert reach.everywhere
    assert Warn.MOST_ARE_TOLD in waiting.warnings
    assert "Hơn một nửa thành phố sẽ nhận được thông báo này." in shown(waiting.id)


def test_a_circle_of_a_few_is_told_as_that_and_never_as_a_number() -> None:
    waiting = submitted_notice(notice_words(audience="parents"))
    assert waiting.warnings[0] is Warn.FEW
    page = shown(waiting.id)
    assert "dưới 10" in page
    assert "Có chưa đến mười người" in page


def test_what_is_looked_at_twice() -> None:
    long = {code: NoticeText(title="Cúp điện " * 9, body="Từ 7 giờ. " + "x" * 240) for code in NOTICE_TEXTS}
    vague = {**NOTICE_TEXTS, "en": NoticeText(title="Power cut", body="Power will be off for a while.")}
    nobody = Reach(wards=(PHU_XUAN,), people=0, accounts=90, area_km2=1, city_km2=100, all_wards=40)
    assert warned() == set()
    assert warned(nobody) == {Warn.NOBODY}
    assert warned(texts=long) == {Warn.LONG_TITLE, Warn.CUT}
    assert warned(texts=vague) == {Warn.NO_DATE}
    assert warned(texts=vague, kind=Kind.CORRECTION, verdict="false") == set()


@pytest.mark.parametrize(
    ("words", "dated"),
    [
        ("Cúp điện từ 7 giờ", True),
        ("Cấm đường 19:30", True),
        ("Nghỉ học thứ Hai", True),
        ("Cấm đường ngày 3 tháng 11", True),
        ("Cấm đường 3/11", True),
        ("Closed on Monday", True),
        ("Cầu cấm xe tải trên 10 tấn", False),
        ("Đường Lê Lợi cấm xe", False),
        ("The bridge may be closed", False),
    ],
)
def test_words_that_say_when(words: str, dated: bool) -> None:  # noqa: FBT001
    said = {code: NoticeText(title=words, body="…") for code in ("vi", "en")}
    assert (Warn.NO_DATE not in warned(texts=said)) is dated


def test_an_update_shows_word_by_word_what_differs_from_what_it_replaces() -> None:
    first = published_notice()
    writer = cast.alert_writer()
    begun = actions.update_notice(notice_id=first.id, by=writer, at=MONDAY)
    later = {**NOTICE_TEXTS, "vi": NoticeText(title=NOTICE_TEXTS["vi"].title, body="Cúp điện từ 9 giờ đến 11 giờ.")}
    content = notice_words(texts=later, wards=(PHU_XUAN, KIM_LONG), expires_at=MONDAY + timedelta(days=400))
    actions.rewrite_notice(notice_id=begun, content=content, by=writer, seen=1, at=MONDAY)
    actions.submit_notice(notice_id=begun, by=writer, seen=2, at=MONDAY)
    page = shown(begun)
    assert "Nội dung thay đổi" in page or "Thay đổi" in page
    assert "từ <del>7</del><ins>9</ins> giờ" in page
    assert page.count("<ins>") >= 3
    assert "Power is off" not in page[page.index("<del>") : page.index("</dl>", page.index("<del>"))]
    assert "<del>" not in shown(first.id)


def test_it_is_shown_as_a_phone_would_with_what_the_phone_cuts_cut() -> None:
    texts = {code: NoticeText(title="Nghỉ học thứ Hai", body="a" * 240 + "PHẦN SAU") for code in ("vi", "en")}
    page = shown(submitted_notice(notice_words(texts=texts)).id)
    phones = page[page.index('class="phones"') :]
    assert f'<p class="phone-words">{"a" * 240}</p>' in phones
    assert "không bao giờ gửi bằng tin nhắn SMS" in phones


def test_what_was_published_is_warned_of_no_more() -> None:
    assert "Hơn một nửa" not in shown(published_notice(notice_words(wards=())).id)
