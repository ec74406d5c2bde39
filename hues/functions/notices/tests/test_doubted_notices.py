"""Notices that a key signed which others may know: what everybody reads of them, and how they are issued again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.queries import NoticeCard, desk_notice
from hues.engines.bulletins.rules.notices import NoticeState
from hues.engines.bulletins.testing import NOTICE_TEXTS, notice_words, published_notice
from hues.functions.notices.tests.desk import LIST, approved, at_desk, seen
from hues.kernel.agencies import testing as cast
from hues.kernel.areas.testing import the_wards
from hues.kernel.errors import NotAllowed, WrongState
from hues.kit import clock

pytestmark = pytest.mark.usefixtures("no_limits_of_other_tests")
HOUR = timedelta(hours=1)
NO_RELIANCE, SHORT = "Đừng dựa vào tin; hãy gọi tổng đài của thành phố.", "chữ ký của tin không còn đáng tin"


def _doubted() -> NoticeCard:
    the_wards()
    at = clock.now()
    published_notice(at=at - 3 * HOUR)
    late = published_notice(notice_words(wards=()), at=at - HOUR)
    actions.rotate_key(trusted_until=at - 2 * HOUR, by=cast.admin(), proved_at=at, at=at)
    return queries.notice(late.number)


def _read(path: str) -> str:
    return Client().get(path).content.decode()


def test_its_page_the_list_the_feed_and_the_banner_say_so_and_it_is_not_passed_on() -> None:
    late = _doubted()
    assert late.doubted
    page = _read(f"{LIST}{late.number}/")
    assert f'class="banner bad" href="{LIST}verify/{late.number}/"' in page
    assert NO_RELIANCE in page.partition("</head>")[0]
    assert NO_RELIANCE in page.partition('id="pack"')[2]
    assert 'id="pack-words"' not in page
    banner = _read(f"{LIST}embed/banner/")
    assert f'class="banner bad" href="{LIST}verify/{late.number}/"' in banner
    assert NO_RELIANCE in banner
    for path, said in ((LIST, SHORT), (f"{LIST}feed.rss", NO_RELIANCE), ("/", SHORT)):
        assert _read(path).count(said) == 1, path


def test_what_was_signed_before_is_said_as_ever() -> None:
    at = clock.now()
    early = published_notice(notice_words(wards=()), at=at - 3 * HOUR)
    actions.rotate_key(trusted_until=at - 2 * HOUR, by=cast.admin(), proved_at=at, at=at)
    page = _read(f"{LIST}{early.number}/")
    assert 'id="pack-words"' in page
    for said in (page, _read(LIST), _read(f"{LIST}feed.rss"), _read(f"{LIST}embed/banner/"), _read("/")):
        assert NO_RELIANCE not in said
        assert SHORT not in said


def test_one_press_hands_it_in_with_the_same_words_and_the_new_key_proves_it() -> None:
    late = _doubted()
    writer, approver = at_desk(cast.alert_writer()), at_desk(cast.alert_approver())
    page = f"/ops/notices/{late.id}/"
    assert f'action="{page}renew/"' in writer.get(page).content.decode()
    assert f'action="{page}renew/"' not in approver.get(page).content.decode()
    answers = [writer.post(f"{page}renew/", {"seen": seen(writer, page)}) for _ in range(2)]
    (fresh,) = {answer["Location"] for answer in answers}
    assert approved(approver, fresh) == 303
    anew = desk_notice(cast.alert_writer(), fresh.split("/")[-2])  # type: ignore[arg-type]
    assert (anew.state, anew.content) == (NoticeState.ISSUED, late.content)
    assert anew.number
    assert not queries.notice(anew.number).doubted
    assert queries.doubted_notices(clock.now()) == ()
    assert f"{page}renew/" not in writer.get(page).content.decode()


def test_nothing_is_issued_again_in_place_of_other_words_of_what_is_trusted_or_by_whom_it_may_not() -> None:
    late, writer, at = _doubted(), cast.alert_writer(), clock.now()
    with pytest.raises(NotAllowed):
        actions.renew_notice(notice_id=late.id, by=cast.alert_approver(), at=at)
    begun = actions.update_notice(notice_id=late.id, by=writer, at=at)
    other = notice_words(texts={**NOTICE_TEXTS, "vi": replace(NOTICE_TEXTS["vi"], title="Lời khác")})
    version = actions.rewrite_notice(notice_id=begun, content=other, by=writer, seen=1, at=at)
    actions.submit_notice(notice_id=begun, by=writer, seen=version, at=at)
    with pytest.raises(WrongState, match="nội dung khác"):
        actions.renew_notice(notice_id=late.id, by=writer, at=at)
    sound = published_notice(at=at)
    with pytest.raises(WrongState, match="vẫn đáng tin"):
        actions.renew_notice(notice_id=sound.id, by=writer, at=at)
