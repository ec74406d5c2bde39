"""A link that closed, expired or was never sent opens nothing, and loses no words."""

import re

import pytest

from hues.engines.cases import actions
from hues.engines.cases.rules.passes import AGAIN_AFTER, LASTS
from hues.kernel.agencies import actions as agencies
from hues.kernel.agencies import testing as cast
from hues.kernel.journal.testing import drain
from hues.kit.clock import now
from hues.surfaces.agency.tests.passing import CLOSED, OFFICE, TYPED, a_phone, found, linked, links, send
from hues.surfaces.desks.testing import text_of

pytestmark = pytest.mark.django_db


def test_a_case_given_back_is_out_of_reach_for_good_even_when_it_comes_again() -> None:
    case = linked()
    (old,) = links()
    assert send(old, "give-back", text="Thuộc Sở Xây dựng.").status_code == 303
    thanks = text_of(a_phone().get(old))
    assert "Cảm ơn" in thanks
    assert "Thuộc Sở Xây dựng." in thanks
    assert "Ổ gà" not in thanks
    assert "Gửi liên kết mới" not in thanks
    actions.accept_and_route(
        case_id=case.id, agency_id=cast.an_agency().id, by=cast.operator(), seen=found(case).version, at=now()
    )
    drain()
    assert a_phone().get(old).status_code == 410
    assert a_phone().get(links()[0]).status_code == 200


def test_what_was_typed_behind_a_link_that_closed_meanwhile_is_given_back() -> None:
    case = linked()
    (link,) = links()
    send(link, "take")
    elsewhere = cast.an_agency("kinh-te-thuan-hoa")
    actions.accept_and_route(case_id=case.id, agency_id=elsewhere.id, by=cast.operator(), seen=3, at=now())
    late = a_phone().post(f"{link}answer/", {"seen": 3, "text": TYPED})
    assert late.status_code == 410
    assert TYPED in text_of(late)
    assert CLOSED in text_of(late)
    assert "Ổ gà" not in text_of(late)


def test_an_expired_link_says_so_and_sends_a_new_one_to_the_office_alone() -> None:
    case = linked(at=now() - LASTS)
    old = links()[-1]
    browser = a_phone()
    page = text_of(browser.get(old))
    assert CLOSED in page
    assert "Ổ gà" not in page
    before = len(links())
    asked = browser.post(f"{old}again/")
    assert (asked.status_code, asked.headers["Location"]) == (303, old)
    assert "Liên kết mới đang được gửi" in text_of(browser.get(old))
    assert len(links()) == before + 1
    assert case.number in text_of(a_phone().get(links()[0]))
    again = browser.post(f"{old}again/")
    assert again.status_code == 429
    assert re.search(r"Hãy thử lại sau \d+ phút\.", text_of(again))
    assert len(links()) == before + 1


def test_a_new_link_is_not_sent_for_a_case_that_went_elsewhere() -> None:
    linked(at=now() - AGAIN_AFTER)
    (link,) = links()
    send(link, "give-back", text="Không thuộc phạm vi.")
    assert a_phone().post(f"{link}again/").status_code == 409
    assert len(links()) == 1


def test_another_number_closes_the_links_that_went_to_the_old_one() -> None:
    linked()
    (link,) = links()
    agencies.send_links_to(agency_id=cast.an_agency().id, address="0905111333", by=cast.admin(), at=now())
    assert a_phone().get(link).status_code == 410
    assert a_phone().post(f"{link}take/", {"seen": 2}).status_code == 410


def test_a_link_that_nobody_sent_is_not_found() -> None:
    linked()
    assert a_phone().get("/pass/AAAAAAAAAAAAAAAAAAAAAAAA/").status_code == 404
    assert a_phone().post("/pass/AAAAAAAAAAAAAAAAAAAAAAAA/again/").status_code == 404


def test_a_link_is_not_opened_without_end() -> None:
    linked()
    browser = a_phone()
    answers = [browser.get(links()[0]) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    assert re.search(r"Hãy thử lại sau \d+ (giây|phút)\.", answers[-1].content.decode())


def test_a_link_stays_closed_when_the_number_is_changed_and_changed_back() -> None:
    linked()
    (link,) = links()
    for address in ("+84905999888", OFFICE):
        agencies.send_links_to(agency_id=cast.an_agency().id, address=address, at=now())
        drain()
    assert a_phone().get(link).status_code == 410
