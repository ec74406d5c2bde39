"""Notices through the doors: two people at the desk, everybody who reads, other sites that show them."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.queries import NoticeFilters, desk_notice
from hues.engines.bulletins.rules.notices import Kind, NoticeState, NoticeText
from hues.engines.bulletins.testing import (
    MONDAY,
    NOTICE_TEXTS,
    PHU_XUAN,
    issued,
    notice_words,
    published_notice,
    updated_notice,
    withdrawn,
    words,
)
from hues.functions.notices.tests.desk import LIST, NEW, approved, at_desk, seen, written
from hues.kernel.agencies import testing as cast
from hues.kernel.areas.testing import the_wards
from hues.kernel.city import city
from hues.kernel.media.testing import a_picture
from hues.kit import clock
from hues.kit.text import pick

pytestmark = pytest.mark.usefixtures("no_limits_of_other_tests")


def test_a_session_alone_neither_approves_nor_withdraws_and_the_reason_stays_chosen() -> None:
    the_wards()
    writer, approver = at_desk(cast.alert_writer()), at_desk(cast.alert_approver())
    page = writer.post(NEW, written(submit="1"))["Location"]
    refused = approver.post(f"{page}approve/", {"seen": seen(approver, page), "code": "000000"})
    assert (refused.status_code, state(page)) == (422, NoticeState.SUBMITTED)
    assert approved(approver, page) == 303
    thief = at_desk(cast.duty_leader())
    without = thief.post(f"{page}withdraw/", {"seen": seen(thief, page)})
    assert (without.status_code, "Chọn một mục" in without.content.decode()) == (422, True)
    asked = thief.post(f"{page}withdraw/", {"seen": seen(thief, page), "why": "over"})
    assert (asked.status_code, state(page)) == (403, NoticeState.ISSUED)
    assert '<option value="over" selected' in asked.content.decode()
    assert approver.post(f"{page}withdraw/", {"seen": seen(approver, page), "why": "over"}).status_code == 303
    assert state(page) is NoticeState.WITHDRAWN
    number = desk_notice(cast.alert_approver(), page.split("/")[-2]).number  # type: ignore[arg-type]
    for address in (f"{LIST}{number}/", f"{LIST}verify/{number}/", page):
        assert "kết thúc sớm hơn dự kiến" in approver.get(address).content.decode()


def state(page: str) -> NoticeState:
    return desk_notice(cast.alert_approver(), page.split("/")[-2]).state  # type: ignore[arg-type]


def test_from_the_writers_form_over_the_approver_to_everybody() -> None:
    the_wards()
    writer, approver = at_desk(cast.alert_writer()), at_desk(cast.alert_approver())
    photo = SimpleUploadedFile("trạm.jpg", a_picture(), "image/jpeg")
    alts = {"alt_vi": "Trạm biến áp mới", "alt_en": "The new substation"}
    answer = writer.post(NEW, written(submit="1", pictures=[photo], **alts))
    assert answer.status_code == 303, answer.content.decode()[:2000]
    page = answer["Location"]
    assert "Phải có người khác duyệt" in writer.get(page).content.decode()
    assert writer.post(f"{page}approve/", {"seen": seen(writer, page)}).status_code == 403
    assert approved(approver, page) == 303
    (card,) = queries.notices(NoticeFilters(), at=clock.now()).rows
    stranger = Client()
    assert NOTICE_TEXTS["vi"].title in stranger.get(LIST).content.decode()
    said = stranger.get(f"{LIST}{card.number}/").content.decode()
    assert NOTICE_TEXTS["vi"].body in said
    assert 'alt="Trạm biến áp mới"' in said
    assert NOTICE_TEXTS["en"].body in stranger.get(f"/en{LIST}{card.number}/").content.decode()
    proof = stranger.get(f"{LIST}verify/{card.number}/").content.decode()
    assert "Đúng, thành phố đã đăng" in proof
    assert 'class="notice-code" src="data:image/svg+xml;base64,' in proof
    assert stranger.get(f"{LIST}{card.number}.xml")["Content-Type"].startswith("application/xml")
    assert NOTICE_TEXTS["vi"].title in stranger.get(f"{LIST}feed.rss?ward={PHU_XUAN}").content.decode()
    assert f"feed.rss?ward={PHU_XUAN}" in stranger.get(f"{LIST}feed.rss?ward={PHU_XUAN}").content.decode()
    assert "?<" not in (whole := stranger.get(f"{LIST}feed.rss").content.decode())
    assert 'feed.rss"' in whole


def test_what_is_missing_leaves_a_draft_with_all_that_was_typed() -> None:
    the_wards()
    writer = at_desk(cast.alert_writer())
    answer = writer.post(NEW, written(submit="1", title_en=""))
    page = answer["Location"]
    assert "Hãy ghi tiêu đề" in writer.get(page).content.decode()
    assert NOTICE_TEXTS["en"].body in writer.get(f"{page}edit/").content.decode()


def test_a_place_is_insisted_on_and_all_wards_are_the_whole_city() -> None:
    the_wards()
    writer = at_desk(cast.alert_writer())
    forgotten = writer.post(NEW, written(wards=[]))
    assert forgotten.status_code == 422
    assert "Hãy chọn phường, xã, hoặc toàn thành phố." in forgotten.content.decode()
    page = writer.post(NEW, written(wards=[], whole="on"))["Location"]
    assert "Toàn thành phố" in writer.get(page).content.decode()


def test_two_writers_of_one_draft_do_not_overwrite_each_other() -> None:
    the_wards()
    first, second = at_desk(cast.alert_writer()), at_desk(cast.operator())
    page = first.post(NEW, written())["Location"]
    version = seen(first, f"{page}edit/")
    assert second.post(f"{page}edit/", written(seen=version, title_vi="Của người thứ hai")).status_code == 303
    late = first.post(f"{page}edit/", written(seen=version, title_vi="Của người thứ nhất"))
    assert late.status_code == 422
    assert "Của người thứ nhất" in late.content.decode()


def test_a_rumour_stands_beside_its_answer_and_is_found() -> None:
    texts = {
        "vi": NoticeText(title="Không đúng", rumour="Đập sắp vỡ", body="Hồ vẫn an toàn.", source="Đài khí tượng"),
        "en": NoticeText(title="Not true", rumour="The dam breaks", body="The dam is safe.", source="Met office"),
    }
    cut = published_notice(at=clock.now())
    words = notice_words(kind=Kind.CORRECTION, verdict="false", about=cut.number, wards=(), texts=texts)
    said = published_notice(words, at=clock.now())
    assert "Tin giả" in Client().get(f"{LIST}corrections/?verdict=false").content.decode()
    assert "Không đúng" not in Client().get(f"{LIST}corrections/?verdict=true").content.decode()
    assert f"{LIST}{said.number}/" in Client().get(f"{LIST}{cut.number}/").content.decode()
    assert f"{LIST}{cut.number}/" in Client().get(f"{LIST}{said.number}/").content.decode()
    page = Client().get(f"{LIST}corrections/?q=dap sap vo").content.decode()
    assert "Đập sắp vỡ" in page
    shown = Client().get(f"{LIST}{said.number}/").content.decode().partition("<main")[2]
    assert shown.index("Đập sắp vỡ") < shown.index("Hồ vẫn an toàn.") < shown.index("Đài khí tượng")
    assert "chưa trả lời tin này" in Client().get(f"{LIST}corrections/?q=khac").content.decode()


def test_only_the_banner_may_stand_in_a_frame_of_others_and_it_carries_no_script() -> None:
    at = clock.now()
    published_notice(at=at - timedelta(hours=1))
    page = Client().get(f"{LIST}embed/banner/")
    assert "frame-ancestors *" in page["Content-Security-Policy"]
    assert "X-Frame-Options" not in page
    assert "<script" not in page.content.decode()
    assert NOTICE_TEXTS["vi"].title in page.content.decode()
    assert "frame-ancestors 'none'" in Client().get(LIST)["Content-Security-Policy"]
    issued(words(at=at), at=at)
    assert "Lũ trên sông Hương" in Client().get(f"{LIST}embed/banner/").content.decode()


def test_the_register_names_the_hotline() -> None:
    page = Client().get(f"{LIST}channels/").content.decode()
    assert 'href="tel:19001075"' in page


def told_to_pass_on(number: str) -> str:
    found = re.search(r'id="pack-words">([^<]*)<', Client().get(f"{LIST}{number}/").content.decode())
    assert found
    return found[1]


def test_what_the_city_took_back_is_passed_on_as_that_and_its_document_is_gone() -> None:
    at = clock.now()
    old = published_notice(at=at)
    text = NOTICE_TEXTS["vi"]
    assert text.body in told_to_pass_on(old.number)
    moved = {**NOTICE_TEXTS, "vi": NoticeText(title="Cúp điện dời sang thứ Sáu", body="Từ 7 giờ.")}
    new = updated_notice(old, notice_words(texts=moved), at=clock.now())
    shared = told_to_pass_on(old.number)
    assert f"Thành phố không còn thông báo điều này: {text.title}" in shared
    assert "Tin mới của thành phố: Cúp điện dời sang thứ Sáu" in shared
    assert f"/f/notices/verify/{new.number}/" in shared
    assert text.body not in shared
    document = f"{LIST}{new.number}.xml"
    assert Client().get(document).status_code == 200
    assert document in Client().get(f"{LIST}{new.number}/").content.decode()
    withdrawn(new, at=clock.now())
    shared = told_to_pass_on(old.number)
    assert "Từ 7 giờ" not in told_to_pass_on(new.number)
    assert "Tin mới" not in shared
    gone = Client().get(document)
    assert gone.status_code == 410
    assert f"/f/notices/{new.number}/" in gone.content.decode()
    assert "Signature" not in gone.content.decode()
    assert document not in Client().get(f"{LIST}{new.number}/").content.decode()
    assert new.number not in Client().get(f"{LIST}feed.rss").content.decode()


def test_the_banner_says_who_warns_where_until_when_and_that_there_is_more() -> None:
    at = clock.now()
    for risk in (2, 3, 4, 3):
        issued(replace(words(at=at), risk=risk), at=at)
    page = Client().get(f"{LIST}embed/banner/").content.decode()
    assert f"<h1>{pick(city().name, 'vi')}</h1>" in page
    assert page.count('class="banner risk') == 2
    assert page.index('risk-4"') < page.index('risk-3"')
    assert page.count("Phú Xuân · đến ") == 2
    assert "Cấp 4, đỏ" in page
    assert re.search(r'href="/f/alerts/"[^>]*>Còn 2 cảnh báo nữa<', page)
    assert 'href="/en/f/alerts/"' in Client().get(f"/en{LIST}embed/banner/").content.decode()


def test_the_banner_says_that_an_alert_is_doubted_and_leads_to_its_proof() -> None:
    at = clock.now()
    issued(words(at=at - timedelta(hours=3)), at=at - timedelta(hours=3))
    late = issued(words(at=at), at=at)
    actions.rotate_key(trusted_until=at - timedelta(hours=1), by=cast.admin(), proved_at=at, at=at)
    page = Client().get(f"{LIST}embed/banner/").content.decode()
    assert page.count('class="banner bad"') == 1
    assert "Người khác có thể đã biết khóa ký tin này" in page
    assert f'href="/f/alerts/verify/{late.identifier}/"' in page


def test_the_register_names_the_ways_that_are_set_up_and_no_other(settings: Any) -> None:
    names = ("Tin nhắn SMS", "Trang Facebook của thành phố", "Zalo của thành phố", "Còi và loa")
    bare = {"sms_url": "", "mail_url": "", "zalo_url": "", "facebook_url": "", "siren_url": ""}
    settings.HUES = replace(settings.HUES, **bare)
    page = Client().get(f"{LIST}channels/").content.decode()
    assert not [name for name in names if name in page]
    settings.HUES = replace(
        settings.HUES,
        sms_url="https://sms.example",
        mail_url="smtp://mail.example",
        letters_address="gop-y@hue.example",
        zalo_url="https://app:secret@openapi.zalo.me",
        zalo_page="https://zalo.me/1",
        facebook_url="https://hue.city:token@graph.facebook.com/v23.0",
        siren_url="mqtt://localhost",
    )
    page = Client().get(f"{LIST}channels/").content.decode()
    assert [name for name in names if name not in page] == []
    for said in (
        "gop-y@hue.example",
        "no-reply@",
        'href="https://zalo.me/1"',
        'href="https://www.facebook.com/hue.city"',
    ):
        assert said in page
    assert not [secret for secret in ("token", "secret", "sms.example") if secret in page.partition("<main")[2]]


def test_the_desk_offers_to_go_on_with_an_update_that_lost_its_ground() -> None:
    said, writer = published_notice(), cast.alert_writer()
    begun = actions.update_notice(notice_id=said.id, by=writer, at=MONDAY)
    desk, page = at_desk(writer), reverse("notices_desk:one", args=[begun])
    press = reverse("notices_desk:move", args=[begun, "retarget"])
    assert press not in desk.get(page).content.decode()
    withdrawn(said, at=MONDAY)
    assert press in desk.get(page).content.decode()
    assert desk.post(press, {"seen": "1"}).status_code == 303
    shown = desk.get(page).content.decode()
    assert press not in shown
    assert "Cúp điện ở Phú Xuân" in shown
