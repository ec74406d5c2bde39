"""What narrows a queue, and the views that its reader keeps."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape
from threading import Barrier
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client

from hues.engines.cases import queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case_in
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.actions import changing
from hues.kernel.agencies.checking import Share, Wanted
from hues.kit.clock import now
from hues.surfaces.desks import actions
from hues.surfaces.desks.models import SavedView
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db

NAME = "Ổ gà phường Thuận Hóa"


@pytest.fixture
def thao() -> Client:
    """Return the operator's browser."""
    return at_desk(cast.operator())


def listed(browser: Client, address: str, *cases: Known) -> list[bool]:
    """Return which of the cases the list shows."""
    page = text_of(browser.get(address))
    return [case.number in page for case in cases]


def test_a_queue_is_narrowed_by_ward_class_agency_and_day(thao: Client) -> None:
    old, young = a_case_in(State.IN_PROGRESS), a_case_in(State.IN_PROGRESS, at=MONDAY + timedelta(days=7))
    case = queries.ops_case(cast.operator(), old.number, at=MONDAY)
    other = next(card for card in queries.deadlines().answers if card != case.service_class)
    agency = cast.an_agency("kinh-te-thuan-hoa").id
    both, none = [True, True], [False, False]
    for query, expected in {
        f"ward={case.ward_code}": both,
        "ward=00000": none,
        f"class={case.service_class}": both,
        f"class={other}": none,
        f"agency={case.agency_id}": both,
        f"agency={agency}": none,
        f"until={MONDAY:%Y-%m-%d}": [True, False],
        f"since={MONDAY + timedelta(days=1):%Y-%m-%d}": [False, True],
        "since=hôm-nay&agency=khong&until=2026-02-30": both,
    }.items():
        assert listed(thao, f"/ops/?tab=all&{query}", old, young) == expected, query


def test_an_agency_named_by_another_shows_nothing_of_it() -> None:
    ours, others = a_case_in(State.IN_PROGRESS), cast.an_agency("kinh-te-thuan-hoa").id
    assert listed(at_desk(cast.minh()), f"/desk/?agency={others}", ours) == [False]


def keep(browser: Client, query: str, name: str = NAME, desk: str = "/ops/", **more: str) -> str:
    answer = browser.post(f"{desk}views/?{query}", {"name": name, **more})
    assert answer.status_code == 303
    return answer["Location"]


def test_a_view_is_kept_found_again_and_deleted(thao: Client) -> None:
    assert keep(thao, "tab=all&q=den+duong&ward=19753") == "/ops/?tab=all&ward=19753&q=den+duong"
    page = text_of(thao.get("/ops/"))
    assert NAME in page
    assert "/ops/?tab=all&amp;ward=19753&amp;q=den+duong" in page
    view = SavedView.objects.get()
    page = text_of(thao.get(view.query and f"/ops/{view.query}"))
    assert f"Xóa “{NAME}”" in page
    assert "Lưu cách xem này" not in page
    thao.post(f"/ops/views/{view.pk}/{view.query}")
    assert not SavedView.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT event FROM journal_entry WHERE event LIKE 'desks.view.%' ORDER BY id")
        assert [event for (event,) in cursor.fetchall()] == ["desks.view.saved", "desks.view.dropped"]


def test_the_desk_opens_where_its_reader_chose_and_each_tab_stays_open(thao: Client) -> None:
    keep(thao, "tab=review", is_first="on")
    keep(thao, "tab=all&class=urgent", "Khẩn", is_first="on")
    assert thao.get("/ops/").headers["Location"] == "/ops/?tab=all&class=urgent"
    assert thao.get("/ops/?tab=accept").status_code == 200
    assert "/ops/?tab=accept" in text_of(thao.get("/ops/?tab=review"))
    assert [view.name for view in SavedView.objects.filter(is_first=True)] == ["Khẩn"]


def test_the_same_name_is_one_view_and_each_desk_has_its_own(thao: Client) -> None:
    keep(thao, "tab=all")
    keep(thao, "tab=review", f"  {NAME} ")
    assert [view.query for view in SavedView.objects.all()] == ["?tab=review"]
    keep(at_desk(cast.minh()), "tab=all", desk="/desk/")
    assert SavedView.objects.count() == 2


def test_the_longest_search_with_every_tone_mark_can_be_kept(thao: Client) -> None:
    words = ("ngập đường Ổ gà kiệt ẵ" * 4)[:80]
    address = keep(thao, urlencode({"tab": "all", "q": words}))
    assert SavedView.objects.get().query == address.removeprefix("/ops/")
    assert len(address) > 200
    assert words in unescape(text_of(thao.get(address)))


@pytest.mark.django_db(transaction=True)
def test_two_views_that_are_put_first_at_once_are_both_kept_and_one_is_first() -> None:
    by, gate = cast.operator(), Barrier(2, timeout=30)

    def save(name: str) -> None:
        try:
            gate.wait()
            actions.save_view(space="operations", name=name, query="?tab=all", is_first=True, by=by, at=now())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(save, name) for name in ("Một", "Hai")]:
            done.result()
    assert SavedView.objects.count() == 2
    assert SavedView.objects.filter(is_first=True).count() == 1


@pytest.mark.parametrize("name", ["", "   ", "ă" * 61])
def test_a_view_needs_a_name(thao: Client, name: str) -> None:
    assert keep(thao, "tab=all", name) == "/ops/?tab=all"
    assert "Hãy đặt tên cho cách xem" in text_of(thao.get("/ops/?tab=all"))
    assert not SavedView.objects.exists()


def test_twenty_are_enough(thao: Client) -> None:
    for number in range(21):
        keep(thao, "tab=all", f"Cách xem {number}")
    assert SavedView.objects.count() == 20
    assert "Bạn đã lưu 20 cách xem." in text_of(thao.get("/ops/?tab=all"))
    keep(thao, "tab=review", "Cách xem 3")
    assert SavedView.objects.get(name="Cách xem 3").query == "?tab=review"


def test_nobody_deletes_or_sees_the_view_of_another(thao: Client) -> None:
    keep(thao, "tab=all")
    quang = at_desk(cast.duty_leader())
    assert quang.post(f"/ops/views/{SavedView.objects.get().pk}/").status_code == 404
    assert NAME not in text_of(quang.get("/ops/"))
    assert SavedView.objects.count() == 1


def test_a_view_of_an_agency_that_ended_shows_its_heir() -> None:
    case, operator = a_case_in(State.IN_PROGRESS), cast.operator()
    gone, heir = cast.an_agency(), cast.an_agency("kinh-te-kim-long")
    query = f"?tab=all&agency={gone.id}"
    actions.save_view(space="operations", name="Phú Xuân", query=query, is_first=False, by=operator, at=MONDAY)
    wanted = Wanted(ends=(gone.code,), shares=(Share(code=heir.code),), on=MONDAY.date())
    assert changing.plan(wanted=wanted, at=MONDAY).counts["views"] == 1
    assert SavedView.objects.get().query == f"?tab=all&agency={heir.id}"
    browser = at_desk(operator)
    assert listed(browser, f"/ops/{SavedView.objects.get().query}", case) == [True]
    # The old name is still there to look back with: what it has no more is not shown under it.
    assert listed(browser, f"/ops/{query}", case) == [False]
