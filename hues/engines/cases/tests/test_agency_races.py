"""Two at once where agencies work by links and give cases to one another."""

from uuid import UUID

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case, Pass
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, a_case_in, the_city
from hues.engines.cases.tests.test_races import TUESDAY, at_once, winners
from hues.kernel.agencies import actions as agencies
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery.queries import texts_to

pytestmark = pytest.mark.django_db(transaction=True)
OFFICE = "+84905111222"


def a_link(case_id: UUID) -> str:
    """Send the office a link to its case and return the secret in it."""
    office = cast.an_agency().id
    agencies.send_links_to(agency_id=office, address=OFFICE, at=MONDAY)
    words = {"vi": "Phản ánh mới", "en": "A new case"}
    assert actions.send_pass(case_id=case_id, agency_id=office, title=words, body=words, at=MONDAY)
    return texts_to(OFFICE)[0].body.split("/")[-2]


def test_an_office_takes_by_link_what_the_centre_passes_on_at_the_same_instant() -> None:
    the_city()
    case = a_case_in(State.ASSIGNED)
    holder, operator = queries.pass_of(a_link(case.id), at=TUESDAY).asker, cast.operator()
    other = cast.an_agency("ubnd-kim-long").id
    found = at_once(
        lambda: actions.take(case_id=case.id, by=holder, seen=case.version, at=TUESDAY),
        lambda: actions.accept_and_route(case_id=case.id, agency_id=other, by=operator, seen=case.version, at=TUESDAY),
    )
    assert len(winners(found)) == 1


def test_of_two_who_ask_for_a_new_link_at_once_one_gets_it() -> None:
    the_city()
    case = a_case_in(State.ASSIGNED)
    token = a_link(case.id)
    found = at_once(*[lambda: actions.send_pass_again(token=token, at=TUESDAY)] * 2)
    assert sorted(type(one).__name__ for one in found) == ["NoneType", "TooMany"]
    assert Pass.objects.filter(case_id=case.id).count() == 2


def test_two_colleagues_take_a_case_at_once_and_one_has_it() -> None:
    the_city()
    case = a_case_in(State.ASSIGNED)
    pair = [cast.minh(), cast.worker(cast.WARD_OFFICE)]
    found = at_once(
        *(
            lambda by=by: actions.assign(case_id=case.id, to=by.person_id, by=by, seen=case.version, at=TUESDAY)
            for by in pair
        )
    )
    assert len(winners(found)) == 1
    assert Case.objects.get(pk=case.id).assigned_to in [by.person_id for by in pair]
