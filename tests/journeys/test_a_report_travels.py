"""A report from Lan's phone to the public page, through the doors, without JavaScript."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from hues.engines.cases import actions, queries
from hues.engines.cases.testing import MONDAY, a_case, routed
from hues.kernel.agencies import testing as cast
from hues.kernel.journal.testing import drain
from hues.kernel.media import actions as media
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in

pytestmark = pytest.mark.django_db
ANSWER = "Đã dặm vá xong ổ gà, mời bà con kiểm tra."


def browser_of(asker: Asker | None) -> Client:
    client = Client()
    if asker:
        sign_in(client, asker)
    return client


def a_photo(by: Asker) -> object:
    out = BytesIO()
    Image.new("RGB", (640, 480), (90, 90, 96)).save(out, "JPEG")
    return media.store_photo(out.getvalue(), by=by.person_id, at=MONDAY).id


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def seen_on(text: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', text)
    assert found
    return found[1]


def test_a_report_travels_from_the_phone_to_the_public_page_and_back() -> None:
    lan, minh, operator = cast.lan(), cast.minh(), cast.operator()
    case = a_case(by=lan)
    at_lans, at_the_centre, at_the_desk = browser_of(lan), browser_of(operator), browser_of(minh)
    public = f"/f/field_reports/{case.number}/"

    assert browser_of(None).get(public).status_code == 404
    assert browser_of(cast.eve()).get(public).status_code == 404
    assert case.number in page(at_lans, public)

    shown = page(at_the_centre, f"/ops/{case.number}/")
    assert lan.name not in shown
    known = routed(case, at=MONDAY + timedelta(hours=1))

    desk = page(at_the_desk, f"/desk/{case.number}/")
    assert lan.name not in desk
    taken = at_the_desk.post(f"/desk/{case.number}/take/", {"seen": seen_on(desk)})
    assert taken.status_code in (302, 303)

    moved = actions.answer_case(
        case_id=known.id,
        text=ANSWER,
        outcome="fixed",
        proof=[a_photo(minh)],  # type: ignore[list-item]
        by=minh,
        seen=known.version + 1,
        at=MONDAY + timedelta(days=1),
    )
    assert browser_of(None).get(public).status_code == 404
    actions.publish(case_id=known.id, by=operator, seen=moved.version, at=MONDAY + timedelta(days=1, hours=1))
    drain()

    for language in ("", "/en"):
        told = page(browser_of(None), f"{language}{public}")
        assert ANSWER in told
        assert lan.name not in told
    assert case.number in page(at_lans, "/me/inbox/")

    mine = page(at_lans, public)
    rated = at_lans.post(f"{public}rate/", {"seen": seen_on(mine), "stars": "5", "fixed": "yes", "text": ""})
    assert rated.status_code in (302, 303), rated.content.decode()[:500]
    assert queries.my_case(lan, case.number, at=MONDAY + timedelta(days=2)).rating == 5


def test_of_two_operators_one_wins_and_the_other_keeps_what_was_typed() -> None:
    case = a_case()
    first, second = browser_of(cast.operator()), browser_of(cast.duty_leader())
    seen = seen_on(page(first, f"/ops/{case.number}/"))
    words = "Nội dung là tranh chấp dân sự giữa hai nhà."
    given = {"seen": seen, "outcome": "out_of_scope", "text": words}
    assert first.post(f"/ops/{case.number}/refuse/", given).status_code in (302, 303)
    lost = second.post(f"/ops/{case.number}/refuse/", given)
    assert lost.status_code == 409
    assert words in lost.content.decode()


def test_nobody_acts_through_another_door() -> None:
    case = routed(a_case())
    eve, stranger_worker = browser_of(cast.eve()), browser_of(cast.worker("kinh-te-thuan-hoa"))
    assert eve.post(f"/desk/{case.number}/take/", {"seen": "2"}).status_code == 403
    assert stranger_worker.post(f"/desk/{case.number}/take/", {"seen": "2"}).status_code == 404
    assert browser_of(None).post(f"/ops/{case.number}/refuse/", {"seen": "2"}).status_code in (302, 401)
