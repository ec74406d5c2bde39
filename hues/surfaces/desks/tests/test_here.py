"""Who else looks at a case: heard by colleagues of the same desk, and by nobody else."""

import json
from uuid import UUID

import pytest
from django.test import Client

from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import Known, a_case_in
from hues.kernel import live
from hues.kernel.agencies import testing as cast
from hues.kernel.people.asker import Asker
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db
Told = list[tuple[str, str, str]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Return what is passed on to the live process."""
    said: Told = []
    tell = live.tell

    def listening(news: live.News) -> None:
        said.append((news.topic, news.kind, news.subject))
        tell(news)

    monkeypatch.setattr("hues.kernel.live.tell", listening)
    return said


def person(who: Asker) -> UUID:
    assert who.person_id
    return who.person_id


def topics(browser: Client, address: str, **given: str) -> frozenset[str]:
    answer = browser.post(address, given)
    assert answer.status_code == 200
    return live.topics_of(json.loads(answer.content)["ticket"])


def addresses(case: Known) -> tuple[str, str]:
    return f"/ops/{case.number}/here/", f"/desk/{case.number}/here/"


def test_each_desk_speaks_and_hears_for_itself(told: Told) -> None:
    case, minh, operator = a_case_in(State.IN_PROGRESS), cast.minh(), cast.operator()
    ops, desk = addresses(case)
    centre, agency = f"here:ioc:{case.id}", f"here:{cast.an_agency().id}:{case.id}"
    assert topics(at_desk(operator), ops, state="writing", page="a1b2") == {centre}
    assert topics(at_desk(minh), desk, state="anything", page="ổ <7f> " + "0" * 100) == {agency}
    assert told == [
        (centre, "here", f"{person(operator)} writing a1b2"),
        (agency, "here", f"{person(minh)} looking 7f{'0' * 34}"),
    ]


def test_names_are_given_of_colleagues_alone() -> None:
    case, minh, head = a_case_in(State.IN_PROGRESS), cast.minh(), cast.head()
    operator, leader, lan = cast.operator(), cast.duty_leader(), cast.lan()
    stranger = cast.worker("ubnd-kim-long")
    ops, desk = addresses(case)
    everybody = ",".join(str(person(one)) for one in (minh, head, operator, leader, lan, stranger))
    page = text_of(at_desk(minh).get(desk, {"looking": everybody, "writing": "nonsense"}))
    assert all(name in page for name in ("Nguyễn Văn Minh", "Hoàng Thị Hạnh", "đang xem"))
    assert not any(name in page for name in ("Thảo", "Quang", "Lan", "Cán bộ"))
    page = text_of(at_desk(operator).get(ops, {"writing": everybody}))
    assert all(name in page for name in ("Phan Thị Thảo", "Võ Đình Quang"))
    assert not any(name in page for name in ("Minh", "Hạnh", "Lan", "Cán bộ"))
    assert "đang viết" in page
    assert text_of(at_desk(operator).get(ops)).strip() == ""


def test_nobody_else_is_let_in(told: Told) -> None:
    case = a_case_in(State.IN_PROGRESS)
    ops, desk = addresses(case)
    for who, address, status in (
        (cast.worker("ubnd-kim-long"), desk, 404),
        (cast.minh(), ops, 403),
        (cast.operator(), desk, 403),
        (cast.leader(), ops, 403),
        (cast.lan(), desk, 403),
    ):
        browser = at_desk(who)
        assert browser.get(address).status_code == browser.post(address).status_code == status
    assert Client().post(desk).status_code in (302, 401)
    assert told == []


def test_a_page_says_it_is_open_only_where_somebody_works() -> None:
    case = a_case_in(State.IN_PROGRESS)
    ops, desk = addresses(case)
    assert f'data-here="{desk}"' in text_of(at_desk(cast.minh()).get(f"/desk/{case.number}/"))
    assert f'data-here="{ops}"' in text_of(at_desk(cast.operator()).get(f"/ops/{case.number}/"))
    assert "data-here=" not in text_of(at_desk(cast.leader()).get(f"/ops/{case.number}/"))
