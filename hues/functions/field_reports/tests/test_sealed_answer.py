"""What its reporter reads of a report that was answered, then passed on under the law, and then brought back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import Known, a_case, a_case_in
from hues.functions.field_reports.tests.lettering import at_desk
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery.queries import inbox
from hues.kernel.journal.testing import drain
from hues.kernel.media.testing import a_photo
from hues.kit import clock

pytestmark = pytest.mark.django_db
FIXED = "Đã vá xong ổ gà, xem ảnh kèm theo."
WHY = "Đây là tố cáo: đã chuyển Thanh tra thành phố, số 12/TT, điện thoại 0234 3822 000."
PURPOSE = "Đối chiếu theo công văn của Thanh tra."


@pytest.fixture
def case() -> Known:
    """Return a report that was answered in public with a photo, and sealed then."""
    at, minh = clock.now() - timedelta(hours=2), cast.minh()
    photo = a_photo(by=cast.lan().person_id, at=at).id
    found = a_case_in(State.IN_PROGRESS, photos=(photo,), at=at)
    proof = a_photo(by=minh.person_id, at=at).id
    said: dict[str, Any] = {"case_id": found.id, "text": FIXED, "proof": [proof], "despite": "Chụp cùng một chỗ."}
    moved = actions.answer_case(outcome="fixed", by=minh, seen=found.version, at=at, **said)
    allowed: dict[str, Any] = {"case_id": found.id, "despite": "Đã gọi hỏi người dân.", "by": cast.operator()}
    moved = actions.publish(seen=moved.version, at=at, **allowed)
    under = {"outcome": "denunciation", "passed_to": "Thanh tra thành phố", "passed_ref": "12/TT", "text": WHY}
    moved = actions.seal_case(case_id=found.id, by=cast.operator(), seen=moved.version, at=clock.now(), **under)
    return Known(id=found.id, number=found.number, version=moved.version)


def page_of(case: Known, client: Client) -> str:
    return client.get(f"/f/field_reports/{case.number}/").content.decode()


def box_of(page: str) -> str:
    return page.split('id="answer"')[1].split("</section>")[0] if 'id="answer"' in page else ""


def test_under_seal_the_centres_words_are_the_answer_and_the_old_one_is_history(case: Known) -> None:
    page = page_of(case, at_desk(cast.lan()))
    assert WHY in box_of(page)
    assert FIXED not in box_of(page)
    assert page.count(WHY) == 1
    history = page.split('class="timeline"')[1]
    assert "Câu trả lời trước đó" in history
    assert FIXED in history


def test_under_seal_its_reporter_still_sees_every_photo_by_signed_links(case: Known) -> None:
    reporter = at_desk(cast.lan())
    page = page_of(case, reporter)
    assert len(queries.my_case(cast.lan(), case.number, at=clock.now()).photos) == 2
    links = {part.split('"')[0] for part in page.split('src="')[1:] if part.startswith("/media/")}
    assert len(links) == 2
    assert all(link.startswith("/media/s/") and reporter.get(link).status_code == 200 for link in links)


def test_whoever_opens_the_seal_reads_the_answer_with_its_agency_and_photos(case: Known) -> None:
    leader = at_desk(cast.duty_leader())
    page = leader.post(f"/ops/{case.number}/sealed/", {"purpose": PURPOSE}).content.decode()
    box = page.split('class="letter"')[1].split("</section>")[0]
    assert FIXED in box
    assert cast.an_agency().name["vi"] in box
    link = box.split('src="')[1].split('"')[0]
    assert link.startswith("/media/s/")
    assert leader.get(link).status_code == 200
    assert WHY in page


def test_brought_back_it_has_no_answer_yet_and_keeps_its_history(case: Known) -> None:
    back: dict[str, Any] = {"case_id": case.id, "reason": "Không phải tố cáo.", "by": cast.duty_leader()}
    actions.lift_seal(seen=case.version, at=clock.now(), **back)
    page = page_of(case, at_desk(cast.lan()))
    assert box_of(page) == ""
    history = page.split('class="timeline"')[1]
    assert FIXED in history
    assert WHY in history
    assert queries.ops_case(cast.operator(), case.number, at=clock.now()).answer == ""
    assert len(queries.my_case(cast.lan(), case.number, at=clock.now()).photos) == 2


def test_those_who_met_it_too_are_told_once_and_learn_nothing() -> None:
    at, eve, operator = clock.now(), cast.eve(), cast.operator()
    first, again = a_case_in(State.ANSWERED, at=at), a_case(by=eve, at=at)
    joined: dict[str, Any] = {"case_id": again.id, "text": "Trùng với phản ánh trước.", "duplicate_of": first.number}
    actions.refuse(outcome="duplicate", by=operator, seen=1, at=at, **joined)
    under = {"outcome": "denunciation", "passed_to": "Thanh tra thành phố", "passed_ref": "12/TT", "text": WHY}
    actions.seal_case(case_id=first.id, by=operator, seen=first.version, at=at, **under)
    drain()
    drain()
    told = [card for card in inbox(eve).rows if "thủ tục riêng" in card.body["vi"]]
    assert [card.link for card in told] == ["/f/field_reports/mine/"]
    assert [
        secret for secret in (first.number, "Thanh tra", "tố cáo") if secret in f"{told[0].title}{told[0].body}"
    ] == []
    assert "thủ tục riêng" not in repr(inbox(cast.lan()).rows)
    page = page_of(Known(id=again.id, number=again.number, version=2), at_desk(eve))
    assert "thủ tục riêng" in page
    assert [word for word in (first.number, "Không tiếp nhận", "Trùng với") if word in page] == []


def test_whoever_read_the_report_alone_is_told_apart_from_who_learned_the_name(case: Known) -> None:
    leader = at_desk(cast.duty_leader())
    assert leader.post(f"/ops/{case.number}/sealed/", {"purpose": PURPOSE}).status_code == 200
    (access,) = queries.my_case(cast.lan(), case.number, at=clock.now()).accesses
    assert (access.read, access.purpose) == (True, PURPOSE)
    reporter = at_desk(cast.lan())
    assert "Đã đọc phản ánh, không biết bạn là ai" in page_of(case, reporter)
    assert f"cases:{case.number} " in reporter.get("/me/privacy/").content.decode()
