"""A search for words finds what a look at every report finds, whichever words a statement was composed for."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hues.engines.cases import queries
from hues.engines.cases.models import Case
from hues.engines.cases.queries import CaseFilters, CaseRow, PublicRow, narrowing
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, a_case_in
from hues.kernel.agencies import testing as cast
from hues.kit.pages import Page
from hues.kit.text import fold

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
SAID = ("Đèn đường hỏng", "Rác đầy đường 100%", r"Dầu \ nhớt _ loang", "Ngập", "Đèn 1%0", "rac ngap den", "a_b")
ASKED = (
    *("đèn", "den duong", "duong den", "rac", "100%", "%", "_", "\\", "1%0", "a_b", "a%b", "axb", "ngap rac", "'"),
    " ".join(["rac"] * 20),
    "rac khong co",
)


def found(filters: CaseFilters, *, centre: bool = False) -> list[str]:
    """Return the numbers that a search finds, page by page, for the public or for the centre."""
    seen, after = list[str](), ""
    while True:
        page: Page[PublicRow] | Page[CaseRow]
        if centre:
            page = queries.ops_queue(cast.operator(), filters, after=after, limit=2, at=TUESDAY)
        else:
            page = queries.public_cases(filters, after=after, limit=2, at=TUESDAY)
        seen += [row.number for row in page.rows]
        if page.next is None:
            return seen
        after = page.next


def saying(text: str) -> CaseFilters:
    """Return a search for words alone."""
    return CaseFilters(kind="report", text=text)


@pytest.fixture
def everything() -> dict[str, str]:
    """Publish what was said, and return it folded by number."""
    chance = random.Random(12)
    for said in (*SAID, *SAID):
        at = MONDAY + timedelta(minutes=chance.randrange(9))
        a_case_in(State.PUBLISHED, text=f"Chỗ này: {said}", at=at)
    return dict(Case.objects.values_list("number", "folded"))


@pytest.mark.parametrize("centre", [False, True], ids=["everybody", "centre"])
def test_words_find_what_a_look_at_every_report_finds(everything: dict[str, str], *, centre: bool) -> None:
    for asked in ASKED:
        words = fold(asked).split()
        wanted = {number for number, said in everything.items() if all(word in said for word in words)}
        numbers = found(saying(asked), centre=centre)
        assert len(numbers) == len(set(numbers))
        assert set(numbers) == wanted


@pytest.mark.usefixtures("everything")
def test_words_come_newest_first_and_narrow_with_what_else_was_chosen() -> None:
    newest = [
        *Case.objects.order_by("-published_at", "-id").filter(folded__contains="rac").values_list("number", flat=True)
    ]
    assert found(saying("rác")) == newest
    said = saying("rác")
    for narrower in (replace(said, category="none"), replace(said, ward="none"), replace(said, outcome="none")):
        assert found(narrower) == []
    number = newest[0]
    assert found(saying(number.lower())) == [number]


@pytest.mark.usefixtures("everything")
def test_a_search_is_composed_once_for_each_number_of_words_and_written_with_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    composing = list[CaseFilters]()
    narrowed = narrowing.narrowed

    def noted(cases: object, filters: CaseFilters, *rest: object, **more: object) -> object:
        composing.append(filters)
        return narrowed(cases, filters, *rest, **more)  # type: ignore[arg-type]

    found(saying("den duong"))
    monkeypatch.setattr(narrowing, "narrowed", noted)
    for text in ("den duong", "rac ngap", "a%b _"):
        with CaptureQueriesContext(connection) as asked:
            queries.public_cases(saying(text), limit=2, at=TUESDAY)
        assert any("LIKE" in query["sql"] and "%s" not in query["sql"] for query in asked.captured_queries)
    assert not composing
