"""Administrators of the centre plan a change of agencies, look at what it means, and call it off."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from hues.engines.cases.queries import ops_case
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import Known, a_case_in, the_city
from hues.kernel.agencies import changes, queries
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks.actions import tick
from hues.kit.clock import now
from hues.kit.ids import new_id
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db
LIST, PLAN = "/ops/agencies/changes/", "/ops/agencies/changes/plan/"
HEIR = "kinh-te-kim-long"


def sent(*, days: int = 0, **more: Any) -> dict[str, object]:
    """Return what the form sends to dissolve the office into its neighbour."""
    given = {"end_1": cast.an_agency().id, "into": cast.an_agency(HEIR).id, "on": str((now() + timedelta(days)).date())}
    return given | more


def mai() -> Client:
    the_city()
    return at_desk(cast.admin())


def whose(case: Known) -> UUID | None:
    return ops_case(cast.operator(), case.number, at=now()).agency_id


def followed(browser: Client, address: str, given: dict[str, object] | None = None) -> str:
    """Send a form and return the page that it leads to."""
    answer = browser.post(address, given or {})
    assert answer.status_code == 303
    return text_of(browser.get(answer["Location"]))


def test_nothing_happens_before_it_was_looked_at() -> None:
    browser, case = mai(), a_case_in(State.IN_PROGRESS)
    looked = browser.post(PLAN, sent())
    page = text_of(looked)
    assert looked.status_code == 200
    assert "1 phản ánh đang xử lý" in page
    assert "không thể hủy" in page
    assert (changes.changes(), whose(case)) == ((), cast.an_agency().id)
    assert browser.post(PLAN, sent(again="1")).status_code == 200
    assert changes.changes() == ()
    assert "Đã thực hiện" in followed(browser, PLAN, sent(sure="1"))
    assert whose(case) == cast.an_agency(HEIR).id
    # It is offered nowhere any more, and found where one looks back.
    form = text_of(browser.get(PLAN))
    assert f'value="{cast.an_agency().id}"' not in form
    operator = at_desk(cast.operator())
    assert "Đã kết thúc hoạt động" in text_of(operator.get("/ops/"))
    assert "Từ " in text_of(browser.get("/ops/agencies/?q=phu xuan"))


def test_a_new_agency_is_planned_for_later_and_called_off() -> None:
    browser = mai()
    new = {"into": "", "new_code": "kinh-te-moi", "new_vi": "Phòng Kinh tế mới", "new_en": "New office"}
    assert "Phòng Kinh tế mới" in text_of(browser.post(PLAN, sent(days=30, **new)))
    assert "00:00" in followed(browser, PLAN, sent(days=30, sure="1", **new))
    (card,) = changes.changes()
    off = f"{LIST}{card.id}/off/"
    assert off in text_of(browser.get(LIST))
    assert "Phòng Kinh tế mới" in text_of(browser.get(off))
    assert "Đã hủy" in followed(browser, off)
    assert not changes.changes()[0].stands
    # Whoever comes late, by an old page, is told so.
    assert "đã được hủy trước đó" in followed(browser, off)
    new_one = queries.agency_by_code("kinh-te-moi")
    assert new_one is not None
    assert not new_one.is_active


def test_what_happened_is_not_called_off() -> None:
    browser = mai()
    browser.post(PLAN, sent(sure="1"))
    (card,) = changes.changes()
    assert "Việc này đã được thực hiện" in followed(browser, f"{LIST}{card.id}/off/")
    assert changes.changes()[0].stands


def planned_anew(browser: Client, given: dict[str, object]) -> changes.ChangeCard:
    """Send a plan that stands once more with other words, and return it as it is then."""
    (before,) = changes.changes()
    assert "00:00" in followed(browser, f"{LIST}{before.id}/plan/", given | {"sure": "1"})
    (after,) = changes.changes()
    assert after.id == before.id
    return after


def test_a_planned_change_is_read_and_planned_anew() -> None:
    browser, case = mai(), a_case_in(State.IN_PROGRESS)
    new = {"into": "", "new_code": "kinh-te-moi", "new_vi": "Phòng Kinh tế mới", "new_en": "New office"}
    ward = cast.an_agency().ward_code
    part = {"heir_1": cast.an_agency("kinh-te-thuan-hoa").id, "wards_1": [ward], "categories_1": ["lights-out"]}
    followed(browser, PLAN, sent(days=30, sure="1", **new, **part))
    (card,) = changes.changes()
    page = text_of(at_desk(cast.auditor()).get(f"{LIST}{card.id}/"))
    assert "Phòng Kinh tế mới" in page
    assert "Chỉ ở các phường, xã này" in page
    assert f"{LIST}{card.id}/plan/" not in page
    form = text_of(browser.get(f"{LIST}{card.id}/plan/"))
    for typed in ("Phòng Kinh tế mới", f'value="{ward}" selected', 'value="lights-out" selected', str(card.on)):
        assert typed in form, typed
    # Looked at, nothing is changed yet; a mistake changes nothing either.
    again = sent(days=40, **new | {"new_vi": "Phòng Kinh tế mới nhất"})
    assert browser.post(f"{LIST}{card.id}/plan/", again).status_code == 200
    assert browser.post(f"{LIST}{card.id}/plan/", sent(days=9999, **new, sure="1")).status_code == 422
    assert changes.changes() == (card,)
    after = planned_anew(browser, again)
    assert after.on == card.on + timedelta(days=10)
    assert [share.code for share in after.shares] == ["kinh-te-moi"]
    assert after.heirs[0].name["vi"] == "Phòng Kinh tế mới nhất"
    # It happens on the new day, once, and not on the one before.
    tick(now() + timedelta(days=35))
    assert whose(case) == cast.an_agency().id
    tick(now() + timedelta(days=41))
    (done,) = changes.changes()
    assert done.done_at is not None
    assert whose(case) == done.heirs[0].id
    assert "Đã thực hiện" in followed(browser, f"{LIST}{card.id}/plan/", sent(sure="1", days=50))
    assert browser.get(f"{LIST}{card.id}/plan/")["Location"] == f"{LIST}{card.id}/"


def test_an_agency_that_no_longer_ends_may_end_otherwise() -> None:
    browser = mai()
    followed(browser, PLAN, sent(days=30, sure="1"))
    other = planned_anew(browser, sent(days=30, end_1=cast.an_agency("kinh-te-thuan-hoa").id))
    assert [gone.code for gone in other.ends] == ["kinh-te-thuan-hoa"]
    assert "00:00" in followed(browser, PLAN, sent(days=60, sure="1"))
    assert len(changes.changes()) == 2


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays() -> None:
    browser = mai()
    empty = browser.post(PLAN, {})
    assert empty.status_code == 422
    refused = browser.post(PLAN, sent(end_2=cast.an_agency().id, into=cast.an_agency().id))
    page = text_of(refused)
    assert refused.status_code == 422
    assert "được nêu hai lần" in page
    assert "không thể nhập vào chính mình" in page
    assert f'value="{cast.an_agency().id}" selected' in page
    part: dict[str, Any] = {"heir_1": cast.an_agency("kinh-te-thuan-hoa").id}
    assert "Phần cuối cùng, và chỉ phần đó" in text_of(browser.post(PLAN, sent(**part)))
    ward = cast.an_agency().ward_code
    split = text_of(browser.post(PLAN, sent(**part, wards_1=[ward], categories_1=["lights-out"])))
    assert "Nhận một phần" in split


def test_only_administrators_plan_and_only_the_centre_reads() -> None:
    the_city()
    for who in (cast.operator(), cast.duty_leader(), cast.auditor()):
        browser = at_desk(who)
        assert browser.get(LIST).status_code == 200
        assert PLAN not in text_of(browser.get(LIST))
        assert browser.get(PLAN).status_code == 403
        assert browser.post(PLAN, sent(sure="1")).status_code == 403
        assert browser.post(f"{LIST}{new_id()}/plan/", sent(sure="1")).status_code == 403
    for who in (cast.head(), cast.lan()):
        assert at_desk(who).get(LIST).status_code == 403
    assert changes.changes() == ()
