"""The list of agencies: imported whole or not at all, and always a tree."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hues.kernel.agencies import actions, queries, testing
from hues.kernel.city import rows
from hues.kernel.errors import Invalid, NotAllowed, NotFound
from hues.kernel.journal.queries import entries_about

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare")]
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


def a_row(code: str, parent: str = "", **cells: str) -> dict[str, str]:
    return {
        "code": code,
        "name_vi": f"Sở {code}",
        "name_en": code,
        "kind": "department",
        "parent_code": parent,
        "ward_code": "",
        **cells,
    }


def test_the_city_has_227_agencies_and_each_ward_five() -> None:
    report = actions.import_agencies(rows("agencies.csv"), at=NOON)
    assert report.ok
    assert len(report.created) == len(queries.agencies()) == 227
    in_wards = [card.ward_code for card in queries.agencies() if card.ward_code]
    assert len(set(in_wards)) == 40
    assert all(in_wards.count(ward) == 5 for ward in set(in_wards))
    centre = queries.ioc()
    assert centre is not None
    assert centre.kind == "ioc"


def test_the_same_list_again_changes_nothing() -> None:
    actions.import_agencies(rows("agencies.csv"), at=NOON)
    before = queries.agencies()
    again = actions.import_agencies(rows("agencies.csv"), at=NOON)
    assert (again.created, again.changed, again.unchanged) == ((), (), 227)
    assert queries.agencies() == before


def test_a_city_whose_list_lacks_the_centre_gets_it_all_the_same() -> None:
    report = actions.import_agencies([a_row("water")], at=NOON)
    assert set(report.created) == {"water", queries.ioc_code()}


def test_a_renamed_agency_keeps_its_id_and_every_process_sees_the_new_name() -> None:
    actions.import_agencies([a_row("water"), a_row("pumps", "water")], at=NOON)
    old = queries.agency_by_code("water")
    assert old is not None
    report = actions.import_agencies([a_row("water", name_vi="Sở Nước")], at=NOON)
    assert report.changed == ("water",)
    new = queries.agency(old.id)
    assert new is not None
    assert new.name["vi"] == "Sở Nước"
    assert [e.event for e in entries_about(old.id)] == ["agencies.agency.created", "agencies.agency.changed"]
    pumps = queries.agency_by_code("pumps")
    assert pumps is not None
    assert pumps.parent_id == old.id


def test_a_child_may_stand_above_its_parent_in_the_list() -> None:
    assert actions.import_agencies([a_row("pumps", "water"), a_row("water")], at=NOON).ok


@pytest.mark.parametrize(
    ("bad", "row", "column"),
    [
        (a_row("Water works"), 2, "code"),
        (a_row(""), 2, "code"),
        (a_row("roads"), 2, "code"),
        (a_row("water", name_vi=" "), 2, "name_vi"),
        (a_row("water", name_en="x" * 201), 2, "name_en"),
        (a_row("water", kind=""), 2, "kind"),
        (a_row("water", kind="departement"), 2, "kind"),
        (a_row("water", ward_code="123456789"), 2, "ward_code"),
        (a_row("water", "nowhere"), 2, "parent_code"),
        (a_row("water", "water"), 2, "parent_code"),
        ({"code": "water"}, 2, "name_vi"),
    ],
)
def test_one_wrong_row_is_named_and_nothing_is_taken(bad: dict[str, str], row: int, column: str) -> None:
    report = actions.import_agencies([a_row("roads"), bad], at=NOON)
    assert (row, column) in {(error.row, error.column) for error in report.errors}
    assert queries.agencies() == ()


def test_agencies_can_not_stand_above_one_another_in_a_circle() -> None:
    report = actions.import_agencies([a_row("a", "b"), a_row("b", "c"), a_row("c", "a"), a_row("d", "a")], at=NOON)
    assert {error.row for error in report.errors} >= {1, 2, 3}
    actions.import_agencies([a_row("a"), a_row("b", "a")], at=NOON)
    assert not actions.import_agencies([a_row("a", "b")], at=NOON).ok


def test_a_dry_run_says_the_same_and_writes_nothing() -> None:
    said = actions.import_agencies(rows("agencies.csv"), dry_run=True, at=NOON)
    assert len(said.created) == 227
    assert queries.agencies() == ()
    assert actions.import_agencies(rows("agencies.csv"), at=NOON) == said


def test_only_an_administrator_or_the_city_itself_imports() -> None:
    for asker in (testing.lan(), testing.minh(), testing.operator()):
        with pytest.raises(NotAllowed):
            actions.import_agencies([a_row("mine")], by=asker, at=NOON)
    assert actions.import_agencies([a_row("ours")], by=testing.admin(), at=NOON).created == ("ours",)


def test_asking_for_an_agency_again_costs_one_small_read() -> None:
    actions.import_agencies(rows("agencies.csv"), at=NOON)
    queries.agencies()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        queries.agency_by_code("so-xay-dung")
    assert len(asked) == 1


def test_links_go_where_the_list_or_an_administrator_says_and_the_list_alone_does_not_end_them() -> None:
    actions.import_agencies([a_row("water", link_to="0905 111 222"), a_row("pumps")], at=NOON)
    water, pumps = queries.agency_by_code("water"), queries.agency_by_code("pumps")
    assert water
    assert pumps
    assert (queries.link_to(water.id), queries.link_to(pumps.id)) == ("+84905111222", "")
    actions.send_links_to(agency_id=pumps.id, address=" van.thu@pumps.example.vn ", by=testing.admin(), at=NOON)
    actions.import_agencies([a_row("water"), a_row("pumps", name_vi="Sở Bơm")], at=NOON)
    assert queries.links() == {"water": "+84905111222", "pumps": "van.thu@pumps.example.vn"}
    actions.send_links_to(agency_id=water.id, address="", by=testing.admin(), at=NOON)
    assert queries.link_to(water.id) == ""
    assert [*entries_about(water.id)][-1].event == "agencies.agency.changed"


@pytest.mark.parametrize("address", ["113", "văn phòng", "a@b", "x" * 250 + "@example.vn"])
def test_links_go_nowhere_but_to_a_mobile_number_or_a_mailbox(address: str) -> None:
    office = testing.an_agency()
    with pytest.raises(Invalid):
        actions.send_links_to(agency_id=office.id, address=address, by=testing.admin(), at=NOON)
    report = actions.import_agencies([a_row("water", link_to=address)], at=NOON)
    assert [error.column for error in report.errors] == ["link_to"]


def test_only_an_administrator_says_where_links_go() -> None:
    office = testing.an_agency()
    for asker in (testing.head(), testing.operator(), testing.lan()):
        with pytest.raises(NotAllowed):
            actions.send_links_to(agency_id=office.id, address="0905111222", by=asker, at=NOON)
    centre = testing.an_agency(queries.ioc_code())
    with pytest.raises(NotFound):
        actions.send_links_to(agency_id=centre.id, address="0905111222", by=testing.admin(), at=NOON)
