"""Sealed reports through the doors: nobody's page, list or file has them; the centre reads one with a purpose."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from hues.engines.cases import actions
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case_in, a_proof
from hues.kernel.agencies import testing as cast
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in

pytestmark = pytest.mark.django_db
MARK = "Mốc-niêm-phong: cán bộ thôn nhận tiền."
ANSWERED = "Mốc-trả-lời của cơ quan."
WHY = "Đối chiếu theo công văn của Thanh tra."
SAID = {
    "outcome": "denunciation",
    "passed_to": "Thanh tra thành phố",
    "passed_ref": "12/TT",
    "text": "Đã chuyển Thanh tra thành phố, số 12/TT.",
    "sure": "on",
}


def client_of(asker: Asker) -> Client:
    client = Client()
    sign_in(client, asker)
    return client


def sealed() -> Known:
    case = a_case_in(State.IN_PROGRESS, text=MARK)
    at = MONDAY + timedelta(hours=1)
    moved = actions.answer_case(
        case_id=case.id,
        text=ANSWERED,
        outcome="not_ours",
        proof=a_proof(cast.minh()),
        by=cast.minh(),
        seen=case.version,
        at=at,
    )
    operator = client_of(cast.operator())
    sent = operator.post(f"/ops/{case.number}/seal/", SAID | {"seen": moved.version})
    assert sent.status_code == 303, sent.content.decode()
    return Known(id=case.id, number=case.number, version=moved.version + 1)


def test_every_page_of_staff_and_public_is_silent_about_it() -> None:
    case = sealed()
    doors = {
        cast.operator(): ("/ops/", "/ops/?tab=all", f"/ops/?tab=all&q={case.number}", "/ops/sealed/", "/ops/wall/"),
        cast.minh(): ("/desk/", "/desk/?tab=all", f"/desk/?tab=all&q={case.number}", f"/desk/{case.number}/"),
        cast.leader(): (f"/ops/{case.number}/", "/ops/?tab=all"),
        cast.auditor(): (f"/ops/{case.number}/",),
        cast.eve(): (f"/f/field_reports/{case.number}/", "/f/field_reports/", "/f/field_reports/reports.csv"),
    }
    for asker, addresses in doors.items():
        client = client_of(asker)
        for address in addresses:
            answer = client.get(address, follow=True)
            page = b"".join(answer) if answer.streaming else answer.content
            for mark in ("Mốc-niêm-phong", "Mốc-trả-lời", "12/TT"):
                assert mark not in page.decode(), (address, mark)
    for address in ("/ops/table.csv?tab=all", "/desk/table.csv?tab=all"):
        client = client_of(cast.operator() if "ops" in address else cast.minh())
        assert "Mốc" not in b"".join(client.post(address)).decode()
    stranger = client_of(cast.worker("ubnd-kim-long"))
    assert stranger.get(f"/desk/{case.number}/").status_code == 404


def test_the_agency_reads_number_and_state() -> None:
    case = sealed()
    page = client_of(cast.minh()).get(f"/desk/{case.number}/")
    assert page.status_code == 200
    assert case.number in page.content.decode()
    assert "Phản ánh này đã niêm phong" in page.content.decode()


def test_the_reporter_reads_where_it_went_and_has_nothing_to_press() -> None:
    case = sealed()
    page = client_of(cast.lan()).get(f"/f/field_reports/{case.number}/").content.decode()
    assert "Mốc-niêm-phong" in page
    assert "Thanh tra thành phố" in page
    assert "12/TT" in page
    assert 'id="reopen"' not in page
    assert 'id="rate"' not in page
    assert ANSWERED not in page


def test_a_duty_leader_reads_it_with_a_purpose_and_lifts_the_seal() -> None:
    case = sealed()
    operator, leader = client_of(cast.operator()), client_of(cast.duty_leader())
    address = f"/ops/{case.number}/sealed/"
    assert "Phản ánh này đã niêm phong" in operator.get(f"/ops/{case.number}/").content.decode()
    assert "Chỉ lãnh đạo trực được đọc" in operator.get(address).content.decode()
    assert operator.post(address, {"purpose": WHY}).status_code == 403
    assert leader.get(f"/ops/{case.number}/")["Location"] == address
    refused = leader.post(address, {"purpose": ""})
    assert refused.status_code == 422
    form = refused.content.decode()
    assert '<a href="#id_purpose">' in form
    assert re.search(rf'<form [^>]*action="{address}"[^>]* novalidate>', form)
    assert 'class="filter-list places"' in form
    assert "Mốc-niêm-phong" not in leader.get(address).content.decode()
    page = leader.post(address, {"purpose": WHY})
    for words in ("Mốc-niêm-phong", "Mốc-trả-lời", "Thanh tra thành phố", "12/TT", 'class="filter-list places"'):
        assert words in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert WHY in client_of(cast.lan()).get(f"/f/field_reports/{case.number}/").content.decode()
    lift = f"{address}lift/"
    assert operator.post(lift, {"seen": case.version, "text": "Nhầm."}).status_code == 403
    assert leader.post(lift, {"seen": case.version, "text": ""}).status_code == 422
    assert leader.post(lift, {"seen": 1, "text": "Không phải tố cáo."}).status_code == 422
    done = leader.post(lift, {"seen": case.version, "text": "Không phải tố cáo."})
    assert done.status_code == 303
    assert "Mốc-niêm-phong" in operator.get(f"/ops/{case.number}/").content.decode()


def test_nothing_is_sealed_before_somebody_ticks_that_it_may() -> None:
    case = a_case_in(State.RECEIVED, text=MARK)
    operator = client_of(cast.operator())
    said = {name: value for name, value in SAID.items() if name != "sure"}
    page = operator.post(f"/ops/{case.number}/seal/", said | {"seen": case.version})
    assert page.status_code == 422
    assert "Chưa niêm phong gì cả." in page.content.decode()
    assert SAID["text"] in page.content.decode()
    assert MARK in operator.get(f"/ops/{case.number}/").content.decode()


def test_the_reporter_reads_no_due_time_of_the_city_any_more() -> None:
    open_case = a_case_in(State.IN_PROGRESS)
    case, lan = sealed(), client_of(cast.lan())
    assert "Hạn trả lời" in lan.get(f"/f/field_reports/{open_case.number}/").content.decode()
    assert "Hạn trả lời" not in lan.get(f"/f/field_reports/{case.number}/").content.decode()
    mine = lan.get("/f/field_reports/mine/").content.decode()
    rows = {row.partition("</li>")[0] for row in mine.split("<li>")}
    assert any("clock" in row for row in rows if open_case.number in row)
    assert [row for row in rows if case.number in row]
    assert not any("clock" in row for row in rows if case.number in row)


def test_sealing_needs_an_authority_and_words_and_keeps_what_was_typed() -> None:
    case = a_case_in(State.RECEIVED)
    operator = client_of(cast.operator())
    page = operator.post(f"/ops/{case.number}/seal/", SAID | {"passed_to": "", "seen": case.version})
    assert page.status_code == 422
    assert SAID["text"] in page.content.decode()
    minh = client_of(cast.minh())
    other = a_case_in(State.IN_PROGRESS)
    sent = {"outcome": "complaint", "text": ANSWERED, "seen": other.version}
    page = minh.post(f"/desk/{other.number}/answer/", sent)
    assert page.status_code == 422
    assert "Hãy cho biết đã chuyển đến cơ quan nào." in page.content.decode()
    assert minh.post(f"/desk/{other.number}/answer/", sent | {"passed_to": "UBND thành phố"}).status_code == 303
    shown = operator.get(f"/ops/{other.number}/").content.decode()
    assert "UBND thành phố" in shown
    assert 'id="do-publish"' not in shown
