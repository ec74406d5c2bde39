"""What the tests of the centre's desk do there: read a case, read its page, send a move."""

from typing import Any

from django.test import Client

from hues.engines.cases import queries
from hues.engines.cases.testing import MONDAY, Known
from hues.kernel.agencies import testing as cast
from hues.surfaces.desks.testing import seen_on, text_of

TYPED = "Lời đã viết rồi thì không được mất."


def found(case: Known) -> queries.DeskCase:
    """Return the case as it is now."""
    return queries.ops_case(cast.operator(), case.number, at=MONDAY)


def page_of(browser: Client, case: Known) -> str:
    """Return the case's page."""
    return text_of(browser.get(f"/ops/{case.number}/"))


def send(browser: Client, case: Known, code: str, seen: str = "", query: str = "", **typed: Any) -> Any:
    """Send a move from the page as it is now, or as it was, in the part of the queue that `query` names."""
    shown = seen or seen_on(page_of(browser, case))
    return browser.post(f"/ops/{case.number}/{code}/{query}", {"seen": shown, **typed})
