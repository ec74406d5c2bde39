"""What an operator lets the public read: words, place, photos, and proof that was doubted."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from hues.engines.cases import actions, queries
from hues.engines.cases.actions import take
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import DAI_NOI, MONDAY, Known, a_case, a_case_in, a_proof
from hues.kernel.agencies import testing as cast
from hues.kernel.media.actions import store_photo
from hues.kernel.media.testing import a_photo, a_picture, an_exif
from hues.kit.clock import now
from hues.surfaces.desks.testing import text_of
from hues.surfaces.operations.tests.queue import TYPED, found, page_of, send

pytestmark = pytest.mark.django_db


def test_an_answer_goes_back_with_a_reason(thao: Client) -> None:
    case = a_case_in(State.ANSWERED)
    assert case.number in text_of(thao.get("/ops/?tab=review"))
    assert send(thao, case, "return", text="Chưa có ảnh sau khi làm.").status_code == 303
    after = found(case)
    assert (after.state, after.timeline[-1].internal) == (State.IN_PROGRESS, "Chưa có ảnh sau khi làm.")


def test_what_is_published_is_what_the_operator_let_stand(thao: Client) -> None:
    case = answered_with_photos()
    photos = [photo.photo_id for photo in found(case).photos]
    sent = send(
        thao, case, "publish", public_text="Ổ gà trước cổng.", public_address="Đường 23 Tháng 8", shown=[photos[0]]
    )
    assert sent.status_code == 303
    public = queries.public_case(case.number, at=now())
    assert (public.text, public.address) == ("Ổ gà trước cổng.", "Đường 23 Tháng 8")
    assert [photo.photo_id for photo in public.photos] == [photos[0]]


def test_the_public_place_is_offered_without_the_number_of_the_house(thao: Client) -> None:
    case = a_case_in(State.ANSWERED, place=replace(DAI_NOI, address="24 Lê Lợi, cạnh cổng trường"))
    page = text_of(thao.get(f"/ops/{case.number}/"))
    (field,) = re.findall(r'<input[^>]*name="public_address"[^>]*>', page)
    assert 'value="Lê Lợi, cạnh cổng trường"' in field


def test_doubted_proof_is_published_with_a_reason_only_and_what_was_typed_stays(thao: Client) -> None:
    minh, case = cast.minh(), a_case_in(State.IN_PROGRESS)
    old = store_photo(a_picture(exif=an_exif(taken="2026:02:27 08:00:00"), seed=1), by=minh.person_id, at=MONDAY)
    actions.answer_case(
        case_id=case.id,
        text="Đã vá xong.",
        outcome="fixed",
        proof=[old.id],
        despite="Máy ảnh đặt sai ngày, xin xem lại.",
        by=minh,
        seen=case.version,
        at=MONDAY,
    )
    page = page_of(thao, case)
    assert "08:00" in page.split('class="doubts"')[1].split("</ul>")[0]
    refused = send(thao, case, "publish", public_text=TYPED, despite="")
    assert refused.status_code == 422
    assert TYPED in text_of(refused)
    assert found(case).state == State.ANSWERED
    why = "Đã gọi xác minh: máy ảnh sai ngày."
    assert send(thao, case, "publish", public_text=TYPED, despite=why).status_code == 303
    page = page_of(thao, case)
    assert why in page
    assert 'class="doubts"' not in page


def test_proof_that_nobody_doubts_asks_for_no_reason(thao: Client) -> None:
    assert 'name="despite"' not in page_of(thao, answered_with_photos())


def test_the_page_offers_every_photo_to_the_public(thao: Client) -> None:
    case = answered_with_photos()
    page = page_of(thao, case)
    for photo in found(case).photos:
        assert f'name="shown" value="{photo.photo_id}" checked' in page


def answered_with_photos() -> Known:
    """Return an answered case with two photos of its report."""
    lan, minh, operator = cast.lan(), cast.minh(), cast.operator()
    a_case_in(State.RECEIVED)
    photos = tuple(a_photo(by=lan.person_id, at=MONDAY, seed=n).id for n in (1, 2))
    opened = a_case(photos=photos)
    agency = cast.an_agency(cast.WARD_OFFICE)
    moved = actions.accept_and_route(case_id=opened.id, agency_id=agency.id, by=operator, seen=1, at=MONDAY)
    moved = take(case_id=opened.id, by=minh, seen=moved.version, at=MONDAY)
    moved = actions.answer_case(
        case_id=opened.id,
        text="Đã xem.",
        outcome="not_ours",
        proof=a_proof(minh),
        by=minh,
        seen=moved.version,
        at=MONDAY,
    )
    return Known(id=opened.id, number=opened.number, version=moved.version)
