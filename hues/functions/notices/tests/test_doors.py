"""Notices through the doors: two people at the desk, everybody who reads, other sites that show them."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hues.engines.bulletins import queries
from hues.engines.bulletins.queries import NoticeFilters
from hues.engines.bulletins.rules.notices import Kind, NoticeText
from hues.engines.bulletins.testing import NOTICE_TEXTS, PHU_XUAN, issued, notice_words, published_notice, words
from hues.kernel.agencies import testing as cast
from hues.kernel.areas.testing import the_wards
from hues.kernel.media.testing import a_picture
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in
from hues.kit import clock

pytestmark = pytest.mark.django_db
NEW, LIST = "/ops/notices/new/", "/f/notices/"


def at_desk(asker: Asker) -> Client:
    client = Client()
    sign_in(client, asker)
    return client


def written(**other: object) -> dict[str, object]:
    form: dict[str, object] = {"kind": "notice", "topic": "power", "audience": "everybody", "wards": [PHU_XUAN]}
    for code, text in NOTICE_TEXTS.items():
        form |= {f"title_{code}": text.title, f"body_{code}": text.body}
    return {**form, **other}


def seen(client: Client, page: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', client.get(page).content.decode())
    assert found
    return found[1]


def test_from_the_writers_form_over_the_approver_to_everybody() -> None:
    the_wards()
    writer, approver = at_desk(cast.alert_writer()), at_desk(cast.alert_approver())
    photo = SimpleUploadedFile("trạm.jpg", a_picture(), "image/jpeg")
    alts = {"alt_vi": "Trạm biến áp mới", "alt_en": "The new substation"}
    answer = writer.post(NEW, written(submit="1", picture=photo, **alts))
    assert answer.status_code == 303, answer.content.decode()[:2000]
    page = answer["Location"]
    assert "Phải có người khác duyệt" in writer.get(page).content.decode()
    assert writer.post(f"{page}approve/", {"seen": seen(writer, page)}).status_code == 403
    assert approver.post(f"{page}approve/", {"seen": seen(approver, page)}).status_code == 303
    (card,) = queries.notices(NoticeFilters(), at=clock.now()).rows
    stranger = Client()
    assert NOTICE_TEXTS["vi"].title in stranger.get(LIST).content.decode()
    said = stranger.get(f"{LIST}{card.number}/").content.decode()
    assert NOTICE_TEXTS["vi"].body in said
    assert 'alt="Trạm biến áp mới"' in said
    assert NOTICE_TEXTS["en"].body in stranger.get(f"/en{LIST}{card.number}/").content.decode()
    assert "Đúng, thành phố đã đăng" in stranger.get(f"{LIST}verify/{card.number}/").content.decode()
    assert stranger.get(f"{LIST}{card.number}.xml")["Content-Type"].startswith("application/xml")
    assert NOTICE_TEXTS["vi"].title in stranger.get(f"{LIST}feed.rss?ward={PHU_XUAN}").content.decode()


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


def test_a_file_that_is_no_picture_is_told_and_the_words_stay() -> None:
    the_wards()
    writer = at_desk(cast.alert_writer())
    answer = writer.post(NEW, written(picture=SimpleUploadedFile("a.jpg", b"not a picture", "image/jpeg")))
    assert answer.status_code == 422
    assert NOTICE_TEXTS["vi"].body in answer.content.decode()


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
    said = published_notice(notice_words(kind=Kind.CORRECTION, wards=(), texts=texts), at=clock.now())
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
