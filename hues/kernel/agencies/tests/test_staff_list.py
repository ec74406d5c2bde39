"""A list of staff: taken whole or not at all."""

from datetime import UTC, datetime

import pytest

from hues.kernel.agencies import actions, queries, testing
from hues.kernel.errors import NotAllowed
from hues.kernel.people.asker import Role
from hues.kernel.people.queries import person_by_phone

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


def a_row(**cells: str) -> dict[str, str]:
    return {"phone": "0912 345 678", "name": "Trần Văn An", "agency": "so-xay-dung", "role": "case_worker", **cells}


def test_staff_get_accounts_and_roles_and_nobody_twice() -> None:
    agency = testing.an_agency("so-xay-dung")
    rows = [a_row(), a_row(agency="so-y-te", role="agency_head"), a_row(phone="0912345679", agency="ioc", role="admin")]
    assert len(actions.import_people(rows, dry_run=True, at=NOON).created) == 3
    assert person_by_phone("+84912345678") is None
    report = actions.import_people(rows, at=NOON)
    assert report.created[0] == "+84912345678 case_worker so-xay-dung"
    person = person_by_phone("+84912345678")
    assert person is not None
    asker = queries.asker_for(person.id, NOON)
    assert asker.roles == {Role.CITIZEN, Role.CASE_WORKER, Role.AGENCY_HEAD}
    assert asker.is_staff_of(agency.id)
    again = actions.import_people(rows, at=NOON)
    assert (again.created, again.unchanged) == ((), 3)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"phone": "113"}, "phone"),
        ({"phone": ""}, "phone"),
        ({"name": " "}, "name"),
        ({"agency": "nowhere"}, "agency"),
        ({"role": "king"}, "role"),
        ({"role": "citizen"}, "role"),
        ({"role": "operator"}, "role"),
    ],
)
def test_one_wrong_row_is_named_and_nobody_is_appointed(cells: dict[str, str], column: str) -> None:
    testing.an_agency()
    report = actions.import_people([a_row(), a_row(**{"phone": "0912345679", **cells})], at=NOON)
    assert [(error.row, error.column) for error in report.errors] == [(2, column)]
    assert person_by_phone("+84912345678") is None


def test_only_an_administrator_imports_staff() -> None:
    for asker in (testing.operator(), testing.head(), testing.lan()):
        with pytest.raises(NotAllowed):
            actions.import_people([a_row()], by=asker, at=NOON)
    assert actions.import_people([a_row()], by=testing.admin(), at=NOON).ok
