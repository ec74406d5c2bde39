"""Behind a link: an answer begun with a template, and one that passes a report on under the law."""

import re
from typing import Any

import pytest
from django.test import Client

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.templates import Slot, Template
from hues.engines.cases.testing import Known, a_case, routed
from hues.kernel.agencies import actions as agencies
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery.queries import texts_to
from hues.kernel.journal.testing import drain
from hues.kit.clock import now
from hues.surfaces.desks.testing import seen_on, text_of

pytestmark = pytest.mark.django_db
OFFICE = "+84905111222"
TYPED = "Đây là khiếu nại quyết định thu hồi đất."


def linked() -> tuple[Known, str]:
    """Return a case and the link that its office got."""
    at = now()
    agencies.send_links_to(agency_id=cast.an_agency().id, address=OFFICE, at=at)
    case = routed(a_case(at=at), at=at)
    drain()
    found = re.search(r"/pass/[\w-]+/", next(iter(texts_to(OFFICE))).body)
    assert found
    return case, found[0]


def send(link: str, path: str, **typed: Any) -> Any:
    """Send a form from the page as it is now."""
    browser = Client(headers={"accept-language": "vi"}, enforce_csrf_checks=True)
    return browser.post(f"{link}{path}", {"seen": seen_on(text_of(browser.get(link))), **typed})


def test_an_office_begins_its_answer_with_a_template() -> None:
    case, link = linked()
    slots = (Slot(key="street", label={"vi": "Đoạn đường đã vá"}),)
    words = Template(title="Đã vá", outcome="not_ours", text={"vi": "Đã vá {street}."}, slots=slots)
    template = actions.add_template(words, by=cast.duty_leader(), at=now())
    send(link, "take/")
    assert "Đoạn đường đã vá" in text_of(send(link, "answer/fill/", template=template))
    assert send(link, "answer/fill/", template=template, slot_street="").status_code == 422
    page = send(link, "answer/fill/", template=template, slot_street="Lê Lợi")
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "private, no-store")
    assert "Đã vá Lê Lợi." in text_of(page)
    assert queries.ops_case(cast.operator(), case.number, at=now()).answer == ""


def test_what_was_sent_by_link_is_shown_no_more_once_it_is_sealed() -> None:
    case, link = linked()
    send(link, "take/")
    assert send(link, "answer/", outcome="complaint", text=TYPED, passed_to="UBND thành phố").status_code == 303
    assert TYPED in text_of(Client().get(link))
    found = queries.ops_case(cast.operator(), case.number, at=now())
    actions.seal_case(
        case_id=found.id,
        outcome=found.outcome,
        passed_to=found.passed_to,
        text="Đã chuyển.",
        by=cast.operator(),
        seen=found.version,
        at=now(),
    )
    page = text_of(Client().get(link))
    for words in (TYPED, "UBND thành phố", "Ổ gà"):
        assert words not in page
