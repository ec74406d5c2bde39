"""The city's categories, routes and outcomes, and what happens when they change."""

from datetime import timedelta

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.outcomes import ANSWERS, UNDER_SEAL
from hues.engines.cases.testing import MONDAY, a_case, the_city
from hues.kernel import city
from hues.kernel.agencies import queries as agencies
from hues.kernel.agencies import testing as cast
from hues.kernel.errors import Invalid, NotAllowed

pytestmark = pytest.mark.django_db


def a_row(**given: str) -> dict[str, str]:
    blank = dict.fromkeys(city.rows("categories.csv")[0], "")
    return blank | {"order": "1", "title_vi": "Nhóm", "title_en": "Group", "icon": "road"} | given


def test_the_citys_own_catalogue_is_a_tree_with_times_and_questions() -> None:
    the_city()
    every = queries.categories("report")
    groups = {card.code for card in every if not card.parent}
    leaves = [card for card in every if card.parent]
    assert len(leaves) > 60
    assert all(card.parent in groups for card in leaves)
    assert all(card.service_class in queries.deadlines().answers for card in leaves)
    asked = queries.category("drainage-flooded")
    assert asked is not None
    assert asked.questions[0].options[0] == ("ankle", {"vi": "Mắt cá chân", "en": "Ankle"})


def test_every_leaf_of_the_city_has_an_agency_in_every_ward() -> None:
    the_city()
    for card in queries.categories("report"):
        if card.parent:
            assert queries.suggested_agency("report", card.code, "19753"), card.code


def test_a_case_is_suggested_to_whom_the_rules_say() -> None:
    the_city()

    def suggested(category: str, ward: str, road: str = "") -> str:
        found = queries.suggested_agency("report", category, ward, road)
        card = agencies.agency(found) if found else None
        return card.code if card else ""

    assert suggested("lights-out", "19753") == "hepco"
    assert suggested("roads-pothole", "19753", "national") == "duong-bo-ii5"
    assert suggested("roads-pothole", "19753") == "kinh-te-phu-xuan"
    assert suggested("noise-karaoke", "19774") == "cong-an-kim-long"
    assert suggested("noise-karaoke", "") == ""


def test_what_is_left_out_is_offered_no_more_but_cases_keep_it() -> None:
    case = a_case()
    rows = [a_row(code="g"), a_row(code="g-new", parent="g", service_class="normal")]
    report = actions.import_catalogue(categories=rows, at=MONDAY + timedelta(days=1))
    assert (report.categories, report.errors) == (2, ())
    assert [card.code for card in queries.categories("report")] == ["g", "g-new"]
    seen = queries.my_case(cast.lan(), case.number, at=MONDAY)
    assert (seen.category, seen.category_title) == ("roads-pothole", {"vi": "roads-pothole"})
    with pytest.raises(Invalid):
        a_case()


@pytest.mark.parametrize(
    "rows",
    [
        [a_row(code="a"), a_row(code="a")],
        [a_row(code="a", parent="nobody", service_class="normal")],
        [a_row(code="a"), a_row(code="b", parent="a")],
    ],
)
def test_a_catalogue_with_errors_changes_nothing(rows: list[dict[str, str]]) -> None:
    the_city()
    before = queries.categories("report")
    assert actions.import_catalogue(categories=rows, at=MONDAY).errors
    assert queries.categories("report") == before


def test_a_dry_run_and_wrong_routes_change_nothing() -> None:
    the_city()
    before = queries.categories("report")
    rows = [a_row(code="a")]
    assert actions.import_catalogue(categories=rows, dry_run=True, at=MONDAY).errors == ()
    wrong = {"order": "x", "category": "nothing", "ward": "", "road_owner": "", "agency": ""}
    assert len(actions.import_catalogue(categories=rows, routes=[wrong], at=MONDAY).errors) == 3
    assert queries.categories("report") == before


def test_only_administrators_change_it() -> None:
    the_city()
    with pytest.raises(NotAllowed):
        actions.import_catalogue(categories=[], by=cast.operator(), at=MONDAY)
    actions.import_catalogue(categories=[a_row(code="a")], by=cast.admin(), at=MONDAY)


def test_every_outcome_has_words_in_both_languages() -> None:
    cards = queries.outcomes()
    assert {"fixed", "promised", "spam", "out_of_scope", "duplicate", "no_violation"} <= {c.code for c in cards}
    assert all(card.title["vi"] and card.title["en"] for card in cards)
    assert not {card.code for card in cards if card.for_agency} & {"spam", "out_of_scope", "duplicate"}


def test_every_answer_shows_something_but_one_that_is_sealed() -> None:
    shown = {card.code for card in queries.outcomes() if card.needs_proof}
    assert shown == ANSWERS - UNDER_SEAL
    hints = {card.code: card.hint.get("vi", "") for card in queries.outcomes()}
    assert "chụp" in hints["fixed"]  # a record is taken as a photo, never as a document
