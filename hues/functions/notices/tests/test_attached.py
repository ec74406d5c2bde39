"""Pictures and documents of a notice: each with its words, under its name, and no more than fit."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hues.engines.bulletins import queries
from hues.engines.bulletins.queries import NoticeFilters, desk_notice
from hues.engines.bulletins.rules.notices import NoticeState
from hues.engines.bulletins.testing import NOTICE_TEXTS
from hues.functions.notices.tests.desk import LIST, NEW, approved, at_desk, seen, written
from hues.kernel.agencies import testing as cast
from hues.kernel.areas.testing import the_wards
from hues.kernel.media.testing import a_picture
from hues.kit import clock

pytestmark = pytest.mark.usefixtures("no_limits_of_other_tests")


def test_a_file_that_is_no_picture_is_told_and_the_words_stay() -> None:
    the_wards()
    writer = at_desk(cast.alert_writer())
    answer = writer.post(NEW, written(pictures=[SimpleUploadedFile("a.jpg", b"not a picture", "image/jpeg")]))
    assert answer.status_code == 422
    assert NOTICE_TEXTS["vi"].body in answer.content.decode()


def a_photo(number: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{number}.jpg", a_picture((40 + number, 30)), "image/jpeg")


def test_several_pictures_each_with_its_words_and_one_that_goes() -> None:
    the_wards()
    writer, approver = at_desk(cast.alert_writer()), at_desk(cast.alert_approver())
    alts = {"alt_vi": "Trạm cũ\n\nTrạm mới", "alt_en": "The old substation\nThe new one"}
    page = writer.post(NEW, written(pictures=[a_photo(1), a_photo(2)], **alts))["Location"]
    first, second = re.findall(r'name="gone" value="([0-9a-f-]{36})"', writer.get(f"{page}edit/").content.decode())
    change = {"seen": seen(writer, f"{page}edit/"), "gone": [first], "pictures": [a_photo(3)], "submit": "1"}
    assert writer.post(f"{page}edit/", written(**alts, **change)).status_code == 303
    assert approved(approver, page) == 303
    (card,) = queries.notices(NoticeFilters(), at=clock.now()).rows
    assert len(card.content.pictures) == 2
    assert (str(card.content.pictures[0]), first in map(str, card.content.pictures)) == (second, False)
    shown = Client().get(f"/en{LIST}{card.number}/").content.decode()
    assert re.findall(r'<img class="notice-picture"[^>]* alt="([^"]*)"', shown) == ["The old substation", "The new one"]
    signed = Client().get(f"{LIST}{card.number}.xml").content.decode()
    assert [signed.count(str(photo)) for photo in card.content.pictures] == [1, 1]
    assert Client().get(f"{LIST}{card.number}/").status_code == 200


def a_paper(name: str, content: bytes = b"%PDF-1.7 ...") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def test_documents_go_out_with_a_notice_as_downloads_under_their_names() -> None:
    the_wards()
    writer, approver = at_desk(cast.alert_writer()), at_desk(cast.alert_approver())
    sent = [a_paper("Lịch cúp điện.pdf"), a_paper("b.pdf", b"%PDF-1.4 b")]
    page = writer.post(NEW, written(papers=sent))["Location"]
    first, second = desk_notice(cast.alert_writer(), page.split("/")[-2]).content.papers  # type: ignore[arg-type]
    assert Client().get(f"/media/p/{first}/paper.pdf").status_code == 404
    change = {"seen": seen(writer, f"{page}edit/"), "gone": [str(second)], "submit": "1"}
    assert writer.post(f"{page}edit/", written(**change)).status_code == 303
    assert approved(approver, page) == 303
    (card,) = queries.notices(NoticeFilters(), at=clock.now()).rows
    shown = Client().get(f"{LIST}{card.number}/").content.decode()
    assert "Lịch cúp điện" in shown
    assert f'href="/media/p/{first}/paper.pdf"' in shown
    assert str(second) not in shown
    got = Client().get(f"/media/p/{first}/paper.pdf")
    assert (got.content, got["Content-Type"]) == (b"%PDF-1.7 ...", "application/pdf")
    assert got["Content-Disposition"].startswith("attachment;")
    assert Client().get(f"/media/p/{second}/paper.pdf").status_code == 404


def test_only_pdf_documents_up_to_five_are_taken_and_the_words_stay() -> None:
    the_wards()
    writer = at_desk(cast.alert_writer())
    for sent, told in (
        ([a_paper("a.pdf", b"<script>alert(1)</script>")], "Chỉ đính kèm được tệp PDF."),
        ([a_paper("a.pdf", b"%PDF-" + b"x" * 10 * 1024 * 1024)], "lớn hơn 10 MB"),
        ([a_paper(f"{number}.pdf") for number in range(6)], "Tối đa năm tài liệu."),
    ):
        answer = writer.post(NEW, written(papers=sent))
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert NOTICE_TEXTS["vi"].body in answer.content.decode()


def test_every_picture_needs_its_words_and_seven_are_too_many() -> None:
    the_wards()
    writer = at_desk(cast.alert_writer())
    alts = {"alt_vi": "Trạm cũ\nTrạm mới", "alt_en": "Both of them"}
    page = writer.post(NEW, written(submit="1", pictures=[a_photo(1), a_photo(2)], **alts))["Location"]
    assert "mỗi ảnh một dòng" in writer.get(page).content.decode()
    assert desk_notice(cast.alert_writer(), page.split("/")[-2]).state is NoticeState.DRAFT  # type: ignore[arg-type]
    many = writer.post(NEW, written(pictures=[a_photo(number) for number in range(7)]))
    assert many.status_code == 422
    assert "Tối đa sáu ảnh." in many.content.decode()
    assert NOTICE_TEXTS["vi"].body in many.content.decode()
    more = {"seen": seen(writer, f"{page}edit/"), "pictures": [a_photo(number) for number in range(5)]}
    assert writer.post(f"{page}edit/", written(**more)).status_code == 422
