"""What the tests of links do: have one sent, and send a move from behind it."""

import re
from datetime import datetime
from typing import Any

from django.test import Client

from hues.engines.cases import queries
from hues.engines.cases.testing import Known, a_case, routed
from hues.kernel.agencies import actions as agencies
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery.queries import texts_to
from hues.kernel.journal.testing import drain
from hues.kit.clock import now
from hues.surfaces.desks.testing import seen_on, text_of

OFFICE = "+84905111222"
TYPED = "Đã cho thợ đến dặm vá, giữ nguyên lời này."
CLOSED = "Liên kết này đã đóng"


def linked(at: datetime | None = None) -> Known:
    """Return a case that was just passed to the ward's office, which gets links."""
    at = at or now()
    office = cast.an_agency()
    agencies.send_links_to(agency_id=office.id, address=OFFICE, at=at)
    case = routed(a_case(at=at), at=at)
    drain()
    return case


def links() -> list[str]:
    """Return the addresses that were sent to the office, the newest first."""
    return [found[0] for text in texts_to(OFFICE) if (found := re.search(r"/pass/[\w-]+/", text.body))]


def found(case: Known) -> queries.DeskCase:
    return queries.ops_case(cast.operator(), case.number, at=now())


def send(link: str, code: str, **typed: Any) -> Any:
    """Send a move from the page as it is now."""
    browser = a_phone()
    return browser.post(f"{link}{code}/", {"seen": seen_on(text_of(browser.get(link))), **typed})


def a_phone() -> Client:
    """Return a browser that nobody has signed in with, and that sends no secret of a form along."""
    return Client(headers={"accept-language": "vi"}, enforce_csrf_checks=True)
